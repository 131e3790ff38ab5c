import assert from "node:assert/strict";
import { test } from "node:test";

import { Gather } from "../static/canvases/live/gather.js";

test("what others do after a pause is drawn at once, and what follows closely is drawn together", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 1000;
  t.mock.method(performance, "now", () => now);
  Object.assign(globalThis, { window: globalThis });
  /** @type {string[][]} */
  const drawn = [];
  const gather = new Gather((ids) => drawn.push([...ids]));
  gather.took(["a"]);
  assert.deepEqual(drawn, [["a"]]);

  now += 10;
  for (const id of ["b", "c", "b"]) gather.took([id]);
  assert.equal(drawn.length, 1);
  now += 140;
  t.mock.timers.tick(140);
  assert.deepEqual(drawn, [["a"], ["b", "c"]]);

  now += 1000;
  gather.took(["d"]);
  assert.deepEqual(drawn.at(-1), ["d"]);
});
