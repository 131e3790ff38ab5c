/**
 * The model put into the page that the server drew, in either view: each item where it belongs, with what it says.
 * Drawing twice changes nothing, so after every part that the server sends the whole is simply drawn again.
 */

import { itemFrom } from "./facts.js";
import { canSay, fill } from "./fill.js";
import { inOrder } from "./model.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Item} Item */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./tally.js").Tally} Tally */

/** For so long, in milliseconds, it draws without letting anybody else act. */
const SLICE = 8;
const FEW = 8;
/** Nothing is said of an item beside its words. */
const PLAIN = "[{},false]";

export class Drawing {
  /** What each item said when it was last drawn, to see what only the server can draw. @type {Map<string, string>} */
  #drawn = new Map();
  /** And what else was said of it. @type {Map<string, string>} */
  #marks = new Map();
  /** Where items stand; looked for once a board, because a large one takes long to look through. @type {Element[]} */
  #zones = [];
  /** What is drawn in a moment. @type {Set<string>} */
  #waiting = new Set();

  /**
   * @param {Facts} facts @param {Model} model @param {HTMLElement} page @param {Tally} tally
   * @param {(id: string, element: HTMLElement) => void} sign puts on it who writes there, which may have been told before it came
   */
  constructor(facts, model, page, tally, sign) {
    this.facts = facts;
    this.model = model;
    this.page = page;
    this.tally = tally;
    this.sign = sign;
  }

  /** @param {Iterable<string>} ids */
  draw(ids) {
    const until = performance.now() + SLICE;
    for (const [at, id] of [...ids].entries()) {
      if (at < FEW || performance.now() < until) this.#draw(id);
      else this.#later(id);
    }
    this.tally.took(ids);
  }

  /** @param {string} id */
  #later(id) {
    if (!this.#waiting.size) {
      setTimeout(() => {
        const ids = [...this.#waiting];
        this.#waiting.clear();
        this.draw(ids);
      });
    }
    this.#waiting.add(id);
  }

  /** After the server drew the board anew. */
  all() {
    this.#drawn.clear();
    this.#zones = [];
    this.draw(this.model.ids());
  }

  /** After the server drew a part anew, such as the panel or one item. @param {Element} part */
  again(part) {
    const around = part.closest("[data-item]");
    const ids = [around, ...part.querySelectorAll("[data-item]")].map((one) => one?.getAttribute("data-item") ?? "");
    const known = new Set(ids.filter((id) => this.model.get(id)));
    for (const id of known) this.#drawn.delete(id);
    if (known.size) this.draw(known);
    this.tally.soon();
  }

  /** The item's own place in the board, not what else speaks of it. @param {string} id @returns {HTMLElement | null} */
  element(id) {
    const element = document.getElementById(`item-${id}`);
    return element?.parentElement?.hasAttribute("data-zone") ? element : null;
  }

