import { Client } from 'cloudstorm';
import { SnowTransfer } from 'snowtransfer';
import { API, TOKEN, commands, file, say } from './say.mjs';

const rest = new SnowTransfer(TOKEN, { baseHost: new URL(API).origin });
const client = new Client(TOKEN, { intents: ['GUILDS', 'GUILD_MEMBERS'], shards: [0, 1], totalShards: 2, snowtransferInstance: rest });
let seen = 0;
client.on('error', (error) => say('error', { message: String(error) }));
client.on('dispatch', async ({ t: type, d: data }) => {
    if (type === 'READY') {
        await rest.interaction.bulkOverwriteApplicationCommands(data.application.id, commands);
    } else if (type === 'GUILD_CREATE') {
        const { id, name, channels, roles } = data;
        const members = await rest.guild.getGuildMembers(id, { limit: 1000 });
        say('guild', { id, name, channels: channels.length, roles: roles.length, members: members.length });
        if (++seen === 5) {
            say('ready');
        }
    } else if (type === 'INTERACTION_CREATE') {
        const files = data.data.name === 'file' ? [{ name: file.name, file: file.contents }] : undefined;
        await rest.interaction.createInteractionResponse(data.id, data.token, { type: 4, data: { content: 'pong' }, files });
    }
});
await client.connect();
