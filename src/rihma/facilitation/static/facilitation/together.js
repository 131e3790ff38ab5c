/** What goes on beside the canvas, where scripts run: the timer counts, and the page looks where everybody looks. */

import { LookTogether } from "./look.js";
import { CountDown } from "./timer.js";

customElements.define("count-down", CountDown);
customElements.define("look-together", LookTogether);

// A form that was chosen from the menu has come: the menu has done its work.
document.addEventListener("htmx:after:swap", () => {
  const form = document.querySelector("#together-form form");
  if (!form) return;
  for (const menu of document.querySelectorAll(".canvas-head details.menu[open]")) menu.removeAttribute("open");
});
