/** Letting the slider go shows the moment; while it moves, its number is said. Without script there is a button. */

const slider = document.getElementById("at");
if (slider instanceof HTMLInputElement) {
  const label = slider.labels?.[0];
  slider.addEventListener("input", () => {
    if (label) label.textContent = (label.textContent ?? "").replace(/\d+/, slider.value);
  });
  slider.addEventListener("change", () => slider.form?.requestSubmit());
}
