/** Everything together: the canvas's page, live. Without this script, and where no socket opens, its forms do the work. */

import { afterPaint } from "../breath.js";
import { bringRest } from "../rest.js";
import { Carry } from "./carry.js";
import { Deeds } from "./deeds.js";
import { Desk } from "./desk.js";
import { Drawing } from "./draw.js";
import { filled, readFacts, shortened } from "./facts.js";
import { Find } from "./find.js";
import { Gather } from "./gather.js";
import { Hands } from "./hands.js";
import { Keys } from "./keys.js";
import { Lines } from "./lines.js";
import { People } from "./people.js";
import { Refusals } from "./refuse.js";
import { Session } from "./session.js";
import { State } from "./state.js";
import { Tally } from "./tally.js";
import { Teller } from "./tell.js";
import { Steps } from "./undo.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {CustomEvent<{ ctx?: import("./deeds.js").Asked }>} HtmxEvent */

/** @param {Facts} facts @param {HTMLElement} page */
function begin(facts, page) {
  let back = false;
  const session = new Session(facts, {
    changed: (ids) => {
      drawing.draw(ids);
      desk.came(ids);
      lines.soon();
    },
    came: (ids) => {
      desk.came(ids);
      gather.took(ids);
    },
    counted: () => {
      state.show();
      deeds.saved();
    },
    told: (rows) => teller.took(rows),
    wished: (wish) => {
      steps.record(wish);
      if (wish.verb === "move") teller.moved(wish);
    },
    refused: (operation, code, message) => refusals.show(operation, code, message),
    people: (here, gone) => {
      people.took(here, gone);
      tally.people = people.count;
    },
    live: (live) => {
      page.toggleAttribute("data-live", live);
      page.toggleAttribute("data-began", session.began);
      if (live) refusals.clear();
      else people.forget();
      // What was told meanwhile was not heard.
      if (live && back) spread(topicsIn(page));
      back ||= live;
    },
    stopped: (why) =>
      refusals.stop(
        why,
        [...session.queue.entries.values()].map(({ operation }) => operation),
      ),
    rights: (_role, status) => refusals.rights(status),
    news: (topics) => {
      if (topics.includes("anew")) session.anew();
      // Its zones are others now: until it is loaded again, what is written here still finds its place.
      if (topics.includes("kind")) refusals.stop("reload", []);
      setTimeout(() => spread(topics), Math.random() * EACH * tally.people);
      tally.wantBoard();
    },
  });
  const { model } = session;
  const tally = new Tally(facts, model, page);
  const drawing = new Drawing(facts, model, page, tally, (id, drawn) => people.sign(id, drawn));
  const gather = new Gather((ids) => {
    drawing.draw(ids);
    lines.soon();
  });
  const element = (/** @type {string} */ id) => drawing.element(id);
  const lines = new Lines(facts, model, page, element);
  const people = new People(facts, model, element);
  const refusals = new Refusals(facts, page, element);
  const teller = new Teller(facts, model);
  const steps = new Steps(session);
  const state = new State(facts, session);
  const desk = new Desk(facts, session, (id) => drawing.draw([id]));
  const find = new Find(facts, model, element);
  const keys = new Keys(facts, page, steps, teller, find);
  const removed = (/** @type {string} */ id) => {
    const text = shortened(model.get(id)?.text ?? "", 80);
    teller.say(filled(facts.words.takenOut ?? "", { text }));
    keys.left();
  };
  const deeds = new Deeds(facts, session, desk, page, removed);
  new Hands(facts, session, page, removed);
  new Carry(facts, session, page);

  document.addEventListener("htmx:before:request", (event) => {
    const asked = /** @type {HtmxEvent} */ (event).detail?.ctx;
    if (asked && page.contains(asked.sourceElement) && deeds.take(asked)) event.preventDefault();
  });
  const anew = () => {
    if (session.began) desk.adopt(page);
    tally.anew();
    if (model.head !== null) drawing.all();
    people.show();
    lines.soon();
    if (find.isOpen) find.mark();
  };
  document.addEventListener("htmx:after:swap", (event) => {
    const came = /** @type {HtmxEvent} */ (event).detail?.ctx?.target;
    const board = page.querySelector("#board");
    // What came beside the board, or in one item, says nothing about all the others.
    if (!came?.isConnected || !board || came.contains(board)) return anew();
    if (session.began) desk.adopt(came);
    if (model.head !== null) drawing.again(came);
    people.show();
    lines.soon();
  });
  page.addEventListener("live:board", anew);
  addEventListener("pagehide", () => desk.flush());
  page.addEventListener("live:drag", (event) => session.show({ drag: /** @type {CustomEvent} */ (event).detail }));
  // What the server says is drawn into what stands here, so all of it comes first.
  bringRest(page).finally(() => session.start());
}

/** Milliseconds that each who is here adds to how long an answer to news may wait, so that a room does not ask at once. */
const EACH = 10;

/** Parts of the page ask the server again for what they show. @param {Iterable<string>} topics */
function spread(topics) {
  for (const topic of topics) document.body.dispatchEvent(new CustomEvent(`rihma:news-${topic}`));
}

/** @param {HTMLElement} page */
function topicsIn(page) {
  const said = [...page.querySelectorAll("[hx-trigger*='rihma:news-']")].map((part) => part.getAttribute("hx-trigger"));
  return new Set(
    said.flatMap((words) => [...(words ?? "").matchAll(/rihma:news-(\w+)/g)].map(([, topic]) => topic ?? "")),
  );
}

const facts = readFacts();
const page = document.querySelector("canvas-page");
if (facts && page instanceof HTMLElement) afterPaint(() => begin(facts, page));
