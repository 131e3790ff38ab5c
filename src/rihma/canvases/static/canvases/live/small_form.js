/** A small form that opens in its place without the server, and leads back to where it was opened from. */

/**
 * @param {HTMLFormElement} form @param {HTMLElement} place @param {Element} opener
 * @param {(said: FormData) => void} take what was said in it
 */
export function openForm(form, place, opener, take) {
  const close = () => {
    form.remove();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    take(new FormData(form));
    close();
  });
  form.querySelector("[data-cancel]")?.addEventListener("click", close);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  place.replaceChildren(form);
  const first = form.querySelector("input, select");
  if (first instanceof HTMLElement) first.focus();
}
