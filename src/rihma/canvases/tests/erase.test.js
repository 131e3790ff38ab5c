import assert from "node:assert/strict";
import { test } from "node:test";

import { Model } from "../static/canvases/live/model.js";

/** @param {number} seq @param {string} verb @param {object} payload */
function row(seq, verb, payload) {
  return { seq, id: `theirs:${seq}`, verb, item: "a", payload, by: "person:other", at: "2026-11-24T12:00:00Z" };
}

/** @param {...ReturnType<typeof row>} rows */
function after(...rows) {
  const model = new Model("person:me");
  model.takeItems(0, []);
  const payload = { kind: "note", zone: "able", order: "i000", text: "Story", lang: "en", fields: { importance: 50 } };
  model.takeRows(rows.length + 1, [row(1, "add", payload), row(2, "mark", { tag: "Maija" }), ...rows]);
  return model;
}

test("an erased item loses its words and leaves the page", () => {
  const item = after(row(3, "erase", {})).get("a");
  assert.deepEqual([item?.text, item?.fields, item?.marks, item?.removed], ["", {}, {}, true]);
});

test("an item of which something is left stays with that", () => {
  const left = { text: "Before", lang: "sv", fields: { importance: 25 } };
  const model = after(row(3, "hide", {}), row(4, "erase", left));
  const item = model.get("a");
  assert.deepEqual([item?.text, item?.lang, item?.fields], ["Before", "sv", { importance: 25 }]);
  assert.deepEqual([item?.removed, item?.hidden, item?.text_seq], [false, false, 4]);
});
