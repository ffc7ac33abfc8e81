/**
 * Keeps the page's knowledge of the state fresh: by the event stream, else by asking every few seconds. It never claims to know
 * more than it does: {@link Feed#silence} tells for how long nothing was heard, as soon as that is too long.
 */
import { json, query, request } from './api.js';
import { listen } from './stream.js';

const POLL_EVERY = 3_000;
const POLL_FOR = 60_000;
/** The stream has a comment every 15 s. */
const STREAM_LIMIT = 20_000;
const POLL_LIMIT = 12_000;
/** A stream that broke may be back at once; until then the last reading stands. */
const BROKEN_LIMIT = 1_500;
const LONGEST_PAUSE = 5_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Feed {
  status = null;
  mode = 'connecting';
  #begun = performance.now();
  #heard = null;
  #received = 0;
  #lost = null;
  #lastFact = null;
  #seen = new Set();
  #listeners = { status: [], fact: [], mode: [] };

  /** Calls back on "status" (the new status), "fact" (a fact, each once) and "mode". */
  on(kind, listener) {
    this.#listeners[kind].push(listener);
  }

  /** The server's clock, as far as it is known. */
  now() {
    return this.status ? Date.parse(this.status.timestamp) + performance.now() - this.#received : Date.now();
  }

  /** Milliseconds since the last sign of life. */
  age() {
    return performance.now() - (this.#heard ?? this.#begun);
  }

  /** Milliseconds since the last sign of life when that is too long to vouch for the status; else null. */
  silence() {
    const age = this.age();
    if (this.#heard === null) return age;
    const limit = this.#lost !== null ? BROKEN_LIMIT : this.mode === 'stream' ? STREAM_LIMIT : POLL_LIMIT;
    return age > limit || (this.#lost !== null && performance.now() - this.#lost > BROKEN_LIMIT) ? age : null;
  }

  /** Runs for as long as the page is open. */
  async run() {
    let failures = 0;
    for (;;) {
      const before = this.#heard;
      let answered = false;
      try {
        answered = await this.#stream();
      } catch {
        this.#broke();
      }
      if (answered === 'none') {
        await this.#poll(POLL_FOR);
        failures = 0;
        continue;
      }
      failures = this.#heard !== before ? 0 : failures + 1;
      await pause(failures === 0 ? 100 : Math.min(LONGEST_PAUSE, 250 * 2 ** failures));
    }
  }

  async #stream() {
    const abort = new AbortController();
    const watchdog = setInterval(() => {
      if (this.#lost === null && this.age() > STREAM_LIMIT) abort.abort();
    }, 1_000);
    try {
      const headers = { Accept: 'text/event-stream', ...(this.#lastFact ? { 'Last-Event-ID': this.#lastFact } : {}) };
      const response = await request('discord-status/stream', { headers, signal: abort.signal });
      const type = response.headers.get('Content-Type') ?? '';
      if (!response.ok || !type.startsWith('text/event-stream')) {
        abort.abort();
        return 'none'; // an old server, a proxy that knows no streams, or as many readers as there may be
      }
      let told = false; // what was known before this stream counts no longer: it says anew how things stand
      await listen(response, (event) => {
        told ||= event.kind === 'status';
        if (told) this.#alive('stream');
        this.#take(event);
      });
      this.#broke();
      return 'ended';
    } finally {
      clearInterval(watchdog);
    }
  }

  async #poll(duration) {
    const end = performance.now() + duration;
    let first = this.#seen.size === 0;
    while (performance.now() < end) {
      try {
        this.#status(await json('discord-status', { signal: AbortSignal.timeout(POLL_LIMIT - POLL_EVERY) }));
        this.#alive('poll');
        const page = await json(query('history/events', { limit: 50 }));
        for (const fact of page.items.reverse()) this.#fact(fact, first);
        first = false;
      } catch (refusal) {
        if (!refusal.status) this.#broke();
      }
      await pause(POLL_EVERY);
    }
  }

  #take(event) {
    if (event.kind === 'status') this.#status(JSON.parse(event.data));
    else if (event.kind === 'fact') this.#fact(JSON.parse(event.data), false);
  }

  #status(status) {
    this.status = status;
    this.#received = performance.now();
    this.#tell('status', status);
  }

  #fact(fact, quietly) {
    if (this.#seen.has(fact.id)) return;
    this.#seen.add(fact.id);
    if (this.#seen.size > 5_000) this.#seen = new Set([...this.#seen].slice(-1_000));
    this.#lastFact = fact.id;
    if (!quietly) this.#tell('fact', fact);
  }

  #alive(mode) {
    this.#heard = performance.now();
    this.#lost = null;
    this.#switch(mode);
  }

  #broke() {
    this.#lost ??= performance.now();
    this.#switch('lost');
  }

  #switch(mode) {
    if (this.mode === mode) return;
    this.mode = mode;
    this.#tell('mode', mode);
  }

  #tell(kind, value) {
    this.#listeners[kind].forEach((listener) => listener(value));
  }
}
