/**
 * Several people in one draft: takes in what the others saved, shows who writes where, and lets one choose where two
 * changed the same field. `<form data-meanwhile="address">`, its fields in `[data-field]`.
 */

/** While somebody else is here, and while nobody is. */
const OFTEN = 4000;
const SELDOM = 15000;

/** @typedef {{ field: string, words: string, name: string }} Writer */
/**
 * @typedef {{ version?: number, newer?: Record<string, string>, contested?: Record<string, string>, marks?: Record<string, string>,
 *   writers?: Writer[], submission?: number }} Heard */

const form = document.querySelector("form[data-meanwhile]");
if (form instanceof HTMLFormElement) begin(form);

/** @param {HTMLFormElement} form */
function begin(form) {
  /** What each field was filled with, to tell what this writer has touched. @type {Map<string, string>} */
  const filled = new Map();
  const page = crypto.getRandomValues(new Uint32Array(4)).join("-").slice(0, 40);
  let timer = 0;
  for (const part of parts()) filled.set(nameOf(part), textIn(part));

  form.addEventListener("formdata", ({ formData }) => {
    formData.set("page", page);
    formData.set("at", at());
  });
  form.addEventListener("rihma:saved", hear);
  form.addEventListener("rihma:unsaved", hear);
  form.addEventListener("focusin", () => ask());
  // Something of this form was saved by another way: its field comes in as if another had written it.
  form.addEventListener("rihma:elsewhere", async (event) => {
    await ask();
    const detail = event instanceof CustomEvent ? event.detail : {};
    form.dispatchEvent(new CustomEvent("rihma:renewed", { detail }));
  });
  form.addEventListener("click", choose);
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
  wait(SELDOM);

  /** @returns {HTMLElement[]} */
  function parts() {
    return [...form.querySelectorAll("[data-field]")].filter((part) => part instanceof HTMLElement);
  }

  /** @param {string} name */
  function partOf(name) {
    return parts().find((part) => nameOf(part) === name);
  }

  /** @param {Event} event */
  function hear(event) {
    if (!(event instanceof CustomEvent)) return;
    const { answer, sent } = event.detail;
    for (const [name, mark] of Object.entries(answer.marks ?? {})) settle(name, mark, sent);
    take(answer);
  }

  /** The server has what was sent of this field. @param {string} name @param {string} mark @param {FormData} sent */
  function settle(name, mark, sent) {
    const part = partOf(name);
    if (!part) return;
    filled.set(name, textOf(part, sent));
    remark(part, mark);
    part.querySelector("[data-contested]")?.remove();
  }

  /** @param {Heard} heard */
  function take(heard) {
    let all = true;
    for (const [name, html] of Object.entries(heard.newer ?? {})) all = renew(name, html) && all;
    for (const [name, html] of Object.entries(heard.contested ?? {})) contest(name, html);
    const field = form.elements.namedItem("version");
    if (all && heard.version !== undefined && field instanceof HTMLInputElement) field.value = String(heard.version);
    show(heard.writers ?? []);
    const overtaken = document.querySelector("[data-overtaken]");
    if (overtaken instanceof HTMLElement && heard.submission !== undefined) {
      overtaken.hidden = String(heard.submission) === form.dataset.submission;
    }
    wait(heard.writers?.length ? OFTEN : SELDOM);
  }

  /** What another saved comes in, unless this writer has begun to change the same. @param {string} name @param {string} html */
  function renew(name, html) {
    const part = partOf(name);
    if (!part) return true;
    if (textIn(part) !== filled.get(name)) return false;
    replace(part, fragment(html));
    return true;
  }

  /** @param {HTMLElement} part @param {Element | null} fresh */
  function replace(part, fresh) {
    if (!(fresh instanceof HTMLElement)) return;
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    const place = active instanceof HTMLTextAreaElement ? active.selectionStart : null;
    part.replaceWith(fresh);
    filled.set(nameOf(fresh), textIn(fresh));
    const again = active?.id ? document.getElementById(active.id) : null;
    again?.focus({ preventScroll: true });
    if (again instanceof HTMLTextAreaElement && place !== null) again.setSelectionRange(place, place);
  }

  /** @param {string} name @param {string} html */
  function contest(name, html) {
    const part = partOf(name);
    const fresh = fragment(html);
    if (!part || !(fresh instanceof HTMLElement)) return;
    const shown = part.querySelector("[data-contested]");
    if (shown instanceof HTMLElement && shown.dataset.contested === fresh.dataset.contested) return;
    shown?.remove();
    part.append(fresh);
  }

  /** @param {MouseEvent} event */
  function choose(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-take], [data-keep]") : null;
    const part = button?.closest("[data-field]");
    const both = button?.closest("[data-contested]");
    if (!(part instanceof HTMLElement) || !(both instanceof HTMLElement)) return;
    event.preventDefault();
    if (button?.matches("[data-take]")) {
      const theirs = both.querySelector("template")?.content.querySelector("[data-field]");
      if (theirs) replace(part, theirs);
    } else {
      remark(part, both.dataset.contested ?? "");
      both.remove();
    }
    const field = partOf(nameOf(part))?.querySelector("input:not([type=hidden]), textarea, select");
    if (field instanceof HTMLElement) field.focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
    form.dispatchEvent(new Event("focusout", { bubbles: true }));
  }

  /** @param {Writer[]} writers */
  function show(writers) {
    for (const part of parts()) {
      const here = part.querySelector("[data-here]");
      if (!(here instanceof HTMLElement)) continue;
      const words = writers.filter(({ field }) => field === nameOf(part)).map((one) => one.words);
      here.hidden = words.length === 0;
      here.textContent = words.join(" · ");
    }
    const others = document.querySelector("[data-others]");
    const names = others?.querySelector("[data-names]");
    if (!(others instanceof HTMLElement) || !names) return;
    others.hidden = writers.length === 0;
    names.textContent = writers.map(({ name }) => name).join(", ");
  }

  function at() {
    const part = document.activeElement?.closest("[data-field]");
    return part instanceof HTMLElement && form.contains(part) ? nameOf(part) : "";
  }

  /** @param {number} after */
  function wait(after) {
    clearTimeout(timer);
    timer = window.setTimeout(ask, after);
  }

  async function ask() {
    clearTimeout(timer);
    if (document.hidden) return;
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "version"]) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) body.set(name, field.value);
    }
    body.set("at", at());
    body.set("page", page);
    try {
      const answer = await fetch(/** @type {string} */ (form.dataset.meanwhile), { method: "POST", body });
      if (answer.ok) return take(await answer.json());
    } catch {
      // The line above the form says that there is no network, when something has to be saved.
    }
    wait(SELDOM);
  }
}

/** @param {HTMLElement} part */
function nameOf(part) {
  return part.dataset.field ?? "";
}

/** @param {HTMLElement} part @param {string} mark */
function remark(part, mark) {
  const seen = part.querySelector('input[name="seen"]');
  if (seen instanceof HTMLInputElement) seen.value = `${nameOf(part)}:${mark}`;
}

/** @param {HTMLElement} part */
function textIn(part) {
  return textOf(part, new FormData(/** @type {HTMLFormElement} */ (part.closest("form"))));
}

/** @param {HTMLElement} part @param {FormData} said */
function textOf(part, said) {
  const names = new Set();
  for (const input of part.querySelectorAll("[name]:not([name=seen], button)")) names.add(input.getAttribute("name"));
  return JSON.stringify([...names].map((name) => said.getAll(String(name)).map(String)));
}

/** @param {string} html */
function fragment(html) {
  return new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
}
