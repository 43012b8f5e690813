// What the frame does with scripts on; every page works without. Modules that few pages need are loaded by those.
import "./menus.js";
import "./session.js";
import "./notices.js";
import "./line.js";
import "./keys.js";
import "./selection.js";
import { each } from "./page.js";

each("[data-copy-link]", () => import("./copy.js"));
each("[data-selection]", () => import("./copy.js"));
each("[data-reading]", () => import("./dates.js"));
each("[data-draft]", () => import("./drafts.js"));
if (sessionStorage.getItem("prytany.draft.sent")) import("./drafts.js");
each("[data-combobox], [data-units], [data-mentions]", () => import("./combobox.js"));
each("[data-picks]", () => import("./picks.js"));
each("[data-photos]", () => import("./photos.js"));
each("[data-offline]", () => import("./offline.js"));
