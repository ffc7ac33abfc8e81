/** The demo's panel: orders faults, and shows each step of the recovery with its distance from the strike. */
import { json } from './api.js';
import { byId, el, say } from './dom.js';
import { factItem } from './incidents.js';
import { capital, duration, timeWithSeconds } from './words.js';

/** A choice for whoever sees this for the first time. */
const QUICK = [
  { text: 'Close with 4000', why: 'unknown error: the session can be resumed', order: { fault: 'close', code: 4000 } },
  { text: 'Reset the connection', why: 'TCP RST, no close frame', order: { fault: 'drop' } },
  { text: 'Ask for a reconnect', why: 'op 7, as Discord does every few hours', order: { fault: 'reconnect' } },
  { text: 'End the session', why: 'op 9: only a new session helps', order: { fault: 'invalid-session', resumable: false } },
  { text: 'Swallow heartbeat ACKs', why: '20 s: open, yet dead', order: { fault: 'mute-acks', seconds: 20 } },
  { text: 'Black hole', why: '15 s: bytes vanish both ways', order: { fault: 'black-hole', scope: 'all', seconds: 15 } },
  { text: 'Refuse connections', why: '10 s: nothing listens', order: { fault: 'refuse', seconds: 10 } },
  { text: 'Revoke the token', why: '4004: no retry can help', order: { fault: 'token-revoked' } },
];
/** A fault that stays until it is healed would keep a visitor waiting. */
const KIND_SECONDS = 15;
/** When nothing broke within this time, nothing will. */
const PATIENCE = 12_000;
const MOST_LINES = 40;
/** The stream may tell what a fault did before the order for it is answered. */
const MOST_RECENT = 200;

export class Drill {
  #watched = null;
  #recent = [];
  #catalogue = [];
  #feed;

  constructor(feed) {
    if (!byId('drill')) return;
    this.#feed = feed;
    byId('drill-buttons').append(...QUICK.map(({ text, why, order }) =>
      el('button', { type: 'button', class: 'order', data: { fault: order.fault }, onclick: () => this.#order(order, text) },
        el('strong', {}, text), el('span', {}, why))));
    byId('drill-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#order(this.#formOrder(), byId('drill-fault').value);
    });
    byId('drill-restore').addEventListener('click', () => this.#restore());
    feed.on('fact', (fact) => {
      this.#recent = [...this.#recent.slice(1 - MOST_RECENT), fact];
      this.#watch(fact);
    });
    feed.on('status', (status) => { byId('drill-way-back').hidden = !status.shards.some((shard) => shard.stopped); });
    this.refresh();
  }

  /** Reads what is active, and the catalogue the first time. */
  async refresh() {
    try {
      const { catalogue, active } = await json('demo/faults');
      if (!this.#catalogue.length) {
        this.#catalogue = catalogue;
        this.#form();
      }
      this.#active(active);
    } catch (refusal) {
      byId('drill-active').replaceChildren(el('p', { class: 'trouble' }, refusal.message));
    }
  }

  async #order(order, title) {
    const log = byId('drill-log');
    try {
      const struck = await json('demo/faults', {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(order),
      });
      clearTimeout(this.#watched?.timer);
      this.#watched = { at: struck.at, lost: new Set(), steps: 0, over: false };
      this.#watched.timer = setTimeout(() => this.#kept(), (order.seconds ?? 0) * 1_000 + PATIENCE);
      log.replaceChildren(el('li', { class: 'strike' },
        el('span', { class: 'after' }, '0 ms'), el('span', {}, `${title} struck at ${timeWithSeconds(struck.at)}`)));
      this.#recent.forEach((fact) => this.#watch(fact));
    } catch (refusal) {
      log.replaceChildren(el('li', { class: 'trouble' }, refusal.message));
    }
    this.refresh();
  }

  #watch(fact) {
    const watched = this.#watched;
    const at = Date.parse(fact.time);
    if (!watched || watched.over || at < watched.at || ['error_occurred', 'budget_counted'].includes(fact.kind)) return;
    if (fact.kind === 'disconnected') watched.lost.add(fact.shard);
    if (!watched.lost.size && fact.kind !== 'stopped') return;
    const log = byId('drill-log');
    if (++watched.steps <= MOST_LINES) log.append(factItem(fact, watched.at));
    if (fact.kind === 'stopped') {
      this.#end('It stopped rather than retry what cannot work: here a person must act.', 'down');
    } else if (fact.kind === 'resumed' || fact.kind === 'connected') {
      watched.lost.delete(fact.shard);
      if (!watched.lost.size) {
        const how = fact.kind === 'resumed' ? 'nothing lost' : 'with a new session';
        this.#end(`Back after ${duration(at - watched.at)}, ${how}.`, 'ok');
        setTimeout(() => this.refresh(), 500);
      }
    }
  }

