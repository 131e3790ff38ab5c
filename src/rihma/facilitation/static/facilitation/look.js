/**
 * Everybody is asked to look at one zone: the page goes there and says so. Whoever writes is not moved, and whoever
 * chose to stay is asked only.
 */

import { say } from "./told.js";

const STAYS = "rihma:stays";
const SEEN = "rihma:looked";

export class LookTogether extends HTMLElement {
  static observedAttributes = ["data-mark", "data-now"];

  /** Where the reader was before the page moved. @type {{ top: number, left: Map<Element, number> } | null} */
  #before = null;

  connectedCallback() {
    this.addEventListener("click", this.#pressed);
    document.addEventListener("htmx:after:swap", this.#drawn);
    // The board below may not be there yet when this is read.
    queueMicrotask(this.#look);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:after:swap", this.#drawn);
    for (const zone of document.querySelectorAll("[data-looked]")) zone.removeAttribute("data-looked");
    for (const tab of document.querySelectorAll(".zone-tabs [aria-current]")) tab.removeAttribute("aria-current");
  }

  attributeChangedCallback() {
    if (this.isConnected) queueMicrotask(this.#look);
  }

  get #stays() {
    return sessionStorage.getItem(STAYS) !== null;
  }

  #look = () => {
    if (!this.isConnected) return;
    this.#drawn();
    const mark = this.dataset.mark ?? "";
    if (sessionStorage.getItem(SEEN) === mark) return;
    sessionStorage.setItem(SEEN, mark);
    say(this.querySelector("[data-words]")?.textContent ?? "");
    // Whoever follows a link to one item comes to that.
    const came = document.readyState !== "complete" && location.hash !== "";
    if (!this.#stays && !isWriting() && !came) this.#go();
  };

  /** The board and this line come anew from the server, without what was put on them here. */
  #drawn = () => {
    const zones = zonesOf(this.dataset.lookAt ?? "");
    for (const old of document.querySelectorAll("[data-looked]")) {
      if (!zones.includes(old)) old.removeAttribute("data-looked");
    }
    for (const zone of zones) zone.setAttribute("data-looked", "");
    for (const tab of document.querySelectorAll(".zone-tabs a")) {
      if (tab.getAttribute("href") === `#zone-${this.dataset.lookAt}`) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    const button = this.querySelector("[data-stays]");
    if (!(button instanceof HTMLElement)) return;
    button.hidden = false;
    button.textContent = (this.#stays ? this.dataset.follow : this.dataset.stay) ?? "";
  };

  /** @param {MouseEvent} event */
  #pressed = (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-go]") && zonesOf(this.dataset.lookAt ?? "").length) {
      event.preventDefault();
      this.#go();
    }
    if (!target?.closest("[data-stays]")) return;
    if (this.#stays) {
      sessionStorage.removeItem(STAYS);
      this.#go();
    } else {
      sessionStorage.setItem(STAYS, "yes");
      this.#back();
    }
    this.#drawn();
  };

  #go() {
    const [zone] = zonesOf(this.dataset.lookAt ?? "");
    if (!zone) return;
    const panes = [...document.querySelectorAll(".panes")];
    this.#before = { top: window.scrollY, left: new Map(panes.map((pane) => [pane, pane.scrollLeft])) };
    const place = zone.closest(".plane") ?? zone;
    place.scrollIntoView({ behavior: pace(), block: "start", inline: "start" });
    const tab = document.querySelector(".zone-tabs [aria-current]");
    if (!(tab instanceof HTMLElement)) return;
    tab.closest(".zone-tabs")?.scrollTo({ left: tab.offsetLeft - 16, behavior: pace() });
  }

  #back() {
    if (!this.#before) return;
    for (const [pane, left] of this.#before.left) pane.scrollTo({ left, behavior: pace() });
    window.scrollTo({ top: this.#before.top, behavior: pace() });
    this.#before = null;
  }
}

/** A zone of its own, else the cards of it, else wherever its items lie. @param {string} key @returns {Element[]} */
function zonesOf(key) {
  const name = CSS.escape(key);
  for (const selector of [`#zone-${name}`, `.card[data-in="${name}"]`, `[data-zone="${name}"]`]) {
    const found = [...document.querySelectorAll(`#board ${selector}`)];
    if (found.length) return found;
  }
  return [];
}

function isWriting() {
  return document.activeElement?.matches("textarea, select, input, [contenteditable]") ?? false;
}

/** @returns {ScrollBehavior} */
function pace() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
