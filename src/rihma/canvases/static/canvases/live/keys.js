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
  /**
   * @param {Facts} facts @param {HTMLElement} page @param {Steps} steps @param {Teller} teller
   * @param {import("./find.js").Find} find
   */
  constructor(facts, page, steps, teller, find) {
    this.facts = facts;
    this.page = page;
    this.steps = steps;
    this.teller = teller;
    this.find = find;
    this.help = /** @type {HTMLDialogElement} */ (document.getElementById("live-help"));
    document.addEventListener("keydown", (event) => this.#press(event));
    for (const opener of document.querySelectorAll("[data-help]")) {
      opener.addEventListener("click", () => this.help.showModal());
    }
    const letters = /** @type {HTMLInputElement} */ (document.getElementById("live-letters"));
    letters.checked = localStorage.getItem(LETTERS) !== "off";
    letters.addEventListener("change", () => localStorage.setItem(LETTERS, letters.checked ? "on" : "off"));
  }

  /** The item that had the focus is gone: the next thing to read is the board. */
  left() {
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
    event.preventDefault();
    if (meant === "undo" || meant === "redo") this.#go(meant);
    else if (meant === "find") this.find.open();
    else if (meant === "help") this.help.showModal();
    else this.#add(target);
  }

  /** @param {"undo" | "redo"} way */
  #go(way) {
    const done = way === "undo" ? this.steps.undo() : this.steps.redo();
    const { undone = "", redone = "", nothing = "" } = this.facts.words;
    this.teller.say(done ? (way === "undo" ? undone : redone) : nothing);
  }

  /** A new item in the zone where one is, or in the first. @param {EventTarget | null} target */
  #add(target) {
    const zone = target instanceof Element ? target.closest(".zone, .zone-box, .part, td") : null;
    const link = [zone, this.page].map((place) => place?.querySelector(".add a, .add-link, #plane-add")).find(Boolean);
    if (link instanceof HTMLElement) link.click();
  }
}
