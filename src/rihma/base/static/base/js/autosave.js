/**
 * Saves a form by itself and says so. `<form data-autosave="address">` with a `<save-state>` on the page.
 */

import { bodyOf, clock, differs, Keeping, kept, Parts, textOf } from "./keeping.js";

/** Set by the server where it refuses: trying again would change nothing. */
const REFUSED = new Set([403, 404, 409, 410]);

const MOST_KEPT_ALIVE = 60_000;

/** The line that says whether the text is safe. Its words come from the server. */
class SaveState extends HTMLElement {
  /** @param {import("./keeping.js").Phase} phase @param {string} [said] */
  show(phase, said) {
    this.dataset.state = phase;
    if (phase === "waiting") return;
    const words = { idle: this.dataset.saved, saving: this.dataset.saving, failed: this.dataset.failed }[phase];
    this.replaceChildren(sign(phase), span([words, said].filter(Boolean).join(" ")));
  }

  /** @param {string} word @param {() => void} act */
  offer(word, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.addEventListener("click", act);
    this.append(" ", button);
  }
}

/** @param {string} text */
function span(text) {
  const element = document.createElement("span");
  element.className = "words";
  element.textContent = text;
  return element;
}

/** @param {string} phase */
function sign(phase) {
  const element = document.createElement("span");
  element.className = phase === "idle" ? "sign full" : "sign";
  return element;
}

/** @param {HTMLFormElement} form @param {SaveState} line */
function keep(form, line) {
  const key = `rihma:${form.dataset.autosaveKey ?? form.dataset.autosave}`;
  const parts = new Parts();
  let leaving = false;
  let refusal = "";

  const keeping = new Keeping(
    async () => {
      const all = new FormData(form);
      const seen = all.getAll("seen").map(String);
      store(key, JSON.stringify({ at: new Date().toISOString(), fields: textOf(all), seen }));
      const sent = parts.unsaved(all);
      const response = await post(form, sent);
      const answer = await told(response);
      if (!response.ok) {
        refusal = REFUSED.has(response.status) ? String(answer.detail ?? answer.title ?? "") : "";
        say(form, "rihma:unsaved", { answer, sent });
        throw new Error(String(response.status));
      }
      const { saved_at: savedAt, version } = answer;
      takeVersion(form, version);
      store(key, null);
      say(form, "rihma:saved", { answer, sent });
      parts.settle(sent, new FormData(form));
      line.show("idle", clock(new Date(savedAt), document.documentElement.lang, line.dataset.zone));
    },
    (phase) => {
      if (phase === "idle") return;
      line.show(phase, phase === "failed" ? refusal : "");
      if (phase === "failed") line.offer(line.dataset.again ?? "", () => void keeping.now());
    },
    { later: (act, after) => setTimeout(act, after), never: (timer) => clearTimeout(/** @type {number} */ (timer)) },
  );

  form.addEventListener("input", () => keeping.touch());
  form.addEventListener("change", () => keeping.touch());
  form.addEventListener("focusout", () => void keeping.now());
  form.addEventListener("submit", (event) => {
    if (!leaving && keeping.phase === "saving") {
      // The answer under way brings a new version: with the old one the server would take us for somebody else.
      event.preventDefault();
      leaving = true;
      void keeping.settled.then(() => form.requestSubmit(event.submitter));
      return;
    }
    leaving = true;
    store(key, null);
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && keeping.unsaved) event.preventDefault();
  });
  offerBack(form, line, key, keeping);
}

/** @param {HTMLFormElement} form @param {string} what @param {unknown} detail */
function say(form, what, detail) {
  form.dispatchEvent(new CustomEvent(what, { bubbles: true, detail }));
}

/** @param {HTMLFormElement} form @param {FormData} sent */
function post(form, sent) {
  const body = bodyOf(sent);
  return fetch(/** @type {string} */ (form.dataset.autosave), {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-Requested-With": "fetch" },
    credentials: "same-origin",
    // Of what outlives the page a browser takes only so much, and refuses the rest altogether.
    keepalive: body instanceof URLSearchParams && body.toString().length < MOST_KEPT_ALIVE,
  });
}

/** @param {Response} response */
async function told(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

/** @param {HTMLFormElement} form @param {unknown} version */
function takeVersion(form, version) {
  const field = form.elements.namedItem("version");
  if (field instanceof HTMLInputElement && version !== undefined) field.value = String(version);
}

/**
 * Text of an earlier visit that never reached the server is offered, not forced upon the page.
 *
 * @param {HTMLFormElement} form @param {SaveState} line @param {string} key @param {Keeping} keeping
 */
function offerBack(form, line, key, keeping) {
  const before = kept(read(key));
  if (!before || !differs(before, textOf(new FormData(form)))) return store(key, null);
  line.replaceChildren(sign("failed"), span(line.dataset.found ?? ""));
  line.offer(line.dataset.restore ?? "", () => {
    for (const [name, value] of before.fields) fill(form, name, value);
    for (const mark of before.seen ?? []) fillMark(form, mark);
    keeping.touch();
    void keeping.now();
  });
  line.offer(line.dataset.drop ?? "", () => {
    store(key, null);
    line.replaceChildren();
  });
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function fill(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      if (field.value === value) field.checked = true;
    } else if (
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    ) {
      field.value = value;
    }
  }
}

/** What it was typed over, so that a newer text is not overwritten unseen. @param {HTMLFormElement} form @param {string} mark */
function fillMark(form, mark) {
  const name = mark.slice(0, mark.lastIndexOf(":") + 1);
  for (const field of form.querySelectorAll('input[name="seen"]')) {
    if (field instanceof HTMLInputElement && field.value.startsWith(name)) field.value = mark;
  }
}

/** @param {string} key @param {string | null} value */
function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still saves to the server.
  }
}

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

customElements.define("save-state", SaveState);
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = form.querySelector("save-state") ?? document.querySelector("save-state");
  if (form instanceof HTMLFormElement && line instanceof SaveState) keep(form, line);
}
