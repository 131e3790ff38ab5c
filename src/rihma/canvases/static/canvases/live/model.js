/**
 * What stands on the canvas: as the server's log tells it, with this page's own unconfirmed operations on top.
 * Nothing here touches the page or the network.
 */

import { marked, unmarked } from "./marks.js";

/**
 * @typedef {import("./marks.js").Marks} Marks
 * @typedef {Record<string, any>} Fields
 * @typedef {{ kind?: string, zone?: string, order?: string, text?: string, lang?: string, fields?: Fields,
 *   settles?: number, actor?: { name: string, of_kind: string } } & import("./marks.js").Said} Payload
 * @typedef {{ id: string, verb: string, item: string, payload: Payload, base: number | null }} Operation
 * @typedef {{ seq: number, id: string, verb: string, item: string, payload: Payload & Record<string, any>,
 *   by: string | null, at: string, restored?: Record<string, any> }} Row
 * @typedef {{ id: string, kind: string, zone: string, order: string, text: string, lang: string, fields: Fields,
 *   removed: boolean, text_seq: number, by: string | null, name: string, marks: Marks, hidden: boolean }} Item
 * @typedef {{ operation: Operation, seq: number | null }} Pending
 */

/** Comes behind every key that the server gives: a new item stands last until it has one. */
export const LAST = "~";
const DIGITS = 9;

/** Whether the server has not said yet where it stands. @param {string | null | undefined} order */
export function isUnplaced(order) {
  return order?.startsWith(LAST) ?? false;
}

/** What was just added stands in the order in which it was written: ids count. @param {string} id of the operation */
function lastBy(id) {
  return LAST + id.slice(id.lastIndexOf(":") + 1).padStart(DIGITS, "0");
}

/** @param {Record<string, any>} sent @returns {Item} */
export function itemOf(sent) {
  const { id, kind, zone, order, text, lang, fields, by, name = "", text_seq, marks = {}, hidden = false } = sent;
  const removed = false;
  return { id, kind, zone, order, text, lang, fields: { ...fields }, removed, text_seq, by, name, marks, hidden };
}

/**
 * The item after one more row; undefined when nobody added it.
 *
 * @param {Item | undefined} item
 * @param {{ id?: string, verb: string, item: string, payload: Payload, seq: number, by: string | null,
 *   restored?: Record<string, any> }} row
 * @returns {Item | undefined}
 */
export function step(item, row) {
  const said = row.payload;
  if (row.verb === "add") return added(row);
  // Whoever opened the canvas while it was gone was never told of it.
  if (row.restored) return itemOf(row.restored);
  if (!item) return undefined;
  if (row.verb === "erase" && said.text !== undefined) return left(item, row);
  if (row.verb === "hide" || row.verb === "erase") return silenced(item, row.verb === "erase");
  const next = { ...item, fields: { ...item.fields, ...said.fields } };
  if (row.verb === "mark" || said.same_as) next.marks = marked(item.marks, said, item.text_seq);
  if (row.verb === "remove" || row.verb === "restore") next.removed = row.verb === "remove";
  if (said.zone !== undefined) next.zone = said.zone;
  if (said.order !== undefined) next.order = said.order;
  if (said.lang !== undefined) next.lang = said.lang;
  if (said.text !== undefined) {
    next.text = said.text;
    next.text_seq = row.seq;
  }
  return next;
}

/** Without what anybody wrote in it. @param {Item} item @param {boolean} removed */
function silenced(item, removed) {
  const fields = removed ? {} : item.fields;
  return { ...item, text: "", fields, marks: {}, hidden: !removed, removed: removed || item.removed };
}

/** With what is left once some who wrote in it are erased. @param {Item} item @param {{ payload: Payload, seq: number }} row */
function left(item, row) {
  const { text = "", lang = item.lang, fields = {} } = row.payload;
  return { ...item, text, lang, fields: { ...fields }, marks: { left: row.seq }, hidden: false, text_seq: row.seq };
}

/** @param {{ id?: string, item: string, payload: Payload, seq: number, by: string | null }} row @returns {Item} */
function added(row) {
  const { kind = "", zone = "", order = lastBy(row.id ?? ""), text = "", lang = "", fields = {} } = row.payload;
  const { seq, by } = row;
  return {
    id: row.item,
    kind,
    zone,
    order,
    text,
    lang,
    fields: { ...fields },
    removed: false,
    text_seq: seq,
    by,
    name: "",
    marks: marked({}, row.payload, seq),
    hidden: false,
  };
}

