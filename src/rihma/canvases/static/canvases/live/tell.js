/** What others do, told politely: one line at a time, at most every five seconds. */

import { filled, shortened } from "./facts.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./model.js").Row} Row */
/** @typedef {import("./session.js").Wish} Wish */

const EVERY = 5000;

/** @param {Row} row */
function deedOf(row) {
  const verbs = { add: "added", move: "moved", remove: "removed", restore: "restored" };
  return Reflect.get(verbs, row.verb) ?? "changed";
}

export class Teller {
  /** The last thing that happened to each item. @type {Map<string, Row>} */
  #news = new Map();
  #timer = 0;
  #saidAt = 0;

  /** @param {Facts} facts @param {Model} model */
  constructor(facts, model) {
    this.facts = facts;
    this.model = model;
    this.line = /** @type {HTMLElement} */ (document.getElementById("live-told"));
  }

  /** @param {Row[]} rows */
  took(rows) {
    for (const row of rows) if (row.by !== this.facts.me) this.#news.set(row.item, row);
    if (!this.#news.size || this.#timer) return;
    const wait = Math.max(1000, this.#saidAt + EVERY - Date.now());
    this.#timer = window.setTimeout(() => this.#tell(), wait);
  }

  /** One's own deeds are told at once. @param {string} words */
  say(words) {
    this.line.textContent = words;
  }

  /** The focus stays where it was, so who does not see the page would not know. @param {Wish} wish */
  moved({ item, payload }) {
    const { kind, words } = this.facts;
    const text = shortened(this.model.get(item)?.text ?? "", 80);
    const zone = kind.zones[payload.zone ?? ""]?.name;
    this.say(filled((zone ? words.movedTo : words.movedHere) ?? "", { zone: zone ?? "", text }));
  }

  #tell() {
    this.#timer = 0;
    this.#saidAt = Date.now();
    const news = [...this.#news.values()];
    this.#news.clear();
    this.say(news.length === 1 && news[0] ? this.#one(news[0]) : this.#several(news));
  }

  /** @param {Row} row */
  #one(row) {
    const text = shortened(this.model.get(row.item)?.text ?? "", 80);
    return filled(this.facts.words[deedOf(row)] ?? "", { name: this.#name(row.by), text });
  }

  /** @param {Row[]} rows */
  #several(rows) {
    const names = [...new Set(rows.map((row) => this.#name(row.by)))];
    return filled(this.facts.words.several ?? "", { n: rows.length, name: names.slice(0, 3).join(", ") });
  }

  /** @param {string | null} by */
  #name(by) {
    return this.model.names.get(by ?? "") ?? this.facts.words.somebody ?? "";
  }
}
