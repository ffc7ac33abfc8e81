/** The incidents, newest first: how long, why, whose fault, with evidence and timeline. */
import { link, linked } from './address.js';
import { json, query } from './api.js';
import { byId, drawing, el, select } from './dom.js';
import { Section } from './section.js';
import { blameWord, capital, causeWords, duration, factState, factWords, plural, time, timeWithSeconds } from './words.js';

const PAGE = 15;
/** As many as the service gives at once. */
const MOST = 1_000;
const BLAMES = ['discord', 'network', 'us', 'unknown'];
const MARKS = {
  discord: ['M5 12a7 7 0 0 1 14 0', 'M5 12a7 7 0 0 0 14 0'],
  network: ['M4 9a12 12 0 0 1 16 0', 'M7.500 13a7 7 0 0 1 9 0', 'M12 17.500v.1'],
  us: ['M12 4v9', 'M12 18v.1'],
  unknown: ['M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2.200', 'M12 18v.1'],
};

export class Incidents {
  #verdict = BLAMES.includes(linked('verdict')) ? linked('verdict') : '';
  #items = [];
  #next = null;
  #wanted = linked('incident');
  #apart = null;

  constructor() {
    this.section = new Section('incidents', () => this.#load(), (answer) => this.#show(answer), 60_000);
    byId('incidents-controls').append(select('Verdict', [
      { value: '', text: 'All' },
      ...BLAMES.map((blame) => ({ value: blame, text: blameWord(blame) })),
    ], this.#verdict, (verdict) => {
      this.#verdict = verdict;
      this.#items = [];
      link('verdict', verdict);
      this.section.refresh();
    }));
  }

  /** Reads all that is shown anew, since an incident further down may have ended; and one that was linked but is not among them. */
  async #load() {
    const page = await this.#page(Math.min(MOST, Math.max(PAGE, this.#items.length)));
    const id = this.#wanted ?? this.#apart?.id;
    const missing = id && !page.items.some((incident) => incident.id === id);
    return { page, apart: missing ? await this.#one(id) : null };
  }

  #page(limit, cursor = null) {
    return json(query('history/incidents', { limit, verdict: this.#verdict, cursor }));
  }

  async #one(id) {
    try {
      return (await json(`history/incidents/${encodeURIComponent(id)}`)).incident;
    } catch (refusal) {
      if (refusal.status === 404 || refusal.status === 400) return { id, gone: true };
      throw refusal;
    }
  }

  #show({ page, apart }) {
    // what was paged in beyond the most that is read at once stays
    const overlap = this.#items.findIndex((incident) => incident.id === page.items.at(-1)?.id);
    const beyond = overlap < 0 ? [] : this.#items.slice(overlap + 1);
    this.#items = [...page.items, ...beyond];
    if (!beyond.length) this.#next = page.next;
    this.#apart = apart;
    this.#render();
    this.#reveal();
  }

