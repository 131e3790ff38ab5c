/** One's own steps, back and forth. Others' are never touched: what is undone is done as a new operation. */

import { inverse } from "./model.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./session.js").Wish} Wish */

const MOST = 200;

export class Steps {
  /** What would take each step back, the latest last. @type {Wish[]} */
  #back = [];
  /** @type {Wish[]} */
  #forth = [];
  #busy = false;

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
  }

  /** Something is about to be done here. @param {Wish} wish */
  record(wish) {
    if (this.#busy) return;
    const step = inverse(this.session.model.get(wish.item), wish);
    if (!step) return;
    this.#back.push(step);
    this.#back.splice(0, this.#back.length - MOST);
    this.#forth = [];
  }

  undo() {
    return this.#take(this.#back, this.#forth);
  }

  redo() {
    return this.#take(this.#forth, this.#back);
  }

  /** @param {Wish[]} from @param {Wish[]} to @returns {Wish | null} what was done, if anything */
  #take(from, to) {
    const wish = from.pop();
    if (!wish) return null;
    const item = this.session.model.get(wish.item);
    const opposite = inverse(item, wish);
    if (opposite) to.push(opposite);
    this.#busy = true;
    const base = wish.payload.text === undefined ? null : (item?.text_seq ?? 0);
    this.session.change({ ...wish, base });
    this.#busy = false;
    return wish;
  }
}
