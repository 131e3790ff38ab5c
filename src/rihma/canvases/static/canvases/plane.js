/**
 * The drawn plane: cards are dragged by mouse or finger, moved by arrow keys, and both end in the same form
 * that works without script. While a hand drags, nothing is sent; where it lets go is what counts.
 */

import { isDrag, isNew, newId, pointAt, snapped, stepped, valuesAt } from "./geometry.js";

/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {{ card: HTMLElement, grip: Point, start: Point, moved: boolean }} Drag */

const LETTERS = "rihma-single-letters";
/** How long the keys rest before the new place is sent. */
const REST = 600;

class PlaneCanvas extends HTMLElement {
  /** @type {Drag | null} */
  #drag = null;
  /** @type {Map<HTMLElement, number>} */
  #resting = new Map();
  #dropped = false;

  // Lifecycle

  connectedCallback() {
    if (!("canChange" in this.dataset)) return;
    this.addEventListener("pointerdown", this.#grab);
    this.addEventListener("pointermove", this.#pull);
    this.addEventListener("pointerup", this.#drop);
    this.addEventListener("pointercancel", this.#cancel);
    this.addEventListener("click", this.#swallow, { capture: true });
    this.addEventListener("dblclick", this.#addHere);
    this.addEventListener("keydown", this.#press);
    this.addEventListener("focusout", this.#leave);
    this.addEventListener("change", this.#switchLetters);
    document.addEventListener("keydown", this.#command);
    this.#letters().checked = localStorage.getItem(LETTERS) !== "off";
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#command);
  }

  // By hand

  /** @param {PointerEvent} event */
  #grab = (event) => {
    const card = cardOf(event.target);
    if (!card || event.button !== 0) return;
    const box = card.getBoundingClientRect();
    const start = { x: event.clientX, y: event.clientY };
    this.#drag = { card, grip: { x: start.x - box.x, y: start.y - box.y }, start, moved: false };
  };

  /** @param {PointerEvent} event */
  #pull = (event) => {
    const drag = this.#drag;
    if (!drag) return;
    const at = { x: event.clientX, y: event.clientY };
    if (!drag.moved && !isDrag(drag.start, at)) return;
    if (!drag.moved) {
      drag.moved = true;
      drag.card.setPointerCapture(event.pointerId);
      drag.card.classList.add("dragged");
    }
    const point = this.#pointUnder(drag, at);
    drag.card.style.setProperty("--x", String(point.x));
    drag.card.style.setProperty("--y", String(point.y));
    this.#lead({ item: drag.card.dataset.item, ...point });
  };

  /** @param {PointerEvent} event */
  #drop = (event) => {
    const drag = this.#drag;
    this.#drag = null;
    if (!drag?.moved) return;
    this.#dropped = true;
    setTimeout(() => {
      this.#dropped = false;
    });
    const point = this.#pointUnder(drag, { x: event.clientX, y: event.clientY });
    release(drag.card);
    this.#lead(null);
    this.#place(drag.card, { x: snapped(point.x), y: snapped(point.y) });
    this.#send(drag.card);
  };

  #cancel = () => {
    if (this.#drag) release(this.#drag.card);
    if (this.#drag) this.#lead(null);
    this.#drag = null;
  };

  /** Others may see the hand on its way (live/people.js). @param {object | null} detail */
  #lead(detail) {
    this.dispatchEvent(new CustomEvent("live:drag", { detail, bubbles: true }));
  }

  /** The click that ends a drag opens nothing. @param {MouseEvent} event */
  #swallow = (event) => {
    if (!this.#dropped) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {MouseEvent} event */
  #addHere = (event) => {
    const ground = this.#ground();
    const link = /** @type {HTMLAnchorElement | null} */ (this.querySelector("#plane-add"));
    if (!link || cardOf(event.target) || !(event.target instanceof Node) || !ground.contains(event.target)) return;
    const box = ground.getBoundingClientRect();
    const values = this.#values(
      pointAt({ x: event.clientX - box.x, y: event.clientY - box.y }, box, { width: 0, height: 0 }),
    );
    const address = new URL(link.href);
    for (const [field, value] of values) address.searchParams.set(field, String(snapped(value)));
    htmx()?.ajax("GET", address.pathname + address.search, { source: link, target: "#panel" });
  };

  // By keyboard

  /** @param {KeyboardEvent} event */
  #press = (event) => {
    const card = cardOf(event.target);
    if (event.key === "Escape") return this.#cancel();
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Delete") {
      if (this.#resting.has(card)) this.#send(card);
      return formOf(card, "bin")?.requestSubmit();
    }
    const point = stepped({ x: Number(card.dataset.x), y: Number(card.dataset.y) }, event.key, event.shiftKey);
    if (!point) return;
    event.preventDefault();
    this.#place(card, point);
    clearTimeout(this.#resting.get(card));
    this.#resting.set(
      card,
      window.setTimeout(() => this.#send(card), REST),
    );
    this.#say(point);
  };

  /** What the keys began is sent when the focus goes on. @param {FocusEvent} event */
  #leave = (event) => {
    const card = cardOf(event.target);
    if (card && this.#resting.has(card)) this.#send(card);
  };

  /** @param {KeyboardEvent} event */
  #command = (event) => {
    const writing =
      event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]");
    if (!this.#letters().checked || !isNew(event, writing)) return;
    event.preventDefault();
    /** @type {HTMLElement | null} */ (this.querySelector("#plane-add"))?.click();
  };

  #switchLetters = () => localStorage.setItem(LETTERS, this.#letters().checked ? "on" : "off");

  // Internal

  #letters() {
    return /** @type {HTMLInputElement} */ (this.querySelector("#single-keys"));
  }

  #ground() {
    return /** @type {HTMLElement} */ (this.querySelector(".ground"));
  }

  /** @param {Drag} drag @param {Point} at */
  #pointUnder(drag, at) {
    const box = this.#ground().getBoundingClientRect();
    return pointAt(
      { x: at.x - drag.grip.x - box.x, y: at.y - drag.grip.y - box.y },
      box,
      drag.card.getBoundingClientRect(),
    );
  }

  /** @param {HTMLElement} card @param {Point} point */
  #place(card, point) {
    card.dataset.x = String(point.x);
    card.dataset.y = String(point.y);
    card.dataset.fan = "0";
  }

  /** @param {Point} point @returns {[string, number][]} */
  #values(point) {
    const values = valuesAt(point, { x: "xFalling" in this.dataset, y: "yFalling" in this.dataset });
    return [
      [this.dataset.xField ?? "", values.x],
      [this.dataset.yField ?? "", values.y],
    ];
  }

