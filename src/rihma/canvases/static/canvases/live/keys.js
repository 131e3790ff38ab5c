/** Keys of the whole canvas. Single letters can be switched off, since some people's hands or voices press them by chance. */

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./undo.js").Steps} Steps */
/** @typedef {import("./tell.js").Teller} Teller */

export const LETTERS = "rihma-single-letters";

/**
 * What a key means, or "" for nothing.
 *
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean }} event
 * @param {{ writing: boolean, letters: boolean }} now
 * @returns {"" | "undo" | "redo" | "new" | "find" | "help"}
 */
export function meaning(event, { writing, letters }) {
  const key = event.key.toLowerCase();
  // While somebody writes, the browser's own undo is the one they mean.
  if (writing || event.altKey) return "";
  if (event.ctrlKey || event.metaKey) {
    if (key === "z") return event.shiftKey ? "redo" : "undo";
    return key === "y" ? "redo" : "";
  }
  if (!letters) return "";
  return key === "n" ? "new" : key === "/" ? "find" : key === "?" ? "help" : "";
}

export class Keys {
  /** @param {Facts} facts @param {HTMLElement} page @param {Steps} steps @param {Teller} teller */
  constructor(facts, page, steps, teller) {
    this.facts = facts;
    this.page = page;
    this.steps = steps;
    this.teller = teller;
    document.addEventListener("keydown", (event) => this.#press(event));
  }

  /** The item that had the focus is gone: the next thing to read is the board. */
  leave() {
    const first = this.page.querySelector("[data-zone] > [data-item] a, #plane-add, .add-link");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { target } = event;
    const writing = target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
    const letters = localStorage.getItem(LETTERS) !== "off";
    const meant = meaning(event, { writing, letters });
    if (!meant || event.defaultPrevented) return;
    if (meant === "undo" || meant === "redo") {
      event.preventDefault();
      const done = meant === "undo" ? this.steps.undo() : this.steps.redo();
      const { undone = "", redone = "", nothing = "" } = this.facts.words;
      this.teller.say(done ? (meant === "undo" ? undone : redone) : nothing);
    }
  }
}
