/**
 * From a hand on the plane to what an item says, and back. Nothing here touches the page.
 */

/** The plane has 21 places each way (shown.GRID, places.css). */
export const GRID = 5;
export const BIG_STEP = 20;

/**
 * @typedef {{ x: number, y: number }} Point percent from the left and from the top
 * @typedef {{ width: number, height: number }} Size
 */

/** @type {Record<string, Point>} */
const ARROWS = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** @param {number} percent */
export function snapped(percent) {
  return GRID * Math.round(Math.max(0, Math.min(100, percent)) / GRID);
}

/**
 * Cards lie wholly on the plane: 100 % is where the right edge of the card meets that of the plane.
 *
 * @param {Point} corner upper left corner of the card, in pixels from that of the plane
 * @param {Size} plane
 * @param {Size} card
 * @returns {Point}
 */
export function pointAt(corner, plane, card) {
  return { x: share(corner.x, plane.width - card.width), y: share(corner.y, plane.height - card.height) };
}

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return whole > 0 ? Math.max(0, Math.min(100, (100 * part) / whole)) : 0;
}

/**
 * Where an arrow key takes an item, or null for any other key.
 *
 * @param {Point} from
 * @param {string} key
 * @param {boolean} [far]
 * @returns {Point | null}
 */
export function stepped(from, key, far = false) {
  const way = ARROWS[key];
  if (!way) return null;
  const step = far ? BIG_STEP : GRID;
  return { x: snapped(from.x + way.x * step), y: snapped(from.y + way.y * step) };
}

/**
 * What the item says when it stands there. The upward axis begins below; a falling one counts the other way.
 *
 * @param {Point} point
 * @param {{ x: boolean, y: boolean }} falling
 * @returns {Point}
 */
export function valuesAt(point, falling) {
  return { x: falling.x ? 100 - point.x : point.x, y: falling.y ? point.y : 100 - point.y };
}

/**
 * Whether the hand means to drag: a finger that trembles does not.
 *
 * @param {Point} from
 * @param {Point} to
 */
export function isDrag(from, to) {
  return Math.hypot(to.x - from.x, to.y - from.y) > 5;
}

/**
 * A command given by one letter must not fire while somebody writes, or with a modifier of the browser's.
 *
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean }} event
 * @param {boolean} writing
 */
export function isNew(event, writing) {
  return event.key.toLowerCase() === "n" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/**
 * An id for sending again: random, also where the page is not served securely and has no randomUUID.
 *
 * @param {Pick<Crypto, "getRandomValues">} [source]
 */
export function newId(source = crypto) {
  return [...source.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
