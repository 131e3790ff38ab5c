/**
 * What the pages of a canvas do where scripts run: forms that open and close in place, and words that are never lost.
 */

import { afterPaint } from "./breath.js";
import { newId } from "./geometry.js";

/**
 * @typedef {{ sourceElement: Element, response?: { status: number }, hx?: { redirect?: string }, request: { method: string } }} Asked
 * @typedef {CustomEvent<{ ctx?: Asked }>} HtmxEvent
 */

/** Answers that the server's own words explain. */
const EXPLAINED = new Set([409, 422]);

class CanvasPage extends HTMLElement {
  /** What opened a place, so that the focus can go back there. @type {Map<string, Element>} */
  #openers = new Map();

  /** A place that is open changes the page around it: said on the body, for a style sheet would have to look for it. */
  #panel = new MutationObserver(() => {
    if (this.#isOpen()) document.body.toggleAttribute("data-panel", true);
    // What was closed is seen to be gone before all else takes its room.
    else afterPaint(() => document.body.toggleAttribute("data-panel", this.#isOpen()));
  });

  connectedCallback() {
    const panel = this.querySelector(".panel");
    if (panel) this.#panel.observe(panel, { childList: true });
    this.addEventListener("click", this.#close);
    this.addEventListener("keydown", this.#escape);
    document.addEventListener("htmx:before:response", this.#signedOut);
    document.addEventListener("htmx:after:request", this.#answered);
    document.addEventListener("htmx:after:swap", this.#settled);
    document.addEventListener("htmx:error", this.#failed);
  }

  disconnectedCallback() {
    this.#panel.disconnect();
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
    this.#empty(place);
  };

  /** @param {KeyboardEvent} event */
  #escape = (event) => {
    const place = event.target instanceof Element ? event.target.closest(".slot, .panel") : null;
    if (event.key === "Escape" && place) this.#empty(place);
  };

  /** Going to the sign-in page would lose what was typed. @param {Event} event */
  #signedOut = (event) => {
    if (!asked(event)?.hx?.redirect) return;
    event.preventDefault();
    this.#warn(this.dataset.signedOut ?? "");
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
    if (ctx.request.method === "GET") return this.#opened(source);
    if (source instanceof HTMLFormElement && "again" in source.dataset) return startAgain(source);
    // What was open beside it goes on.
    if (source instanceof HTMLElement && "keeps" in source.dataset) return;
    const place = source.closest(".slot, .panel") ?? this.querySelector(".panel");
    if (place) this.#empty(place);
    // What had the focus may be gone: the line that says what was done is the next thing to read.
    if (document.activeElement === document.body) this.#note()?.focus();
  };

  /** Whoever opened it to write, or by key, goes on writing in the item itself; a tap only shows. @param {Element} opener */
  #opened(opener) {
    const part = this.querySelector(opener.getAttribute("hx-target") || ".panel");
    if (!(part instanceof HTMLElement)) return;
    this.#openers.set(part.id, opener);
    const first = (/** @type {string} */ name) =>
      [...part.querySelectorAll(name)].find((field) => !field.closest("[data-beside]"));
    const field = first("textarea") ?? first("select");
    if (field instanceof HTMLElement && opener.matches("[data-write], :focus-visible")) field.focus();
    else part.focus();
  }

  /** @param {Element} place */
  #empty(place) {
    const held = place.contains(document.activeElement);
    const opener = this.#openers.get(place.id);
    place.replaceChildren();
    if (held && opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }

  #isOpen() {
    return this.querySelector(".panel")?.hasChildNodes() ?? false;
  }

  #failed = () => this.#warn(this.dataset.failed ?? "");

  /** @param {string} words */
  #warn(words) {
    const box = document.createElement("div");
    box.className = "ds-alert";
    box.dataset.color = "danger";
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

/** @param {HTMLFormElement} form */
function startAgain(form) {
  form.reset();
  /** @type {HTMLInputElement} */ (form.elements.namedItem("client_id")).value = newId();
  form.querySelector("textarea")?.focus();
}

customElements.define("canvas-page", CanvasPage);
