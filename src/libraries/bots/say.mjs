// What each bot tells the test, as one line of JSON, and what all bots have in common.
export const { API, GATEWAY, TOKEN, TLS_PORT } = process.env;
export const say = (event, fields) => console.log(JSON.stringify({ event, ...fields }));
export const commands = ['ping', 'file'].map((name) => ({ name, description: `Answers ${name}`, type: 1 }));
export const file = { name: 'pong.txt', contents: Buffer.from('pong') };
for (const trouble of ['unhandledRejection', 'uncaughtException']) {
    process.on(trouble, (error) => say('error', { message: String(error?.stack ?? error) }));
}
