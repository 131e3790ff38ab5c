/** Links between items as lines over the drawing. They are listed at the items too, so nobody needs to see them. */

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {{ x: number, y: number }} Point */

const SVG = "http://www.w3.org/2000/svg";
const HEAD = 8;

export class Lines {
  #waiting = false;

  /** @param {Facts} facts @param {Model} model @param {HTMLElement} page @param {(id: string) => HTMLElement | null} element */
  constructor(facts, model, page, element) {
    this.facts = facts;
    this.model = model;
    this.page = page;
    this.element = element;
    if (facts.layout !== "list") new ResizeObserver(() => this.soon()).observe(page);
  }

  soon() {
    if (this.#waiting || this.facts.layout === "list") return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#draw();
    });
  }

  #draw() {
    const board = document.getElementById("board");
    const old = [...(board?.children ?? [])].find((child) => child.matches(".lines"));
    const items = this.model.ids().flatMap((id) => this.model.get(id) ?? []);
    const links = items
      .filter(({ removed, marks }) => !removed && marks.links)
      .flatMap(({ id, marks }) => (marks.links ?? []).map((link) => ({ ...link, from: id })));
    if (!board || !links.length) return old?.remove();
    const ground = board.getBoundingClientRect();
    const drawing = made("svg", { class: "lines", "aria-hidden": "true", width: ground.width, height: ground.height });
    for (const { from, to, word } of links) {
      const [start, end] = [this.element(from), this.element(to)].map((one) => one?.getBoundingClientRect());
      if (start?.width && end?.width) drawing.append(...line(start, end, ground, word));
    }
    if (old) old.replaceWith(drawing);
    else board.append(drawing);
  }
}

/** @param {DOMRect} from @param {DOMRect} to @param {DOMRect} ground @param {string} word */
function line(from, to, ground, word) {
  const start = edge(from, middle(to));
  const end = edge(to, middle(from));
  const angle = Math.atan2(end.y - start.y, end.x - start.x);
  const at = (/** @type {Point} */ { x, y }) => `${(x - ground.x).toFixed(1)} ${(y - ground.y).toFixed(1)}`;
  const barbs = [angle + 2.6, angle - 2.6].map((turn) =>
    at({ x: end.x + HEAD * Math.cos(turn), y: end.y + HEAD * Math.sin(turn) }),
  );
  const path = made("path", { d: `M${at(start)}L${at(end)}M${barbs[0]}L${at(end)}L${barbs[1]}` });
  if (!word) return [path];
  const text = made("text", {
    x: ((start.x + end.x) / 2 - ground.x).toFixed(1),
    y: ((start.y + end.y) / 2 - ground.y - 4).toFixed(1),
  });
  text.textContent = word;
  return [path, text];
}

/** @param {DOMRect} box */
function middle(box) {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where the way from the middle of the box to a point leaves the box. @param {DOMRect} box @param {Point} towards */
function edge(box, towards) {
  const from = middle(box);
  const [dx, dy] = [towards.x - from.x, towards.y - from.y];
  const share = Math.min(box.width / 2 / Math.abs(dx || 1e-9), box.height / 2 / Math.abs(dy || 1e-9), 1);
  return { x: from.x + dx * share, y: from.y + dy * share };
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function made(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