  /** @param {string} id */
  #draw(id) {
    const item = this.model.get(id);
    const element = this.element(id);
    this.#askServer(id, item);
    if (!item || item.removed) {
      if (element && isHeld(element)) element.dataset.gone = this.facts.words.gone ?? "";
      else takeOut(element);
      this.#drawRemoved(id, item);
      return;
    }
    document.getElementById(`removed-${id}`)?.remove();
    const place = this.#place(item);
    if (!place) takeOut(element);
    else this.#put(place, this.#fitting(element, item, place), item);
    const panel = document.getElementById("panel")?.querySelector(`[data-item="${CSS.escape(id)}"]`);
    const drawn = this.element(id);
    if (drawn) this.sign(id, drawn);
    for (const part of [drawn, panel]) {
      if (!(part instanceof HTMLElement)) continue;
      delete part.dataset.gone;
      fill(part, item, this.facts);
    }
  }

  /** Where in the board it stands, or null where the server must draw that place first. @param {Item} item */
  #place(item) {
    if (!this.#zones.length) this.#zones = [...this.page.querySelectorAll("[data-zone]")];
    const mine = this.#zones.filter((zone) => ["", item.zone].includes(zone.getAttribute("data-zone") ?? ""));
    return mine.find((zone) => isGiven(zone.getAttribute("data-given") ?? "", item.fields)) ?? null;
  }

  /** @param {HTMLElement | null} element @param {Item} item @param {Element} place */
  #fitting(element, item, place) {
    if (element && (isHeld(element) || this.facts.layout === "list" || isOf(element, item, place))) return element;
    // Of an actor the server has drawn more than a copy shows.
    if (element && this.facts.kind.items[item.kind]?.actor) return element;
    const copy = this.#copy(item);
    if (copy && element) {
      const focused = element.contains(document.activeElement);
      element.replaceWith(copy);
      htmx()?.process(copy);
      if (focused) copy.querySelector("a")?.focus();
    }
    return copy ?? element;
  }

  /** @param {Item} item */
  #copy(item) {
    const selector = `template[data-kind="${CSS.escape(item.kind)}"][data-in="${CSS.escape(item.zone)}"]`;
    return itemFrom(this.page.querySelector(selector), this.facts.blank, item.id);
  }

  /** @param {Element} place @param {HTMLElement | null} element @param {Item} item */
  #put(place, element, item) {
    if (!element || (element.parentElement === place && this.#isAmong(element, item))) return;
    const next = [...place.children].find((other) => other !== element && this.#isBehind(other, item)) ?? null;
    const isNew = !element.isConnected;
    moveInto(place, element, next);
    // Only on the page does htmx see what its elements inherit.
    if (isNew) htmx()?.process(element);
  }

  /** Whether it already stands between its neighbours. @param {HTMLElement} element @param {Item} item */
  #isAmong(element, item) {
    const { previousElementSibling: before, nextElementSibling: behind } = element;
    return !(before && this.#isBehind(before, item)) && !(behind && !this.#isBehind(behind, item));
  }

  /** @param {Element} other @param {Item} item */
  #isBehind(other, item) {
    const neighbour = this.model.get(other.getAttribute("data-item") ?? "");
    if (!neighbour) return false;
    if (neighbour.zone !== item.zone) return this.#rank(neighbour.zone) > this.#rank(item.zone);
    return inOrder(item, neighbour) < 0;
  }

  /** @param {string} zone */
  #rank(zone) {
    return Object.keys(this.facts.kind.zones).indexOf(zone);
  }

  /** @param {string} id @param {Item | undefined} item */
  #drawRemoved(id, item) {
    const list = document.getElementById("removed-list");
    const old = document.getElementById(`removed-${id}`);
    if (!list || !item) return old?.remove();
    const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("live-removed"));
    const row = old ?? itemFrom(template, this.facts.blank, id);
    if (!row) return;
    fill(row, item, this.facts);
    if (old) return;
    list.prepend(row);
    htmx()?.process(row);
  }

  /** Actors, and values in words that only the server has. @param {string} id @param {Item | undefined} item */
  #askServer(id, item) {
    const now = item ? JSON.stringify([item.removed, item.zone, item.fields, this.#isSign(item) && item.text]) : "";
    if (this.#isMarkedAnew(id, item)) this.tally.wantBoard();
    const before = this.#drawn.get(id);
    this.#drawn.set(id, now);
    if (before === now || (before === undefined && this.element(id)) || !item) return;
    const isDrawnHere = canSay(this.facts, item) && !this.facts.kind.items[item.kind]?.actor && this.#place(item);
    if (!isDrawnHere || this.#isSign(item) || this.#isWorn()) this.tally.wantBoard();
  }

  /** What else is said of it the server puts in words. @param {string} id @param {Item | undefined} item */
  #isMarkedAnew(id, item) {
    const now = item ? JSON.stringify([item.marks, item.hidden]) : "";
    const before = this.#marks.get(id);
    this.#marks.set(id, now);
    return before === undefined ? now.length > PLAIN.length && !this.element(id) : before !== now;
  }

  /** Whether each item wears something of another area now, such as dots to vote with. */
  #isWorn() {
    return this.page.querySelector("[data-badges] [data-each]") !== null;
  }

  /** Whether its text is part of a picture: the promise in the middle of the pie. @param {Item} item */
  #isSign(item) {
    return this.facts.layout === "pie" && !this.page.querySelector(`[data-zone="${item.zone}"][data-given]`);
  }
}

/** @returns {{ process: (element: Element) => void } | undefined} */
function htmx() {
  return Reflect.get(globalThis, "htmx");
}

/** Whether somebody writes in it right now. @param {Element} element */
function isHeld(element) {
  return element.querySelector("textarea") !== null;
}

/** Leaving an element may send what was done in it, which draws it again. @param {HTMLElement | null} element */
function takeOut(element) {
  const held = document.activeElement;
  if (held instanceof HTMLElement && element?.contains(held)) held.blur();
  element?.remove();
}

/** Whether the copy was made for where the item stands now. @param {HTMLElement} element @param {Item} item @param {Element} place */
function isOf(element, item, place) {
  return element.dataset.in ? element.dataset.in === item.zone : element.parentElement === place;
}

/** Places that stand for a value, such as the square of two actors. @param {string} given @param {Record<string, any>} fields */
function isGiven(given, fields) {
  return [...new URLSearchParams(given)].every(([field, value]) => String(fields[field] ?? "") === value);
}

/** What is typed in it and the focus go along. @param {Element} place @param {HTMLElement} element @param {Element | null} next */
function moveInto(place, element, next) {
  const held = document.activeElement;
  const move = Reflect.get(place, "moveBefore");
  if (move && element.isConnected && place.isConnected) move.call(place, element, next);
  else place.insertBefore(element, next);
  if (held instanceof HTMLElement && element.contains(held) && document.activeElement !== held) held.focus();
}
