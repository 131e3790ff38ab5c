/**
 * Sends files as soon as they are chosen or dropped, one by one, while the rest of the form is written on.
 * `<div data-files="address">` in the form; the list itself comes anew from the server (together.js).
 */

const form = document.querySelector("form[data-meanwhile]");
if (form instanceof HTMLFormElement) {
  // What others have changed comes in as a new part of the page.
  new MutationObserver(() => begin(form)).observe(form, { childList: true, subtree: true });
  begin(form);
}

/** @param {HTMLFormElement} form */
function begin(form) {
  for (const place of form.querySelectorAll("[data-files]:not([data-begun])")) {
    if (place instanceof HTMLElement) offer(form, place);
  }
}

/** @param {HTMLFormElement} form @param {HTMLElement} place */
function offer(form, place) {
  const chooser = place.querySelector("[data-files-choose]");
  const input = chooser?.querySelector("input");
  if (!(chooser instanceof HTMLElement) || !(input instanceof HTMLInputElement)) return;
  place.dataset.begun = "";
  // All of it is done here then, and the page that does the same without script is not needed.
  for (const button of place.querySelectorAll("button[name=files]")) button.remove();
  for (const button of place.querySelectorAll("[data-remove]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => void remove(form, place, button));
  }
  chooser.hidden = place.dataset.left === "0";
  input.addEventListener("change", (event) => {
    // Not a word of the form: nothing of it has to be saved.
    event.stopPropagation();
    void send(form, place, [...(input.files ?? [])]);
  });
  if (chooser.hidden) return;
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.dataset.over = "";
  });
  place.addEventListener("dragleave", () => delete place.dataset.over);
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    delete place.dataset.over;
    void send(form, place, [...(event.dataTransfer?.files ?? [])]);
  });
}

/** @param {HTMLFormElement} form @param {HTMLElement} place @param {File[]} files */
async function send(form, place, files) {
  /** @type {string[]} */
  const said = [];
  for (const file of files) {
    if (file.size > Number(place.dataset.mostBytes)) {
      said.push(`${place.dataset.tooLarge} ${file.name}`);
      continue;
    }
    tell(place, [...said, `${place.dataset.sending} ${file.name}`]);
    const problem = await asked(form, place, String(place.dataset.files), file);
    if (problem) said.push(problem);
  }
  tell(place, said);
  const input = place.querySelector("[data-files-choose] input");
  if (input instanceof HTMLInputElement) input.value = "";
  renew(form, place, said);
}

/** The list and the box beside the form, which may have asked for it. @param {HTMLFormElement} form
 * @param {HTMLElement} place @param {string[]} said */
function renew(form, place, said) {
  form.dispatchEvent(new CustomEvent("rihma:elsewhere", { detail: { field: fieldOf(place), said } }));
  document.dispatchEvent(new CustomEvent("rihma:saved"));
}

/** @param {HTMLFormElement} form @param {HTMLElement} place @param {HTMLButtonElement} button */
async function remove(form, place, button) {
  button.disabled = true;
  const problem = await asked(form, place, String(button.dataset.remove));
  button.disabled = false;
  const said = problem ? [problem] : [];
  tell(place, said);
  renew(form, place, said);
}

/** What kept it from being done, in words. @param {HTMLFormElement} form @param {HTMLElement} place @param {string} address
 * @param {File} [file] */
async function asked(form, place, address, file) {
  const body = new FormData();
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  if (token instanceof HTMLInputElement) body.set(token.name, token.value);
  if (file) body.set("upload", file);
  try {
    const headers = { Accept: "application/json", "X-Requested-With": "fetch" };
    const response = await fetch(address, { method: "POST", body, headers });
    if (response.ok) return "";
    const answer = await response.json();
    return String(answer.detail ?? place.dataset.failed);
  } catch {
    return String(place.dataset.failed);
  }
}

/** @param {HTMLElement} place @param {string[]} lines */
function tell(place, lines) {
  const state = place.querySelector("[data-files-state]");
  if (!(state instanceof HTMLElement)) return;
  state.hidden = lines.length === 0;
  state.textContent = lines.join(" ");
}

/** @param {HTMLElement} place */
function fieldOf(place) {
  const part = place.closest("[data-field]");
  return part instanceof HTMLElement ? (part.dataset.field ?? "") : "";
}

// The list is drawn anew; what was said of files that were not taken stays beside it.
form?.addEventListener("rihma:renewed", (event) => {
  if (!(event instanceof CustomEvent)) return;
  const { field, said } = event.detail;
  const place = form.querySelector(`[data-field="${CSS.escape(field)}"] [data-files]`);
  if (place instanceof HTMLElement) tell(place, said);
});
