/** A part of the page that is asked for from the history: loads, shows how old it is, and says so when it cannot be had. */
import { el, mark, say } from './dom.js';
import { inTurn } from './turns.js';
import { ago } from './words.js';

const LATER = 5_000; // milliseconds; what is told live is stored by then

export class Section {
  /** @param id of the section @param load asks @param show shows the answer @param every milliseconds between two loads */
  constructor(id, load, show, every) {
    this.node = document.getElementById(id);
    this.load = load;
    this.show = show;
    this.every = every;
    this.at = null;
    this.trouble = null;
    this.running = null;
    this.again = false;
    this.next = 0;
    this.later = 0;
  }

  /** Asks anew at the next turn, since the reader wants something else; once more if it asks already. */
  refresh() {
    return this.#refresh({ first: true });
  }

  /** Asks anew soon, and once more a little later, since what is told live may be stored a moment after; several wishes become one. */
  soon(ms = 700) {
    this.next = Math.min(this.next, performance.now() + ms);
    this.later = performance.now() + LATER;
  }

  /** Called about twice a second. */
  tick() {
    if (!document.hidden && performance.now() >= this.next) this.#refresh();
    const age = this.node.querySelector('.card-head .age');
    const old = this.at === null ? null : performance.now() - this.at;
    const stale = this.trouble !== null || (old !== null && old > 2.5 * this.every);
    mark(this.node, 'stale', String(stale));
    say(age, this.trouble
      ? `unknown${old === null ? '' : `, last read ${ago(old)}`}`
      : old === null ? 'asking' : `read ${ago(old)}`);
  }

  #refresh(turn) {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.next = Infinity; // until its turn has come
    this.running = inTurn(() => this.#ask(), turn).finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        this.#refresh(turn);
      }
    });
    return this.running;
  }

  async #ask() {
    this.again = false; // whoever asked while it waited for its turn is answered now
    const now = performance.now();
    this.next = this.later > now ? this.later : now + this.every;
    try {
      const answer = await this.load();
      this.at = performance.now();
      this.trouble = null;
      this.node.querySelector(':scope > .trouble')?.remove();
      this.show(answer);
    } catch (refusal) {
      this.trouble = refusal.message;
      if (!('status' in refusal)) console.error(refusal);
      this.next = performance.now() + Math.min(this.every, 5_000);
      this.#say(refusal.message);
    }
    this.tick();
  }

  #say(message) {
    let trouble = this.node.querySelector(':scope > .trouble');
    if (!trouble) {
      trouble = el('p', { class: 'trouble' });
      this.node.querySelector('.card-head').after(trouble);
    }
    say(trouble, `Unknown at the moment. ${message}`);
  }
}
