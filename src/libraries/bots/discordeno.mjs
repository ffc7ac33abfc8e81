import { createBot, createDesiredPropertiesObject, Intents } from '@discordeno/bot';
import { API, TOKEN, commands, file, say } from './say.mjs';

const bot = createBot({
    token: TOKEN,
    intents: Intents.Guilds | Intents.GuildMembers,
    desiredProperties: createDesiredPropertiesObject({}, true),
    rest: { proxy: { baseUrl: API.replace('/v10', ''), authorization: `Bot ${TOKEN}` } },
    gateway: { totalShards: 2, lastShardId: 1, cache: { requestMembers: { enabled: true } } },
    events: {
        async guildCreate({ id, name, channels, roles }) {
            const members = await bot.gateway.requestMembers(id, { query: '', limit: 0 });
            say('guild', { id: String(id), name, channels: channels.size, roles: roles.size, members: members.length });
            if (++seen === 5) {
                await bot.helpers.upsertGlobalApplicationCommands(commands);
                say('ready');
            }
        },
        async interactionCreate(interaction) {
            const files = interaction.data.name === 'file' ? [{ name: file.name, blob: new Blob([file.contents]) }] : undefined;
            await interaction.respond({ content: 'pong', files });
        },
    },
});
let seen = 0;
await bot.start();
