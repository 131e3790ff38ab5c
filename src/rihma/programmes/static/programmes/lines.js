/** Leads from a mistake to its line in the text below. Without script the link only goes to the text. */

/**
 * Where a line begins and ends in a text; lines are counted from 1.
 * @param {string} text
 * @param {number} line
 * @returns {[number, number]}
 */
export function placeOf(text, line) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [before, before + (lines[line - 1] ?? "").length];
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {number} line
 */
function show(area, line) {
  const [start, end] = placeOf(area.value, line);
  const height = area.scrollHeight / area.value.split("\n").length;
  area.focus();
  area.setSelectionRange(start, end);
  area.scrollTop = Math.max(0, (line - 4) * height);
}

if (typeof document !== "undefined") {
  const area = document.querySelector("#id_text");
  for (const link of document.querySelectorAll("a[data-line]")) {
    link.addEventListener("click", (event) => {
      if (!(area instanceof HTMLTextAreaElement) || !(link instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      area.scrollIntoView({ block: "center" });
      show(area, Number(link.dataset.line));
    });
  }
}
