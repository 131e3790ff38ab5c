/**
 * The board as the server draws it now, put in place of what stands here part by part: of hundreds of items only those
 * that differ are touched, and between the parts whoever writes goes first.
 */

import { beside, breath } from "../breath.js";

/** For so long, in milliseconds, parts are compared without letting anybody else act. */
const SLICE = 6;
/** What only this page puts on the board. */
const OURS = ".lines, .writer";
/** What differs each time the server is asked, and what scripts leave behind. */
const PASSING =
  / (?:data-htmx-powered|data-match|data-looked)="[^"]*"|(?<=name="csrfmiddlewaretoken" )value="[^"]*"|\s+/g;

/** @param {Element} board @param {string} text */
export async function renew(board, text) {
  const anew = (await beside(text)).querySelector("#board");
  if (!anew) return;
  anew.querySelector("[autofocus]")?.removeAttribute("autofocus");
  /** @type {[Element, Element][]} */
  const parts = [];
  // Where it is built in another way than before it is put in as a whole.
  if (!pair(board, anew, parts)) return swap(board, anew);
  let until = performance.now() + SLICE;
  for (const [old, fresh] of parts) {
    if (performance.now() > until) {
      await breath();
      until = performance.now() + SLICE;
    }
    if (old.isConnected && said(old) !== said(fresh)) await swap(old, fresh);
  }
}

/**
 * Which part stands for which; false where they cannot be told apart. What was said about the last deed stays.
 *
 * @param {Element} old @param {Element} fresh @param {[Element, Element][]} parts @returns {boolean}
 */
function pair(old, fresh, parts) {
  if (old.tagName !== fresh.tagName || old.id !== fresh.id) return false;
  if (old.id === "note") {
    fresh.replaceChildren(...[...old.childNodes].map((node) => document.importNode(node, true)));
    return true;
  }
  if (old.hasAttribute("data-zone")) return pairItems(old, fresh, parts);
  if (!holdsItems(old) && !holdsItems(fresh)) {
    parts.push([old, fresh]);
    return true;
  }
  const [mine = [], theirs = []] = [old, fresh].map((one) => [...one.children].filter((child) => !child.matches(OURS)));
  if (mine.length !== theirs.length) return false;
  copyAttributes(old, fresh);
  // Each of them is looked at, so that whatever is put in as a whole says the same about the last deed.
  return mine.map((one, at) => pair(one, /** @type {Element} */ (theirs[at]), parts)).every(Boolean);
}

/**
 * Those not here yet are added; where each stands, and what is gone, is known from the log.
 *
 * @param {Element} old @param {Element} fresh @param {[Element, Element][]} parts
 */
function pairItems(old, fresh, parts) {
  if (old.getAttribute("data-zone") !== fresh.getAttribute("data-zone")) return false;
  copyAttributes(old, fresh);
  for (const item of fresh.children) {
    const mine = document.getElementById(item.id);
    if (mine) parts.push([mine, item]);
    else htmx()?.process(old.appendChild(document.importNode(item, true)));
  }
  return true;
}

/** @param {Element} part */
function holdsItems(part) {
  return part.matches("[data-zone]") || part.querySelector("[data-zone]") !== null;
}

/** @param {Element} old @param {Element} fresh */
function copyAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (!fresh.hasAttribute("data-nameless")) old.removeAttribute("data-nameless");
}

/** @param {Element} part */
function said(part) {
  return part.outerHTML.replace(PASSING, "");
}

/** @param {Element} old @param {Element} fresh */
async function swap(old, fresh) {
  await htmx()?.swap({ target: old, swap: "outerMorph", text: fresh.outerHTML });
}

/** @returns {{ swap: (ctx: object) => Promise<void>, process: (element: Element) => void } | undefined} */
function htmx() {
  return Reflect.get(globalThis, "htmx");
}
