/**
 * Items carried by mouse or finger from zone to zone and past each other, in the list and in every drawing that has
 * zones. The plane has hands of its own; *Move…* and the keys do the same without a hand (hands.js).
 */

import { isUnplaced } from "./model.js";
import { between } from "./order.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Item} Item */
/** @typedef {import("./session.js").Session} Session */
/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ element: HTMLElement, start: Point, lifted: boolean, press: number }} Load */
/** @typedef {{ zone: HTMLElement, before: Element | null }} Spot */

/** Less than this is a click with a shaking hand. */
const FAR = 8;
/** A finger that rests so long means to carry, not to scroll. */
const PRESS = 350;
const HANDLES = "input, textarea, select, summary, button, form, .slot, .actions a, .badges a, .marks a";

export class Carry {
  /** @type {Load | null} */
  #load = null;
  #dropped = false;

  /** @param {Facts} facts @param {Session} session @param {HTMLElement} page */
  constructor(facts, session, page) {
    this.facts = facts;
    this.session = session;
    this.page = page;
    page.addEventListener("pointerdown", (event) => this.#take(event));
    page.addEventListener("dragstart", (event) => this.#load && event.preventDefault());
    document.addEventListener("pointermove", (event) => this.#move(event));
    document.addEventListener("pointerup", (event) => this.#let(event));
    document.addEventListener("pointercancel", () => this.#end());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#end());
    // A finger that carries does not scroll the page.
    page.addEventListener("touchmove", (event) => this.#load?.lifted && event.preventDefault(), { passive: false });
    page.addEventListener("contextmenu", (event) => this.#load?.lifted && event.preventDefault());
    page.addEventListener("click", (event) => this.#swallow(event), { capture: true });
  }

  /** @param {PointerEvent} event */
  #take({ target, button, pointerType, clientX: x, clientY: y }) {
    if (button !== 0 || !this.facts.canWrite || !this.session.began || !(target instanceof Element)) return;
    const element = target.closest("[data-zone] > [data-item]");
    if (!(element instanceof HTMLElement) || element.matches(".card") || target.closest(HANDLES)) return;
    // In the list a mouse selects text as everywhere; it carries by what is no text.
    if (pointerType === "mouse" && this.facts.layout === "list" && target.closest(".item-text")) return;
    const press = pointerType === "mouse" ? 0 : window.setTimeout(() => this.#lift(), PRESS);
    this.#load = { element, start: { x, y }, lifted: false, press };
  }

  /** @param {PointerEvent} event */
  #move({ pointerType, clientX: x, clientY: y }) {
    const load = this.#load;
    if (!load) return;
    const far = Math.hypot(x - load.start.x, y - load.start.y) > FAR;
    if (!load.lifted && far) {
      if (pointerType !== "mouse") return this.#end();
      this.#lift();
    }
    if (!load.lifted) return;
    load.element.style.setProperty("--carried-x", `${x - load.start.x}px`);
    load.element.style.setProperty("--carried-y", `${y - load.start.y}px`);
    this.#mark(this.#spot(load, { x, y }));
  }

  #lift() {
    if (!this.#load) return;
    this.#load.lifted = true;
    this.#load.element.classList.add("carried", "dragged");
    getSelection()?.removeAllRanges();
  }

  /** @param {PointerEvent} event */
  #let({ clientX: x, clientY: y }) {
    const load = this.#load;
    const spot = load?.lifted ? this.#spot(load, { x, y }) : null;
    this.#end();
    if (!load?.lifted) return;
    this.#dropped = true;
    setTimeout(() => {
      this.#dropped = false;
    });
    if (spot) this.#put(load.element, spot);
  }

  #end() {
    if (!this.#load) return;
    clearTimeout(this.#load.press);
    const { element } = this.#load;
    element.classList.remove("carried", "dragged");
    element.style.removeProperty("--carried-x");
    element.style.removeProperty("--carried-y");
    this.#load = null;
    this.#mark(null);
  }

  /** Where it would come to stand; null where it may not. @param {Load} load @param {Point} at @returns {Spot | null} */
  #spot({ element }, { x, y }) {
    const item = this.session.model.get(element.dataset.item ?? "");
    const under = document.elementsFromPoint(x, y).find((one) => !element.contains(one) && this.page.contains(one));
    const around = under?.closest("[data-zone], .zone, .zone-box, td");
    const zone = around?.matches("[data-zone]") ? around : around?.querySelector("[data-zone]");
    if (!item || !(zone instanceof HTMLElement) || !this.#admits(zone, item)) return null;
    const others = [...zone.children].filter((one) => one !== element && one.matches("[data-item]"));
    const before = others.find((one) => {
      const box = one.getBoundingClientRect();
      return y < box.y + box.height / 2 && x < box.right;
    });
    return { zone, before: before ?? null };
  }

  /** @param {HTMLElement} zone @param {Item} item */
  #admits(zone, item) {
    return this.facts.kind.zones[zone.dataset.zone ?? ""]?.admits.includes(item.kind) ?? false;
  }

  /** @param {Spot | null} spot */
  #mark(spot) {
    for (const old of this.page.querySelectorAll("[data-spot]")) old.removeAttribute("data-spot");
    (spot?.before ?? spot?.zone)?.setAttribute("data-spot", spot?.before ? "before" : "in");
  }

  /** @param {HTMLElement} element @param {Spot} spot */
  #put(element, { zone, before }) {
    const item = this.session.model.get(element.dataset.item ?? "");
    if (!item) return;
    const others = [...zone.children].filter((one) => one !== element && one.matches("[data-item]"));
    const next = before ? others.indexOf(before) : others.length;
    const [above, below] = [others[next - 1], others[next]].map((one) => this.#itemOf(one));
    const to = zone.dataset.zone ?? "";
    const fields = fieldsOf(zone, item);
    const group = below?.marks.group ?? above?.marks.group ?? "";
    if (group !== (item.marks.group ?? "") && (!above || !below || above.marks.group === below.marks.group)) {
      this.session.change({ verb: "mark", item: item.id, payload: { group } });
    }
    const order = this.#order(above, below);
    const still = to === item.zone && !Object.keys(fields).length;
    if (still && (order === undefined || element.nextElementSibling === before)) return;
    this.session.change({
      verb: "move",
      item: item.id,
      payload: {
        ...(to === item.zone ? {} : { zone: to }),
        ...(order === undefined ? {} : { order }),
        ...(Object.keys(fields).length ? { fields } : {}),
      },
    });
  }

  /** A key between the two; none where the server has not said theirs yet. @param {Item | undefined} above @param {Item | undefined} below */
  #order(above, below) {
    const [low, high] = [above?.order ?? null, below?.order ?? null];
    if (isUnplaced(low) || isUnplaced(high) || (low === null && high === null)) return undefined;
    // Side by side two groups may stand in another order than their keys.
    if (low !== null && high !== null && low >= high) return between(low, null);
    return between(low, high);
  }

  /** @param {Element | undefined} element */
  #itemOf(element) {
    return this.session.model.get(element?.getAttribute("data-item") ?? "");
  }

  /** The click that ends a carrying opens nothing. @param {MouseEvent} event */
  #swallow(event) {
    if (!this.#dropped) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** What the place itself says, such as the two actors of a square. @param {HTMLElement} zone @param {Item} item */
function fieldsOf(zone, item) {
  const given = [...new URLSearchParams(zone.dataset.given ?? "")];
  return Object.fromEntries(given.filter(([field, value]) => String(item.fields[field] ?? "") !== value));
}
