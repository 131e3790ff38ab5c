/** Where an item stands among its neighbours: the same keys as on the server (canvases/order.py). */

const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz";
const WHOLE = 4;
const LONGEST = 64;
const MIDDLE = "i000";

/**
 * A key behind `before` and ahead of `after`; null is the open end.
 *
 * @param {string | null} before @param {string | null} after
 */
export function between(before, after) {
  const end = before ?? after;
  if (end === null) return MIDDLE;
  if (before === null || after === null) {
    const whole = Number.parseInt(end.slice(0, WHOLE), SIGNS.length) + (after === null ? 1 : -1);
    if (whole > 0 && whole < SIGNS.length ** WHOLE) return whole.toString(SIGNS.length).padStart(WHOLE, "0");
  }
  const low = before ?? "0".repeat(WHOLE);
  const high = after ?? "z".repeat(WHOLE + 1);
  return low < high ? middle(low, high) : low;
}

/** @param {string} low @param {string} high */
function middle(low, high) {
  for (let length = Math.max(low.length, high.length); length <= LONGEST; length += 1) {
    const [bottom, top] = [low, high].map((key) => number(key.padEnd(length, "0")));
    if (bottom === undefined || top === undefined || top - bottom <= 1n) continue;
    const key = ((bottom + top) / 2n).toString(SIGNS.length).padStart(length, "0");
    return key.slice(0, WHOLE) + key.slice(WHOLE).replace(/0+$/, "");
  }
  return low;
}

/** @param {string} key */
function number(key) {
  return [...key].reduce((sum, sign) => sum * BigInt(SIGNS.length) + BigInt(SIGNS.indexOf(sign)), 0n);
}
