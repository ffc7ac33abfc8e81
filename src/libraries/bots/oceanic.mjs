import { Client } from 'oceanic.js';
import { API, TOKEN, commands, file, say } from './say.mjs';

const client = new Client({
    auth: `Bot ${TOKEN}`,
    gateway: { intents: ['GUILDS', 'GUILD_MEMBERS'], maxShards: 2 },
    rest: { baseURL: API },
});
client.on('error', (error) => say('error', { message: String(error) }));
client.once('ready', async () => {
    for (const guild of client.guilds.values()) {
        const { id, name, channels, roles } = guild;
        const members = await guild.fetchMembers();
        say('guild', { id, name, channels: channels.size, roles: roles.size, members: members.length });
    }
    await client.application.bulkEditGlobalCommands(commands);
    say('ready');
});
client.on('interactionCreate', (interaction) => {
    const files = interaction.data.name === 'file' ? [file] : [];
    return interaction.createMessage({ content: 'pong', files });
});
await client.connect();
