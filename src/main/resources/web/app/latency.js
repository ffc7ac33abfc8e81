/** The heartbeats' round trip over time; drag to zoom, and finer samples are asked for. */
import { link, linked } from './address.js';
import { json, query } from './api.js';
import { chart, timeAxis, valueAxis } from './chart.js';
import { byId, choices, colour, el, lazily, say, select, table } from './dom.js';
import { Section } from './section.js';
import { day, millis, percent, time } from './words.js';

const HOUR = 3_600;
const RANGES = [
  { value: '1h', text: '1 h', seconds: HOUR },
  { value: '24h', text: '24 h', seconds: 24 * HOUR },
  { value: '7d', text: '7 d', seconds: 7 * 24 * HOUR },
  { value: '30d', text: '30 d', seconds: 30 * 24 * HOUR },
  { value: '90d', text: '90 d', seconds: 90 * 24 * HOUR },
  { value: '1y', text: '1 year', seconds: 365 * 24 * HOUR },
];
const SHORTEST = 300;
const LONGEST = 366 * 24 * HOUR;
const STEPS = { '1m': 60, '1h': HOUR, '1d': 24 * HOUR };
/** Milliseconds. */
const YOUNG = 3 * HOUR * 1_000;
const MOST_ROWS = 200;

export class Latency {
  #range = RANGES.find(({ value }) => value === linked('latency')) ?? RANGES[1];
  #zoom = stretch(linked('latency'));
  #shard = /^\d{1,4}$/.test(linked('latency-shard') ?? '') ? linked('latency-shard') : 'all';
  #shards = 0;
  #plot = null;
  #answer = null;
  #fillTable;
  #shardSelect;
  #whole;
  #ranges;
  #chosen = linked('latency') !== null;

