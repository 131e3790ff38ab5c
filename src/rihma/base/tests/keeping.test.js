import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, clock, differs, Keeping, kept, PATIENCE, Parts, REST, textOf } from "../static/base/js/keeping.js";

/** A clock that stands until told. */
function standing() {
  /** @type {{ act: () => void, after: number } | undefined} */
  let next;
  return {
    later: (/** @type {() => void} */ act, /** @type {number} */ after) => {
      next = { act, after };
      return next;
    },
    never: () => {
      next = undefined;
    },
    get wait() {
      return next?.after;
    },
    ring() {
      next?.act();
    },
  };
}

/** @param {() => Promise<void>} send */
function keepingWith(send) {
  /** @type {string[]} */
  const shown = [];
  const timers = standing();
  return { keeping: new Keeping(send, (phase) => shown.push(phase), timers), shown, timers };
}

const settled = () => new Promise((done) => setImmediate(done));

test("text is sent once somebody has rested from typing", async () => {
  let sent = 0;
  const { keeping, shown, timers } = keepingWith(async () => {
    sent += 1;
  });
  keeping.touch();
  keeping.touch();
  assert.equal(timers.wait, REST);
  assert.equal(sent, 0);
  timers.ring();
  await settled();
  assert.equal(sent, 1);
  assert.deepEqual(shown, ["waiting", "waiting", "saving", "idle"]);
  assert.equal(keeping.unsaved, false);
});

test("leaving a field sends at once, and only if something changed", async () => {
  let sent = 0;
  const { keeping } = keepingWith(async () => {
    sent += 1;
  });
  await keeping.now();
  assert.equal(sent, 0);
  keeping.touch();
  await keeping.now();
  assert.equal(sent, 1);
});

test("what is typed while saving goes with the next request, never two at once", async () => {
  /** @type {(() => void)[]} */
  const answers = [];
  const { keeping, timers } = keepingWith(() => new Promise((done) => answers.push(done)));
  keeping.touch();
  void keeping.now();
  keeping.touch();
  void keeping.now();
  assert.equal(answers.length, 1);
  answers[0]?.();
  await settled();
  assert.equal(keeping.unsaved, true);
  timers.ring();
  assert.equal(answers.length, 2);
});

test("a failure keeps the text unsaved and tries again with growing patience", async () => {
  const { keeping, shown, timers } = keepingWith(async () => {
    throw new Error("network");
  });
  keeping.touch();
  await keeping.now();
  assert.equal(keeping.phase, "failed");
  assert.equal(keeping.unsaved, true);
  assert.equal(timers.wait, PATIENCE[0]);
  timers.ring();
  await settled();
  assert.equal(timers.wait, PATIENCE[1]);
  assert.deepEqual(shown, ["waiting", "saving", "failed", "saving", "failed"]);
});

test("typing after a failure does not pretend that all is well", async () => {
  const { keeping, shown } = keepingWith(async () => {
    throw new Error("network");
  });
  keeping.touch();
  await keeping.now();
  keeping.touch();
  assert.equal(shown.at(-1), "failed");
});

test("the token and the version are not the person's text", () => {
  const text = textOf([
    ["csrfmiddlewaretoken", "abc"],
    ["version", "3"],
    ["why", "Because"],
  ]);
  assert.deepEqual(text, [["why", "Because"]]);
});

test("what a device kept is read with care", () => {
  assert.equal(kept(null), null);
  assert.equal(kept("no json"), null);
  assert.equal(kept('{"fields": 3}'), null);
  assert.deepEqual(kept('{"at": "2023-01-13T10:00:00Z", "fields": [["why", "x"]]}')?.fields, [["why", "x"]]);
});

test("kept text is offered only where it differs from the page", () => {
  const before = kept('{"at": "2023-01-13T10:00:00Z", "fields": [["why", "x"]]}');
  assert.equal(differs(before, [["why", "x"]]), false);
  assert.equal(differs(before, [["why", "y"]]), true);
  assert.equal(differs(before, []), true);
  assert.equal(differs(null, [["why", "y"]]), false);
});

