// After each save a part of the page is asked again, so that it never tells of an older text.

const box = document.querySelector("[data-after-save]");

document.addEventListener("rihma:saved", async (event) => {
  const address = box instanceof HTMLElement ? box.dataset.afterSave : undefined;
  // The server may say with its answer that nothing there has changed.
  const isSame = event instanceof CustomEvent && event.detail?.answer?.box === false;
  if (!box || !address || isSame) {
    return;
  }
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-after-save]");
  if (fresh) {
    box.replaceChildren(...fresh.childNodes);
  }
});
