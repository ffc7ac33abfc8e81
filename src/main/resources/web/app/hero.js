/** The state in one sentence, its age, the feed's own state, the tab's title and icon, and what a screen reader is told of it. */
import { byId, drawing, el, mark, say } from './dom.js';
import { sentence } from './sentence.js';
import { ago, timeWithSeconds } from './words.js';

/** At most one announcement in this time, of the latest state. */
const ANNOUNCE_EVERY = 6_000;

const MARKS = {
  ok: ['M5 12.5l4.5 4.5L19 7.5'],
  busy: ['M19 12a7 7 0 1 1-2.3-5.2', 'M17 2.5v4.6h-4.6'],
  down: ['M7 7l10 10', 'M17 7L7 17'],
  unknown: ['M8.7 9a3.3 3.3 0 1 1 4.6 3c-.9.5-1.3 1-1.3 2.2', 'M12 17.6v.3'],
};

const ICONS = {
  ok: ['%2318794e', 'M5 12.5l4.5 4.5L19 7.5'],
  busy: ['%23b7791f', 'M12 5v8M12 17v1'],
  down: ['%23c4322b', 'M7 7l10 10M17 7L7 17'],
  unknown: ['%236b7280', 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2.200M12 17.600v.3'],
};

const FEEDS = {
  stream: ['live', 'Live'],
  poll: ['live', 'Asking every 3 s'],
  connecting: ['unknown', 'Connecting to Gatewatch'],
  lost: ['lost', 'No connection to Gatewatch, trying again'],
};

export class Hero {
  #feed;
  #shown = '';
  #announced = '';
  #announcedAt = -Infinity;

  constructor(feed) {
    this.#feed = feed;
  }

  /** Called about twice a second, and on every change. */
  render() {
    const feed = this.#feed;
    const silence = feed.silence();
    const told = sentence(feed.status, feed.now(), silence);
    mark(byId('hero'), 'state', told.state);
    mark(document.documentElement, 'state', told.state);
    if (this.#shown !== told.state) {
      this.#shown = told.state;
      byId('mark').replaceChildren(drawing(...MARKS[told.state]));
      const [fill, path] = ICONS[told.state];
      document.querySelector('link[rel=icon]').href = 'data:image/svg+xml,'
        + `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><rect width='24' height='24' rx='6' fill='${fill}'/>`
        + `<path d='${path}' fill='none' stroke='white' stroke-width='2.600' stroke-linecap='round'/></svg>`;
    }
    say(byId('word'), told.word);
    this.#say(told.text);
    document.title = `${told.word} \u00b7 Gatewatch`;
    say(byId('heard'), feed.status ? `As of ${timeWithSeconds(feed.now() - feed.age(), feed.now())}, ${ago(feed.age())}` : '');
    const [state, words] = silence !== null && feed.mode !== 'connecting' ? FEEDS.lost : FEEDS[feed.mode];
    mark(byId('feed'), 'state', state);
    say(byId('feed'), words);
    this.#announce(told.gist);
  }

  /** How it stands is told large, what belongs to it smaller; each of its sentences in one line where there is room. */
  #say(text) {
    const parts = text.split(/(?<=\.) /);
    const place = byId('sentence');
    if (place.children.length === parts.length) {
      parts.forEach((part, i) => say(place.children[i], part));
    } else {
      place.replaceChildren(...parts.flatMap((part, i) => [i ? ' ' : '', el('span', {}, part)]));
    }
  }

  #announce(gist) {
    const now = performance.now();
    if (gist === this.#announced || now - this.#announcedAt < ANNOUNCE_EVERY) return;
    if (this.#feed.status) {
      this.#announced = gist;
      this.#announcedAt = now;
      say(byId('announcer'), gist);
    }
  }
}
