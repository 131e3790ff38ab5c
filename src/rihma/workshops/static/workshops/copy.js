/**
 * A button that copies what stands in a field. Without script the field itself can be marked and copied.
 * @param {HTMLButtonElement} button
 */
function wire(button) {
  const field = document.getElementById(button.dataset.copy ?? "");
  const words = button.querySelector("span");
  if (!(field instanceof HTMLInputElement) || !words) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      words.textContent = button.dataset.copied ?? "";
    } catch {
      // Browsers keep the clipboard from pages without HTTPS; what is to be copied is marked already.
    }
  });
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (button instanceof HTMLButtonElement) wire(button);
}
