/** Names in a text that is being written. Nothing here touches the page. */

const MOST = 6;

/**
 * @typedef {{ id: string, name: string }} Somebody
 */

/**
 * What is being typed behind an @ just before the caret, or null where nobody is being named.
 *
 * @param {string} text @param {number} caret
 * @returns {{ from: number, words: string } | null}
 */
export function asked(text, caret) {
  const found = /(?:^|[^\p{L}\p{N}_@])@([^@\n]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const words = found[1] ?? "";
  return { from: caret - words.length - 1, words };
}

/**
 * Those whose name, or a part of it, begins with these words.
 *
 * @param {Somebody[]} people @param {string} words
 */
export function matching(people, words) {
  const wanted = words.toLocaleLowerCase();
  const fits = (/** @type {string} */ name) =>
    name.startsWith(wanted) || name.split(/[\s-]+/).some((part) => part.startsWith(wanted));
  return people.filter(({ name }) => fits(name.toLocaleLowerCase())).slice(0, MOST);
}

/**
 * The text with the name in place of what was typed, and where the caret stands then.
 *
 * @param {string} text @param {number} from @param {number} caret @param {string} name
 */
export function named(text, from, caret, name) {
  const head = `${text.slice(0, from)}@${name} `;
  return { text: head + text.slice(caret).replace(/^ /, ""), caret: head.length };
}
