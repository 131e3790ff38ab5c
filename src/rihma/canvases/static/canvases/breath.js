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
