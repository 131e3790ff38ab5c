/** *Move…* without the server: the zones that take an item, and the words of what says where it stands. */

import { copyOf } from "./facts.js";
import { openForm } from "./small_form.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Field} Field */
/** @typedef {import("./model.js").Item} Item */
/** @typedef {import("./model.js").Payload} Payload */
/** @typedef {import("./session.js").Session} Session */

/** @param {Facts} facts @param {Session} session @param {Item} item @param {HTMLElement} place @param {Element} opener */
export function openMover(facts, session, item, place, opener) {
  const form = /** @type {HTMLFormElement} */ (copyOf("live-mover"));
  const zone = /** @type {HTMLElement} */ (form.querySelector("[data-field]"));
  const zones = Object.entries(facts.kind.zones).filter(([, one]) => one.admits.includes(item.kind));
  choose(zone, "zone", item.id, new Map(zones.map(([key, one]) => [key, one.name])), item.zone);
  for (const field of placesOf(facts, item)) {
    const words = wordsOf(field);
    const row = /** @type {HTMLElement} */ (zone.cloneNode(true));
    /** @type {HTMLElement} */ (row.querySelector("label")).textContent = field.name;
    choose(row, field.key, item.id, words, nearest(field, item.fields[field.key] ?? field.start));
    form.querySelector(".actions")?.before(row);
  }
  openForm(form, place, opener, (said) => moveAs(facts, session, item, said));
}

/**
 * As a form says it, of this page or of the server; what it leaves as it was is not said.
 *
 * @param {Facts} facts @param {Session} session @param {Item} item @param {FormData | URLSearchParams} body
 */
export function moveAs(facts, session, item, body) {
  /** @type {Payload} */
  const payload = {};
  const zone = String(body.get("zone") ?? "");
  if (zone && zone !== item.zone) payload.zone = zone;
  /** @type {Record<string, any>} */
  const fields = {};
  for (const field of placesOf(facts, item)) {
    if (!body.has(field.key)) continue;
    const said = String(body.get(field.key));
    const was = item.fields[field.key] ?? field.start;
    if (said !== nearest(field, was)) fields[field.key] = field.type === "scale" ? Number(said) : said || null;
  }
  if (Object.keys(fields).length) payload.fields = fields;
  if (Object.keys(payload).length) session.change({ verb: "move", item: item.id, payload });
}

/** Whom something belongs to only the server can say in words. @param {Facts} facts @param {Item} item */
function placesOf({ kind }, item) {
  const fields = kind.items[item.kind]?.fields ?? [];
  return fields.filter((field) => kind.places.includes(field.key) && wordsOf(field).size);
}

/** @param {Field} field @returns {Map<string, string>} */
function wordsOf({ steps, words }) {
  return new Map(steps ? steps.map(([at, name]) => [String(at), name]) : Object.entries(words ?? {}));
}

/** The word that a value reads as. @param {Field} field @param {any} value */
function nearest({ steps }, value) {
  if (!steps) return String(value ?? "");
  const [at] = [...steps].sort(([a], [b]) => Math.abs(a - value) - Math.abs(b - value))[0] ?? [value];
  return String(at);
}

/** @param {HTMLElement} row @param {string} name @param {string} item @param {Map<string, string>} words @param {string} chosen */
function choose(row, name, item, words, chosen) {
  const select = /** @type {HTMLSelectElement} */ (row.querySelector("select"));
  if (!words.has(chosen)) words = new Map([[chosen, "–"], ...words]);
  select.replaceChildren(...[...words].map(([key, word]) => new Option(word, key, false, key === chosen)));
  select.name = name;
  select.id = `move-${item}-${name}`;
  /** @type {HTMLLabelElement} */ (row.querySelector("label")).htmlFor = select.id;
}
