/** What was not taken is said where it was written, and the words stay to be copied. */

import { copyOf } from "./facts.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Operation} Operation */
/** @typedef {import("./session.js").Stop} Stop */

export class Refusals {
  /** @param {Facts} facts @param {HTMLElement} page @param {(id: string) => HTMLElement | null} element */
  constructor(facts, page, element) {
    this.facts = facts;
    this.page = page;
    this.element = element;
  }

  /** @param {Operation} operation @param {string} code @param {string} message the server's, in the person's language */
  show(operation, code, message) {
    const place = this.element(operation.item) ?? /** @type {HTMLElement} */ (this.page.querySelector("#refused"));
    const text = operation.payload.text ?? "";
    const box = copyOf("live-refusal");
    this.#say(box, message || (this.facts.refusals[code] ?? ""));
    // Later pieces of the same text take the place of earlier ones.
    for (const old of place.querySelectorAll(`.refusal[data-of="${operation.item}"]`)) old.remove();
    box.dataset.of = operation.item;
    const kept = /** @type {HTMLElement} */ (box.querySelector("[data-kept]"));
    const copy = /** @type {HTMLElement} */ (box.querySelector("[data-copy]"));
    kept.textContent = text;
    kept.hidden = copy.hidden = !text;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text).catch(() => getSelection()?.selectAllChildren(kept));
      copy.replaceChildren(this.facts.words.copied ?? "");
    });
    box.querySelector("[data-dismiss]")?.addEventListener("click", () => box.remove());
    place.append(box);
  }

  /**
   * The page can no longer do its work. What it holds can be taken away as a file.
   *
   * @param {Stop} why @param {Operation[]} unsent
   */
  stop(why, unsent) {
    const box = this.#notice(this.facts.words[why] ?? "");
    const texts = unsent.map(({ payload }) => payload.text).filter((text) => text !== undefined);
    const link = /** @type {HTMLAnchorElement} */ (box.querySelector("[data-download]"));
    if (why === "forbidden" && texts.length) {
      link.hidden = false;
      link.download = "rihma.txt";
      link.href = URL.createObjectURL(new Blob([texts.join("\n\n")], { type: "text/plain" }));
    }
    box.querySelector("[data-reload]")?.toggleAttribute("hidden", why !== "reload");
  }

  /** The canvas may be changed now, or no longer: the page is another then. @param {string} status */
  rights(status) {
    const box = this.#notice(this.facts.words[status === "open" ? "opened" : "frozen"] ?? "");
    box.querySelector("[data-reload]")?.removeAttribute("hidden");
  }

  clear() {
    for (const box of this.page.querySelectorAll(".live-notice")) box.remove();
  }

  /** @param {string} words */
  #notice(words) {
    this.clear();
    const box = copyOf("live-notice");
    box.classList.add("live-notice");
    this.#say(box, words);
    this.page.querySelector("#refused")?.before(box);
    return box;
  }

  /** @param {HTMLElement} box @param {string} words */
  #say(box, words) {
    const why = box.querySelector("[data-why]");
    if (why) why.textContent = words;
  }
}
