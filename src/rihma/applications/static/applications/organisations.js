// While somebody types the name of an organisation: those of the register that they may mean, to choose from by
// keyboard or pointer. Whoever goes on typing names one that is not there.

const PAUSE = 200;
let made = 0;

document.addEventListener("focusin", (event) => {
  const input = event.target instanceof HTMLInputElement ? event.target : null;
  const naming = input?.closest(".naming");
  if (!input || input.type === "radio" || !(naming instanceof HTMLElement) || naming.dataset.ready) return;
  naming.dataset.ready = "";
  new Offers(naming, input);
});

/** @typedef {{ name: string, about: string }} Offer */

class Offers {
  /** @param {HTMLElement} naming @param {HTMLInputElement} input */
  constructor(naming, input) {
    this.input = input;
    this.list = /** @type {HTMLElement} */ (naming.querySelector(".offers"));
    this.standing = /** @type {HTMLElement} */ (naming.querySelector("[data-standing]"));
    this.close = naming.querySelector("[data-close]");
    this.at = -1;
    this.timer = 0;
    this.asked = 0;
    made += 1;
    this.list.id = `offers-${made}`;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.hide());
    // Before the input loses the focus, which would save what stands in it now.
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const row = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (row) this.choose([...this.list.children].indexOf(row));
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.close?.remove();
    this.standing.textContent = "";
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.input.value.trim();
    this.asked += 1;
    const turn = this.asked;
    if (!typed) return this.hide();
    try {
      const address = `${this.standing.dataset.address}?${new URLSearchParams({ q: typed })}`;
      const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      const found = response.ok ? await response.json() : { same: "", offered: [] };
      // An answer that was overtaken by the next letter tells of another name.
      if (turn === this.asked && response.ok) this.show(typed, found);
    } catch {
      this.hide();
    }
  }

  /** @param {string} typed @param {{ same: string, offered: Offer[] }} found */
  show(typed, { same, offered }) {
    const { known = "", knownAs = "", unknown = "" } = this.standing.dataset;
    if (same) this.standing.textContent = same === typed ? known : knownAs.replace("NAME", same);
    else this.standing.textContent = offered.length ? "" : unknown;
    const others = offered.filter(({ name }) => name !== typed);
    this.list.replaceChildren(...others.map((offer, at) => this.row(offer, at)));
    this.mark(-1);
    const isOpen = others.length > 0 && document.activeElement === this.input;
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  /** @param {Offer} offer @param {number} at */
  row({ name, about }, at) {
    const row = document.createElement("li");
    row.role = "option";
    row.id = `${this.list.id}-${at}`;
    row.dataset.name = name;
    const more = document.createElement("span");
    more.className = "small subtle";
    more.textContent = about;
    row.append(name, " ", more);
    return row;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (this.list.hidden) return;
    const count = this.list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark((this.at + step + count + (this.at < 0 && step < 0 ? 1 : 0)) % count);
    else if (event.key === "Enter" && this.at >= 0) this.choose(this.at);
    else if (event.key === "Escape") this.hide();
    else return;
    event.preventDefault();
  }

  /** @param {number} at */
  mark(at) {
    this.at = at;
    for (const [number, row] of [...this.list.children].entries()) {
      row.setAttribute("aria-selected", String(number === at));
      if (number === at) row.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
  }

  /** @param {number} at */
  choose(at) {
    const row = this.list.children[at];
    if (!(row instanceof HTMLElement)) return;
    this.input.value = row.dataset.name ?? "";
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(this.timer);
    this.asked += 1;
    this.standing.textContent = this.standing.dataset.known ?? "";
    this.hide();
  }

  hide() {
    this.list.hidden = true;
    this.mark(-1);
    this.input.setAttribute("aria-expanded", "false");
  }
}
