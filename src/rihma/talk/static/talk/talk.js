/**
 * Where scripts run: names are offered while somebody types @, and the focus stays near what was done.
 * The field is a text box with a list (ARIA 1.2): the focus never leaves the text, the arrow keys go through the names.
 */

import { asked, matching, named } from "./mentions.js";

/** @typedef {import("./mentions.js").Somebody} Somebody */
/** @typedef {CustomEvent<{ ctx?: { sourceElement?: Element } }>} HtmxEvent */

let count = 0;

class MentionField extends HTMLElement {
  /** @type {Somebody[]} */
  #shown = [];
  #at = 0;
  /** Names that were chosen from the list: their ticks go when the names go. @type {Set<Somebody>} */
  #chosen = new Set();
  #id = `mention-${++count}`;

  connectedCallback() {
    const area = this.#area;
    const list = this.#list;
    if (!area || !list || !this.#people.length) return;
    list.id = this.#id;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.setAttribute("aria-controls", this.#id);
    area.addEventListener("input", () => this.#look());
    area.addEventListener("click", () => this.#look());
    area.addEventListener("blur", () => this.#close());
    area.addEventListener("keydown", (event) => this.#press(event));
    // A press on a name must not take the focus out of the text.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option) this.#choose([...list.children].indexOf(option));
    });
  }

  get #area() {
    return this.querySelector("textarea");
  }

  get #list() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".mentions"));
  }

  /** Those whom the form offers to tell. @returns {Somebody[]} */
  get #people() {
    const ticks = this.closest("form")?.querySelectorAll('input[name="told"]') ?? [];
    return [...ticks].map((tick) => {
      const { value, labels } = /** @type {HTMLInputElement} */ (tick);
      return { id: value, name: labels?.[0]?.textContent?.trim() ?? "" };
    });
  }

  #look() {
    const area = this.#area;
    if (!area) return;
    for (const one of this.#chosen) {
      if (area.value.includes(`@${one.name}`)) continue;
      this.#chosen.delete(one);
      this.#tick(one, false);
    }
    const found = asked(area.value, area.selectionStart);
    this.#shown = found ? matching(this.#people, found.words) : [];
    if (found && this.#shown.length) this.#open();
    else this.#close();
  }

  #open() {
    const list = this.#list;
    if (!list) return;
    this.#at = 0;
    list.replaceChildren(
      ...this.#shown.map(({ name }, at) => {
        const option = document.createElement("li");
        option.role = "option";
        option.id = `${this.#id}-${at}`;
        option.textContent = name;
        return option;
      }),
    );
    list.hidden = false;
    this.#mark();
    const words = (this.#shown.length === 1 ? this.dataset.one : this.dataset.some) ?? "";
    this.#say(words.replace("{n}", String(this.#shown.length)));
  }

  #close() {
    const list = this.#list;
    if (!list || list.hidden) return;
    list.hidden = true;
    this.#shown = [];
    this.#area?.removeAttribute("aria-activedescendant");
    this.#say("");
  }

  #mark() {
    for (const [at, option] of [...(this.#list?.children ?? [])].entries()) {
      option.setAttribute("aria-selected", String(at === this.#at));
      if (at === this.#at) option.scrollIntoView({ block: "nearest" });
    }
    this.#area?.setAttribute("aria-activedescendant", `${this.#id}-${this.#at}`);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (this.#list?.hidden !== false || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#at = (this.#at + step + this.#shown.length) % this.#shown.length;
      this.#mark();
    } else if (event.key === "Enter" || event.key === "Tab") this.#choose(this.#at);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    // Escape would close what the form stands in, too.
    event.stopPropagation();
  }

  /** @param {number} at */
  #choose(at) {
    const area = this.#area;
    const one = this.#shown[at];
    const found = area && asked(area.value, area.selectionStart);
    if (!area || !one || !found) return;
    const { text, caret } = named(area.value, found.from, area.selectionStart, one.name);
    area.value = text;
    area.setSelectionRange(caret, caret);
    this.#chosen.add(one);
    this.#tick(one, true);
    this.#close();
  }

  /** @param {Somebody} one @param {boolean} told */
  #tick({ id }, told) {
    const tick = this.closest("form")?.querySelector(`input[name="told"][value="${CSS.escape(id)}"]`);
    if (tick instanceof HTMLInputElement) tick.checked = told;
  }

  /** @param {string} words */
  #say(words) {
    const status = this.querySelector(":scope > [role=status]");
    if (status) status.textContent = words;
  }
}

customElements.define("mention-field", MentionField);

// What had the focus is gone, such as the button by which a thread was resolved: its heading is what to read next.
document.addEventListener("htmx:after:swap", (event) => {
  const target = /** @type {HtmxEvent} */ (event).detail?.ctx?.sourceElement?.getAttribute("hx-target") ?? "";
  if (!target.startsWith("#talk-") || document.activeElement !== document.body) return;
  document.getElementById(target.replace("#talk-", "talk-title-"))?.focus();
});
