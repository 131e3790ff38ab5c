/** The four words that say how safe it is, and the question before leaving when it is not. */

import { filled } from "./facts.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./session.js").Session} Session */

/**
 * Nothing is called kept before it is on the disk.
 *
 * @param {{ waiting: number, unkept: number, storing: number, live: boolean }} now
 * @returns {"saved" | "saving" | "offline" | "unkept"}
 */
export function stateOf({ waiting, unkept, storing, live }) {
  if (unkept && !live) return "unkept";
  if (storing) return "saving";
  if (!live) return "offline";
  return waiting ? "saving" : "saved";
}

/** Saved this quickly, nobody needs to read that it is being saved. */
const PATIENCE = 400;

export class State {
  #timer = 0;
  #words = "";

  /** @param {Facts} facts @param {Session} session */
  constructor(facts, session) {
    this.facts = facts;
    this.session = session;
    this.line = /** @type {HTMLElement} */ (document.getElementById("live-state"));
    addEventListener("beforeunload", (event) => {
      if (this.session.queue.unkept || this.session.queue.storing) event.preventDefault();
    });
  }

  show() {
    const { queue, live, began } = this.session;
    if (!began && !queue.size) return;
    this.line.closest(".here")?.removeAttribute("hidden");
    // The words wait a little before they change; whoever has to know sooner, such as a program, reads this.
    this.line.toggleAttribute("data-waiting", queue.size > 0);
    const state = stateOf({ waiting: queue.size, unkept: queue.unkept, storing: queue.storing, live });
    clearTimeout(this.#timer);
    if (state === "saving") this.#timer = window.setTimeout(() => this.#say(state), PATIENCE);
    else this.#say(state);
  }

  /** @param {"saved" | "saving" | "offline" | "unkept"} state */
  #say(state) {
    const n = this.session.queue.size;
    const { words } = this.facts;
    const offline = n ? (n === 1 ? words.offline : words.offlineMany) : words.offlineNone;
    const said = state === "offline" ? filled(offline ?? "", { n }) : (words[state] ?? "");
    if (said === this.#words) return;
    this.#words = said;
    this.line.dataset.state = state;
    this.line.textContent = said;
  }
}
