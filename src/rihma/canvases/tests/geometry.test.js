import assert from "node:assert/strict";
import { test } from "node:test";

import { isDrag, isNew, newId, pointAt, snapped, stepped, valuesAt } from "../static/canvases/geometry.js";

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test("a place snaps to the nearest of the 21 and stays on the plane", () => {
  assert.deepEqual([-4, 0, 2, 3, 52.4, 52.6, 99, 140].map(snapped), [0, 0, 0, 5, 50, 55, 100, 100]);
});

test("a card at the far edge stands at 100 percent", () => {
  const plane = { width: 500, height: 300 };
  const card = { width: 100, height: 60 };
  assert.deepEqual(pointAt({ x: 400, y: 240 }, plane, card), { x: 100, y: 100 });
  assert.deepEqual(pointAt({ x: 200, y: 0 }, plane, card), { x: 50, y: 0 });
  assert.deepEqual(pointAt({ x: -50, y: 900 }, plane, card), { x: 0, y: 100 });
});

test("a card as large as the plane stands at its beginning", () => {
  assert.deepEqual(pointAt({ x: 10, y: 10 }, { width: 50, height: 50 }, { width: 50, height: 50 }), { x: 0, y: 0 });
});

test("an arrow moves one place, with shift further, and other keys none", () => {
  assert.deepEqual(stepped({ x: 50, y: 50 }, "ArrowUp"), { x: 50, y: 45 });
  assert.deepEqual(stepped({ x: 50, y: 50 }, "ArrowRight", true), { x: 70, y: 50 });
  assert.deepEqual(stepped({ x: 0, y: 100 }, "ArrowLeft"), { x: 0, y: 100 });
  assert.equal(stepped({ x: 50, y: 50 }, "Enter"), null);
});

test("the upper right corner is important and a guess when evidence falls to the right", () => {
  assert.deepEqual(valuesAt({ x: 100, y: 0 }, { x: true, y: false }), { x: 0, y: 100 });
  assert.deepEqual(valuesAt({ x: 25, y: 75 }, { x: false, y: true }), { x: 25, y: 75 });
});

test("a trembling finger does not drag", () => {
  assert.equal(isDrag({ x: 0, y: 0 }, { x: 3, y: 3 }), false);
  assert.equal(isDrag({ x: 0, y: 0 }, { x: 6, y: 0 }), true);
});

test("a letter is a command only outside of writing and without a modifier", () => {
  assert.equal(isNew({ key: "n", ...plain }, false), true);
  assert.equal(isNew({ key: "N", ...plain }, false), true);
  assert.equal(isNew({ key: "n", ...plain }, true), false);
  assert.equal(isNew({ key: "n", ...plain, ctrlKey: true }, false), false);
  assert.equal(isNew({ key: "m", ...plain }, false), false);
});

test("ids are 32 signs and never the same", () => {
  const ids = new Set(Array.from({ length: 100 }, () => newId()));
  assert.equal(ids.size, 100);
  assert.match([...ids][0] ?? "", /^[0-9a-f]{32}$/);
});
