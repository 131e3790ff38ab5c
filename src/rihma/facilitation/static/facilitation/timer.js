/** Counts down to the moment that the server gave, by the server's clock, and says politely when little is left. */

import { shown, skew, stateOf } from "./count.js";
import { say } from "./told.js";

export class CountDown extends HTMLElement {
  static observedAttributes = ["data-ends", "data-now"];

  #skew = 0;
  #timer = 0;
  /** What it said last; null before it has looked, so that a page opened late says nothing. @type {string | null} */
  #state = null;

  connectedCallback() {
    this.#measure();
    this.#timer = window.setInterval(this.#tick, 250);
    this.#tick();
  }

  disconnectedCallback() {
    window.clearInterval(this.#timer);
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#measure();
    // The server's markup has come anew, without what was drawn here; its children follow in a moment.
    queueMicrotask(this.#tick);
  }

  #measure() {
    this.#skew = skew(this.dataset.now ?? "", Date.now());
  }

  #tick = () => {
    const left = Date.parse(this.dataset.ends ?? "") - (Date.now() + this.#skew);
    if (Number.isNaN(left)) return;
    const place = this.querySelector("[data-left]");
    const words = shown(left);
    if (place && place.textContent !== words) place.textContent = words;
    const state = stateOf(left);
    if (this.dataset.state !== state) this.dataset.state = state;
    if (this.#state !== null && this.#state !== state) this.#tell(state);
    this.#state = state;
  };

  /** @param {string} state */
  #tell(state) {
    const words = { minute: this.dataset.minute, over: this.dataset.over }[state];
    const what = this.querySelector("[data-what]")?.textContent ?? "";
    if (words) say(what ? `${what}: ${words}` : words);
  }
}
