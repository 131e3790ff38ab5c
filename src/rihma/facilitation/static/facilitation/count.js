/** How a timer says what is left; nothing here touches the page. */

export const MINUTE = 60_000;

/**
 * As a clock shows it, rounded up, so that it says 0:00 only when the time is up.
 *
 * @param {number} left in milliseconds @returns {string}
 */
export function shown(left) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * `minute` in the last minute, `over` when nothing is left.
 *
 * @param {number} left @returns {"" | "minute" | "over"}
 */
export function stateOf(left) {
  if (left <= 0) return "over";
  return left <= MINUTE ? "minute" : "";
}

/**
 * How far the clock of this device is from the server's, in milliseconds. What the page took to come is left out: it
 * is a fraction of a second.
 *
 * @param {string} serverNow @param {number} now @returns {number}
 */
export function skew(serverNow, now) {
  const there = Date.parse(serverNow);
  return Number.isNaN(there) ? 0 : there - now;
}
