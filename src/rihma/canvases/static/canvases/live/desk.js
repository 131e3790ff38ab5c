/** Places to write in, opened without asking the server: so they open at once, and without a network. */

import { copyOf } from "./facts.js";
import { Editor } from "./type.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Payload} Payload */
/** @typedef {import("./session.js").Session} Session */
/**
 * @typedef {object} Wanted
 * @property {string} item
 * @property {string} kind of the item
 * @property {HTMLElement} place where it opens
 * @property {Element} opener where the focus goes back to
 * @property {Payload | null} adding
 * @property {(() => void) | null} more the form with everything else
 */

const SET = /\/items\/([0-9a-f-]{36})\/set\//;

export class Desk {
  /** @type {Map<HTMLTextAreaElement, Editor>} */
  #editors = new Map();

  /** @param {Facts} facts @param {Session} session @param {(id: string) => void} closed */
  constructor(facts, session, closed) {
    this.facts = facts;
    this.session = session;
    this.closed = closed;
  }

  /** @param {Wanted} wanted */
  open(wanted) {
    this.#shut(wanted.place);
    const box = copyOf("live-editor");
    const area = /** @type {HTMLTextAreaElement} */ (box.querySelector("textarea"));
    const label = /** @type {HTMLLabelElement} */ (box.querySelector("[data-prompt]"));
    label.textContent = this.facts.kind.items[wanted.kind]?.prompt ?? "";
    label.htmlFor = area.id = `live-${wanted.item}`;
    area.value = this.session.model.get(wanted.item)?.text ?? "";
    wanted.place.replaceChildren(box);
    const editor = this.#edit(wanted.item, area, wanted.adding);
    const close = () => this.#close(wanted, editor);
    const click = (/** @type {string} */ name, /** @type {() => void} */ act, shown = true) => {
      const button = box.querySelector(`[data-${name}]`);
      button?.toggleAttribute("hidden", !shown);
      button?.addEventListener("click", act);
    };
    click("done", close);
    click("again", () => this.#again(wanted, editor), wanted.adding !== null);
    click("cancel", () => {
      editor.cancel();
      close();
    });
    const more = () => {
      close();
      wanted.more?.();
    };
    click("more", more, wanted.more !== null);
    this.#offerZones(box, wanted);
    box.addEventListener("keydown", (event) => {
      const isDone = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      if (event.key !== "Escape" && !isDone) return;
      event.preventDefault();
      event.stopPropagation();
      if (isDone && wanted.adding) this.#again(wanted, editor);
      else close();
    });
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  /** Fields of forms that the server sent: they are written in place as well. @param {ParentNode} page */
  adopt(page) {
    for (const area of page.querySelectorAll('form[action*="/set/"] textarea[name="text"]')) {
      const item = SET.exec(area.closest("form")?.action ?? "")?.[1];
      if (item && area instanceof HTMLTextAreaElement && !this.#editors.has(area)) this.#edit(item, area, null);
    }
  }

  /** Something about these came from the server. @param {Set<string>} ids */
  came(ids) {
    for (const [area, editor] of this.#editors) {
      if (!area.isConnected) {
        this.#editors.delete(area);
        editor.close();
        this.closed(editor.item);
      } else if (ids.has(editor.item)) editor.came();
    }
  }

  /** What was typed goes out before a form is sent or the page is left. */
  flush() {
    for (const editor of this.#editors.values()) editor.flush();
  }

  /** @param {string} item @param {HTMLTextAreaElement} area @param {Payload | null} adding */
  #edit(item, area, adding) {
    const editor = new Editor(this.session, item, area, adding);
    this.#editors.set(area, editor);
    return editor;
  }

  /** @param {HTMLElement} place */
  #shut(place) {
    for (const [area, editor] of this.#editors) {
      if (!place.contains(area)) continue;
      editor.close();
      this.#editors.delete(area);
      area.closest(".live-editor")?.remove();
      this.closed(editor.item);
    }
  }

  /** @param {Wanted} wanted @param {Editor} editor */
  #close(wanted, editor) {
    const held = wanted.place.contains(document.activeElement);
    this.#shut(wanted.place);
    wanted.place.replaceChildren();
    if (!held) return;
    if (wanted.opener instanceof HTMLElement && wanted.opener.isConnected) wanted.opener.focus();
    else document.querySelector(`[data-item="${editor.item}"] a`)?.dispatchEvent(new FocusEvent("focus"));
  }

  /** The next one of the same sort. @param {Wanted} wanted @param {Editor} editor */
  #again(wanted, editor) {
    if (!editor.area.value.trim()) return editor.area.focus();
    this.open({ ...wanted, item: crypto.randomUUID() });
  }

  /** Those that take nothing more. */
  #fullZones() {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { zone } of this.session.model.live()) counts.set(zone, (counts.get(zone) ?? 0) + 1);
    const zones = Object.entries(this.facts.kind.zones);
    return new Set(zones.filter(([key, { most }]) => (counts.get(key) ?? 0) >= most).map(([key]) => key));
  }

  /** Where the zone was not chosen by where one pressed. @param {HTMLElement} box @param {Wanted} wanted */
  #offerZones(box, { adding, kind, item }) {
    const field = /** @type {HTMLElement} */ (box.querySelector("[data-zones]"));
    const select = /** @type {HTMLSelectElement} */ (field.querySelector("select"));
    if (!adding || adding.zone) return;
    const full = this.#fullZones();
    const fitting = Object.entries(this.facts.kind.zones).filter(([, zone]) => zone.admits.includes(kind));
    const roomy = fitting.filter(([key]) => !full.has(key));
    const zones = roomy.length ? roomy : fitting;
    select.replaceChildren(...zones.map(([key, zone]) => new Option(zone.name, key)));
    select.id = `zone-of-${item}`;
    /** @type {HTMLLabelElement} */ (field.querySelector("label")).htmlFor = select.id;
    field.hidden = false;
    adding.zone = select.value;
    select.addEventListener("change", () => {
      adding.zone = select.value;
      if (this.session.model.get(item)) this.session.change({ verb: "move", item, payload: { zone: select.value } });
    });
  }
}
