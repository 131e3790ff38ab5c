import assert from "node:assert/strict";
import { test } from "node:test";

import { filled, initials, shortened, wordOf } from "../static/canvases/live/facts.js";
import { meaning } from "../static/canvases/live/keys.js";
import { inverse, LAST, Model } from "../static/canvases/live/model.js";
import { between } from "../static/canvases/live/order.js";
import { frames, isTooLarge } from "../static/canvases/live/sender.js";
import { patience } from "../static/canvases/live/socket.js";
import { stateOf } from "../static/canvases/live/state.js";
import { caretAfter } from "../static/canvases/live/type.js";

const ME = "person:me";
const adding = { kind: "note", zone: "able", order: "i000", text: "One", lang: "en", fields: { importance: 50 } };

/** @param {number} seq @param {string} verb @param {object} payload @param {string} [id] @param {string} [item] */
function row(seq, verb, payload, id = `theirs:${seq}`, item = "a") {
  return { seq, id, verb, item, payload, by: "person:other", at: "2026-11-24T12:00:00Z" };
}

/** @param {string} id @param {string} verb @param {object} payload @param {string} [item] */
function own(id, verb, payload, item = "a") {
  return { id, verb, item, payload, base: 1 };
}

function withOne() {
  const model = new Model(ME);
  model.takeItems(0, []);
  model.takeRows(1, [row(1, "add", adding)]);
  return model;
}

test("rows of the log make items, and a row that came before is not taken again", () => {
  const model = withOne();
  model.takeRows(3, [row(2, "set", { text: "Two" }), row(3, "move", { zone: "worth", fields: { importance: 75 } })]);
  model.takeRows(3, [row(2, "set", { text: "Again" })]);
  const { text, zone, fields, text_seq } = /** @type {import("../static/canvases/live/model.js").Item} */ (
    model.get("a")
  );
  assert.deepEqual([text, zone, fields, text_seq], ["Two", "worth", { importance: 75 }, 2]);
});

test("one's own words lie on top until the log shows them, also between the answer and the row", () => {
  const model = withOne();
  model.put(own("mine:1", "set", { text: "Mine" }));
  model.takeRows(2, [row(2, "set", { text: "Theirs" })]);
  assert.equal(model.get("a")?.text, "Mine");
  model.acked("mine:1", 3);
  assert.equal(model.get("a")?.text, "Mine");
  model.takeRows(3, [row(3, "set", { text: "Mine and theirs", typed: "Mine" }, "mine:1")]);
  assert.equal(model.get("a")?.text, "Mine and theirs");
  assert.equal(model.pending.size, 0);
});

test("names that objects are born with are words like others, and change no other object", () => {
  const nasty = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
  const model = withOne();
  model.takeRows(5, [
    row(2, "set", { fields: nasty }),
    row(3, "set", nasty),
    row(4, "mark", { tag: "__proto__", ...nasty }),
    row(5, "add", { ...adding, fields: nasty }, "theirs:5", "__proto__"),
  ]);
  model.takeItems(6, [{ ...adding, ...nasty, id: "constructor", fields: nasty, by: null, text_seq: 1 }]);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  const item = /** @type {any} */ (model.get("constructor"));
  assert.deepEqual([Object.getPrototypeOf(item), item.polluted], [Object.prototype, undefined]);
  assert.deepEqual([Object.getPrototypeOf(item.fields), item.fields.polluted], [Object.prototype, undefined]);
});

test("what is refused is as if it had never been", () => {
  const model = withOne();
  model.put(own("mine:1", "add", { ...adding, text: "New" }, "b"));
  assert.deepEqual(
    model.live().map((item) => item.text),
    ["One", "New"],
  );
  model.drop("mine:1");
  assert.equal(model.get("b"), undefined);
});

test("a new item stands last until the server gives it a place", () => {
  const model = withOne();
  const { order: _order, ...unplaced } = adding;
  model.put(own("mine:1", "add", unplaced, "0"));
  assert.deepEqual(
    model.live().map((item) => [item.id, item.order]),
    [
      ["a", "i000"],
      ["0", `${LAST}000000001`],
    ],
  );
});

test("new items stand in the order in which they were written, whatever their ids", () => {
  const model = withOne();
  const { order: _order, ...unplaced } = adding;
  for (const [n, id] of ["z", "y", "x"].entries()) model.put(own(`mine:${n + 9}`, "add", unplaced, id));
  assert.deepEqual(
    model.live().map((item) => item.id),
    ["a", "z", "y", "x"],
  );
});

