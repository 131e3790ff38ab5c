/**
 * A client in Node for tests of a running server, over the model that browsers use. It works at random, sends late,
 * twice and out of order, breaks off and comes back; a line of JSON on stdin tells it what to do next.
 */

import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";

import { Model } from "../static/canvases/live/model.js";

const [port] = process.argv.slice(2);
const base = `http://127.0.0.1:${port}`;
const device = randomUUID();
let model = new Model("");
let canvas = "";
let token = "";
/** What was proposed and not yet confirmed, by id. */
const queue = new Map();
/** Texts that were confirmed. */
let kept = [];
const zones = ["wanted", "able", "worth", "lawful"];
let wire = null;
let count = 0;

const pick = (some) => some[Math.floor(Math.random() * some.length)];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function open() {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${base}/api/v1/canvases/${canvas}/ticket`, { method: "POST", headers });
  const { ticket, path } = await answer.json();
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { Origin: base } });
  await new Promise((done, failed) => {
    socket.onopen = done;
    socket.onerror = failed;
  });
  wire = socket;
  const caughtUp = new Promise((done) => {
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      take(message);
      if (message.type === "items" || message.type === "operations") done();
    };
  });
  socket.send(JSON.stringify({ type: "hello", v: 1, ticket, after: model.head, queued: queue.size }));
  await caughtUp;
}

function take(message) {
  if (message.type === "items") model.takeItems(message.head, message.items);
  if (message.type === "operations") model.takeRows(message.head, message.operations);
  if (message.type === "ack") for (const id of message.ids) confirm(id);
  if (message.type === "refused" && message.retry_after === undefined) queue.delete(message.id);
}

function confirm(id) {
  const text = queue.get(id)?.payload.text;
  if (text !== undefined) kept.push(text);
  queue.delete(id);
}

/** Another canvas: nothing is left of the one before. */
async function join(asked) {
  wire?.close();
  ({ canvas, token } = asked);
  model = new Model("");
  queue.clear();
  kept = [];
  await open();
}

function propose() {
  const item = pick(model.ids());
  const verb = item ? pick(["add", "set", "set", "move", "remove", "restore"]) : "add";
  const text = `node ${count} ${Math.random().toString(36).slice(2)}`;
  const payload = {
    add: { kind: "assumption", zone: pick(zones), text, lang: "en" },
    set: { text: `${model.get(item)?.text ?? ""} ${text}` },
    move: { zone: pick(zones) },
  }[verb];
  const where = verb === "add" ? randomUUID() : item;
  count += 1;
  const id = `${device}:${count}`;
  queue.set(id, { id, verb, item: where, payload: payload ?? {}, base: model.head });
}

const send = (some) => some.length && wire.send(JSON.stringify({ type: "operations", operations: some }));

async function work(steps) {
  for (let step = 0; step < steps; step += 1) {
    propose();
    const waiting = [...queue.values()];
    const chance = Math.random();
    // late · out of order · twice · after a break
    if (chance < 0.4) send(waiting);
    else if (chance < 0.6) send(waiting.reverse().slice(0, 32));
    else if (chance < 0.7) {
      wire.close();
      await open();
      send([...queue.values()]);
    }
    await pause(Math.random() * 20);
  }
}

async function settle() {
  while (queue.size) {
    send([...queue.values()].slice(0, 32));
    await pause(300);
  }
}

async function shown(head) {
  while ((model.head ?? 0) < head) await pause(20);
  return Object.fromEntries(model.live().map(({ id, zone, order, text }) => [id, { zone, order, text }]));
}

const acts = {
  join,
  kept: () => kept,
  work: ({ steps }) => work(steps),
  settle,
  shown: ({ head }) => shown(head),
};
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  console.log(JSON.stringify((await acts[asked.do](asked)) ?? null));
}
process.exit(0);
