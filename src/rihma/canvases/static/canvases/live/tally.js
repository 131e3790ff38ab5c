/** What follows from all items together: counts, numbers, cards side by side. And the board anew where only the server can draw it. */

import { renew } from "./board.js";
import { filled, shortened } from "./facts.js";
import { pointOf, setText } from "./fill.js";
import { showGroups } from "./groups.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Item} Item */
/** @typedef {import("./model.js").Model} Model */

/** The board is asked for at most this often, and at a random moment of it, so that a room does not ask at once. */
const BOARD_EVERY = 3000;
const COUNT_AFTER = 300;
const FEW = 20;
const FAN = 6;

export class Tally {
  /** How many are here, this page among them. */
  people = 1;
  #waiting = false;
  /** How each item stood when it was last drawn: a text that is written changes nothing here. @type {Map<string, string>} */
  #stood = new Map();
  #grouped = true;
  /** How often the board was put in place as a whole. */
  #swaps = 0;
  #boardAt = 0;
  #boardTimer = 0;
  /** How full the server drew each zone. @type {Map<string, number>} */
  #full = new Map();
  /** Where the counts stand. @type {Map<string, Element[]>} */
  #places = new Map();
  /** Only there are the texts of the cards seen below the plane. */
  #narrow = matchMedia("(width < 45rem)");
  /** What cards and lines say already: of hundreds only a few change. @type {WeakMap<Element, string>} */
  #said = new WeakMap();

  /** @param {Facts} facts @param {Model} model @param {HTMLElement} page */
  constructor(facts, model, page) {
    this.facts = facts;
    this.model = model;
    this.page = page;
    this.#narrow.addEventListener("change", () => this.soon());
  }

  /** Something about these is shown now as it was not before. @param {Iterable<string>} ids */
  took(ids) {
    let counts = false;
    for (const id of ids) {
      const item = this.model.get(id);
      const now = item && !item.removed ? this.#standing(item) : "";
      counts ||= this.#stood.get(id) !== now;
      this.#stood.set(id, now);
    }
    if (counts) this.soon();
  }

  /** What counts, numbers and groups follow from. @param {Item} item */
  #standing(item) {
    const text = this.#narrow.matches ? item.text : "";
    return JSON.stringify([item.zone, item.order, item.marks.group, item.fields, text]);
  }

  soon() {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#count();
    }, COUNT_AFTER);
  }

  /** The server drew the board anew. */
  anew() {
    this.#swaps += 1;
    this.#stood.clear();
    this.#places.clear();
    this.#full.clear();
    this.#said = new WeakMap();
  }

  wantBoard() {
    if (this.#boardTimer) return;
    // The more are here, the rarer each asks: the server draws as many boards as for a small room.
    const crowd = Math.max(1, this.people / FEW);
    const wait = Math.max(0, this.#boardAt + BOARD_EVERY * crowd - Date.now()) + Math.random() * 1000 * crowd;
    this.#boardTimer = window.setTimeout(() => this.#fetchBoard(), wait);
  }

  async #fetchBoard() {
    this.#boardTimer = 0;
    this.#boardAt = Date.now();
    const swaps = this.#swaps;
    const address = `${location.pathname}?view=${this.facts.view}`;
    const response = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    const board = this.page.querySelector("#board");
    if (!response?.ok || response.redirected || !board || this.page.querySelector(".dragged")) return;
    const text = await response.text();
    // What was sent and answered meanwhile is newer than this.
    if (swaps !== this.#swaps) return this.wantBoard();
    await renew(board, text);
    this.page.dispatchEvent(new Event("live:board"));
  }

  #count() {
    const items = this.model.head === null ? null : this.model.live();
    if (!items) return;
    for (const zone of Object.keys(this.facts.kind.zones)) {
      this.#countZone(zone, items.filter((item) => item.zone === zone).length);
    }
    const words = this.facts.words[items.length === 1 ? "items" : "itemsMany"] ?? "";
    const unreadable = Number(
      this.page.querySelector("#unreadable")?.parentElement?.querySelectorAll("li").length ?? 0,
    );
    this.#say("[data-total]", filled(words, { n: items.length + unreadable }));
    const removed = document.getElementById("removed-list")?.children.length ?? 0;
    this.#say("[data-count-removed]", String(removed));
    document.getElementById("removed")?.toggleAttribute("hidden", !removed);
    if (this.facts.layout === "plane") this.#number(items);
    const grouped = items.some((item) => item.marks.group);
    if (grouped || this.#grouped) showGroups(this.page, this.model);
    this.#grouped = grouped;
  }

  /** @param {string} zone @param {number} count */
  #countZone(zone, count) {
    this.#say(`[data-count="${zone}"]`, String(count));
    this.#say(`.zone-tabs a[href="#zone-${zone}"] .num`, String(count));
    const before = this.#full.get(zone);
    this.#full.set(zone, count);
    const turns = this.facts.kind.zones[zone]?.turns ?? [];
    if (before !== undefined && turns.some((turn) => before < turn !== count < turn)) this.wantBoard();
  }

  /** Cards are numbered in the order of the list; those on one place stand side by side. @param {Item[]} items */
  #number(items) {
    const ranks = Object.keys(this.facts.kind.zones);
    const sorted = [...items].sort((a, b) => ranks.indexOf(a.zone) - ranks.indexOf(b.zone));
    /** @type {Map<string, number>} */
    const taken = new Map();
    for (const [at, item] of sorted.entries()) {
      const card = document.getElementById(`item-${item.id}`);
      const point = pointOf(item, this.facts);
      if (!card || !point) continue;
      const place = `${point.x} ${point.y}`;
      const fan = taken.get(place) ?? 0;
      taken.set(place, fan + 1);
      const said = `${at} ${fan}`;
      // The hand that drags it has put it in front.
      if (this.#said.get(card) === said && card.dataset.fan === String(fan % FAN)) continue;
      this.#said.set(card, said);
      card.dataset.fan = String(fan % FAN);
      const number = card.querySelector(".badge b");
      if (number) setText(number, String(at + 1));
    }
    const list = this.#narrow.matches && this.page.querySelector(".numbers");
    if (list) this.#list(list, sorted);
  }

  /** The texts of the cards below the plane, where it is too narrow for them. @param {Element} list @param {Item[]} items */
  #list(list, items) {
    while (list.children.length > items.length) list.lastElementChild?.remove();
    for (const [at, item] of items.entries()) {
      const line = list.children[at] ?? list.appendChild(document.createElement("li"));
      const said = `${item.lang} ${item.text}`;
      if (this.#said.get(line) === said) continue;
      this.#said.set(line, said);
      line.setAttribute("lang", item.lang);
      setText(line, shortened(item.text, 120));
    }
  }

  /** @param {string} selector @param {string} words */
  #say(selector, words) {
    if (!this.#places.has(selector)) this.#places.set(selector, [...this.page.querySelectorAll(selector)]);
    for (const place of this.#places.get(selector) ?? []) if (place.textContent !== words) place.textContent = words;
  }
}
