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
  offerMoves(rows);
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
    const first = row.querySelector("input[lang]");
    template.before(row);
    offerMoves(rows);
    if (first instanceof HTMLElement) first.focus();
  });
}

/** @param {HTMLElement} rows */
function offerMoves(rows) {
  const all = [...rows.querySelectorAll(":scope > .option-row")];
  for (const [at, row] of all.entries()) {
    const place = row.querySelector(".place");
    const input = place?.querySelector("input");
    const moves = row.querySelector("[data-moves]");
    if (!(place instanceof HTMLElement) || !input || !(moves instanceof HTMLElement)) continue;
    // The buttons say the same, and a number that is written by hand would soon contradict them.
    place.hidden = true;
    moves.hidden = false;
    input.value = String(at + 1);
    for (const button of moves.querySelectorAll("button")) {
      const other = all[at + Number(button.dataset.move)];
      // Not disabled, because a disabled button would lose the focus of who presses it again and again.
      button.setAttribute("aria-disabled", String(!other));
      button.onclick = () => other && move(rows, row, other, button);
    }
  }
}

/** @param {HTMLElement} rows @param {Element} row @param {Element} other @param {HTMLElement} button */
function move(rows, row, other, button) {
  if (button.dataset.move === "1") other.after(row);
  else other.before(row);
  offerMoves(rows);
  button.focus();
  rows.dispatchEvent(new Event("input", { bubbles: true }));
}
