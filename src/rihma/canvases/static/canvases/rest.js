/**
 * The rest of a long list, which the page was sent without so that it comes quickly. It is read and put in piece by piece,
 * so that whoever already writes is not held up.
 */

import { beside, breath } from "./breath.js";

/** As many rows as take so little time that nobody notices. */
const AT_ONCE = 8;

/** @param {HTMLElement} page */
export async function bringRest(page) {
  const waits = page.querySelectorAll("[data-rest]");
  if (!waits.length) return;
  const whole = await read(`${location.pathname}?view=list`);
  if (!whole) return;
  const sleepers = new Sleepers(page);
  for (const zone of whole.querySelectorAll("[data-zone]")) {
    const rows = [...zone.children];
    const place = page.querySelector(`[data-zone="${CSS.escape(zone.getAttribute("data-zone") ?? "")}"]`);
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      // Some of them stand there from the beginning.
      const some = rows.slice(at, at + AT_ONCE).filter((row) => !document.getElementById(row.id));
      place?.append(...some);
      sleepers.add(some);
      await breath();
    }
  }
  for (const wait of waits) wait.remove();
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** @param {string} address */
async function read(address) {
  const response = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok || response.redirected) return null;
  const text = await response.text().catch(() => "");
  return text ? beside(text) : null;
}

/** Rows that htmx has not seen yet: it is shown a row when somebody acts on it, since looking at all takes long. */
class Sleepers {
  /** @type {WeakSet<Element>} */
  #asleep = new WeakSet();

  /** @param {HTMLElement} page */
  constructor(page) {
    page.addEventListener("click", this.#wake, { capture: true });
    page.addEventListener("submit", this.#wake, { capture: true });
  }

  /** @param {Element[]} rows */
  add(rows) {
    for (const row of rows) this.#asleep.add(row);
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
