/**
 * What the page's own forms and links ask of the server, done here instead where that is the same: at once, and
 * without a network. Everything else goes to the server as it would without this script.
 */

import { moveAs, openMover } from "./moves.js";
import { openNamer } from "./namer.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./session.js").Session} Session */
/**
 * @typedef {object} Asked
 * @property {Element} sourceElement
 * @property {Element} target
 * @property {{ method: string, action: string, body?: unknown }} request
 */

const ITEM = /\/items\/([0-9a-f-]{36})\/(?:(set|move|remove|restore)\/)?$/;
/** What another area asks of an item. */
const BESIDE = /\/items\/([0-9a-f-]{36})\/./;
const ADD = /\/add\/$/;

export class Deeds {
  /** @param {Facts} facts @param {Session} session @param {Desk} desk @param {HTMLElement} page @param {(item: string) => void} removed */
  constructor(facts, session, desk, page, removed) {
    this.facts = facts;
    this.session = session;
    this.desk = desk;
    this.page = page;
    this.removed = removed;
    /** A form that was asked for by name is not taken over again. @type {Element | null} */
    this.letThrough = null;
    /** What was asked of items that the server does not have yet. @type {Map<Element, string>} */
    this.early = new Map();
  }

  /** Something was saved: what was asked of it too early is asked now. */
  saved() {
    for (const [source, item] of this.early) {
      if (this.#isUnsaved(item)) continue;
      this.early.delete(source);
      if (source instanceof HTMLElement && source.isConnected) source.click();
    }
  }

  /** Whether it was done here. @param {Asked} asked */
  take(asked) {
    if (!this.session.began || !this.facts.canWrite) return false;
    if (this.letThrough === asked.sourceElement) {
      this.letThrough = null;
      return false;
    }
    const { pathname, searchParams } = new URL(asked.request.action, location.href);
    const [, item = "", deed = "show"] = ITEM.exec(pathname) ?? [];
    if (asked.request.method === "GET") {
      if (ADD.test(pathname)) return this.#add(asked, searchParams);
      if (item === "") return this.#tooEarly(asked, BESIDE.exec(pathname)?.[1] ?? "");
      const alone = !this.session.live || this.#isUnsaved(item);
      if (deed === "move" && alone && this.#mover(asked, item)) return true;
      const here = deed === "set" || (deed === "show" && !this.session.live);
      if (here && this.#edit(asked, item)) return true;
      // An actor has no text of its own to write here, but it can be carried.
      return (here && !this.session.live && this.#mover(asked, item)) || this.#tooEarly(asked, item);
    }
    return item !== "" && this.#change(item, deed, asked);
  }

  /** The server would not find it, and so nothing would happen. @param {Asked} asked @param {string} item */
  #tooEarly(asked, item) {
    if (!this.#isUnsaved(item)) return false;
    this.early.set(asked.sourceElement, item);
    return true;
  }

  /** @param {string} item */
  #isUnsaved(item) {
    const entries = [...this.session.queue.entries.values()];
    return entries.some(({ operation }) => operation.item === item && operation.verb === "add");
  }

  /** @param {Asked} asked @param {URLSearchParams} given */
  #add(asked, given) {
    const zone = given.get("fixed_zone") ?? "";
    const kind =
      given.get("item_kind") || (this.facts.kind.zones[zone]?.admits ?? Object.keys(this.facts.kind.items))[0];
    const known = kind ? this.facts.kind.items[kind] : undefined;
    const place = this.#placeOf(asked);
    if (!kind || !known || !place) return false;
    if (known.actor) return this.#name(asked, place, kind, zone);
    if (known.needed.some((field) => !given.get(field))) return false;
    /** @type {Record<string, any>} */
    const fields = {};
    for (const field of known.fields) {
      const value = given.get(field.key);
      if (value) fields[field.key] = field.type === "scale" ? Number(value) : value;
    }
    this.desk.open({
      item: crypto.randomUUID(),
      kind,
      place,
      opener: asked.sourceElement,
      adding: { kind, zone, lang: this.facts.language, fields },
      more: null,
    });
    return true;
  }

  /** The server's form knows the names that others have used, so that one goes first. @param {Asked} asked @param {HTMLElement} place @param {string} kind @param {string} zone */
  #name(asked, place, kind, zone) {
    if (this.session.live) return false;
    openNamer(this.facts, this.session, { kind, zone, place, opener: asked.sourceElement });
    return true;
  }

  /** @param {Asked} asked @param {string} id */
  #edit(asked, id) {
    const item = this.session.model.get(id);
    const place = this.#placeOf(asked);
    if (!item || !place || this.facts.kind.items[item.kind]?.actor !== false) return false;
    const opener = asked.sourceElement;
    const more = () => {
      this.letThrough = opener;
      if (opener instanceof HTMLElement) opener.click();
    };
    this.desk.open({
      item: id,
      kind: item.kind,
      place,
      opener,
      adding: null,
      more: this.session.live ? more : () => this.#mover(asked, id),
    });
    return true;
  }

  /** @param {Asked} asked @param {string} id */
  #mover(asked, id) {
    const item = this.session.model.get(id);
    const place = this.#placeOf(asked);
    if (!item || !place) return false;
    openMover(this.facts, this.session, item, place, asked.sourceElement);
    return true;
  }

  /** @param {string} item @param {string} deed @param {Asked} asked */
  #change(item, deed, asked) {
    const known = this.session.model.get(item);
    if (!known) return false;
    const { sourceElement: source } = asked;
    if (deed === "remove") {
      const held = source.closest("[data-item]")?.contains(document.activeElement);
      this.session.change({ verb: "remove", item, payload: {} });
      if (source.closest("#panel")) this.page.querySelector("#panel")?.replaceChildren();
      if (held) this.removed(item);
      return true;
    }
    if (deed === "restore") {
      this.session.change({ verb: "restore", item, payload: {} });
      return true;
    }
    if (deed === "move" && source.matches("form.place")) return this.#place(item, asked.request.body);
    this.desk.flush();
    if (deed !== "move" || this.session.live) return false;
    return this.#moveAs(known, asked);
  }

  /** A form of the server that was open when the network went. @param {import("./model.js").Item} item @param {Asked} asked */
  #moveAs(item, { request: { body }, target, sourceElement }) {
    if (!(body instanceof URLSearchParams || body instanceof FormData)) return false;
    moveAs(this.facts, this.session, item, body);
    if (target instanceof HTMLElement && target.matches(".slot")) target.replaceChildren();
    else sourceElement.closest("details")?.removeAttribute("open");
    return true;
  }

  /** A card was let go somewhere on the plane. @param {string} item @param {unknown} body */
  #place(item, body) {
    if (!(body instanceof URLSearchParams || body instanceof FormData)) return false;
    /** @type {Record<string, number>} */
    const fields = {};
    for (const { field } of this.facts.kind.axes) if (body.has(field)) fields[field] = Number(body.get(field));
    this.session.change({ verb: "move", item, payload: { fields } });
    return true;
  }

  /** @param {Asked} asked @returns {HTMLElement | null} */
  #placeOf({ target }) {
    return target instanceof HTMLElement && target.matches(".slot, .panel")
      ? target
      : this.page.querySelector("#panel");
  }
}
