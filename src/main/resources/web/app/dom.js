/** Builds and changes elements; text is always text, never HTML. */

/** An element with properties (class, dataset, on…, attributes) and children. */
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'class') node.className = value;
    else if (key === 'data') Object.assign(node.dataset, value);
    else if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Sets text only when it differs, so that selections and screen readers are left in peace. */
export function say(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

/** Sets a data attribute only when it differs. */
export function mark(node, key, value) {
  if (node.dataset[key] !== value) node.dataset[key] = value;
}

/** A drawing from path data in a 24 by 24 box. */
export function drawing(...paths) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of paths) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** A group of toggle buttons of which one is pressed; choose presses another without telling anybody. */
export function choices(label, options, chosen, onchange) {
  const choose = (value) =>
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(options[i].value === value)));
  const buttons = options.map(({ value, text }) => el('button', {
    type: 'button',
    onclick: () => {
      choose(value);
      onchange(value);
    },
  }, text));
  choose(chosen);
  return { choose, group: el('div', { class: 'choices', role: 'group', 'aria-label': label }, buttons) };
}

/** A labelled select. */
export function select(label, options, chosen, onchange) {
  const field = el('select', { onchange: () => onchange(field.value) },
    options.map(({ value, text }) => el('option', { value, selected: value === chosen }, text)));
  return el('label', { class: 'field' }, el('span', {}, label), field);
}

/** A table, for what is drawn elsewhere. */
export function table(caption, heads, rows) {
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    el('table', {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, head)))),
      el('tbody', {}, rows.map((row) => el('tr', {},
        row.map((cell, i) => (i === 0 ? el('th', { scope: 'row' }, cell) : el('td', {}, cell))))))));
}

/** Fills a details element when it is first opened, and again on each refresh while it is open. */
export function lazily(details, content) {
  const fill = () => {
    if (!details.open) return;
    while (details.children.length > 1) details.lastElementChild.remove();
    details.append(content());
  };
  details.addEventListener('toggle', fill);
  return fill;
}

const colours = new Map();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => colours.clear());

/** A colour of the style sheet, as it is in the theme of the moment. */
export function colour(name) {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return colours.get(name);
}
