/**
 * What the pages of a canvas do where scripts run: forms that open and close in place, and words that are never lost.
 */

import { newId } from "./geometry.js";

/**
 * @typedef {{ sourceElement: Element, response?: { status: number }, hx?: { redirect?: string }, request: { method: string } }} Asked
 * @typedef {CustomEvent<{ ctx?: Asked }>} HtmxEvent
 */

/** Answers that the server's own words explain. */
const EXPLAINED = new Set([409, 422]);

class CanvasPage extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#close);
    document.addEventListener("htmx:before:response", this.#signedOut);
    document.addEventListener("htmx:after:request", this.#answered);
    document.addEventListener("htmx:after:swap", this.#settled);
    document.addEventListener("htmx:error", this.#failed);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:before:response", this.#signedOut);
    document.removeEventListener("htmx:after:request", this.#answered);
    document.removeEventListener("htmx:after:swap", this.#settled);
    document.removeEventListener("htmx:error", this.#failed);
  }

  /** @param {MouseEvent} event */
  #close = (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-close]") : null;
    const place = target?.closest(".slot, .panel");
    if (!place) return;
    event.preventDefault();
    empty(place);
  };

  /** Going to the sign-in page would lose what was typed. @param {Event} event */
  #signedOut = (event) => {
    if (!asked(event)?.hx?.redirect) return;
    event.preventDefault();
    this.#warn(this.dataset["signedOut"] ?? "");
  };

  /** @param {Event} event */
  #answered = (event) => {
    const status = asked(event)?.response?.status ?? 0;
    if (status < 400) this.#refused().replaceChildren();
    else if (!EXPLAINED.has(status)) this.#failed();
  };

  /** @param {Event} event */
  #settled = (event) => {
    const ctx = asked(event);
    const source = ctx?.sourceElement;
    if (!ctx || !source || (ctx.response?.status ?? 0) >= 400) return;
    if (ctx.request.method === "GET") return focusPart(source);
    if (source instanceof HTMLFormElement && "again" in source.dataset) return startAgain(source);
    const place = source.closest(".slot, .panel") ?? this.querySelector(".panel");
    if (place) empty(place);
    // What had the focus may be gone: the line that says what was done is the next thing to read.
    if (document.activeElement === document.body) this.#note()?.focus();
  };

  #failed = () => this.#warn(this.dataset["failed"] ?? "");

  /** @param {string} words */
  #warn(words) {
    const box = document.createElement("div");
    box.className = "ds-alert";
    box.dataset["color"] = "danger";
    box.append(Object.assign(document.createElement("p"), { textContent: words }));
    this.#refused().replaceChildren(box);
  }

  #refused() {
    return /** @type {HTMLElement} */ (this.querySelector("#refused"));
  }

  #note() {
    return /** @type {HTMLElement | null} */ (this.querySelector("#note button"));
  }
}

/** @param {Event} event */
function asked(event) {
  return /** @type {HtmxEvent} */ (event).detail?.ctx;
}

/** @param {Element} place */
function empty(place) {
  const held = place.contains(document.activeElement);
  const opener = document.querySelector(`[hx-target="#${CSS.escape(place.id)}"][data-opened]`);
  place.replaceChildren();
  if (held && opener instanceof HTMLElement) opener.focus();
}

/** Whoever opened it by key goes on writing; a tap only shows, so that no keyboard covers it. @param {Element} opener */
function focusPart(opener) {
  const part = document.querySelector(opener.getAttribute("hx-target") ?? "");
  if (!(part instanceof HTMLElement)) return;
  for (const other of document.querySelectorAll("[data-opened]")) other.removeAttribute("data-opened");
  opener.setAttribute("data-opened", "");
  const field = part.querySelector("textarea, select");
  if (field instanceof HTMLElement && (part.matches(".slot") || opener.matches(":focus-visible"))) field.focus();
  else part.focus();
}

/** @param {HTMLFormElement} form */
function startAgain(form) {
  form.reset();
  /** @type {HTMLInputElement} */ (form.elements.namedItem("client_id")).value = newId();
  form.querySelector("textarea")?.focus();
}

customElements.define("canvas-page", CanvasPage);
