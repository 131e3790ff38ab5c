/**
 * Writing in place: what is typed goes out as it is typed, and what others write comes in where it disturbs nobody.
 */

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./model.js").Payload} Payload */

const EVERY = 250;

/**
 * Where the caret stands after the text around it changed: as far from the beginning, or from the end.
 *
 * @param {string} before @param {string} after @param {number} caret
 */
export function caretAfter(before, after, caret) {
  let same = 0;
  while (same < Math.min(before.length, after.length) && before[same] === after[same]) same += 1;
  return caret <= same ? caret : Math.max(same, caret + after.length - before.length);
}

export class Editor {
  /** What the server has of it, or will have. */
  #sent;
  /** The number of the text that lies in the field. @type {number} */
  #base;
  #last = "";
  #timer = 0;
  #sentAt = 0;
  #before;

  /**
   * @param {Session} session @param {string} item @param {HTMLTextAreaElement} area
   * @param {Payload | null} [adding] what a new item says beside its text
   */
  constructor(session, item, area, adding = null) {
    this.session = session;
    this.item = item;
    this.area = area;
    this.adding = adding;
    const known = session.model.get(item);
    this.#sent = this.#before = known?.text ?? "";
    this.#base = known?.text_seq ?? 0;
    area.addEventListener("input", this.#typed);
    area.addEventListener("blur", this.#left);
    area.addEventListener("focus", this.#came);
  }

  /** Nothing more is typed here. */
  close() {
    this.flush();
    this.#left();
    this.area.removeEventListener("input", this.#typed);
    this.area.removeEventListener("blur", this.#left);
    this.area.removeEventListener("focus", this.#came);
  }

  /** As it was before. */
  cancel() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#last && this.adding)
      this.session.change({ verb: "remove", item: this.item, payload: {} }, { silent: true });
    else if (this.#last) this.#send(this.#before);
    this.area.value = this.#before;
    this.#sent = this.#before;
  }

  /** What was typed and not sent yet goes now. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const text = this.area.value;
    // An item without words says nothing: until there are some, the old ones stand.
    if (text === this.#sent || !text.trim()) return;
    this.#send(text);
  }

  /** Something about the item came from the server. */
  came() {
    const item = this.session.model.get(this.item);
    if (!item || this.session.model.isWriting(this.item) || this.area.value !== this.#sent) return;
    this.#base = item.text_seq;
    if (item.text === this.#sent) return;
    const { selectionStart, selectionEnd, value } = this.area;
    this.#sent = this.area.value = item.text;
    const place = (/** @type {number} */ caret) => caretAfter(value, item.text, caret);
    if (document.activeElement === this.area) this.area.setSelectionRange(place(selectionStart), place(selectionEnd));
  }

  /** @param {string} text */
  #send(text) {
    this.#sent = text;
    this.#sentAt = Date.now();
    const { item } = this;
    if (this.adding && !this.#last) {
      this.#last = this.session.change({ verb: "add", item, payload: { ...this.adding, text } });
    } else if (this.#last) {
      this.#last = this.session.type(this.#last, { verb: "set", item, payload: { text }, base: this.#base });
    } else {
      this.#last = this.session.change({ verb: "set", item, payload: { text }, base: this.#base });
    }
  }

  #typed = () => {
    if (this.#timer) return;
    this.#timer = window.setTimeout(() => this.flush(), Math.max(0, this.#sentAt + EVERY - Date.now()) || EVERY);
  };

  #left = () => {
    this.flush();
    this.session.show({ item: null });
  };

  #came = () => this.session.show({ item: this.item });
}
