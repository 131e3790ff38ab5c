/** Who is here, in which item they write, and where they drag one. */

import { copyOf } from "./facts.js";
import { fillWriters, named } from "./fill.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./session.js").Somebody} Somebody */

/** More than this and the rest is a number. */
const SHOWN = 7;

export class People {
  /** By connection: one person may be here on several. @type {Map<number, Somebody>} */
  #here = new Map();
  /** Who writes, by item: each of these carries a sign of them. @type {Map<string, string[]>} */
  #writing = new Map();
  /** Cards that somebody else drags. @type {Set<HTMLElement>} */
  #led = new Set();

  /** @param {Facts} facts @param {Model} model @param {(id: string) => HTMLElement | null} element */
  constructor(facts, model, element) {
    this.facts = facts;
    this.model = model;
    this.element = element;
    this.list = /** @type {HTMLElement} */ (document.getElementById("people"));
  }

  get count() {
    return this.#here.size;
  }

  /** @param {Somebody[]} people @param {number[]} gone */
  took(people, gone) {
    for (const at of gone) this.#here.delete(at);
    for (const one of people) {
      this.#here.set(one.at, one);
      if (one.id) this.model.names.set(one.id, one.name);
    }
    this.show();
  }

  /** The connection broke: nobody knows who is here. */
  forget() {
    this.#here.clear();
    this.show();
  }

  show() {
    const others = new Map([...this.#here.values()].map((one) => [one.id, one]));
    // What somebody does where names are hidden comes without an id, beside those who are here.
    others.delete("");
    this.#list([...others.values()]);
    this.#mark();
  }

  /** @param {Somebody[]} people */
  #list(people) {
    const shown = people.slice(0, SHOWN).map((one) => this.#person(one));
    if (people.length > SHOWN) {
      const more = Object.assign(document.createElement("li"), { textContent: `+${people.length - SHOWN}` });
      more.title = people
        .slice(SHOWN)
        .map((one) => one.name)
        .join(", ");
      shown.push(more);
    }
    const now = shown.map((one) => one.textContent).join("|");
    if (now === [...this.list.children].map((one) => one.textContent).join("|")) return;
    this.list.replaceChildren(...shown);
  }

  /** @param {Somebody} one */
  #person(one) {
    const element = copyOf("live-person");
    const { guest, you } = this.facts.words;
    const more = one.id === this.facts.me ? ` (${you})` : one.guest ? ` (${guest})` : "";
    named(element, one.name);
    const name = element.querySelector(".name");
    if (name) name.textContent = one.name + more;
    element.title = one.name + more;
    if (one.guest) element.dataset.guest = "";
    return element;
  }

  #mark() {
    /** @type {Map<string, string[]>} */
    const writing = new Map();
    for (const { id, name, state } of this.#here.values()) {
      if (id === this.facts.me || !state?.item) continue;
      const told = id ? name : this.facts.words.somebody;
      writing.set(state.item, [...new Set([...(writing.get(state.item) ?? []), told ?? ""])]);
    }
    const touched = new Set([...this.#writing.keys(), ...writing.keys()]);
    this.#writing = writing;
    for (const item of touched) {
      const element = this.element(item);
      if (element) this.sign(item, element);
    }
    this.#drags();
  }

  /** @param {string} item @param {HTMLElement} element */
  sign(item, element) {
    fillWriters(element, this.#writing.get(item) ?? [], this.facts);
  }

  /** Where a card is being dragged to, before it is let go. */
  #drags() {
    /** @type {Set<HTMLElement>} */
    const dragged = new Set();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const { id, state } of this.#here.values()) {
      const card = id !== this.facts.me && state?.drag && !still ? this.element(state.drag.item) : null;
      if (!card || card.classList.contains("dragged")) continue;
      card.style.setProperty("--x", String(Number(state?.drag.x)));
      card.style.setProperty("--y", String(Number(state?.drag.y)));
      card.classList.add("led");
      dragged.add(card);
    }
    for (const card of this.#led) {
      if (dragged.has(card)) continue;
      card.classList.remove("led");
      card.style.removeProperty("--x");
      card.style.removeProperty("--y");
    }
    this.#led = dragged;
  }
}
