import { AttachmentBuilder, Client, GatewayIntentBits as Intent } from 'discord.js';
import { API, TOKEN, commands, file, say } from './say.mjs';

const client = new Client({
    intents: [Intent.Guilds, Intent.GuildMembers],
    shards: [0, 1],
    shardCount: 2,
    rest: { api: API.replace('/v10', '') },
});
client.on('error', (error) => say('error', { message: String(error) }));
client.once('clientReady', async () => {
    for (const guild of client.guilds.cache.values()) {
        const [channels, roles] = [guild.channels.cache, guild.roles.cache];
        const members = await guild.members.fetch();
        say('guild', { id: guild.id, name: guild.name, channels: channels.size, roles: roles.size, members: members.size });
    }
    await client.application.commands.set(commands);
    say('ready');
});
client.on('interactionCreate', async (interaction) => {
    const files = interaction.commandName === 'file' ? [new AttachmentBuilder(file.contents, { name: file.name })] : [];
    await interaction.reply({ content: 'pong', files });
});
await client.login(TOKEN);
