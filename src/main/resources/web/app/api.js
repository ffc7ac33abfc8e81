/** Asks the service, with the read token when it wants one. */

const KEY = 'gatewatch-read-token';

let ask = null;

/** Who asks the reader for the token: a function from "was the last one wrong" to a promise of a token. */
export function onTokenWanted(question) {
  let pending = null;
  ask = (wrong) => {
    pending ??= question(wrong).finally(() => { pending = null; });
    return pending;
  };
}

/** The answer could not be had; the message is for the reader. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function stored() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null; // a frame without storage: the token lives as long as the page
  }
}

let token = stored();

function keep(value) {
  token = value;
  try {
    sessionStorage.setItem(KEY, value);
  } catch {
    // as above
  }
}

/** fetch with the token; asks for it, and tries again, on 401. */
export async function request(path, options = {}) {
  for (;;) {
    const sent = token;
    const headers = { ...options.headers, ...(sent ? { Authorization: `Bearer ${sent}` } : {}) };
    // no credentials but ours: else the browser would show a question of its own on 401
    const response = await fetch(path, { cache: 'no-store', credentials: 'omit', ...options, headers });
    if (response.status !== 401 || !ask) return response;
    if (sent === token) keep(await ask(sent !== null));
  }
}

/** The JSON of a path; a Refusal with the server's own words when it is not 2xx. */
export async function json(path, options = {}) {
  let response;
  try {
    response = await request(path, { signal: AbortSignal.timeout(20_000), ...options, headers: { Accept: 'application/json', ...options.headers } });
  } catch (failure) {
    throw new Refusal(0, failure.name === 'TimeoutError' ? 'Gatewatch did not answer in time.' : 'Gatewatch could not be reached.');
  }
  if (response.status === 204) return null;
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(response.status, body?.message ?? `Gatewatch answered ${response.status}.`);
  return body;
}

/** A path with query parameters; null ones are left out. */
export function query(path, parameters) {
  const used = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return used.length ? `${path}?${new URLSearchParams(used)}` : path;
}
