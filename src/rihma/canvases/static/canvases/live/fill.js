/** What one drawn item shows: put in place where it differs, so that nothing else on the page moves. */

import { copyOf, initials, shortened, wordOf } from "./facts.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Field} Field */
/** @typedef {import("./model.js").Item} Item */

/** Types whose values the page cannot put in words by itself. */
const SERVERS = new Set(["actor", "date", "number"]);

/** @param {Element} node */
function textIn(node) {
  return [...node.childNodes].map((part) => (part.nodeName === "BR" ? "\n" : part.textContent)).join("");
}

/** @param {Element} node @param {string} text */
export function setText(node, text) {
  if (textIn(node) === text) return;
  const lines = text.split("\n").flatMap((line, at) => (at ? [document.createElement("br"), line] : [line]));
  node.replaceChildren(...lines);
}

/**
 * Whether every field that says something can be said here.
 *
 * @param {Facts} facts @param {Item} item
 */
export function canSay(facts, item) {
  return fieldsOf(facts, item).every((field) => !SERVERS.has(field.type) || (item.fields[field.key] ?? null) === null);
}

/** @param {Facts} facts @param {Item} item */
function fieldsOf(facts, item) {
  return facts.kind.items[item.kind]?.fields ?? [];
}

/** @param {Element} element @param {Item} item @param {Facts} facts */
export function fill(element, item, facts) {
  for (const node of element.querySelectorAll("[data-text]")) {
    const most = Number(node.getAttribute("data-text"));
    const text = item.hidden ? (facts.words.withheld ?? "") : item.text;
    setText(node, most ? shortened(text, most) : text);
    const spoken = node.closest("[lang]");
    if (spoken && spoken.getAttribute("lang") !== item.lang && element.contains(spoken) && item.lang)
      spoken.setAttribute("lang", item.lang);
  }
  const language = element.querySelector("[data-language]");
  if (language && item.lang) language.textContent = facts.languages[item.lang] ?? item.lang;
  fillAuthor(element.querySelector("[data-author]"), item.name);
  if (canSay(facts, item)) fillSaid(element.querySelector("[data-said]"), said(facts, item));
  if (element instanceof HTMLElement && element.matches(".card")) fillPlace(element, item, facts);
}

/** @param {Element | null} place @param {string} name */
function fillAuthor(place, name) {
  if (!place || !name || place.lastElementChild?.textContent === name) return;
  const copy = /** @type {HTMLTemplateElement} */ (document.getElementById("live-author")).content.cloneNode(true);
  place.replaceChildren(copy);
  named(place, name);
}

/** Letters and name of somebody, wherever a template has room for them. @param {Element} place @param {string} name */
export function named(place, name) {
  const badge = place.querySelector(".initials");
  const words = badge?.nextElementSibling;
  if (badge) badge.textContent = initials(name);
  if (words) words.textContent = name;
}

/** @param {Facts} facts @param {Item} item @returns {string[]} */
function said(facts, item) {
  return fieldsOf(facts, item)
    .map((field) => [field.name, wordOf(field, item.fields[field.key])])
    .filter(([, word]) => word)
    .map(([name, word]) => `${name}: ${word}`);
}

/** @param {Element | null} place @param {string[]} words */
function fillSaid(place, words) {
  if (!place || place.closest("[data-bare]")) return;
  const parts = [...place.children].map((part) => part.textContent?.replace(/\s+/g, " ").trim());
  if (parts.join("|") === words.join("|")) return;
  place.replaceChildren(...words.map((line) => Object.assign(document.createElement("span"), { textContent: line })));
}

/** @param {HTMLElement} card @param {Item} item @param {Facts} facts */
function fillPlace(card, item, facts) {
  if (card.classList.contains("dragged")) return;
  const point = pointOf(item, facts);
  if (!point) return;
  card.dataset.x = String(point.x);
  card.dataset.y = String(point.y);
  for (const { field } of facts.kind.axes) {
    const input = card.querySelector(`form.place input[name="${field}"]`);
    if (!(input instanceof HTMLInputElement)) continue;
    input.value = input.dataset.was = String(item.fields[field] ?? startOf(facts, item, field));
  }
}

/**
 * Where the item stands on the plane, in percent from the left and from the top, as the server draws it.
 *
 * @param {Item} item @param {Facts} facts
 */
export function pointOf(item, facts) {
  const [x, y] = facts.kind.axes.map(({ field, falling }) => {
    const value = Number(item.fields[field] ?? startOf(facts, item, field));
    return 5 * Math.round((falling ? 100 - value : value) / 5);
  });
  return x === undefined || y === undefined ? null : { x, y: 100 - y };
}

/** @param {Facts} facts @param {Item} item @param {string} key */
function startOf(facts, item, key) {
  return fieldsOf(facts, item).find((field) => field.key === key)?.start ?? 0;
}

/** Who else writes in it. @param {Element} element @param {string[]} names @param {Facts} facts */
export function fillWriters(element, names, facts) {
  const old = element.querySelector(":scope > .writer");
  if (!names.length) return old?.remove();
  const words = names.map((name) => facts.words.writes?.replace("{name}", name)).join(", ");
  const badge = old ?? copyOf("live-writer");
  const line = badge.querySelector("span");
  if (line && line.textContent !== words) line.textContent = words;
  if (!old) element.append(badge);
}
