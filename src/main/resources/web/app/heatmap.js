/** Each shard's availability over time: a row a shard, a cell a stretch of time. The axes and the cursor are uPlot's. */
import { link, linked } from './address.js';
import { json, query } from './api.js';
import { chart, timeAxis, valueAxis } from './chart.js';
import { byId, choices, colour, el, lazily, say, table } from './dom.js';
import { Section } from './section.js';
import { percent, phaseWord, plural, time } from './words.js';

const DAY = 86_400;
/** Milliseconds. */
const YOUNG = 3 * 3_600_000;
const RANGES = [
  { value: '1h', text: '1 h', seconds: 3_600, step: '1m' },
  { value: '24h', text: '24 h', seconds: DAY, step: '15m' },
  { value: '7d', text: '7 d', seconds: 7 * DAY, step: '1h' },
  { value: '30d', text: '30 d', seconds: 30 * DAY, step: '6h' },
  { value: '90d', text: '90 d', seconds: 90 * DAY, step: '1d' },
];

/** Five grades; each is also of another lightness, and below 100 % a cell is bitten off from above as far as time was lost. */
const GRADES = [
  { from: 100, colour: '--grade-4', text: '100 %' },
  { from: 99, colour: '--grade-3', text: '99 % and more' },
  { from: 90, colour: '--grade-2', text: '90 % and more' },
  { from: 0.001, colour: '--grade-1', text: 'less' },
  { from: 0, colour: '--grade-0', text: '0 %' },
];
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export class Heatmap {
  #range = RANGES.find(({ value }) => value === linked('shards')) ?? RANGES[1];
  #ranges;
  #chosen = linked('shards') !== null;
  #plot = null;
  #place = null;
  #shards = -1;
  #answer = null;
  #tip;
  #fillTable;

  constructor(feed) {
    this.feed = feed;
    this.section = new Section('shards', () => this.#load(), (answer) => this.#show(answer), 60_000);
    this.#ranges = choices('Range', RANGES, this.#range.value, (value) => {
      this.#chosen = true;
      this.#range = RANGES.find((range) => range.value === value);
      link('shards', value);
      this.section.refresh();
    });
    byId('shards-controls').append(this.#ranges.group);
    this.#tip = el('p', { class: 'caption' });
    byId('shards-plot').after(this.#tip);
    byId('shards-legend').append(
      ...GRADES.map((grade, i) => el('li', {}, el('span', { class: 'swatch', data: { grade: String(GRADES.length - 1 - i) } }), grade.text)),
      el('li', {}, el('span', { class: 'swatch', data: { grade: 'none' } }), 'not watched'));
    this.#fillTable = lazily(byId('shards-table'), () => this.#table());
  }

  /** Tells how long there has been a history: a young one is shown from near, unless somebody has chosen. */
  begun(ago) {
    if (this.#chosen || ago > YOUNG || this.#range === RANGES[0]) return;
    this.#range = RANGES[0];
    this.#ranges.choose(this.#range.value);
    this.section.refresh();
  }

  #load() {
    const now = Math.ceil(Date.now() / 1_000);
    return json(query('history/availability', {
      from: now - this.#range.seconds, to: now, step: this.#range.step, zone,
    }));
  }

  #show(answer) {
    this.#answer = answer;
    const times = answer.times.map((at) => Date.parse(at) / 1_000);
    const data = [times, times.map(() => null)];
    if (this.#shards !== answer.shards.length) {
      this.#plot?.destroy();
      this.#plot = null;
      this.#shards = answer.shards.length;
    }
    if (this.#plot) {
      this.#plot.setData(data);
    } else if (this.#shards) {
      this.#plot = this.#make(data);
    }
    this.#describe(null);
    this.#fillTable();
  }

  #bounds() {
    return { min: Date.parse(this.#answer.from) / 1_000, max: Date.parse(this.#answer.to) / 1_000 };
  }

  #make(data) {
    const row = this.#shards <= 4 ? 34 : this.#shards <= 16 ? 20 : this.#shards <= 32 ? 13 : 9;
    const place = byId('shards-plot');
    return chart(place, {
      height: this.#shards * row + 58,
      scales: {
        x: { time: true, auto: false, range: () => { const { min, max } = this.#bounds(); return [min, max]; } },
        y: { auto: false, dir: -1, range: () => [0, this.#shards] },
      },
      axes: [timeAxis(), valueAxis({
        size: 40,
        grid: { show: false },
        splits: () => this.#splits(row),
        values: (u, splits) => splits.map((split) => String(Math.floor(split))),
      })],
      series: [{}, { show: true, stroke: 'transparent', points: { show: false } }],
      cursor: { drag: { x: false, y: false }, points: { show: false }, x: true, y: false },
      legend: { show: false },
      hooks: {
        draw: [(u) => this.#paint(u)],
        setCursor: [(u) => this.#point(u)],
      },
    }, data);
  }

  #splits(row) {
    const every = Math.max(1, Math.ceil(16 / row));
    const splits = [];
    for (let shard = 0; shard < this.#shards; shard += every) splits.push(shard + 0.5);
    return splits;
  }

  /** Neighbours of one grade are painted as one, so that 64 shards over a week are some hundred rectangles. */
  #paint(u) {
    const { ctx } = u;
    const times = u.data[0];
    const end = Date.parse(this.#answer.to) / 1_000;
    const gap = Math.max(1, Math.round(devicePixelRatio));
    const x = [...times, end].map((at) => Math.round(u.valToPos(at, 'x', true)));
    const whole = colour(GRADES[0].colour);
    const none = colour('--grade-none');
    ctx.save();
    this.#answer.shards.forEach((shard, i) => {
      const top = Math.round(u.valToPos(i, 'y', true)) + gap;
      const height = Math.max(1, Math.round(u.valToPos(i + 1, 'y', true)) - top - (u.bbox.height / this.#shards > 6 * devicePixelRatio ? gap : 0));
      const cells = shard.uptime_percent;
      for (let from = 0; from < cells.length;) {
        const value = cells[from];
        let to = from + 1;
        if (value === null || value === 100) while (to < cells.length && cells[to] === value) to++;
        const width = Math.max(1, x[to] - x[from]);
        if (value === null || value === 100) {
          ctx.fillStyle = value === null ? none : whole;
          ctx.fillRect(x[from], top, width, height);
        } else {
          const lost = Math.min(height, Math.max(Math.ceil(height * 0.4), Math.round((height * (100 - value)) / 100)));
          ctx.fillStyle = whole;
          ctx.fillRect(x[from], top + lost, width, height - lost);
          ctx.fillStyle = colour(grade(value).colour);
          ctx.fillRect(x[from], top, width, lost);
        }
        from = to;
      }
    });
    ctx.restore();
  }

  #point(u) {
    const { left, top, idx } = u.cursor;
    if (left < 0 || idx === null || idx === undefined) {
      this.#describe(null);
      return;
    }
    const row = Math.floor(u.posToVal(top, 'y'));
    const at = u.posToVal(left, 'x');
    let column = u.data[0].findIndex((begin) => begin > at) - 1;
    if (column < 0) column = u.data[0].length - 1;
    this.#describe({ shard: this.#answer.shards[row], column });
  }

  #describe(cell) {
    const answer = this.#answer;
    if (!answer.shards.length) {
      say(this.#tip, 'No shard was watched in this time.');
    } else if (cell?.shard) {
      const value = cell.shard.uptime_percent[cell.column];
      say(this.#tip, `Shard ${cell.shard.shard}, ${time(answer.times[cell.column])}: `
        + (value === null ? 'not watched' : `connected ${percent(value)} of the time`) + '.');
    } else {
      const broken = answer.shards.filter((shard) => shard.uptime_percent.some((value) => value !== null && value < 100)).length;
      say(this.#tip, broken
        ? `${plural(broken, 'shard')} of ${answer.shards.length} lost time in this range.`
        : `${answer.shards.length === 1 ? 'The shard was' : `All ${answer.shards.length} shards were`} connected whenever watched.`);
    }
  }

  #table() {
    const phases = new Map((this.feed.status?.shards ?? []).map((shard) => [shard.shard, shard.phase]));
    const stale = this.feed.silence() !== null;
    const rows = this.#answer.shards.map((shard) => {
      const known = shard.uptime_percent.map((value, i) => ({ value, i })).filter(({ value }) => value !== null);
      const mean = known.length ? known.reduce((sum, { value }) => sum + value, 0) / known.length : null;
      const worst = known.reduce((low, cell) => (low === null || cell.value < low.value ? cell : low), null);
      const below = known.filter(({ value }) => value < 100).length;
      return [
        `Shard ${shard.shard}`,
        stale || !phases.has(shard.shard) ? 'unknown' : phaseWord(phases.get(shard.shard)),
        percent(mean),
        String(below),
        worst && worst.value < 100 ? `${percent(worst.value)} at ${time(this.#answer.times[worst.i])}` : 'none',
      ];
    });
    return table(`Shards over ${this.#range.text}, in stretches of ${this.#range.step}`,
      ['Shard', 'Now', 'Connected', 'Stretches below 100 %', 'Worst stretch'], rows);
  }
}

function grade(value) {
  return GRADES.find(({ from }) => value >= from) ?? GRADES.at(-1);
}
