/** The readings of the moment, each with its age; none is shown as known when it is not. */
import { byId, el, mark, say } from './dom.js';
import { ago, duration, millis, number, time } from './words.js';

const TILES = ['latency', 'guilds', 'users', 'errors', 'attempts', 'budget'];
const NAMES = {
  latency: 'Latency',
  guilds: 'Guilds',
  users: 'Users',
  errors: 'Errors, last hour',
  attempts: 'Attempts since it was lost',
  budget: 'IDENTIFYs left today',
};

export class Tiles {
  #feed;
  #tiles = new Map();

  constructor(feed) {
    this.#feed = feed;
    for (const name of TILES) {
      const value = el('dd', { class: 'value' });
      const hint = el('dd', { class: 'hint' });
      const meter = name === 'budget' ? el('dd', { class: 'meter', 'aria-hidden': 'true' }, el('span', { class: 'fill' }), el('span', { class: 'reserve' })) : null;
      const age = el('dd', { class: 'age' });
      const tile = el('div', { class: 'tile', data: { tile: name } }, el('dt', {}, NAMES[name]), value, meter, hint, age);
      this.#tiles.set(name, { tile, value, hint, age, meter });
      byId('tiles').append(tile);
    }
  }

  render() {
    const { status } = this.#feed;
    const stale = !status || this.#feed.silence() !== null;
    const now = this.#feed.now();
    const readings = status ? read(status, now, this.#feed.age()) : {};
    for (const [name, tile] of this.#tiles) {
      const reading = readings[name] ?? { value: 'unknown' };
      mark(tile.tile, 'state', stale || reading.value === 'unknown' ? 'unknown' : reading.state ?? 'plain');
      say(tile.value, stale ? 'unknown' : reading.value);
      say(tile.hint, stale ? (status && reading.value !== 'unknown' ? `last known: ${reading.value}` : '') : reading.hint ?? '');
      say(tile.age, status ? ago(reading.age ?? this.#feed.age()) : 'never');
      if (tile.meter) this.#meter(tile.meter, stale ? null : budgetOf(status));
    }
  }

  #meter(meter, budget) {
    meter.hidden = !budget;
    if (!budget) return;
    meter.querySelector('.fill').style.width = `${(100 * budget.remaining) / Math.max(1, budget.total)}%`;
    meter.querySelector('.reserve').style.width = `${(100 * budget.reserve) / Math.max(1, budget.total)}%`;
  }
}

const budgetOf = (status) => status.identify_budget ?? status.identify ?? null;

function read(status, now, age) {
  const acks = status.shards.map((shard) => shard.last_ack_age_seconds).filter((seconds) => seconds !== null);
  const since = now - Date.parse(status.timestamp);
  return {
    latency: {
      value: millis(status.latency),
      hint: status.shards.length > 1 ? spread(status.shards) : 'heartbeat round trip',
      age: acks.length ? Math.min(...acks) * 1_000 + since : undefined,
    },
    guilds: { value: number(status.guilds), hint: '' },
    users: { value: number(status.users), hint: 'members of all guilds' },
    errors: {
      value: number(status.recent_errors),
      hint: status.last_error ? `last ${time(Date.parse(status.last_error.time), now)}: ${status.last_error.message}` : 'none seen',
      state: status.recent_errors ? 'busy' : 'plain',
    },
    attempts: { value: number(status.connection_attempts), hint: attempts(status) },
    budget: budget(budgetOf(status), now, age),
  };
}

function attempts({ connection_attempts: count, shards }) {
  if (shards.every((shard) => shard.phase === 'connected')) return 'none is needed';
  if (shards.every((shard) => shard.phase === 'connected' || shard.stopped)) return 'none will be made';
  if (!count) return 'the first is under way';
  return shards.length > 1 ? 'the highest of all shards' : 'it goes on until it is back';
}

function spread(shards) {
  const known = shards.map((shard) => shard.latency).filter((latency) => latency !== null);
  return known.length ? `mean of ${known.length} shards, worst ${millis(Math.max(...known))}` : 'no heartbeat yet';
}

function budget(identify, now) {
  if (!identify) return { value: 'unknown', hint: 'Discord was not asked yet' };
  const reset = Date.parse(identify.reset_at);
  const hours = identify.exhaustion_in_hours
    ?? (identify.forecast_exhaustion_at ? (Date.parse(identify.forecast_exhaustion_at) - now) / 3_600_000 : null);
  const forecast = hours === null
    ? 'at this rate it lasts until then'
    : `at this rate the reserve of ${number(identify.reserve)} is reached in ${duration(Math.max(0, hours) * 3_600_000)}`;
  return {
    value: `${number(identify.remaining)} of ${number(identify.total)}`,
    hint: `${reset > now ? `all back in ${duration(reset - now)}` : 'all back by now'}; ${forecast}`,
    state: identify.remaining <= identify.reserve ? 'down' : hours === null ? 'plain' : 'busy',
  };
}
