/**
 * What was written here and is not saved by the server yet, kept on this device so that a reload loses nothing.
 *
 * Each page writes under a device id of its own and holds a lock of that name as long as it is open. Whoever finds a
 * device whose lock is free takes over what it left behind: the ids stay, so sending twice still takes effect once.
 */

/** @typedef {import("./model.js").Operation} Operation */
/** @typedef {{ owner: string, id: string, device: string, n: number, operation: Operation }} Kept */
/** @typedef {{ operation: Operation, kept: boolean, stored: Promise<boolean> | null }} Entry */

const DATABASE = "rihma-canvases";
const STORE = "operations";

export class Queue {
  /** Not confirmed, oldest first. @type {Map<string, Entry>} */
  entries = new Map();
  device = "";
  #owner;
  /** @type {IDBDatabase | null} */
  #database = null;
  #count = 0;
  /** Devices whose words this page looks after. @type {Set<string>} */
  #held = new Set();

  /** @param {string} canvas @param {string} person */
  constructor(canvas, person) {
    this.#owner = `${canvas} ${person}`;
    // Counting from the time, a device that is taken over never counts the same number again.
    this.#count = Date.now();
  }

  /** Answers what earlier pages left behind. */
  async open() {
    try {
      this.#database = await openDatabase();
    } catch {
      this.#database = null;
    }
    const left = await this.adopt();
    if (!this.device) {
      this.device = crypto.randomUUID().replaceAll("-", "");
      await this.#hold(this.device);
    }
    return left;
  }

  /** Takes over what pages that are closed by now left behind. @returns {Promise<Operation[]>} */
  async adopt() {
    const kept = await this.#read();
    /** @type {Operation[]} */
    const left = [];
    for (const device of new Set(kept.map((one) => one.device))) {
      if (this.#held.has(device) || !(await this.#hold(device))) continue;
      this.device ||= device;
      // What that page had confirmed before it closed is gone by now, so it is read once more.
      for (const one of await this.#read()) {
        if (one.device !== device) continue;
        this.entries.set(one.id, { operation: one.operation, kept: true, stored: null });
        left.push(one.operation);
      }
    }
    return left;
  }

  nextId() {
    this.#count += 1;
    return `${this.device}:${this.#count}`;
  }

  /** Resolves when it is on this device's disk, or known not to be. @param {Operation} operation */
  async put(operation) {
    /** @type {Entry} */
    const entry = this.entries.get(operation.id) ?? { operation, kept: false, stored: null };
    entry.operation = operation;
    entry.kept = false;
    this.entries.set(operation.id, entry);
    const stored = this.#store(operation).then(
      () => true,
      () => false,
    );
    entry.stored = stored;
    const kept = await stored;
    // Only the last counts: what was typed since is on its way to the disk by itself.
    if (entry.stored === stored) {
      entry.stored = null;
      entry.kept = kept;
    }
    if (!this.entries.has(operation.id)) this.#forget(operation.id);
  }

  /** @param {string} id */
  remove(id) {
    if (this.entries.delete(id)) this.#forget(id);
  }

  get size() {
    return this.entries.size;
  }

  /** How many this device could not keep. */
  get unkept() {
    return [...this.entries.values()].filter((entry) => !entry.kept && !entry.stored).length;
  }

  /** How many are on their way to the disk: until they are there, closing the page loses them. */
  get storing() {
    return [...this.entries.values()].filter((entry) => entry.stored).length;
  }

  /** @param {Operation} operation @returns {Promise<void>} */
  #store(operation) {
    const [device = "", n = "0"] = operation.id.split(":");
    /** @type {Kept} */
    const kept = { owner: this.#owner, id: operation.id, device, n: Number(n), operation };
    return this.#change((store) => store.put(kept));
  }

  /** @param {string} id */
  #forget(id) {
    this.#change((store) => store.delete([this.#owner, id])).catch(() => undefined);
  }

  /** @param {(store: IDBObjectStore) => unknown} change @returns {Promise<void>} */
  #change(change) {
    return new Promise((resolve, reject) => {
      if (!this.#database) throw new Error("nothing can be kept here");
      const transaction = this.#database.transaction(STORE, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      change(transaction.objectStore(STORE));
    });
  }

  /** @returns {Promise<Kept[]>} */
  #read() {
    const database = this.#database;
    if (!database) return Promise.resolve([]);
    return new Promise((resolve) => {
      const request = database.transaction(STORE).objectStore(STORE).index("owner").getAll(this.#owner);
      request.onsuccess = () => resolve(request.result.sort((a, b) => a.n - b.n));
      request.onerror = () => resolve([]);
    });
  }

  /**
   * Holds the device as long as this page is open; false when another page does. Where there are no locks, sending
   * twice is what happens, and it does no harm.
   *
   * @param {string} device @returns {Promise<boolean>}
   */
  #hold(device) {
    return new Promise((resolve) => {
      const held = (/** @type {unknown} */ lock) => {
        if (lock) this.#held.add(device);
        resolve(Boolean(lock));
        return lock ? new Promise(() => undefined) : undefined;
      };
      if (!navigator.locks) held(true);
      else navigator.locks.request(`rihma ${device}`, { ifAvailable: true }, held).catch(() => held(true));
    });
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: ["owner", "id"] });
      store.createIndex("owner", "owner");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}
