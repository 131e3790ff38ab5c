/**
 * The rest of a long list, which the page was sent without so that it comes quickly. It is read as it arrives and put in
 * a few items at a time, so that whoever already writes is not held up.
 */

import { breath } from "./breath.js";

/** @param {HTMLElement} page */
export async function bringRest(page) {
  const waits = page.querySelectorAll("[data-rest]");
  if (!waits.length) return;
  const response = await fetch(`${location.pathname}?view=list`, { headers: { "HX-Request": "true" } }).catch(
    () => null,
  );
  if (!response?.ok || response.redirected || !response.body) return;
  const sleepers = new Sleepers(page);
  // A page beside this one, into which the browser reads what came, however little it was.
  const beside = document.implementation.createHTMLDocument("");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let { value, done } = await reader.read(); ; { value, done } = await reader.read()) {
    if (done) break;
    for (const piece of pieces(value ?? "")) {
      beside.write(piece);
      for (const row of rows(beside, false)) sleepers.put(row);
      await breath();
    }
  }
  for (const row of rows(beside, true)) sleepers.put(row);
  for (const wait of waits) wait.remove();
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** As much as is read without anybody noticing. */
const PIECE = 8 * 1024;

/** @param {string} text */
function* pieces(text) {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}

/** Those that are whole: the last one may still grow. @param {Document} beside @param {boolean} all */
function rows(beside, all) {
  const zones = [...beside.querySelectorAll("[data-zone]")];
  return zones.flatMap((zone, at) => [...zone.children].slice(0, all || at < zones.length - 1 ? undefined : -1));
}

/** Rows that htmx has not seen yet: it is shown a row when somebody acts on it, since looking at all takes long. */
class Sleepers {
  /** @type {WeakSet<Element>} */
  #asleep = new WeakSet();

  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    page.addEventListener("click", this.#wake, { capture: true });
    page.addEventListener("submit", this.#wake, { capture: true });
  }

  /** @param {Element} row */
  put(row) {
    const zone = row.parentElement?.getAttribute("data-zone") ?? "";
    row.remove();
    const place = this.page.querySelector(`[data-zone="${CSS.escape(zone)}"]`);
    if (!place || document.getElementById(row.id)) return;
    place.append(row);
    this.#asleep.add(row);
  }

  /** Before the event reaches what it was meant for. @param {Event} event */
  #wake = (event) => {
    const row = event.target instanceof Element ? event.target.closest("[data-zone] > [data-item]") : null;
    if (row && this.#asleep.delete(row)) htmx()?.process(row);
  };
}

/** @returns {{ process: (element: Element) => void } | undefined} */
function htmx() {
  return Reflect.get(globalThis, "htmx");
}