  #kept() {
    if (this.#watched && !this.#watched.over && !this.#watched.lost.size) {
      this.#end('The connection was kept: nothing had to be healed.', 'ok');
    }
    this.refresh();
  }

  #end(words, state) {
    this.#watched.over = true;
    clearTimeout(this.#watched.timer);
    byId('drill-log').append(el('li', { class: 'verdict-line', data: { state } }, words));
  }

  #active(active) {
    byId('drill-active').replaceChildren(...(active.length
      ? [el('h3', {}, 'Active faults'),
        el('ul', { class: 'active' }, active.map((fault) => el('li', {},
          el('span', {}, `${fault.fault}${fault.until ? `, until ${timeWithSeconds(fault.until)}` : ', until healed'}`),
          el('button', { type: 'button', 'aria-label': `Heal ${fault.fault}`, onclick: () => this.#heal(`demo/faults/${fault.id}`) }, 'Heal')))),
        el('button', { type: 'button', onclick: () => this.#heal('demo/faults') }, 'Heal all')]
      : []));
    clearTimeout(this.timer);
    if (active.length) this.timer = setTimeout(() => this.refresh(), 2_000);
  }

  async #heal(path) {
    await json(path, { method: 'DELETE' }).catch(() => null); // one that is over already is healed too
    this.refresh();
  }

  /** What a person would do: end what stopped the bot, and start it. */
  async #restore() {
    const stopped = (this.#feed.status?.shards ?? []).filter((shard) => shard.stopped).map(({ shard }) => shard);
    this.#watched = { at: this.#watched?.at ?? this.#feed.now(), lost: new Set(stopped), steps: 0, over: false };
    byId('drill-log').append(el('li', { class: 'quiet' }, 'Ending all faults, and telling the bot to start.'));
    try {
      await json('demo/bot', { method: 'PUT' });
    } catch (refusal) {
      byId('drill-log').append(el('li', { class: 'trouble' }, refusal.message));
    }
    this.refresh();
  }

  #form() {
    const parameters = el('div', { class: 'parameters' });
    const description = el('p', { class: 'quiet' });
    const field = el('select', { id: 'drill-fault', onchange: () => show() },
      this.#catalogue.map(({ fault }) => el('option', { value: fault }, fault)));
    const show = () => {
      const row = this.#catalogue.find(({ fault }) => fault === field.value);
      say(description, capital(row.description) + '.');
      parameters.replaceChildren(...row.parameters.map((parameter) => parameterField(parameter, row.lasting)));
    };
    byId('drill-form').append(
      el('label', { class: 'field' }, el('span', {}, 'Fault'), field),
      description, parameters,
      el('button', { type: 'submit', class: 'primary' }, 'Strike'));
    show();
  }

  #formOrder() {
    const order = { fault: byId('drill-fault').value };
    for (const field of byId('drill-form').querySelectorAll('[data-parameter]')) {
      if (field.type === 'checkbox') order[field.dataset.parameter] = field.checked;
      else if (field.value !== '') order[field.dataset.parameter] = field.type === 'number' ? Number(field.value) : field.value;
    }
    return order;
  }
}

function parameterField(parameter, lasting) {
  const fallback = parameter.name === 'seconds' && lasting && !parameter.default ? KIND_SECONDS : parameter.default;
  const data = { parameter: parameter.name };
  const title = `${parameter.description}; ${parameter.expected}`;
  if (parameter.type === 'boolean') {
    const box = el('input', { type: 'checkbox', data });
    box.checked = Boolean(fallback);
    return el('label', { class: 'field', title }, el('span', {}, parameter.name), box);
  }
  if (parameter.type === 'choice') {
    const values = parameter.expected.replace('one of ', '').split(', ');
    const field = el('select', { data }, values.map((value) => el('option', { value }, value)));
    field.value = fallback;
    return el('label', { class: 'field', title }, el('span', {}, parameter.name), field);
  }
  const numeric = parameter.type === 'integer' || parameter.type === 'number';
  const field = el('input', { type: numeric ? 'number' : 'text', step: parameter.type === 'number' ? 'any' : null, data });
  field.value = fallback ?? '';
  return el('label', { class: 'field', title }, el('span', {}, parameter.name), field);
}
