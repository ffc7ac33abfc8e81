import https from 'node:https';
import { ApiHandler, AttachmentBuilder, Client, createEvent } from 'seyfert';
import { API, TLS_PORT, TOKEN, commands, file, say } from './say.mjs';

// Its gateway speaks TLS only and knows no port: the agent that Node.js uses by default goes to the port.
https.globalAgent.options.port = TLS_PORT;

const client = new Client({
    getRC: () => ({ token: TOKEN, intents: 1 | 2, locations: { base: '.' } }),
    shards: { total: 2 },
});
client.setServices({ rest: new ApiHandler({ token: TOKEN, domain: new URL(API).origin }) });
client.events.values = {
    BOT_READY: createEvent({
        data: { name: 'botReady' },
        async run() {
            for (const { id, name } of await client.cache.guilds.values()) {
                const channels = await client.cache.channels.count(id);
                const roles = await client.cache.roles.count(id);
                const members = await client.members.list(id, { limit: 1000 }, true);
                say('guild', { id, name, channels, roles, members: members.length });
            }
            await client.proxy.applications(client.applicationId).commands.put({ body: commands });
            say('ready');
        },
    }),
    INTERACTION_CREATE: createEvent({
        data: { name: 'interactionCreate' },
        async run(interaction) {
            const attached = new AttachmentBuilder().setName(file.name).setFile('buffer', file.contents);
            const files = interaction.data.name === 'file' ? [attached] : undefined;
            await interaction.write({ content: 'pong', files });
        },
    }),
};
await client.start();
