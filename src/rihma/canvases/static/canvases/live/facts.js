/**
 * What the server says about this canvas in the page: its kind, words in the reader's language, empty items to copy.
 */

/**
 * @typedef {{ key: string, name: string, start: any, type: string, steps?: [number, string][],
 *   words?: Record<string, string> }} Field
 * @typedef {{ name: string, prompt: string, actor: boolean, needed: string[], fields: Field[] }} ItemKind
 * @typedef {{ name: string, admits: string[], most: number, turns: number[] }} Zone turns: from how many items on the
 *   server says something else about it
 * @typedef {{ zones: Record<string, Zone>, items: Record<string, ItemKind>, places: string[],
 *   axes: { field: string, falling: boolean }[] }} Kind
 * @typedef {object} Facts
 * @property {string} canvas
 * @property {string} blank
 * @property {string} me
 * @property {string} token
 * @property {string} ticket
 * @property {boolean} canWrite
 * @property {"list" | "drawn"} view
 * @property {string} layout
 * @property {string} language
 * @property {Record<string, string>} languages
 * @property {Kind} kind
 * @property {Record<string, string>} words
 * @property {Record<string, string>} refusals
 */

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @returns {Facts | null} */
export function readFacts() {
  const said = document.getElementById("live-facts")?.textContent;
  return said ? JSON.parse(said) : null;
}

/**
 * The words with what belongs in their gaps.
 *
 * @param {string} words @param {Record<string, string | number>} [gaps]
 */
export function filled(words, gaps = {}) {
  return words.replace(/\{(\w+)\}/g, (gap, name) => String(gaps[name] ?? gap));
}

/** @param {string} text @param {number} most */
export function shortened(text, most) {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : text;
}

/** @param {string} name */
export function initials(name) {
  const words = name.replaceAll("-", " ").split(" ").filter(Boolean);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) => word?.[0] ?? "");
  return letters.join("").toUpperCase() || "?";
}

/** What a field's value says to a reader; "" where only the server can say it. @param {Field} field @param {any} value */
export function wordOf(field, value) {
  const at = value ?? field.start;
  if (at === null || at === undefined) return "";
  if (field.steps) {
    const near = field.steps.reduce((a, b) => (Math.abs(b[0] - at) < Math.abs(a[0] - at) ? b : a));
    return near[1];
  }
  if (field.words) return field.words[String(at)] ?? "";
  return field.type === "text" ? String(at) : "";
}

/** @param {string} id */
export function isId(id) {
  return ID.test(id);
}

/** @param {string} id of a `<template>` @returns {HTMLElement} */
export function copyOf(id) {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`no template ${id}`);
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/**
 * An empty item of this kind as the server draws it in this zone, or null where only the server can draw it.
 *
 * @param {HTMLTemplateElement | null} template @param {string} blank @param {string} id @returns {HTMLElement | null}
 */
export function itemFrom(template, blank, id) {
  if (!template || !isId(id)) return null;
  const copy = document.createElement("template");
  copy.innerHTML = template.innerHTML.replaceAll(blank, id);
  return /** @type {HTMLElement | null} */ (copy.content.firstElementChild);
}
