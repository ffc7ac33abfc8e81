/*! Contains uPlot, https://github.com/leeoniya/uPlot, Copyright (c) 2024 Leon Sorokin, MIT License. */
import 'uplot/dist/uPlot.min.css';
import './base.css';
import './cards.css';
import './history.css';
import './drill.css';
import { onTokenWanted } from './api.js';
import { askForToken } from './ask.js';
import { Days } from './days.js';
import { Doing } from './doing.js';
import { Drill } from './drill.js';
import { Events } from './events.js';
import { Feed } from './feed.js';
import { Heatmap } from './heatmap.js';
import { Hero } from './hero.js';
import { Incidents } from './incidents.js';
import { Latency } from './latency.js';
import { Tiles } from './tiles.js';
import { inTurn } from './turns.js';

const TICK = 500;
/** Facts after which the history has something new to tell. */
const EDGES = ['connected', 'resumed', 'disconnected', 'stopped'];

/** For so long the history waits for the state. */
const STATE_FIRST = 10_000; // milliseconds

const embedded = 'embed' in document.documentElement.dataset; // the server says so
onTokenWanted(askForToken);

const feed = new Feed();
inTurn(() => new Promise((go) => {
  feed.on('status', go);
  feed.on('mode', (mode) => mode === 'lost' && go());
  setTimeout(go, STATE_FIRST);
}));
const days = new Days((ago) => [latency, heatmap].forEach((part) => part?.begun(ago)));
const latency = embedded ? null : new Latency();
const heatmap = embedded ? null : new Heatmap(feed);
const incidents = embedded ? null : new Incidents();
const events = embedded ? null : new Events(feed);
const sections = [days, latency, heatmap, incidents, events].filter(Boolean).map(({ section }) => section);
const views = [new Hero(feed), ...(embedded ? [] : [new Doing(feed), new Tiles(feed)])];
if (!embedded) new Drill(feed);

let drawn = false;
const draw = () => {
  if (drawn) return;
  drawn = true;
  requestAnimationFrame(() => {
    drawn = false;
    views.forEach((view) => view.render());
  });
};

feed.on('status', (status) => {
  latency?.know(status.shards.length);
  draw();
});
feed.on('mode', (mode) => {
  if (mode === 'lost') sections.forEach((section) => section.soon(0)); // what cannot be read anew is not known
  draw();
});
feed.on('fact', (fact) => {
  if (EDGES.includes(fact.kind)) [days, heatmap, incidents].forEach((part) => part?.section.soon());
});
const tick = () => {
  draw();
  sections.forEach((section) => section.tick());
};
feed.run();
setInterval(tick, TICK);
tick();
document.addEventListener('visibilitychange', () => document.hidden || tick());
