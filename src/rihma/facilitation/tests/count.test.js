import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, shown, skew, stateOf } from "../static/facilitation/count.js";

test("what is left reads as a clock, rounded up", () => {
  assert.deepEqual([119_001, 60_000, 59_400, 9_000, 1, 0, -5_000].map(shown), [
    "2:00",
    "1:00",
    "1:00",
    "0:09",
    "0:01",
    "0:00",
    "0:00",
  ]);
});

test("the last minute and the end are told apart", () => {
  assert.deepEqual([MINUTE + 1, MINUTE, 1, 0, -1].map(stateOf), ["", "minute", "minute", "over", "over"]);
});

test("a clock of a device that is wrong does not matter", () => {
  const server = "2026-11-24T12:00:00+00:00";
  assert.equal(skew(server, Date.parse(server) - 90_000), 90_000);
  assert.equal(skew("", 1), 0);
});
