// Everything the frame does with scripts on; every page works without.
import "./menus.js";
import "./session.js";
