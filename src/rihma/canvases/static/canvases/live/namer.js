/** An actor named without the server: who it is, and what, since nobody can be asked whether it is known already. */

import { copyOf } from "./facts.js";
import { openForm } from "./small_form.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./session.js").Session} Session */
/**
 * @typedef {object} Wanted
 * @property {string} kind of the item
 * @property {string} zone "" where one chooses it here
 * @property {HTMLElement} place where it opens
 * @property {Element} opener where the focus goes back to
 */

/** @param {Facts} facts @param {Session} session @param {Wanted} wanted */
export function openNamer(facts, session, { kind, zone, place, opener }) {
  const form = /** @type {HTMLFormElement} */ (copyOf("live-namer"));
  const item = crypto.randomUUID();
  const zones = Object.entries(facts.kind.zones).filter(([, one]) => one.admits.includes(kind));
  const where = /** @type {HTMLElement} */ (form.querySelector("[data-zones]"));
  const select = /** @type {HTMLSelectElement} */ (where.querySelector("select"));
  select.replaceChildren(...zones.map(([key, one]) => new Option(one.name, key)));
  if (zone) where.remove();
  for (const field of form.querySelectorAll(".field")) {
    const said = /** @type {HTMLElement} */ (field.querySelector("input, select"));
    said.id = `name-${item}-${said.getAttribute("name")}`;
    /** @type {HTMLLabelElement} */ (field.querySelector("label")).htmlFor = said.id;
  }
  /** @type {HTMLElement} */ (form.querySelector("[data-prompt]")).textContent = facts.kind.items[kind]?.prompt ?? "";
  openForm(form, place, opener, (said) => {
    const name = String(said.get("name")).trim();
    const payload = { kind, zone: zone || String(said.get("zone")), lang: facts.language, text: name };
    session.change({
      verb: "add",
      item,
      payload: { ...payload, actor: { name, of_kind: String(said.get("of_kind")) } },
    });
  });
}
