/** What the page's uPlot charts have in common: colours by theme, the size of their place, axes in words. */
import uPlot from 'uplot';
import { colour } from './dom.js';

const FONT = '12px system-ui, sans-serif';

/** An axis of time, in the reader's zone and 24 hours. */
export const timeAxis = () => ({
  stroke: () => colour('--quiet'),
  grid: { stroke: () => colour('--line'), width: 1 },
  ticks: { stroke: () => colour('--line'), width: 1, size: 4 },
  font: FONT,
  space: 70,
  values: [
    [3600 * 24 * 365, '{YYYY}', null, null, null, null, null, null, 1],
    [3600 * 24 * 28, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
    [3600 * 24, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
    [3600, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
    [60, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
    [1, '{HH}:{mm}:{ss}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
  ],
});

export const valueAxis = (options) => ({
  stroke: () => colour('--quiet'),
  grid: { stroke: () => colour('--line'), width: 1 },
  ticks: { show: false },
  font: FONT,
  ...options,
});

/** A chart that keeps to the width of its place, and is drawn anew when the theme changes. */
export function chart(place, options, data) {
  const size = () => ({ width: Math.max(240, place.clientWidth), height: options.height });
  const plot = new uPlot({ ...options, ...size() }, data, place);
  new ResizeObserver(() => {
    if (Math.abs(plot.width - size().width) > 1) plot.setSize(size());
  }).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw(false, true));
  return plot;
}
