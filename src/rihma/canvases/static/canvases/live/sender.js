/**
 * What goes out, and when: oldest first, few at a time, again until it is confirmed.
 */

/** @typedef {import("./model.js").Operation} Operation */
/** @typedef {import("./queue.js").Queue} Queue */
/** @typedef {import("./socket.js").Socket} Socket */

const RESEND = 5000;
/** A frame may have 64 KiB; one long text is a third of that at most. */
const FRAME = 48 * 1024;
const LARGEST = 60 * 1024;

/** @param {unknown} value */
function weight(value) {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/**
 * As many of these, in order, as fit into one frame.
 *
 * @param {Operation[]} operations @param {number} [room] @returns {Operation[][]}
 */
export function frames(operations, room = FRAME) {
  /** @type {Operation[][]} */
  const packed = [];
  let left = 0;
  for (const operation of operations) {
    const size = weight(operation);
    if (size > left || !packed.length) {
      packed.push([]);
      left = room;
    }
    packed[packed.length - 1]?.push(operation);
    left -= size;
  }
  return packed;
}

/** Whether the server would not even read it. @param {Operation} operation */
export function isTooLarge(operation) {
  return weight(operation) > LARGEST;
}

export class Sender {
  inFlight = 32;
  /** When each was sent on the socket that is open. @type {Map<string, number>} */
  #sent = new Map();
  /** Every id that ever left this page: what did not may still be changed. @type {Set<string>} */
  #left = new Set();
  /** The last that was sent about each item's text or place: what came before it must not come after. @type {Map<string, string>} */
  #latest = new Map();
  #pausedUntil = 0;
  #timer = 0;

  /** @param {Queue} queue @param {Socket} socket */
  constructor(queue, socket) {
    this.queue = queue;
    this.socket = socket;
    setInterval(() => this.#resend(), RESEND);
  }

  /** Whether it can still be changed in place, since nobody has seen it. @param {string} id */
  isFresh(id) {
    return this.queue.entries.has(id) && !this.#left.has(id);
  }

  /** What an earlier page may have sent. @param {Operation[]} operations */
  mayHaveLeft(operations) {
    for (const operation of operations) this.#left.add(operation.id);
  }

  /** A new socket: all that is not confirmed goes once more. */
  restart() {
    this.#sent.clear();
    this.#pausedUntil = 0;
    this.send();
  }

  send() {
    const wait = this.#pausedUntil - Date.now();
    if (!this.socket.live || this.socket.draining) return;
    if (wait > 0) {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.send(), wait);
      return;
    }
    /** @type {Operation[]} */
    const ready = [];
    let room = this.inFlight - this.#sent.size;
    for (const { operation, stored } of this.queue.entries.values()) {
      if (room <= 0 || stored) break;
      if (this.#sent.has(operation.id)) continue;
      ready.push(operation);
      room -= 1;
    }
    for (const operations of frames(ready)) this.#say(operations);
  }

  /** @param {Operation[]} operations */
  #say(operations) {
    for (const operation of operations) {
      this.#sent.set(operation.id, Date.now());
      this.#left.add(operation.id);
      this.#latest.set(topic(operation), operation.id);
    }
    this.socket.say({ type: "operations", operations });
  }

  /** It is confirmed, or refused for good. @param {string} id */
  done(id) {
    this.#sent.delete(id);
    this.queue.remove(id);
  }

  /**
   * Refused for now. Answers false where something newer of the same was sent meanwhile: then the old must not come
   * after it and is dropped.
   *
   * @param {string} id @param {number} seconds
   */
  later(id, seconds) {
    const entry = this.queue.entries.get(id);
    this.#sent.delete(id);
    if (entry && this.#latest.get(topic(entry.operation)) !== id) return false;
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + seconds * 1000);
    this.send();
    return true;
  }

  #resend() {
    const old = Date.now() - RESEND;
    const lost = [...this.#sent].filter(([, at]) => at <= old).map(([id]) => id);
    if (!lost.length) return;
    // Order counts, so everything that is not confirmed goes again from the oldest.
    this.#sent.clear();
    this.send();
  }
}

/** @param {Operation} operation */
function topic({ verb, item, payload }) {
  return `${verb} ${item} ${Object.keys(payload).sort().join()}`;
}
