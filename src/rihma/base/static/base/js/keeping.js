/**
 * When a text is saved, and what is kept on the device until it is. Knows no page.
 */

/** @typedef {"idle" | "waiting" | "saving" | "failed"} Phase */
/** @typedef {{ at: string, fields: [string, string][], seen?: string[] }} Kept */

/** How long somebody must rest from typing before the text is sent. */
export const REST = 1500;
/** Waits between attempts after a failure, so that a sleeping network is not hammered. */
export const PATIENCE = [3000, 10000, 30000, 60000];
/** Fields that are the page's business and not the person's text. */
const NOT_TEXT = new Set(["csrfmiddlewaretoken", "version", "seen", "page", "at"]);

/**
 * One text on its way to the server: never two requests at once, and what is typed meanwhile goes with the next.
 */
export class Keeping {
  /** @type {Phase} */
  phase = "idle";
  /** Settles, well or ill, when the request under way has its answer. */
  settled = Promise.resolve();
  #changed = false;
  #failures = 0;

  /**
   * @param {() => Promise<void>} send
   * @param {(phase: Phase) => void} show
   * @param {{ later: (act: () => void, after: number) => unknown, never: (timer: unknown) => void }} timers
   */
  constructor(send, show, timers) {
    this.send = send;
    this.show = show;
    this.timers = timers;
    /** @type {unknown} */
    this.timer = undefined;
  }

  /** Somebody typed. */
  touch() {
    this.#changed = true;
    if (this.phase === "saving") return;
    this.#enter(this.phase === "failed" ? "failed" : "waiting");
    this.#after(REST);
  }

  /** Somebody left the field or pressed the button: no need to wait. */
  async now() {
    if (!this.#changed || this.phase === "saving") return;
    this.timers.never(this.timer);
    this.#changed = false;
    this.#enter("saving");
    try {
      const sending = this.send();
      this.settled = sending.catch(() => {});
      await sending;
      this.#failures = 0;
      this.#enter("idle");
    } catch {
      this.#changed = true;
      this.#enter("failed");
      this.#after(/** @type {number} */ (PATIENCE[Math.min(this.#failures, PATIENCE.length - 1)]));
      this.#failures += 1;
      return;
    }
    if (this.#changed) this.touch();
  }

  /** @returns {boolean} whether something would be lost by leaving */
  get unsaved() {
    return this.#changed || this.phase === "saving";
  }

  /** @param {Phase} phase */
  #enter(phase) {
    this.phase = phase;
    this.show(phase);
  }

  /** @param {number} delay */
  #after(delay) {
    this.timers.never(this.timer);
    this.timer = this.timers.later(() => void this.now(), delay);
  }
}

/**
 * As short as it can be sent: in pairs, unless there is a file among it. Servers take far longer to read parts.
 *
 * @param {FormData} data
 */
export function bodyOf(data) {
  const pairs = [...data].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return pairs.length === [...data].length ? new URLSearchParams(pairs) : data;
}

/**
 * The parts of a form that the server does not have yet. A part is a name under `seen`, with all that is called so or begins
 * with it and a dot; what belongs to no part is always sent.
 */
export class Parts {
  /** Name → what was answered as saved, and the mark that it has since. @type {Map<string, string>} */
  #saved = new Map();

  /** @param {FormData} all @returns {FormData} the same without what is saved already */
  unsaved(all) {
    const known = partsOf(all);
    const left = new FormData();
    for (const [name, value] of all) {
      const part = name === "seen" ? partOf(String(value)) : belongsTo(name, known);
      if (part === undefined || this.#saved.get(part) !== known.get(part)) left.append(name, value);
    }
    if (known.size > 0) left.set("parts", "unsaved");
    return left;
  }

  /**
   * @param {FormData} sent what has been answered as saved
   * @param {FormData} now the form, with the marks that the answer brought
   */
  settle(sent, now) {
    const marks = new Map(now.getAll("seen").map((mark) => [partOf(String(mark)), String(mark)]));
    const again = new FormData();
    for (const [name, value] of sent)
      again.append(name, name === "seen" ? (marks.get(partOf(String(value))) ?? value) : value);
    for (const [part, text] of partsOf(again)) this.#saved.set(part, text);
  }
}

/** @param {string} mark `name:mark` */
function partOf(mark) {
  return mark.slice(0, mark.lastIndexOf(":"));
}

/** @param {string} name @param {Map<string, unknown>} parts */
function belongsTo(name, parts) {
  const first = name.split(".", 1)[0] ?? name;
  return parts.has(first) ? first : undefined;
}

/** Part → all that is in it, its mark first. Nobody can tell whether a file is the same. @param {FormData} all */
function partsOf(all) {
  /** @type {Map<string, string>} */
  const parts = new Map();
  for (const mark of all.getAll("seen").map(String)) parts.set(partOf(mark), mark);
  for (const [name, value] of all) {
    const part = belongsTo(name, parts);
    if (part !== undefined) {
      const text = typeof value === "string" ? value : crypto.randomUUID();
      parts.set(part, `${parts.get(part)}\n${JSON.stringify([name, text])}`);
    }
  }
  return parts;
}

/**
 * The person's text among the fields of a form; files cannot be kept.
 *
 * @param {Iterable<[string, FormDataEntryValue]>} entries
 * @returns {[string, string][]}
 */
export function textOf(entries) {
  /** @type {[string, string][]} */
  const text = [];
  for (const [name, value] of entries) {
    if (typeof value === "string" && !NOT_TEXT.has(name)) text.push([name, value]);
  }
  return text;
}

/**
 * @param {string | null} raw what the device kept
 * @returns {Kept | null}
 */
export function kept(raw) {
  if (!raw) return null;
  try {
    const value = JSON.parse(raw);
    return Array.isArray(value?.fields) && typeof value.at === "string" ? value : null;
  } catch {
    return null;
  }
}

/**
 * Whether what the device kept differs from what the page shows.
 *
 * @param {Kept | null} before
 * @param {[string, string][]} shown
 */
export function differs(before, shown) {
  if (!before) return false;
  const there = new Map(shown);
  return before.fields.some(([name, value]) => (there.get(name) ?? "") !== value);
}

/**
 * The time as the server would write it: in the zone of the page, not of the device.
 *
 * @param {Date} at
 * @param {string} language
 * @param {string | undefined} zone
 */
export function clock(at, language, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", timeZone: zone }).formatToParts(
    at,
  );
  const said = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? "";
  return `${Number(said("hour"))}${language.startsWith("en") ? ":" : "."}${said("minute")}`;
}
