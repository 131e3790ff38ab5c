/** What others do, drawn together: each drawing makes the browser look at the whole page, and in a busy room there is no end of it. */

/** Milliseconds from one drawing to the next. What comes after a pause is drawn at once. */
const EVERY = 150;

export class Gather {
  /** @type {Set<string>} */
  #ids = new Set();
  #timer = 0;
  #drawnAt = Number.NEGATIVE_INFINITY;

  /** @param {(ids: Set<string>) => void} draw */
  constructor(draw) {
    this.draw = draw;
  }

  /** @param {Iterable<string>} ids */
  took(ids) {
    for (const id of ids) this.#ids.add(id);
    if (this.#timer) return;
    const wait = this.#drawnAt + EVERY - performance.now();
    if (wait > 0) this.#timer = window.setTimeout(() => this.#draw(), wait);
    else this.#draw();
  }

  #draw() {
    const ids = this.#ids;
    this.#ids = new Set();
    this.#timer = 0;
    this.#drawnAt = performance.now();
    this.draw(ids);
  }
}