/** Those of a group stand together. @param {Item} a @param {Item} b */
export function inOrder(a, b) {
  const [mine, yours] = [a.marks.group ?? "", b.marks.group ?? ""];
  if (mine !== yours) return mine < yours ? -1 : 1;
  return a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * The operation that takes this one back, or null where there is none. `before` is the item ahead of it.
 *
 * @param {Item | undefined} before
 * @param {{ verb: string, item: string, payload: Payload }} done
 * @returns {{ verb: string, item: string, payload: Payload } | null}
 */
export function inverse(before, done) {
  const opposite = { add: "remove", remove: "restore", restore: "remove" }[done.verb];
  if (opposite) return { verb: opposite, item: done.item, payload: {} };
  if (!before) return null;
  const said = done.payload;
  /** @type {Payload} */
  const payload = {};
  if (said.zone !== undefined || said.order !== undefined)
    Object.assign(payload, { zone: before.zone, order: before.order });
  if (said.text !== undefined) payload.text = before.text;
  if (said.lang !== undefined) payload.lang = before.lang;
  if (said.fields) {
    const known = Object.keys(said.fields).filter((key) => key in before.fields);
    if (known.length) payload.fields = Object.fromEntries(known.map((key) => [key, before.fields[key]]));
  }
  if (done.verb === "mark") Object.assign(payload, unmarked(before.marks, said));
  if (isUnplaced(payload.order)) delete payload.order;
  return Object.keys(payload).length ? { verb: done.verb, item: done.item, payload } : null;
}

export class Model {
  /** The last number of the log that is in here; null before the server said anything. @type {number | null} */
  head = null;
  /** As the log tells it. @type {Map<string, Item>} */
  items = new Map();
  /** Own operations that the log does not show yet, oldest first. @type {Map<string, Pending>} */
  pending = new Map();
  /** How writers are called. @type {Map<string, string>} */
  names = new Map();

  /** @param {string} me how the server names whoever writes here */
  constructor(me) {
    this.me = me;
  }

  /** Until everything is told again, what was told stays on the page. */
  forget() {
    this.head = null;
    this.names.clear();
  }

  /**
   * Everything as it stands at `head`. Answers the ids of what may look different now.
   *
   * @param {number} head @param {Record<string, any>[]} items
   */
  takeItems(head, items) {
    const touched = new Set([...this.items.keys(), ...items.map((item) => item.id)]);
    this.items = new Map(items.map((item) => [item.id, itemOf(item)]));
    for (const item of this.items.values()) if (item.by && item.name) this.names.set(item.by, item.name);
    this.head = head;
    return this.#settle(touched);
  }

  /** @param {number} head @param {Row[]} rows */
  takeRows(head, rows) {
    /** @type {Set<string>} */
    const touched = new Set();
    for (const row of rows) {
      if (row.seq <= (this.head ?? 0)) continue;
      const next = step(this.items.get(row.item), row);
      if (next) this.items.set(row.item, next);
      touched.add(row.item);
    }
    this.head = Math.max(this.head ?? 0, head);
    return this.#settle(touched);
  }

  /** One's own, shown before it is saved; again with a newer text where it was not sent yet. @param {Operation} operation */
  put(operation) {
    this.pending.set(operation.id, { operation, seq: null });
  }

  /** It is on disk; until the log shows it here, it stays on top. @param {string} id @param {number} seq */
  acked(id, seq) {
    const one = this.pending.get(id);
    if (!one) return new Set();
    one.seq = seq;
    return this.#settle(new Set([one.operation.item]));
  }

  /** It was refused. @param {string} id */
  drop(id) {
    const one = this.pending.get(id);
    this.pending.delete(id);
    return new Set(one ? [one.operation.item] : []);
  }

  /** As this page shows it. @param {string} id @returns {Item | undefined} */
  get(id) {
    let item = this.items.get(id);
    for (const { operation, seq } of this.pending.values()) {
      if (operation.item !== id || (operation.verb === "add" && item)) continue;
      item = step(item, { ...operation, seq: seq ?? item?.text_seq ?? 0, by: this.me });
    }
    return item && !item.name ? { ...item, name: this.names.get(item.by ?? "") ?? "" } : item;
  }

  /** Whether own words for the item are on their way. @param {string} id */
  isWriting(id) {
    return [...this.pending.values()].some(
      ({ operation }) => operation.item === id && operation.payload.text !== undefined,
    );
  }

  /** @returns {string[]} */
  ids() {
    return [...new Set([...this.items.keys(), ...[...this.pending.values()].map(({ operation }) => operation.item)])];
  }

  /** What can be seen, in order. @param {(item: Item) => boolean} [wanted] */
  live(wanted = () => true) {
    const items = this.ids().flatMap((id) => this.get(id) ?? []);
    return items.filter((item) => !item.removed && wanted(item)).sort(inOrder);
  }

  /** What the log shows no longer needs to lie on top. @param {Set<string>} touched */
  #settle(touched) {
    for (const [id, { operation, seq }] of this.pending) {
      if (seq === null || seq > (this.head ?? 0)) continue;
      this.pending.delete(id);
      touched.add(operation.item);
    }
    return touched;
  }
}
