/** Room for what people do: the browser draws and answers before it goes on. */

/** @returns {Promise<void>} */
export function breath() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** What can wait until the page has been seen. A page that nobody looks at is not drawn, so there it is done at once. @param {() => void} work */
export function afterPaint(work) {
  if (document.hidden) setTimeout(work);
  else requestAnimationFrame(() => setTimeout(work));
}

/** As many signs as take so little time to read that nobody notices. */
const PIECE = 8 * 1024;

/** What the server sent, in a page of its own that nobody sees: reading into that one draws nothing. @param {string} text */
export async function beside(text) {
  const page = document.implementation.createHTMLDocument("");
  for (let at = 0; at < text.length; at += PIECE) {
    page.write(text.slice(at, at + PIECE));
    await breath();
  }
  return page;
}