  constructor() {
    this.section = new Section('latency', () => this.#load(), (answer) => this.#show(answer), 60_000);
    this.#shardSelect = select('Shard', [{ value: 'all', text: 'All as one' }], 'all', (shard) => {
      this.#shard = shard;
      link('latency-shard', shard === 'all' ? null : shard);
      this.section.refresh();
    });
    this.#whole = el('button', { type: 'button', hidden: this.#zoom === null, onclick: () => this.#zoomTo(null) }, 'Whole range');
    this.#ranges = choices('Range', RANGES, this.#range.value, (value) => {
      this.#chosen = true;
      this.#range = RANGES.find((range) => range.value === value);
      this.#zoomTo(null);
    });
    byId('latency-controls').append(
      this.#ranges.group,
      el('div', { class: 'choices', role: 'group', 'aria-label': 'Zoom' },
        this.#step('Earlier', '\u2190', (from, to) => [from - (to - from) / 2, to - (to - from) / 2]),
        this.#step('Later', '\u2192', (from, to) => [from + (to - from) / 2, to + (to - from) / 2]),
        this.#step('Zoom in', '+', (from, to) => [from + (to - from) / 4, to - (to - from) / 4]),
        this.#step('Zoom out', '\u2212', (from, to) => [from - (to - from) / 2, to + (to - from) / 2])),
      this.#whole,
      this.#shardSelect);
    this.#fillTable = lazily(byId('latency-table'), () => this.#table());
  }

  /** Tells how long there has been a history: a young one is shown from near, unless somebody has chosen. */
  begun(ago) {
    if (this.#chosen || ago > YOUNG || this.#range === RANGES[0]) return;
    this.#range = RANGES[0];
    this.#ranges.choose(this.#range.value);
    this.section.refresh();
  }

  /** Tells which shards there are. */
  know(count) {
    if (count === this.#shards) return;
    this.#shards = count;
    this.#shardSelect.hidden = count < 2;
    const field = this.#shardSelect.querySelector('select');
    field.replaceChildren(el('option', { value: 'all' }, 'All as one'),
      ...Array.from({ length: count }, (_, i) => el('option', { value: String(i) }, `Shard ${i}`)));
    if (Number(this.#shard) >= count) this.#shard = 'all';
    field.value = this.#shard;
  }

  #step(label, sign, move) {
    return el('button', {
      type: 'button', 'aria-label': label, title: label,
      onclick: () => {
        const [from, to] = this.#window();
        const [begin, end] = move(from, to);
        const now = Date.now() / 1_000;
        const length = Math.min(Math.max(end - begin, SHORTEST), LONGEST);
        const last = Math.min(end, now);
        this.#zoomTo([last - length, last]);
      },
    }, sign);
  }

  #window() {
    const now = Date.now() / 1_000;
    return this.#zoom ?? [now - this.#range.seconds, now];
  }

  #zoomTo(zoom) {
    this.#zoom = zoom;
    this.#whole.hidden = zoom === null;
    link('latency', zoom ? zoom.map(Math.round).join('-') : this.#chosen ? this.#range.value : null);
    this.section.refresh();
  }

  async #load() {
    const [from, to] = this.#window();
    const ask = (step) => json(query('history/samples', {
      from: Math.floor(from), to: Math.ceil(to), shard: this.#shard, step,
    }));
    const length = to - from;
    const step = length <= 26 * HOUR ? '1m' : length <= 62 * 24 * HOUR ? '1h' : '1d';
    const answer = await ask(step);
    const coarser = { '1m': '1h', '1h': '1d' }[step];
    // minutes and hours are kept for a while only: what is older is there more coarsely
    const found = !answer.items.length && coarser ? await ask(coarser) : answer;
    return { ...found, from, to };
  }

  #show(answer) {
    this.#answer = answer;
    const step = STEPS[answer.step];
    const times = [];
    const means = [];
    const worst = [];
    const up = [];
    for (const sample of answer.items) {
      const at = Date.parse(sample.time) / 1_000;
      const last = times.at(-1);
      if (last !== undefined && at - last > 1.5 * step) {
        times.push(last + step); // a gap in the samples is a gap in the line
        means.push(null);
        worst.push(null);
        up.push(null);
      }
      times.push(at);
      means.push(sample.latency);
      worst.push(sample.latency_max);
      up.push(sample.uptime_percent);
    }
    this.up = up;
    this.step = step;
    const data = [times, worst, means];
    if (this.#plot) {
      this.#plot.setData(data);
    } else {
      this.#plot = this.#make(data);
    }
    say(byId('latency-caption'), this.#caption(means, worst));
    this.#fillTable();
  }

  #make(data) {
    return chart(byId('latency-plot'), {
      height: 240,
      scales: {
        x: { time: true, auto: false, range: () => [this.#answer.from, this.#answer.to] },
        y: { range: (u, min, max) => [0, Math.max(10, (max ?? 0) * 1.12)] },
      },
      axes: [timeAxis(), valueAxis({ size: 58, values: (u, ticks) => ticks.map((tick) => `${tick} ms`) })],
      series: [
        { label: 'Time', value: (u, at) => (at === null ? '\u2013' : time(at * 1_000)) },
        { label: 'Worst', stroke: () => colour('--chart-soft'), width: 1, spanGaps: false, points: { size: 4 }, value: (u, value) => (value === null ? '\u2013' : millis(value)) },
        { label: 'Mean', stroke: () => colour('--chart'), width: 2, spanGaps: false, points: { size: 5 }, value: (u, value) => (value === null ? '\u2013' : millis(value)) },
      ],
      bands: [{ series: [1, 2], fill: () => colour('--chart-fill') }],
      cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
      legend: { live: true },
      hooks: {
        drawClear: [(u) => this.#shade(u)],
        setSelect: [(u) => {
          if (u.select.width < 8) return;
          const from = u.posToVal(u.select.left, 'x');
          const to = u.posToVal(u.select.left + u.select.width, 'x');
          u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
          this.#zoomTo([from, Math.max(to, from + SHORTEST)]);
        }],
      },
    }, data);
  }

  /** Stretches in which it was not connected all the time stand out behind the line. */
  #shade(u) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.fillStyle = colour('--away-fill');
    u.data[0].forEach((at, i) => {
      if (this.up[i] !== null && this.up[i] < 100) {
        const left = u.valToPos(at, 'x', true);
        const width = Math.max(2, u.valToPos(at + this.step, 'x', true) - left);
        ctx.fillRect(left, bbox.top, width, bbox.height);
      }
    });
    ctx.restore();
  }

  #caption(means, worst) {
    const known = means.filter((value) => value !== null);
    if (!known.length) return 'No samples of this time yet: there is one a minute.';
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return `Mean ${millis(mean)}, worst ${millis(Math.max(...worst.filter((value) => value !== null)))}. `
      + 'Shaded: not connected all the time. Drag across the chart to zoom in.';
  }

  #table() {
    const items = this.#answer?.items ?? [];
    const every = Math.max(1, Math.ceil(items.length / MOST_ROWS));
    const rows = items.filter((_, i) => (items.length - 1 - i) % every === 0).reverse().map((sample) => [
      this.step >= 24 * HOUR ? day(sample.time, false) : time(sample.time), millis(sample.latency), millis(sample.latency_max), percent(sample.uptime_percent),
    ]);
    return table(`Latency${every > 1 ? `, one sample of ${every}` : ''}, newest first`, ['Time', 'Mean', 'Worst', 'Connected'], rows);
  }
}

/** A linked stretch of time, two Unix times in seconds with a hyphen between; else null. */
function stretch(text) {
  const [, from, to] = /^(\d{1,10})-(\d{1,10})$/.exec(text ?? '') ?? [];
  const length = Number(to) - Number(from);
  return length >= SHORTEST && length <= LONGEST ? [Number(from), Number(to)] : null;
}
