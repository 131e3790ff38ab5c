// Shows a question while it is written as applicants will see it, and adds rows for options.

const form = document.querySelector("form[data-preview]");
const box = document.getElementById("preview");
const PAUSE = 350;

if (form instanceof HTMLFormElement && box) {
  let timer = 0;
  let asked = 0;
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(++asked), PAUSE);
  };
  form.addEventListener("input", later);
  box.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.name === "lang") later();
  });
  for (const rows of form.querySelectorAll("[data-rows]")) {
    if (rows instanceof HTMLElement) offerRows(rows);
  }
  void show(++asked);

  /** @param {number} turn */
  async function show(turn) {
    const data = new FormData(/** @type {HTMLFormElement} */ (form));
    const spoken = box?.querySelector("select[name=lang]");
    if (spoken instanceof HTMLSelectElement) data.set("lang", spoken.value);
    try {
      const answer = await fetch(/** @type {HTMLFormElement} */ (form).dataset.preview ?? "", {
        method: "POST",
        body: data,
      });
      // A later look has been asked for meanwhile, or the question cannot be drawn yet: what is shown stays.
      if (answer.ok && turn === asked && box) box.innerHTML = await answer.text();
    } catch {
      // Without a network the preview waits; what is typed is not touched.
    }
  }
}

/** @param {HTMLElement} rows */
function offerRows(rows) {
  const template = rows.querySelector("template");
  const button = rows.querySelector("[data-rows-add]");
  const hint = rows.querySelector("[data-rows-hint]");
  if (!template || !(button instanceof HTMLElement) || !(hint instanceof HTMLElement)) return;
  hint.hidden = true;
  button.hidden = false;
  button.addEventListener("click", () => {
    const number = rows.querySelectorAll(":scope > .option-row").length;
    const row = document.importNode(template.content, true);
    for (const part of row.querySelectorAll("[id], [for], [name]")) {
      for (const name of ["id", "for", "name"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace("ROW", String(number)));
      }
    }
    const group = row.querySelector("[role=group]");
    group?.setAttribute("aria-label", `${group.getAttribute("aria-label")?.trim()} ${number + 1}`);
    const first = row.querySelector("input[type=text]");
    template.before(row);
    if (first instanceof HTMLElement) first.focus();
  });
}
