/** Finding words on the canvas: matches are marked, and Enter goes from one to the next. */

import { filled } from "./facts.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Model} Model */

export class Find {
  #at = -1;
  /** @type {Set<HTMLElement>} */
  #marked = new Set();

  /** @param {Facts} facts @param {Model} model @param {(id: string) => HTMLElement | null} element */
  constructor(facts, model, element) {
    this.facts = facts;
    this.model = model;
    this.element = element;
    this.form = /** @type {HTMLFormElement} */ (document.getElementById("live-find"));
    this.field = /** @type {HTMLInputElement} */ (this.form.querySelector("input"));
    this.field.addEventListener("input", () => {
      this.#at = -1;
      this.mark();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#next();
    });
    this.form.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.form.querySelector("[data-dismiss]")?.addEventListener("click", () => this.close());
  }

  get isOpen() {
    return !this.form.hidden;
  }

  open() {
    this.form.hidden = false;
    this.field.focus();
    this.field.select();
  }

  close() {
    this.field.value = "";
    this.mark();
    this.form.hidden = true;
  }

  /** Also after something changed. */
  mark() {
    const found = this.#found();
    const now = new Set(found);
    for (const old of this.#marked) if (!now.has(old)) old.removeAttribute("data-match");
    for (const element of now) if (!element.hasAttribute("data-match")) element.setAttribute("data-match", "");
    this.#marked = now;
    this.#at = Math.min(this.#at, found.length - 1);
    const line = this.form.querySelector("[data-count-found]");
    if (line) line.textContent = this.field.value ? filled(this.facts.words.found ?? "", { n: found.length }) : "";
  }

  #found() {
    const words = this.field.value.trim().toLocaleLowerCase();
    if (!words || this.form.hidden) return [];
    const items = this.model.live((item) => item.text.toLocaleLowerCase().includes(words));
    return items.flatMap((item) => this.element(item.id) ?? []);
  }

  #next() {
    const found = this.#found();
    this.#at = (this.#at + 1) % Math.max(1, found.length);
    const link = found[this.#at]?.querySelector("a");
    link?.scrollIntoView({ block: "center" });
    link?.focus();
  }
}