  /** Opens the linked incident, once. */
  #reveal() {
    if (!this.#wanted) return;
    const item = [...byId('incidents-list').children].find((node) => node.dataset.id === this.#wanted);
    this.#wanted = null;
    item?.querySelector('details')?.setAttribute('open', '');
    item?.scrollIntoView({ block: 'center' });
  }

  #render() {
    const list = byId('incidents-list');
    const open = new Set([...list.querySelectorAll('details[open]')].map((node) => node.closest('li').dataset.id));
    const before = new Map([...list.children].map((node) => [node.dataset.id, node]));
    const shown = this.#apart ? [this.#apart, ...this.#items] : this.#items;
    list.replaceChildren(...(shown.length
      ? shown.map((incident) => {
        if (incident.gone) return el('li', { class: 'quiet' }, 'The linked incident is not in the history, or no longer.');
        const kept = before.get(incident.id);
        // one that is over does not change any more, and somebody may be reading it
        return kept && kept.dataset.version === version(incident) ? kept : incidentItem(incident, open.has(incident.id));
      })
      : [el('li', { class: 'quiet' }, this.#verdict ? 'No incident with this verdict.' : 'No incident is known. Losses shorter than a blip are in the uptime, not here.')]));
    byId('incidents-pager').replaceChildren(...(this.#next
      ? [el('button', { type: 'button', onclick: () => this.#older() }, 'Older incidents')]
      : []));
  }

  async #older() {
    const verdict = this.#verdict;
    const page = await this.#page(PAGE, this.#next).catch(() => null);
    if (!page || verdict !== this.#verdict) return;
    this.#items = [...this.#items, ...page.items];
    this.#next = page.next;
    this.#render();
  }
}

const version = (incident) => `${incident.end ?? incident.duration_seconds}${incident.attempts}${incident.verdict.blame}${incident.verdict.confidence}`;

/** One incident as a list item that opens to its evidence and timeline. */
export function incidentItem(incident, open = false) {
  const body = el('div', { class: 'incident-body' });
  const details = el('details', { open, ontoggle: () => {
    if (details.open) {
      fill(body, incident);
      link('incident', incident.id);
    } else if (linked('incident') === incident.id) {
      link('incident', null);
    }
  } },
    el('summary', {},
      el('span', { class: 'incident-when' }, time(incident.start)),
      el('span', { class: 'incident-what' },
        incident.close_codes.length ? `Closed with ${incident.close_codes[0].code} (${incident.close_codes[0].name})` : causeWords(incident.cause)),
      el('span', { class: 'incident-long' }, incident.open
        ? `open, ${duration(incident.duration_seconds * 1_000)} so far`
        : `${duration(incident.duration_seconds * 1_000)}`),
      verdict(incident.verdict)),
    body);
  return el('li', {
    class: 'incident',
    data: { id: incident.id, version: version(incident), open: String(incident.open) },
  }, details);
}

function verdict({ blame, confidence }) {
  return el('span', { class: 'verdict', data: { blame } },
    drawing(...MARKS[blame]), el('span', { class: 'hidden' }, 'Verdict: '), blameWord(blame),
    el('span', { class: 'confidence' }, ` ${confidence} confidence`));
}

async function fill(body, incident) {
  if (body.firstChild) return;
  const facts = el('ol', { class: 'timeline' }, el('li', { class: 'quiet' }, 'Reading the timeline'));
  const notes = el('div');
  body.append(
    el('p', {}, `${incident.message.replace(/\.?$/, '.')} Shard ${incident.shard}, ${plural(incident.attempts, 'attempt')}`
      + (incident.recovered_by ? `, recovered by ${incident.recovered_by === 'resume' ? 'a resume: nothing lost' : 'a new session'}.` : '.')),
    el('h3', { class: 'small' }, `Evidence: ${blameWord(incident.verdict.blame)}, ${incident.verdict.confidence} confidence`),
    incident.verdict.evidence.length
      ? el('ul', { class: 'evidence' }, incident.verdict.evidence.map((line) => el('li', {}, line)))
      : el('p', { class: 'quiet' }, 'There is no evidence yet.'),
    incident.discord_status_page ? el('p', {}, `Discord\u2019s status page: ${incident.discord_status_page}`) : '',
    el('h3', { class: 'small' }, 'Timeline'), facts, notes);
  try {
    const report = await json(`history/incidents/${incident.id}`);
    const begin = Date.parse(report.incident.start);
    facts.replaceChildren(...report.timeline.map((fact) => factItem(fact, begin)));
    if (report.notes.length) {
      notes.append(el('h3', { class: 'small' }, 'Notes'), el('ul', { class: 'evidence' }, report.notes.map((note) =>
        el('li', {}, `${note.text} `, el('span', { class: 'quiet' }, `${note.author}, ${time(note.time)}`)))));
    }
  } catch (refusal) {
    facts.replaceChildren(el('li', { class: 'trouble' }, refusal.message));
  }
}

/** One fact with its distance from a beginning. */
export function factItem(fact, begin) {
  const after = Date.parse(fact.time) - begin;
  return el('li', { data: { state: factState(fact.kind) } },
    el('span', { class: 'after', title: timeWithSeconds(fact.time) }, `+${duration(Math.max(0, after))}`),
    el('span', {}, capital(factWords(fact))));
}
