/** The one line in which what goes on beside the canvas is told to whoever does not see it. */

/** @param {string} words */
export function say(words) {
  const line = document.getElementById("together-told");
  if (line) line.textContent = words.replace(/\s+/g, " ").trim();
}
