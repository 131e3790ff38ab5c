/**
 * What makes a page smoother where scripts run; every page works without.
 */

/**
 * The menus that should close when somebody presses Escape or acts elsewhere.
 *
 * @param {HTMLDetailsElement[]} open
 * @param {Element | null} actedOn what was pressed, or null for Escape
 * @returns {HTMLDetailsElement[]}
 */
export function menusToClose(open, actedOn) {
  return open.filter((menu) => actedOn === null || !menu.contains(actedOn));
}

/** @param {ParentNode} page */
function openMenus(page) {
  return /** @type {HTMLDetailsElement[]} */ ([...page.querySelectorAll("details.menu[open], details.confirm[open]")]);
}

/** @param {Document} page */
export function closeMenus(page) {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menusToClose(openMenus(page), null)) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  page.addEventListener("pointerdown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    for (const menu of menusToClose(openMenus(page), target)) {
      if (menu.classList.contains("menu")) menu.open = false;
    }
  });
}

/**
 * Older browsers do not honour autofocus outside of inputs.
 *
 * @param {Document} page
 */
export function focusErrors(page) {
  const summary = page.querySelector("[data-error-summary]");
  if (summary instanceof HTMLElement && page.activeElement !== summary) summary.focus();
}

/**
 * A deed is sent once, however impatient the finger.
 *
 * @param {Document} page
 */
export function sendOnce(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    // htmx sends its forms itself, and these may be sent again.
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    // A page that comes back from the browser's memory may send again.
    setTimeout(() => delete form.dataset.sending, 8000);
  });
}

/**
 * On a slow line words go first: modules that nobody misses before there is something to read are asked for once it has
 * been drawn. A page that nobody looks at is not drawn, so there they are asked for at once.
 *
 * @param {Document} page
 */
export function bringLater(page) {
  const parts = [...page.querySelectorAll("[data-later]")];
  const bring = () => {
    for (const part of parts.splice(0)) import(part.getAttribute("data-later") ?? "");
  };
  if (page.hidden || !PerformanceObserver.supportedEntryTypes.includes("paint")) return bring();
  new PerformanceObserver(bring).observe({ type: "paint", buffered: true });
  page.addEventListener("visibilitychange", bring, { once: true });
}

if (globalThis.document) {
  closeMenus(document);
  focusErrors(document);
  sendOnce(document);
  bringLater(document);
}
