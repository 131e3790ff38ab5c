import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../static/programmes/lines.js";

const text = 'rihma = 1\n\n[programme]\nslug = "x"';

test("a line begins after the ends of those before it", () => {
  assert.deepEqual(placeOf(text, 1), [0, 9]);
  assert.deepEqual(placeOf(text, 3), [11, 22]);
});

test("an empty line is a place without length", () => {
  assert.deepEqual(placeOf(text, 2), [10, 10]);
});

test("a line after the last one is the end of the text", () => {
  assert.deepEqual(placeOf(text, 9), [text.length + 1, text.length + 1]);
});
