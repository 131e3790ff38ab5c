/**
 * The socket's life: a ticket, a greeting, a heartbeat, and opening it again whenever it breaks.
 */

import { Twin } from "./twin.js";

/** @typedef {{ type: string } & Record<string, any>} Message */
/**
 * @typedef {object} Heard what the page does about it
 * @property {() => { after: number | null, queued: number }} greeting
 * @property {(message: Message) => void} message
 * @property {(live: boolean) => void} live
 * @property {(why: "forbidden" | "reload" | "crowded" | "signed-out") => void} stopped
 */

export const VERSION = 1;
/** Three of these are over before a line that was cut has been dead for half a minute. */
const BEAT = 9_000;
const MISSED = 2;
const SOONEST = 500;
const LATEST = 15_000;
/** A server that understands nothing three times in a row is another version. */
const MISUNDERSTOOD = 3;
/** A network through which so many sockets did not open, and none did, gets plain requests. */
const BLOCKED = 2;
const CODES = { malformed: 4400, noTicket: 4401, notYours: 4403, tooMany: 4429 };

/**
 * How long to wait before the next try: at random, so that a room does not come back all at once.
 *
 * @param {number} tries @param {() => number} [random]
 */
export function patience(tries, random = Math.random) {
  return SOONEST + random() * (Math.min(LATEST, SOONEST * 2 ** tries) - SOONEST);
}

export class Socket {
  /** @type {WebSocket | Twin | null} */
  #wire = null;
  #tries = 0;
  #misunderstood = 0;
  #missed = 0;
  #opened = false;
  #unopened = 0;
  #timer = 0;
  #beat = 0;
  #over = false;
  #opening = false;
  /** Nothing more is sent to a server that is about to stop. */
  draining = false;
  live = false;

  /** @param {string} ticketUrl @param {string} token against forged requests @param {Heard} heard */
  constructor(ticketUrl, token, heard) {
    this.ticketUrl = ticketUrl;
    this.token = token;
    this.heard = heard;
    addEventListener("online", () => this.#now());
    addEventListener("offline", () => this.#broken());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#now());
  }

  async open() {
    if (this.#over || this.#opening || this.#wire) return;
    this.#opening = true;
    try {
      const answer = await this.#ticket();
      if (answer) this.#connect(answer);
    } catch {
      this.#again();
    } finally {
      this.#opening = false;
    }
  }

  /** @param {Message} message */
  say(message) {
    if (this.#wire?.readyState === WebSocket.OPEN) this.#wire.send(JSON.stringify(message));
  }

  /** @returns {Promise<{ ticket: string, path: string } | null>} */
  async #ticket() {
    const response = await fetch(this.ticketUrl, {
      method: "POST",
      headers: { "X-CSRFToken": this.token },
      signal: AbortSignal.timeout(BEAT),
    });
    if (response.ok) return response.json();
    if (response.status === 404) this.#stop("forbidden");
    else if (response.status === 401 || response.status === 403) this.#stop("signed-out");
    else this.#again();
    return null;
  }

  /** @param {{ ticket: string, path: string }} answer */
  #connect({ ticket, path }) {
    const blocked = !this.#opened && this.#unopened >= BLOCKED;
    const wire = blocked
      ? new Twin(this.ticketUrl.replace(/\/ticket$/, ""), this.token)
      : new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
    this.#wire = wire;
    wire.onopen = () => {
      this.#opened ||= !blocked;
      this.say({ type: "hello", v: VERSION, ticket, ...this.heard.greeting() });
    };
    wire.onmessage = (/** @type {{ data: string }} */ event) =>
      wire === this.#wire && this.#take(JSON.parse(event.data));
    wire.onclose = (/** @type {{ code: number, reason: string }} */ event) =>
      wire === this.#wire && this.#closed(event);
    this.#keepBeating();
  }

  /** @param {Message} message */
  #take(message) {
    this.#missed = 0;
    if (message.type === "draining") this.draining = true;
    else if (message.type !== "pong") this.heard.message(message);
    // The state comes right behind the welcome, and with it the page is up to date.
    if (message.type === "items" || message.type === "operations") this.#up();
  }

  #up() {
    if (this.live) return;
    this.live = true;
    this.#tries = 0;
    this.#misunderstood = 0;
    this.heard.live(true);
  }

  /** @param {{ code: number, reason: string }} event */
  #closed(event) {
    // After plain requests a socket is tried again: perhaps it was the server that was away.
    if (this.#wire instanceof Twin) this.#unopened = 0;
    else if (!this.#opened) this.#unopened += 1;
    this.#down();
    if (event.code === CODES.notYours) return this.#stop("forbidden");
    if (event.code === CODES.malformed) {
      this.#misunderstood += event.reason.includes("version") ? MISUNDERSTOOD : 1;
      if (this.#misunderstood >= MISUNDERSTOOD) return this.#stop("reload");
    }
    if (event.code === CODES.tooMany) {
      this.heard.stopped("crowded");
      this.#tries = 5;
    }
    this.#again();
  }

  /** On a new line, so that everything is told again. */
  anew() {
    const wire = this.#wire;
    this.#down();
    wire?.close();
    this.#now();
  }

  #broken() {
    const wire = this.#wire;
    this.#down();
    wire?.close();
    this.#again();
  }

  #down() {
    clearTimeout(this.#beat);
    this.#wire = null;
    this.draining = false;
    if (!this.live) return;
    this.live = false;
    this.heard.live(false);
  }

  /** @param {"forbidden" | "reload" | "signed-out"} why */
  #stop(why) {
    // Whoever signs in on another tab is let in again; the other two need a new page.
    if (why === "signed-out") this.#again();
    else this.#over = true;
    this.heard.stopped(why);
  }

  #again() {
    if (this.#over) return;
    clearTimeout(this.#timer);
    this.#tries += 1;
    this.#timer = window.setTimeout(() => this.open(), patience(this.#tries));
  }

  #now() {
    if (this.live || this.#over) return;
    this.#tries = 0;
    clearTimeout(this.#timer);
    this.open();
  }

  #keepBeating() {
    clearTimeout(this.#beat);
    this.#missed = 0;
    const beat = () => {
      if (this.#missed >= MISSED) return this.#broken();
      this.#missed += 1;
      if (this.live) this.say({ type: "ping", n: this.#missed });
      this.#beat = window.setTimeout(beat, BEAT);
    };
    this.#beat = window.setTimeout(beat, BEAT);
  }
}
