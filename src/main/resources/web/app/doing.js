/** What each shard that is not simply connected is doing right now, with a countdown to its next attempt. */
import { byId, el, mark, say } from './dom.js';
import { duration, millis, phaseWord, plural, stateOf } from './words.js';

const MOST = 4;

export class Doing {
  #feed;
  #rows = new Map();
  #waits = new Map();

  constructor(feed) {
    this.#feed = feed;
  }

  render() {
    const { status } = this.#feed;
    const lines = !status || this.#feed.silence() !== null ? [this.#nobody()] : this.#lines(status);
    const list = byId('activities');
    const keys = new Set(lines.map((line) => line.key));
    for (const [key, row] of this.#rows) {
      if (!keys.has(key)) {
        row.item.remove();
        this.#rows.delete(key);
      }
    }
    lines.forEach((line, i) => {
      const row = this.#row(line.key);
      if (list.children[i] !== row.item) list.insertBefore(row.item, list.children[i] ?? null);
      mark(row.item, 'state', line.state);
      say(row.what, line.what);
      say(row.why, line.why ?? '');
      row.bar.hidden = line.left === undefined;
      if (line.left !== undefined) row.fill.style.width = `${100 * Math.min(1, Math.max(0, line.left))}%`;
    });
  }

  /** How long the wait for a shard's next attempt was when it was first seen: the whole of the countdown. */
  #wait(shard, now) {
    if (!shard.next_attempt) return 0;
    const { at } = shard.next_attempt;
    const known = this.#waits.get(shard.shard);
    if (known?.at !== at) this.#waits.set(shard.shard, { at, whole: Math.max(1, Date.parse(at) - now) });
    return this.#waits.get(shard.shard).whole;
  }

  #row(key) {
    if (!this.#rows.has(key)) {
      const fill = el('span', { class: 'fill' });
      const bar = el('div', { class: 'countdown', 'aria-hidden': 'true' }, fill);
      const what = el('p', { class: 'what' });
      const why = el('p', { class: 'why' });
      this.#rows.set(key, { item: el('li', {}, what, bar, why), what, why, bar, fill });
    }
    return this.#rows.get(key);
  }

  #nobody() {
    return { key: 'nobody', state: 'unknown', what: 'Unknown: waiting for word from Gatewatch.' };
  }

  #lines(status) {
    const now = this.#feed.now();
    const away = status.shards.filter((shard) => shard.phase !== 'connected');
    if (!status.shards.length) return [{ key: 'none', state: 'busy', what: 'Starting: no shard is known yet.' }];
    if (!away.length) return [holding(status, now)];
    const lines = away.slice(0, MOST).map((shard) => line(shard, now, status.shards.length > 1, this.#wait(shard, now)));
    if (away.length > MOST) lines.push({ key: 'more', state: 'busy', what: `And ${plural(away.length - MOST, 'more shard')}.` });
    return lines;
  }
}

function holding(status, now) {
  const ages = status.shards.map((shard) => shard.last_ack_age_seconds).filter((age) => age !== null);
  const since = now - Date.parse(status.timestamp);
  const why = ages.length
    ? `Last heartbeat answered ${duration(Math.floor(Math.min(...ages) + since / 1_000) * 1_000)} ago, in ${millis(status.latency)} on average.`
    : 'The first heartbeat is not answered yet.';
  return {
    key: 'holding',
    state: 'ok',
    what: status.shards.length > 1 ? `Holding ${plural(status.shards.length, 'connection')}.` : 'Holding the connection.',
    why,
  };
}

function line(shard, now, named, whole) {
  const name = named ? `Shard ${shard.shard}: ` : '';
  const key = `shard ${shard.shard}`;
  const attempt = `attempt ${Math.max(1, shard.attempts)}`;
  if (shard.stopped) {
    return named
      ? { key, state: 'down', what: `${name}stopped. ${shard.stopped.reason}`, why: shard.stopped.remedy }
      : { key, state: 'down', what: 'Nothing: no retry can help.', why: 'It waits for a person to do what stands above, and for a start: POST admin/start, or a restart of the process.' };
  }
  const words = (text) => (named ? name + text : text.charAt(0).toUpperCase() + text.slice(1));
  if (shard.next_attempt) {
    const due = Date.parse(shard.next_attempt.at);
    const how = shard.next_attempt.recovery === 'resume' ? 'to resume the session' : 'for a new session';
    const left = due - now;
    return {
      key,
      state: stateOf(shard.phase),
      what: words(left > 0 ? `${attempt} ${how}, next try in ${duration(Math.ceil(left / 1_000) * 1_000)}.` : `${attempt} ${how} is due.`),
      why: shard.next_attempt.reason,
      left: left / whole,
    };
  }
  const running = duration(Math.floor(Math.max(0, now - Date.parse(shard.phase_since)) / 1_000) * 1_000);
  const how = shard.phase === 'resuming' ? 'to resume the session' : shard.phase === 'reconnecting' || shard.phase === 'connecting' ? 'for a new session' : '';
  return {
    key,
    state: stateOf(shard.phase),
    what: words(`${attempt}${how ? ` ${how}` : ''} is under way.`),
    why: `${phaseWord(shard.phase)} for ${running}.${shard.last_error ? ` Last error: ${shard.last_error.message}` : ''}`,
  };
}
