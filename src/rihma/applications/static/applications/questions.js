// Shows and hides questions while others are answered, and adds rows to lists. The server judges anew by what it gets.

const form = document.querySelector("form:has([data-question])");

if (form instanceof HTMLFormElement) {
  form.addEventListener("input", () => showAsked(form));
  form.addEventListener("change", () => showAsked(form));
  // What somebody else saved comes in as a new part of the page.
  new MutationObserver(() => begin(form)).observe(form, { childList: true, subtree: true });
  begin(form);
}

/** @param {HTMLFormElement} form */
function begin(form) {
  showAsked(form);
  for (const rows of form.querySelectorAll("[data-rows]:not([data-offered])")) {
    if (rows instanceof HTMLElement) offerRows(rows);
  }
}

/** @param {HTMLFormElement} form */
function showAsked(form) {
  const data = new FormData(form);
  /** @type {Set<string>} */
  const shown = new Set();
  // In their order, so that what depends on a hidden question hides in the same round.
  for (const question of form.querySelectorAll("[data-question]")) {
    if (!(question instanceof HTMLElement)) continue;
    const isAsked = !question.dataset.shownIf || isMet(JSON.parse(question.dataset.shownIf), data, shown, form);
    question.hidden = !isAsked;
    if (isAsked) shown.add(question.dataset.question ?? "");
  }
}

/** @param {[string, string[]]} condition @param {FormData} data @param {Set<string>} shown @param {HTMLFormElement} form */
function isMet([key, values], data, shown, form) {
  if (!shown.has(key)) return false;
  const name = `question_${key}`;
  const box = form.elements.namedItem(name);
  const isTick = box instanceof HTMLInputElement && box.type === "checkbox" && !box.hasAttribute("value");
  const given = isTick ? [box.checked ? "yes" : "no"] : data.getAll(name);
  return given.some((value) => values.includes(String(value)));
}

/** @param {HTMLElement} rows */
function offerRows(rows) {
  const template = rows.querySelector("template");
  const button = rows.querySelector("[data-rows-add]");
  const hint = rows.querySelector("[data-rows-hint]");
  if (!template || !(button instanceof HTMLElement) || !(hint instanceof HTMLElement)) return;
  const most = Number(rows.dataset.most);
  const count = () => rows.querySelectorAll(":scope > .answer-row").length;
  rows.dataset.offered = "";
  hint.hidden = true;
  button.hidden = count() >= most;
  button.addEventListener("click", () => {
    const row = document.importNode(template.content, true);
    const number = count();
    for (const part of row.querySelectorAll("[id], [for], [name], [aria-label]")) numbered(part, number);
    const first = row.querySelector("input");
    template.before(row);
    first?.focus();
    button.hidden = count() >= most;
  });
}

/** @param {Element} part @param {number} number */
function numbered(part, number) {
  for (const name of ["id", "for", "name"]) {
    const value = part.getAttribute(name);
    if (value) part.setAttribute(name, value.replace("ROW", String(number)));
  }
  const label = part.getAttribute("aria-label");
  if (label) part.setAttribute("aria-label", `${label.trim()} ${number + 1}`);
}