  /** Only what changed: somebody else may be moving it the other way. @param {HTMLElement} card */
  #send(card) {
    clearTimeout(this.#resting.get(card));
    this.#resting.delete(card);
    const form = formOf(card, "place");
    if (!form) return;
    let changed = false;
    for (const [field, value] of this.#values({ x: Number(card.dataset.x), y: Number(card.dataset.y) })) {
      const input = /** @type {HTMLInputElement} */ (form.elements.namedItem(field));
      input.disabled = Math.abs(Number(input.dataset.was) - value) < 1;
      input.value = String(value);
      changed ||= !input.disabled;
    }
    /** @type {HTMLInputElement} */ (form.elements.namedItem("client_id")).value = newId();
    if (changed) form.requestSubmit();
  }

  /** @param {Point} point */
  #say(point) {
    const line = this.querySelector("[data-announce]");
    const [x, y] = this.#values(point);
    if (line) line.textContent = `${this.dataset.xName} ${x?.[1]}, ${this.dataset.yName} ${y?.[1]}`;
  }
}

/** @returns {{ ajax: (verb: string, path: string, options: object) => void } | undefined} */
function htmx() {
  return Reflect.get(globalThis, "htmx");
}

/** @param {EventTarget | null} target */
function cardOf(target) {
  return target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(".card")) : null;
}

/** @param {HTMLElement} card @param {string} name */
function formOf(card, name) {
  return /** @type {HTMLFormElement | null} */ (card.querySelector(`form.${name}`));
}

/** @param {HTMLElement} card */
function release(card) {
  card.classList.remove("dragged");
  card.style.removeProperty("--x");
  card.style.removeProperty("--y");
}

customElements.define("plane-canvas", PlaneCanvas);
