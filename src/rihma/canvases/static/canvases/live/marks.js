/**
 * What is said of an item beside its words and fields, as the server's log tells it (marks.py says the same).
 * Nothing here touches the page or the network.
 */

/**
 * @typedef {{ to: string, word: string }} Link
 * @typedef {{ text: string, made: string, of: number }} Translation
 * @typedef {{ tags?: string[], group?: string, people?: number, links?: Link[], same_as?: string,
 *   translations?: Record<string, Translation>, came_from?: Record<string, string>, erased?: boolean, left?: number }} Marks
 * @typedef {{ tag?: string, untag?: string, group?: string, people?: number, link?: Link, unlink?: string,
 *   translation?: { lang: string, text: string, made: string, of?: number }, same_as?: string,
 *   came_from?: Record<string, string> }} Said
 */

/**
 * @param {Marks} before @param {Said} said @param {number} of which text a translation says, where the log does not tell
 * @returns {Marks}
 */
export function marked(before, said, of) {
  /** @type {Record<string, any>} */
  const marks = { ...before };
  const { tag, untag, link, unlink, translation } = said;
  if (tag !== undefined) marks.tags = [...without(before.tags, (other) => other === tag), tag];
  if (untag !== undefined) marks.tags = without(before.tags, (other) => other === untag);
  if (link) marks.links = [...without(before.links, (other) => other.to === link.to), link];
  if (unlink !== undefined) marks.links = without(before.links, (other) => other.to === unlink);
  if (translation) marks.translations = translated(before.translations ?? {}, { of, ...translation });
  for (const key of /** @type {const} */ (["group", "people", "same_as", "came_from"])) {
    if (said[key] !== undefined) marks[key] = said[key];
  }
  return /** @type {Marks} */ (Object.fromEntries(Object.entries(marks).filter(([, value]) => says(value))));
}

/** What takes it back. @param {Marks} before @param {Said} said @returns {Said} */
export function unmarked(before, said) {
  /** @type {Said} */
  const back = {};
  if (said.tag !== undefined && !before.tags?.includes(said.tag)) back.untag = said.tag;
  if (said.untag !== undefined && before.tags?.includes(said.untag)) back.tag = said.untag;
  if (said.group !== undefined) back.group = before.group ?? "";
  if (said.people !== undefined) back.people = before.people ?? 0;
  const to = said.link?.to ?? said.unlink;
  const was = before.links?.find((link) => link.to === to);
  if (to !== undefined) Object.assign(back, was ? { link: was } : { unlink: to });
  if (said.translation) {
    const { lang } = said.translation;
    const { text = "", made = "human" } = before.translations?.[lang] ?? {};
    back.translation = { lang, text, made };
  }
  return back;
}

/** @param {Record<string, Translation>} before @param {Translation & { lang: string }} said */
function translated(before, { lang, text, made, of }) {
  const others = Object.entries(before).filter(([code]) => code !== lang);
  return Object.fromEntries(text ? [...others, [lang, { text, made, of }]] : others);
}

/** @template T @param {T[] | undefined} list @param {(one: T) => boolean} out */
function without(list, out) {
  return (list ?? []).filter((one) => !out(one));
}

/** @param {any} value */
function says(value) {
  return typeof value === "object" ? Object.keys(value).length > 0 : Boolean(value);
}
