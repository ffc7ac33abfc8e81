import https from 'node:https';
import eris from 'eris';
import { TLS_PORT, TOKEN, commands, file, say } from './say.mjs';

// Eris speaks https and wss only and knows no port: an agent goes to the port.
const agent = new https.Agent({ port: TLS_PORT });
const client = eris(`Bot ${TOKEN}`, {
    intents: ['guilds', 'guildMembers'],
    maxShards: 2,
    getAllUsers: true,
    rest: { domain: 'localhost', baseURL: '/api/v10', agent },
    ws: { agent },
});
client.on('error', (error) => say('error', { message: String(error) }));
client.once('ready', async () => {
    for (const { id, name, channels, roles, members } of client.guilds.values()) {
        say('guild', { id, name, channels: channels.size, roles: roles.size, members: members.size });
    }
    await client.bulkEditCommands(commands);
    say('ready');
});
client.on('interactionCreate', (interaction) => {
    const files = interaction.data.name === 'file' ? [{ file: file.contents, name: file.name }] : [];
    return interaction.createMessage('pong', files);
});
await client.connect();