test("the clock is written as the language writes it", () => {
  const at = new Date("2023-01-13T12:05:30Z");
  assert.equal(clock(at, "fi", "Europe/Helsinki"), "14.05");
  assert.equal(clock(at, "sv", "Europe/Stockholm"), "13.05");
  assert.equal(clock(at, "en", "Europe/Helsinki"), "14:05");
  assert.equal(clock(new Date("2023-01-13T22:05:00Z"), "en", "Europe/Helsinki"), "0:05");
});

test("whoever waits for the request under way goes on when it has its answer, well or ill", async () => {
  for (const fails of [false, true]) {
    /** @type {(() => void) | undefined} */
    let answer;
    const { keeping } = keepingWith(
      () =>
        new Promise((done, fail) => {
          answer = () => (fails ? fail(new Error("503")) : done());
        }),
    );
    keeping.touch();
    void keeping.now();
    let went = false;
    void keeping.settled.then(() => {
      went = true;
    });
    await settled();
    assert.equal(went, false);
    answer?.();
    await settled();
    assert.equal(went, true);
  }
});

test("a form without files is sent in pairs, each of them, in order", () => {
  const data = new FormData();
  data.append("seen", "a:1");
  data.append("seen", "b:2");
  data.append("text", "ä & ö");
  assert.equal(String(bodyOf(data)), "seen=a%3A1&seen=b%3A2&text=%C3%A4+%26+%C3%B6");
  data.append("file", new Blob(["x"]), "x.txt");
  assert.equal(bodyOf(data), data);
});

/** @param {[string, string][]} pairs */
function form(...pairs) {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
}

const PAGE = /** @type {[string, string]} */ (["csrfmiddlewaretoken", "1"]);
/** @param {FormData} data */
const names = (data) => [...data].map(([name, value]) => (name === "seen" ? `${name} ${value}` : name));

test("only what is not saved yet is sent, each part with its mark and all that belongs to it", () => {
  const parts = new Parts();
  const first = form(PAGE, ["seen", "name:a"], ["name", "Karhu"], ["seen", "people:b"], ["people.0.name", "Aino"]);
  const sent = parts.unsaved(first);
  assert.deepEqual(names(sent), [...names(first), "parts"]);
  parts.settle(sent, form(["seen", "name:c"], ["seen", "people:d"]));
  const next = form(PAGE, ["seen", "name:c"], ["name", "Karhu"], ["seen", "people:d"], ["people.0.name", "Eino"]);
  assert.deepEqual(names(parts.unsaved(next)), ["csrfmiddlewaretoken", "seen people:d", "people.0.name", "parts"]);
});

test("a text is sent again where another writer came between, also if it is the same as before", () => {
  const parts = new Parts();
  const own = form(["seen", "name:a"], ["name", "Karhu"]);
  parts.settle(parts.unsaved(own), form(["seen", "name:b"]));
  assert.deepEqual(names(parts.unsaved(form(["seen", "name:b"], ["name", "Karhu"]))), ["parts"]);
  const afterAnother = form(["seen", "name:z"], ["name", "Karhu"]);
  assert.deepEqual(names(parts.unsaved(afterAnother)), ["seen name:z", "name", "parts"]);
});

test("a tick that was taken away is sent by its mark alone", () => {
  const parts = new Parts();
  parts.settle(parts.unsaved(form(["seen", "open:a"], ["open", "on"])), form(["seen", "open:b"]));
  assert.deepEqual(names(parts.unsaved(form(["seen", "open:b"]))), ["seen open:b", "parts"]);
});

test("a form without marks is sent whole", () => {
  const parts = new Parts();
  const all = form(["version", "1"], ["text", "Karhu"]);
  parts.settle(parts.unsaved(all), all);
  assert.deepEqual(names(parts.unsaved(all)), ["version", "text"]);
});
