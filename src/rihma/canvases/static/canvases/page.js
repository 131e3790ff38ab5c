/** Everything that the page of a canvas runs. */

import "./canvas.js";
import "./plane.js";
import "./live/page.js";
