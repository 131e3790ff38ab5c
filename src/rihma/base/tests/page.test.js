import assert from "node:assert/strict";
import { test } from "node:test";
import { menusToClose } from "../static/base/js/page.js";

/** @param {unknown[]} inside */
const menu = (...inside) =>
  /** @type {HTMLDetailsElement} */ (
    /** @type {unknown} */ ({ contains: (/** @type {unknown} */ thing) => inside.includes(thing) })
  );

test("Escape closes every menu", () => {
  const open = [menu("a"), menu("b")];
  assert.deepEqual(menusToClose(open, null), open);
});

test("a press inside a menu leaves that one open", () => {
  const inside = /** @type {Element} */ (/** @type {unknown} */ ("a"));
  const open = [menu("a"), menu("b")];
  assert.deepEqual(menusToClose(open, inside), [open[1]]);
});
