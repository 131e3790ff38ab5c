import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, matching, named } from "../static/talk/mentions.js";

const AINO = { id: "1", name: "Aino Virtanen" };
const EVA = { id: "2", name: "Eva-Lotta Åberg" };

test("a name is asked for behind an @ that begins a word", () => {
  assert.deepEqual(asked("Hi @ai", 6), { from: 3, words: "ai" });
  assert.deepEqual(asked("@", 1), { from: 0, words: "" });
  assert.deepEqual(asked("(@Aino Vi and more", 9), { from: 1, words: "Aino Vi" });
});

test("an address, another line and a caret elsewhere ask for nobody", () => {
  assert.equal(asked("aino@ai", 7), null);
  assert.equal(asked("@ai\nno", 6), null);
  assert.equal(asked("Hi @ai", 2), null);
});

test("people are found by the beginning of any part of their name", () => {
  assert.deepEqual(matching([AINO, EVA], "vir"), [AINO]);
  assert.deepEqual(matching([AINO, EVA], "lotta"), [EVA]);
  assert.deepEqual(matching([AINO, EVA], "ÅB"), [EVA]);
  assert.deepEqual(matching([AINO, EVA], ""), [AINO, EVA]);
  assert.deepEqual(matching([AINO, EVA], "aino virtanen "), []);
});

test("the whole name takes the place of what was typed, and the rest stays", () => {
  assert.deepEqual(named("Hi @ai, look", 3, 6, AINO.name), { text: "Hi @Aino Virtanen , look", caret: 18 });
  assert.deepEqual(named("Hi @ai look", 3, 6, AINO.name), { text: "Hi @Aino Virtanen look", caret: 18 });
});
