/**
 * A socket for networks that let none through: the same messages over plain requests (docs/asyncapi.yaml, x-http).
 * It looks like a WebSocket to whoever holds it.
 */

/** @typedef {{ id: string, verb: string, item: string, base: number | null, payload: Record<string, any> }} Operation */

/** How long the server may hold an answer back until there is something to say, in seconds. */
const WAIT = 25;
/** Between two questions passes at least this. */
const SOONEST = 500;
/** A request that takes longer than this has been lost. */
const LONGEST = 40_000;
/** How many operations go along with one request. */
const AT_ONCE = 64;
const CODES = { lost: 1006, notYours: 4403 };

export class Twin {
  /** @type {(() => void) | null} */
  onopen = null;
  /** @type {((event: { data: string }) => void) | null} */
  onmessage = null;
  /** @type {((event: { code: number, reason: string }) => void) | null} */
  onclose = null;
  /** @type {number} */
  readyState = WebSocket.CONNECTING;
  #stop = new AbortController();
  #head = 0;
  /** One request after the other, so that what is written arrives in order. */
  #writing = Promise.resolve();

  /** @param {string} address of the canvas in the API @param {string} token against forged requests */
  constructor(address, token) {
    this.address = address;
    this.token = token;
    setTimeout(() => {
      if (this.#stop.signal.aborted) return;
      this.readyState = WebSocket.OPEN;
      this.onopen?.();
    });
  }

  /** @param {string} said */
  send(said) {
    const message = JSON.parse(said);
    if (message.type === "hello") this.#run(() => this.#greet(message.after));
    else if (message.type === "ping") this.#tell({ type: "pong", n: message.n });
    else if (message.type === "operations") {
      this.#writing = this.#writing.then(() => this.#run(() => this.#write(message.operations)));
    }
  }

  close() {
    this.#over(CODES.lost);
  }

  /** @param {() => Promise<void>} work */
  async #run(work) {
    try {
      await work();
    } catch (problem) {
      this.#over(problem instanceof Refusal ? CODES.notYours : CODES.lost);
    }
  }

  /** @param {number | null} after */
  async #greet(after) {
    const canvas = await this.#ask("");
    const limits = { in_flight: AT_ONCE };
    this.#tell({
      type: "welcome",
      v: 1,
      head: canvas.head,
      role: canvas.role,
      status: canvas.state,
      limits,
      you: canvas.you,
    });
    if (after === null || after > canvas.head) {
      this.#head = canvas.head;
      this.#tell({ type: "items", head: canvas.head, items: canvas.items.map(named) });
    } else {
      this.#head = after;
      await this.#read(0);
    }
    this.#run(() => this.#follow());
  }

  async #follow() {
    while (!this.#stop.signal.aborted) {
      const began = Date.now();
      await this.#read(WAIT);
      // A server, or something on the way, that holds nothing back must not be asked without end.
      await new Promise((done) => setTimeout(done, began + SOONEST - Date.now()));
    }
  }

  /** @param {number} wait */
  async #read(wait) {
    const { head, operations } = await this.#ask(`/operations?after=${this.#head}&wait=${wait}`);
    // What came back is not in its row here, and what is too old has none: then everything is asked for once more.
    const first = operations[0]?.seq ?? head + 1;
    if (
      first > this.#head + 1 ||
      operations.some((/** @type {Operation} */ row) => ["restore", "show"].includes(row.verb))
    ) {
      const canvas = await this.#ask("");
      this.#head = canvas.head;
      this.#tell({ type: "items", head: canvas.head, items: canvas.items.map(named) });
      return;
    }
    const last = operations.at(-1)?.seq ?? Math.min(head, this.#head);
    this.#head = Math.max(last, this.#head);
    this.#tell({ type: "operations", head: this.#head, operations: operations.map(named) });
  }

  /** @param {Operation[]} operations */
  async #write(operations) {
    for (let at = 0; at < operations.length; at += AT_ONCE) {
      const some = operations.slice(at, at + AT_ONCE);
      const flat = some.map(({ payload, ...operation }) => ({ ...payload, ...operation }));
      const answers = await this.#ask("/operations", { operations: flat });
      const done = answers.filter((/** @type {any} */ { seq }) => seq !== null);
      if (done.length) {
        const ids = done.map((/** @type {any} */ { id }) => id);
        this.#tell({ type: "ack", ids, seqs: done.map((/** @type {any} */ { seq }) => seq) });
      }
      for (const { id, refused } of answers) if (refused) this.#tell({ type: "refused", id, ...refused });
    }
  }

  /** @param {string} path @param {object} [body] */
  async #ask(path, body) {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(LONGEST)]);
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const how = body ? { method: "POST", body: JSON.stringify(body), headers, signal } : { signal };
    const response = await fetch(this.address + path, how);
    if (response.status === 403 || response.status === 404) throw new Refusal();
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  /** @param {object} message */
  #tell(message) {
    if (!this.#stop.signal.aborted) this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** @param {number} code */
  #over(code) {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code, reason: "" });
  }
}

class Refusal extends Error {}

/** As the socket says it. @param {Record<string, any>} sent */
function named({ writer, ...sent }) {
  return { ...sent, by: writer };
}
