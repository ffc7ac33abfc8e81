/**
 * Loads the sections one after the other. A section is drawn before the next one asks, so that the history never holds up the state:
 * it takes one connection and one question at a time, and the browser can paint in between.
 */
const waiting = [];
let busy = false;

/** Runs a task in its turn, a reader's own before the others; resolves or rejects as the task does. */
export function inTurn(task, { first = false } = {}) {
  return new Promise((resolve, reject) => {
    const turn = () => task().then(resolve, reject);
    if (first) waiting.unshift(turn);
    else waiting.push(turn);
    next();
  });
}

async function next() {
  if (busy || !waiting.length) return;
  busy = true;
  await waiting.shift()();
  setTimeout(() => {
    busy = false;
    next();
  });
}