test("everything anew forgets what is no longer there", () => {
  const model = withOne();
  const touched = model.takeItems(5, []);
  assert.deepEqual([model.live(), [...touched]], [[], ["a"]]);
});

test("each step has its opposite", () => {
  const before = withOne().get("a");
  const verbs = ["add", "remove", "restore"].map((verb) => inverse(before, own("x", verb, {}))?.verb);
  assert.deepEqual(verbs, ["remove", "restore", "remove"]);
  assert.deepEqual(inverse(before, own("x", "set", { text: "Two" }))?.payload, { text: "One" });
  const moved = inverse(before, own("x", "move", { zone: "worth", fields: { importance: 75 } }));
  assert.deepEqual(moved?.payload, { zone: "able", order: "i000", fields: { importance: 50 } });
  assert.equal(inverse(undefined, own("x", "set", { text: "Two" })), null);
});

test("there is always a key between two others", () => {
  assert.deepEqual([between(null, null), between("i000", null), between(null, "i000")], ["i000", "i001", "hzzz"]);
  let high = "i001";
  for (let step = 0; step < 100; step += 1) {
    const key = between("i000", high);
    assert.ok("i000" < key && key < high, key);
    assert.match(key, /^[0-9a-z]{4}([0-9a-z]*[1-9a-z])?$/);
    high = key;
  }
});

test("a frame holds no more than it may, and the order stays", () => {
  const long = Array.from({ length: 20 }, (_, at) => own(`mine:${at}`, "set", { text: "ä".repeat(4000) }));
  const packed = frames(long);
  assert.ok(packed.every((frame) => new TextEncoder().encode(JSON.stringify(frame)).length < 64 * 1024));
  assert.deepEqual(packed.flat(), long);
  assert.equal(isTooLarge(own("mine:1", "set", { text: "x".repeat(62_000) })), true);
});

test("a room does not come back all at once, nor later than a quarter of a minute", () => {
  assert.equal(
    patience(1, () => 0),
    500,
  );
  assert.equal(
    patience(3, () => 1),
    4000,
  );
  assert.equal(
    patience(20, () => 1),
    15_000,
  );
});

test("four words of state", () => {
  const states = [
    { waiting: 0, unkept: 0, storing: 0, live: true },
    { waiting: 2, unkept: 0, storing: 0, live: true },
    { waiting: 2, unkept: 0, storing: 1, live: false },
    { waiting: 2, unkept: 0, storing: 0, live: false },
    { waiting: 2, unkept: 1, storing: 1, live: false },
  ].map(stateOf);
  assert.deepEqual(states, ["saved", "saving", "saving", "offline", "unkept"]);
});

test("the caret stays where it was in the words around it", () => {
  assert.equal(caretAfter("the letter", "Often the letter", 10), 16);
  assert.equal(caretAfter("the letter", "the letter is read", 3), 3);
  assert.equal(caretAfter("the long letter", "the letter", 15), 10);
});

test("keys mean something only where nobody writes, and letters only where they are wanted", () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  const now = { writing: false, letters: true };
  assert.equal(meaning({ ...plain, key: "z", ctrlKey: true }, now), "undo");
  assert.equal(meaning({ ...plain, key: "Z", ctrlKey: true, shiftKey: true }, now), "redo");
  assert.equal(meaning({ ...plain, key: "z", ctrlKey: true }, { ...now, writing: true }), "");
  assert.deepEqual(
    ["n", "/", "?", "x"].map((key) => meaning({ ...plain, key }, now)),
    ["new", "find", "help", ""],
  );
  assert.equal(meaning({ ...plain, key: "n" }, { ...now, letters: false }), "");
});

test("words of a value, letters of a name, and gaps that are filled", () => {
  /** @type {[number, string][]} */
  const steps = [
    [0, "little"],
    [50, "some"],
    [100, "much"],
  ];
  assert.equal(wordOf({ key: "i", name: "Importance", start: 50, type: "scale", steps }, 80), "much");
  assert.equal(wordOf({ key: "d", name: "Day", start: null, type: "date" }, null), "");
  assert.deepEqual(["Elli Mustajärvi", "Bo", "Anna-Maija Virta-Lehto", ""].map(initials), ["EM", "B", "AL", "?"]);
  assert.equal(filled("{name} added: {text}", { name: "Bo", text: "x" }), "Bo added: x");
  assert.deepEqual([shortened("abc", 3), shortened("abcd", 3)], ["abc", "ab…"]);
});
