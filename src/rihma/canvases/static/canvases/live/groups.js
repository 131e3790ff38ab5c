/** Items of a group stand together; above the first of them in each zone stands the group's title. */

import { setText } from "./fill.js";

/** @typedef {import("./model.js").Model} Model */

/** @param {HTMLElement} page @param {Model} model */
export function showGroups(page, model) {
  for (const zone of page.querySelectorAll("[data-zone]")) {
    let above = "";
    for (const element of zone.querySelectorAll(":scope > [data-item]")) {
      const group = model.get(element.getAttribute("data-item") ?? "")?.marks.group ?? "";
      const title = element.querySelector(":scope > [data-group-title]");
      if (title) {
        title.toggleAttribute("hidden", group === above);
        setText(title, group);
      }
      above = group;
    }
  }
}
