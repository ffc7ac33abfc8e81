/** Ninety days as bars, the uptime figures above them, and the incidents behind the chosen day. */
import { link, linked } from './address.js';
import { json, query } from './api.js';
import { byId, el, lazily, mark, say, table } from './dom.js';
import { incidentItem } from './incidents.js';
import { Section } from './section.js';
import { duration, percent, plural, weekday } from './words.js';

const DAYS = 90;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Says so when the history is younger than the window's name. */
function shorter(window, length) {
  const [, count, unit] = window.match(/^(\d+)([hd])$/);
  const whole = count * (unit === 'h' ? 3_600_000 : 86_400_000);
  return length < 0.98 * whole ? el('dd', { class: 'hint' }, `watched only ${duration(length)}`) : null;
}

/** The reader's date of a moment, as 2026-11-30. */
function date(at) {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** How good a day was: as a word for the style, and one for people. */
function grade(value) {
  if (value === null) return ['none', 'not watched'];
  if (value >= 100) return ['4', 'no downtime'];
  if (value >= 99.9) return ['3', 'blips'];
  if (value >= 99) return ['2', 'some downtime'];
  if (value >= 90) return ['1', 'much downtime'];
  return ['0', 'mostly down'];
}

export class Days {
  #answer = null;
  #chosen = DAYS - 1;
  #open = linked('day');
  #bars = [];
  #strip;
  #request = 0;
  #fillTable;

  /** @param onbegun is told for how many milliseconds there has been a history */
  constructor(onbegun) {
    this.onbegun = onbegun;
    this.section = new Section('days', () => this.#load(), (answer) => this.#show(answer), 60_000);
    this.#strip = byId('strip');
    const bars = el('div', {
      class: 'bars',
      id: 'bars',
      role: 'slider',
      tabindex: '0',
      'aria-label': 'Day',
      'aria-valuemin': '1',
      'aria-valuemax': String(DAYS),
      'aria-valuenow': String(DAYS),
      'aria-describedby': 'strip-help',
      onkeydown: (event) => this.#key(event),
      onclick: (event) => this.#choose(this.#at(event), true),
      onpointermove: (event) => this.#hint(this.#at(event)),
      onpointerleave: () => this.#hint(null),
    });
    this.#bars = Array.from({ length: DAYS }, () => el('span', { class: 'bar' }, el('span', { class: 'loss' })));
    bars.append(...this.#bars);
    this.#strip.append(bars,
      el('p', { class: 'ends', 'aria-hidden': 'true' }, el('span', {}, '90 days ago'), el('span', { id: 'strip-hint' }), el('span', {}, 'today')),
      el('p', { class: 'hidden', id: 'strip-help' }, 'Arrow keys choose a day, Enter shows its incidents.'));
    const details = el('details', { class: 'more', id: 'days-table' }, el('summary', {}, 'Days as a table'));
    byId('day').after(details);
    this.#fillTable = lazily(details, () => this.#table());
  }

  async #load() {
    const now = new Date();
    const from = new Date(now.getFullYear(), now.getMonth(), now.getDate() - DAYS + 1);
    const availability = await json(query('history/availability', {
      from: Math.floor(from / 1_000), to: Math.ceil(now / 1_000), step: '1d', zone,
    }));
    return [availability, await json('history/uptime')];
  }

  #show([availability, uptime]) {
    this.#answer = availability;
    this.#uptimes(uptime.windows);
    const whole = uptime.windows.at(-1);
    if (whole.total.watched_seconds > 0) this.onbegun(Date.parse(whole.to) - Date.parse(whole.from));
    this.#bars.forEach((bar, i) => {
      const value = availability.uptime_percent[i] ?? null;
      mark(bar, 'grade', grade(value)[0]);
      // a lost minute of a day would be no pixel: whatever was lost is seen
      bar.firstChild.style.height = value === null || value >= 100 ? '0' : `${Math.max(14, 100 - value)}%`;
    });
    const open = availability.times.findIndex((at) => date(at) === this.#open); // the bars move on at midnight
    if (open >= 0) this.#chosen = open;
    this.#value();
    this.#fillTable();
    if (open >= 0) this.#choose(open, true);
  }

  #uptimes(windows) {
    byId('uptimes').replaceChildren(el('dl', { class: 'tiles narrow' }, windows.map(({ window, from, to, total }) =>
      el('div', { class: 'tile', data: { state: total.uptime_percent === null ? 'unknown' : 'plain' } },
        el('dt', {}, `Uptime ${window.replace(/(\d+)/, '$1 ')}`),
        el('dd', { class: 'value' }, percent(total.uptime_percent)),
        el('dd', { class: 'hint' }, total.downtime_seconds
          ? `${duration(total.downtime_seconds * 1_000)} down, ${plural(total.incidents, 'incident')}`
          : total.uptime_percent === null ? 'not watched' : 'no downtime'),
        shorter(window, Date.parse(to) - Date.parse(from))))));
  }

  #at(event) {
    const { left, width } = byId('bars').getBoundingClientRect();
    return Math.min(DAYS - 1, Math.max(0, Math.floor((DAYS * (event.clientX - left)) / width)));
  }

  #key(event) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 7, PageDown: -7, Home: -DAYS, End: DAYS };
    if (event.key in steps) {
      this.#choose(Math.min(DAYS - 1, Math.max(0, this.#chosen + steps[event.key])), this.#open !== null);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.#choose(this.#chosen, true);
    } else if (event.key === 'Escape') {
      this.#open = null;
      link('day', null);
      byId('day').replaceChildren();
    } else {
      return;
    }
    event.preventDefault();
  }

  #words(index) {
    const answer = this.#answer;
    const value = answer?.uptime_percent[index] ?? null;
    if (!answer || value === null) return `${answer?.times[index] ? weekday(answer.times[index]) : 'That day'}: not watched`;
    const lost = answer.downtime_seconds[index];
    return `${weekday(answer.times[index])}: ${percent(value)}, ${lost ? `${duration(lost * 1_000)} down` : 'no downtime'}`
      + `, ${plural(answer.incidents[index], 'incident')}`;
  }

  #hint(index) {
    say(byId('strip-hint'), index === null ? '' : this.#words(index));
  }

  #value() {
    const bars = byId('bars');
    bars.setAttribute('aria-valuenow', String(this.#chosen + 1));
    bars.setAttribute('aria-valuetext', this.#words(this.#chosen));
    this.#bars.forEach((bar, i) => bar.toggleAttribute('data-chosen', i === this.#chosen));
  }

  async #choose(index, open) {
    this.#chosen = index;
    this.#value();
    this.#hint(index);
    if (!open || !this.#answer?.times[index]) return;
    const place = byId('day');
    const answer = this.#answer;
    this.#open = date(answer.times[index]);
    link('day', this.#open);
    const request = ++this.#request;
    const from = Date.parse(answer.times[index]);
    const to = index + 1 < answer.times.length ? Date.parse(answer.times[index + 1]) : Date.parse(answer.to);
    try {
      const page = await json(query('history/incidents', { from: from / 1_000, to: to / 1_000, limit: 20 }));
      if (request !== this.#request) return;
      const kept = place.querySelector('ol')?.querySelectorAll('details[open]').length;
      if (kept && place.dataset.day === this.#open) return; // somebody reads there
      place.dataset.day = this.#open;
      place.replaceChildren(
        el('h3', {}, this.#words(index)),
        page.items.length
          ? el('ol', { class: 'incidents' }, page.items.map((incident) => incidentItem(incident)))
          : el('p', { class: 'quiet' }, answer.incidents[index] ? 'Its incidents began on an earlier day.' : 'No incident began on this day.'),
        page.next ? el('p', { class: 'quiet' }, 'The newest 20 are shown.') : '');
    } catch (refusal) {
      if (request === this.#request) place.replaceChildren(el('p', { class: 'trouble' }, refusal.message));
    }
  }

  #table() {
    const answer = this.#answer;
    return table('90 days, newest first', ['Day', 'Connected', 'Down', 'Incidents'], answer.times.map((at, i) => [
      weekday(at),
      answer.uptime_percent[i] === null ? 'not watched' : percent(answer.uptime_percent[i]),
      duration(answer.downtime_seconds[i] * 1_000),
      String(answer.incidents[i]),
    ]).reverse());
  }
}
