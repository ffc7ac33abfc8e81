/** What happened lately, newest first, live; with a filter. */
import { link, linked } from './address.js';
import { json, query } from './api.js';
import { byId, el, select } from './dom.js';
import { Section } from './section.js';
import { factState, factWords, timeWithSeconds } from './words.js';

const PAGE = 40;
const MOST = 400;
const KINDS = [
  { value: '', text: 'All', kinds: '' },
  { value: 'connection', text: 'Connection', kinds: 'connected,resumed,disconnected,stopped,exhausted' },
  { value: 'attempts', text: 'Attempts', kinds: 'attempt_started,attempt_failed,plan_made,identified,hello_received' },
  { value: 'trouble', text: 'Trouble', kinds: 'error_occurred,attempt_failed,disagreement_found,exhausted,stopped,process_paused,clock_set' },
  { value: 'budget', text: 'IDENTIFY budget', kinds: 'budget_counted,identified' },
];
const kinds = (name) => KINDS.find(({ value }) => value === name) ?? KINDS[0];

export class Events {
  #kinds = kinds(linked('kind')).kinds;
  #shard = /^\d{1,4}$/.test(linked('shard') ?? '') ? Number(linked('shard')) : null;
  #words = (linked('words') ?? '').trim().toLowerCase();
  #items = [];
  #next = null;
  #several = false;
  #drawn = false;

  constructor(feed) {
    this.section = new Section('events', () => this.#load(), (page) => this.#show(page), 60_000);
    const shard = el('input', {
      type: 'number', min: '0', max: '9999', inputmode: 'numeric', placeholder: 'all', value: this.#shard,
      oninput: () => {
        this.#shard = shard.value === '' || !shard.validity.valid ? null : Number(shard.value);
        link('shard', this.#shard);
        this.section.refresh();
      },
    });
    const words = el('input', {
      type: 'search', placeholder: 'words', value: this.#words,
      onchange: () => link('words', this.#words),
      oninput: () => {
        this.#words = words.value.trim().toLowerCase();
        this.#render();
      },
    });
    byId('events-controls').append(
      select('Kind', KINDS, kinds(linked('kind')).value, (name) => {
        this.#kinds = kinds(name).kinds;
        link('kind', name);
        this.section.refresh();
      }),
      el('label', { class: 'field' }, el('span', {}, 'Shard'), shard),
      el('label', { class: 'field grow' }, el('span', {}, 'Contains'), words));
    feed.on('fact', (fact) => this.#add(fact));
    feed.on('status', (status) => { this.#several = status.shards.length > 1; });
  }

  #load(cursor = null) {
    return json(query('history/events', { limit: PAGE, kind: this.#kinds, shard: this.#shard, cursor }));
  }

  #show(page) {
    // what was paged in before stays; the newest page is joined to it where they overlap
    const overlap = this.#items.findIndex((fact) => fact.id === page.items.at(-1)?.id);
    const same = overlap >= 0 && this.#asked === this.#question();
    this.#items = same ? [...page.items, ...this.#items.slice(overlap + 1)] : page.items;
    if (!same) this.#next = page.next;
    this.#asked = this.#question();
    this.#render();
  }

  #asked = '';

  #question() {
    return `${this.#kinds}|${this.#shard}`;
  }

  #add(fact) {
    if (this.#items.some((one) => one.id === fact.id)) return;
    if (this.#kinds && !this.#kinds.split(',').includes(fact.kind)) return;
    if (this.#shard !== null && fact.shard !== this.#shard) return;
    this.#items = [fact, ...this.#items];
    if (this.#items.length > MOST) {
      this.#items = this.#items.slice(0, MOST);
      this.#next = null;
    }
    if (this.#drawn) return;
    this.#drawn = true;
    requestAnimationFrame(() => {
      this.#drawn = false;
      this.#render();
    });
  }

  #render() {
    const list = byId('events-list');
    const before = new Map([...list.children].map((node) => [node.dataset.id, node]));
    const wanted = this.#items.filter((fact) => !this.#words || this.#text(fact).toLowerCase().includes(this.#words));
    list.replaceChildren(...(wanted.length
      ? wanted.map((fact) => before.get(fact.id) ?? this.#item(fact))
      : [el('li', { class: 'quiet' }, this.#items.length ? 'None of the events read contains these words.' : 'No such event is known.')]));
    byId('events-pager').replaceChildren(...(this.#next
      ? [el('button', { type: 'button', onclick: () => this.#older() }, 'Older events')]
      : []));
  }

  #text(fact) {
    return `${this.#several ? `Shard ${fact.shard}: ` : ''}${factWords(fact)}`;
  }

  #item(fact) {
    return el('li', { data: { id: fact.id, kind: fact.kind, state: factState(fact.kind) } },
      el('time', { datetime: fact.time }, timeWithSeconds(fact.time)),
      el('span', { class: 'fact' }, this.#text(fact)));
  }

  async #older() {
    const question = this.#question();
    const page = await this.#load(this.#next).catch(() => null);
    if (!page || question !== this.#question()) return;
    this.#items = [...this.#items, ...page.items].slice(0, MOST * 5);
    this.#next = page.next;
    this.#render();
  }
}
