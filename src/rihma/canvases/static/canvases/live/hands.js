/** Items moved and removed by keys, in the list and in every drawing that has zones. The plane has hands of its own. */

import { isUnplaced } from "./model.js";
import { between } from "./order.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Item} Item */
/** @typedef {import("./session.js").Session} Session */

/** What was just added has its place a moment later. */
const TRY_EVERY = 100;
const MOST_TRIES = 100;

export class Hands {
  /** @param {Facts} facts @param {Session} session @param {HTMLElement} page @param {(item: string) => void} removed */
  constructor(facts, session, page, removed) {
    this.facts = facts;
    this.session = session;
    this.page = page;
    this.removed = removed;
    page.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || target.matches("input, textarea, select, summary")) return;
    const element = /** @type {HTMLElement | null} */ (target.closest("[data-zone] > [data-item]"));
    if (!element || element.matches(".card") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey) {
      if (this.facts.canWrite && this.session.began && this.#move(element, key)) event.preventDefault();
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      this.#step(element, key === "ArrowDown" ? 1 : -1);
    } else if (key === "Delete" && this.facts.canWrite && this.session.began) {
      event.preventDefault();
      const id = element.dataset.item ?? "";
      this.session.change({ verb: "remove", item: id, payload: {} });
      this.removed(id);
    }
  }

  /** To the next item on the page. @param {HTMLElement} element @param {number} way */
  #step(element, way) {
    let next = way > 0 ? element.nextElementSibling : element.previousElementSibling;
    if (!next) {
      const zones = [...this.page.querySelectorAll("[data-zone]")].filter((zone) => zone.firstElementChild);
      const zone = zones[zones.indexOf(/** @type {Element} */ (element.parentElement)) + way];
      next = (way > 0 ? zone?.firstElementChild : zone?.lastElementChild) ?? null;
    }
    next?.querySelector("a")?.focus();
  }

  /** @param {HTMLElement} element @param {string} key */
  #move(element, key) {
    const item = this.session.model.get(element.dataset.item ?? "");
    if (!item) return false;
    if (key === "ArrowUp" || key === "ArrowDown") return this.#swap(element, item, key === "ArrowDown");
    if (key === "ArrowLeft" || key === "ArrowRight") return this.#cross(item, key === "ArrowRight" ? 1 : -1);
    return false;
  }

  /** Past its neighbour. @param {HTMLElement} element @param {Item} item @param {boolean} down @param {number} [tries] */
  #swap(element, item, down, tries = 0) {
    const past = down ? element.nextElementSibling : element.previousElementSibling;
    const beyond = down ? past?.nextElementSibling : past?.previousElementSibling;
    const [near, far] = [past, beyond].map(
      (one) => this.session.model.get(one?.getAttribute("data-item") ?? "")?.order,
    );
    if (!near) return true;
    if ([item.order, near, far].some(isUnplaced)) {
      this.#waitForKeys(item.id, down, tries);
      return true;
    }
    const neighbour = this.session.model.get(past?.getAttribute("data-item") ?? "");
    if (neighbour && neighbour.marks.group !== item.marks.group) {
      // At the edge of a group it goes out of it, or into the next one.
      this.session.change({ verb: "mark", item: item.id, payload: { group: neighbour.marks.group ?? "" } });
      this.#focus(item.id);
      return true;
    }
    const order = down ? between(near, far ?? null) : between(far ?? null, near);
    this.session.change({ verb: "move", item: item.id, payload: { order } });
    this.#focus(item.id);
    return true;
  }

  /** Without the server's keys there is nothing to stand between yet. @param {string} id @param {boolean} down @param {number} tries */
  #waitForKeys(id, down, tries) {
    if (tries >= MOST_TRIES) return;
    setTimeout(() => {
      const item = this.session.model.get(id);
      const element = this.page.querySelector(`[data-zone] > [data-item="${CSS.escape(id)}"]`);
      if (item && element instanceof HTMLElement) this.#swap(element, item, down, tries + 1);
    }, TRY_EVERY);
  }

  /** To the next zone that takes its kind. @param {Item} item @param {number} way */
  #cross(item, way) {
    const zones = Object.entries(this.facts.kind.zones).filter(([, zone]) => zone.admits.includes(item.kind));
    const [zone] = zones[zones.findIndex(([key]) => key === item.zone) + way] ?? [];
    if (!zone) return true;
    this.session.change({ verb: "move", item: item.id, payload: { zone } });
    this.#focus(item.id);
    return true;
  }

  /** @param {string} id */
  #focus(id) {
    const element = this.page.querySelector(`[data-zone] > [data-item="${CSS.escape(id)}"]`);
    const link = element?.querySelector("a");
    // What had the focus in it went along.
    if (link && !element?.contains(document.activeElement)) link.focus();
  }
}
