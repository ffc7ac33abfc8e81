// discord.js as it comes, against the API base URL and with the token of its environment, until it is killed.
import { Client, GatewayIntentBits } from 'discord.js';

const api = process.env.DISCORD_API_BASE_URL.replace(/\/v10\/?$/, '');
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } });
client.on('error', (error) => console.error(error));
client.on('shardError', (error) => console.error(error));
await client.login(process.env.DISCORD_TOKEN);
