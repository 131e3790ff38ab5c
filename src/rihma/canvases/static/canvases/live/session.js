/**
 * One open canvas: what is written here goes to the device, then onto the page, then out; what comes is put in between.
 */

import { Model } from "./model.js";
import { Queue } from "./queue.js";
import { isTooLarge, Sender } from "./sender.js";
import { Socket } from "./socket.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Operation} Operation */
/** @typedef {import("./model.js").Payload} Payload */
/** @typedef {import("./model.js").Row} Row */
/** @typedef {{ verb: string, item: string, payload: Payload, base?: number | null }} Wish */
/** @typedef {{ at: number, id: string, name: string, guest?: boolean, state?: Record<string, any> }} Somebody */
/** @typedef {"forbidden" | "reload" | "crowded" | "signed-out"} Stop */
/**
 * @typedef {object} Ears what the page does when something happened
 * @property {(ids: Set<string>) => void} changed here
 * @property {(ids: Set<string>) => void} came from the log
 * @property {() => void} counted
 * @property {(rows: Row[]) => void} told
 * @property {(wish: Wish) => void} wished before it takes effect here
 * @property {(operation: Operation, code: string, message: string) => void} refused
 * @property {(people: Somebody[], gone: number[]) => void} people
 * @property {(live: boolean) => void} live
 * @property {(why: Stop) => void} stopped
 * @property {(role: string, status: string) => void} rights
 * @property {(topics: string[]) => void} news what else on the page the server knows more of
 */

const ADOPT_EVERY = 30_000;
const PRESENCE_EVERY = 100;

export class Session {
  /** Whether the server ever answered here: until then the page works by its forms alone. */
  began = false;
  role = "";
  status = "";
  /** @type {Record<string, any>} */
  #presence = {};
  /** The number under which the others hear of it while names are hidden. */
  #veil = 0;
  #presenceTimer = 0;

  /** @param {Facts} facts @param {Ears} ears */
  constructor(facts, ears) {
    this.facts = facts;
    this.ears = ears;
    this.model = new Model(facts.me);
    this.queue = new Queue(facts.canvas, facts.me);
    this.socket = new Socket(facts.ticket, facts.token, {
      greeting: () => ({ after: this.model.head, queued: this.queue.size }),
      message: (message) => this.#take(message),
      live: (live) => this.#live(live),
      stopped: (why) => ears.stopped(why),
    });
    this.sender = new Sender(this.queue, this.socket);
  }

  async start() {
    this.#adopted(await this.queue.open());
    this.socket.open();
    setInterval(async () => this.#adopted(await this.queue.adopt()), ADOPT_EVERY);
  }

  get live() {
    return this.socket.live;
  }

  /**
   * One change: seen here at once, kept, sent. Answers its id.
   *
   * @param {Wish} wish @param {{ silent?: boolean }} [how] silent: nothing to take back by itself
   */
  change({ verb, item, payload, base = null }, how = {}) {
    if (!how.silent) this.ears.wished({ verb, item, payload });
    return this.#put({ id: this.queue.nextId(), verb, item, payload, base });
  }

  /**
   * More of a text that is being typed: where the last piece was not sent yet, it takes its place.
   *
   * @param {string} last its id @param {Wish} wish
   */
  type(last, wish) {
    const entry = this.queue.entries.get(last);
    if (!entry || !this.sender.isFresh(last)) return this.change(wish, { silent: true });
    const { operation } = entry;
    return this.#put({ ...operation, payload: { ...operation.payload, text: wish.payload.text } });
  }

  /** What was told no longer holds as it was said: everything is asked for once more. */
  anew() {
    this.model.forget();
    this.socket.anew();
  }

  /** Where one is, for the others to see; only the latest counts. @param {Record<string, any>} state */
  show(state) {
    this.#presence = { ...this.#presence, ...state };
    if (this.#presenceTimer) return;
    this.#presenceTimer = window.setTimeout(() => {
      this.#presenceTimer = 0;
      if (this.live) this.socket.say({ type: "presence", state: this.#presence });
    }, PRESENCE_EVERY);
  }

  /** @param {Operation} operation */
  #put(operation) {
    if (isTooLarge(operation)) {
      this.ears.refused(operation, "large", "");
      return operation.id;
    }
    this.model.put(operation);
    const kept = this.queue.put(operation);
    this.ears.changed(new Set([operation.item]));
    this.ears.counted();
    kept.then(() => {
      this.sender.send();
      this.ears.counted();
    });
    return operation.id;
  }

  /** @param {Operation[]} operations */
  #adopted(operations) {
    if (!operations.length) return;
    this.sender.mayHaveLeft(operations);
    for (const operation of operations) this.model.put(operation);
    this.ears.changed(new Set(operations.map((operation) => operation.item)));
    this.ears.counted();
    this.sender.send();
  }

  /** @param {boolean} live */
  #live(live) {
    this.began ||= live;
    this.ears.live(live);
    this.ears.counted();
    if (!live) return;
    this.sender.restart();
    if (Object.keys(this.#presence).length) this.show({});
  }

  /** @param {Record<string, any>} message */
  #take(message) {
    if (message.type === "welcome") this.#welcomed(message);
    else if (message.type === "items") this.ears.changed(this.model.takeItems(message.head, message.items));
    else if (message.type === "operations") this.#rows(message.head, message.operations);
    else if (message.type === "ack") this.#acked(message.ids, message.seqs);
    else if (message.type === "refused") this.#refused(message);
    else if (message.type === "presence") this.#people(message.people, message.gone);
    else if (message.type === "news") this.ears.news(message.topics);
    else if (message.type === "changed") this.#rights(message.role, message.status);
  }

  /** @param {Record<string, any>} message */
  #welcomed({ role, status, limits, you }) {
    this.sender.inFlight = limits.in_flight;
    this.model.names.set(you.id, you.name);
    this.#veil = you.veil;
    this.#rights(role, status);
  }

  /** What one does oneself comes back under a number where names are hidden. @param {Somebody[]} people @param {number[]} gone */
  #people(people, gone) {
    this.ears.people(
      people.filter((one) => one.at !== this.#veil),
      gone,
    );
  }

  /** @param {string} role @param {string} status */
  #rights(role, status) {
    if (this.role && (role !== this.role || status !== this.status)) this.ears.rights(role, status);
    this.role = role;
    this.status = status;
  }

  /** @param {number} head @param {Row[]} rows */
  #rows(head, rows) {
    const fresh = rows.filter((row) => row.seq > (this.model.head ?? 0));
    this.ears.told(fresh);
    this.ears.came(this.model.takeRows(head, rows));
  }

  /** @param {string[]} ids @param {number[]} seqs */
  #acked(ids, seqs) {
    for (const [at, id] of ids.entries()) {
      this.sender.done(id);
      this.ears.changed(this.model.acked(id, seqs[at] ?? 0));
    }
    this.sender.send();
    this.ears.counted();
  }

  /** @param {Record<string, any>} message */
  #refused({ id, code, message, retry_after }) {
    const entry = this.queue.entries.get(id);
    if (retry_after !== undefined && this.sender.later(id, retry_after)) return;
    this.sender.done(id);
    this.ears.changed(this.model.drop(id));
    if (entry && retry_after === undefined) this.ears.refused(entry.operation, code, message);
    this.sender.send();
    this.ears.counted();
  }
}
