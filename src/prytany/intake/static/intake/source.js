// The text beside the grid: sentences are walked with the arrow keys, taken with Enter, several together with Shift.
import { composing, count, notify } from "../core/page.js";
import { isProposed, page, rowsOf, say, sentences } from "./rows.js";
import { split } from "./splitting.js";

const letters = document.body.dataset.singleKeys !== "off";
const list = page.querySelector("[data-source]");
let anchor = null;

/** Mark the sentence that is worked on. */
export function mark(sentence, { scroll = true } = {}) {
  for (const one of sentences()) {
    one.classList.toggle("on", one === sentence);
    if (one === sentence) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
    one.tabIndex = one === sentence ? 0 : -1;
  }
  if (sentence && scroll) sentence.scrollIntoView({ block: "nearest" });
}

function forget() {
  anchor = null;
  for (const one of sentences()) one.classList.remove("range");
  tell();
}

/** Say which sentences are taken together, with what can be done with them. */
function tell() {
  const chosen = taken();
  const place = page.querySelector("[data-range]");
  place.hidden = chosen.length < 2;
  const number = (one) => count(Number(one.dataset.sentence));
  place.querySelector("[data-range-words]").textContent =
    place.hidden ? "" : say("range", { from: number(chosen[0]), to: number(chosen.at(-1)) });
}

const taken = () => sentences().filter((one) => one.classList.contains("range"));
const here = () => list.querySelector("[data-sentence].on") ?? sentences()[0];

function extend(from, to) {
  const every = sentences();
  anchor ??= from;
  const [first, last] = [every.indexOf(anchor), every.indexOf(to)].sort((a, b) => a - b);
  every.forEach((one, index) => one.classList.toggle("range", first !== last && first <= index && index <= last));
  tell();
}

/** Take one sentence more to those that are worked on. */
function merge(sentence) {
  const every = sentences();
  const next = every[every.indexOf(taken().at(-1) ?? sentence) + 1];
  if (!next) { notify(say("nothing_to_merge")); return; }
  extend(taken()[0] ?? sentence, next);
  next.focus();
}

/** The words of a sentence that are selected, as offsets of code points in the text; null without a selection in it. */
function selected(sentence) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const place = sentence.querySelector("[data-words]");
  if (!place.contains(range.startContainer) || !place.contains(range.endContainer)) return null;
  const before = range.cloneRange();
  before.selectNodeContents(place);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(sentence.dataset.start) + [...before.toString()].length;
  return { start, end: start + [...range.toString()].length };
}

/** Where a row would be drawn from: selected words, sentences taken together, or the sentence. */
function passage(sentence) {
  const chosen = taken();
  if (chosen.length > 1) return { start: Number(chosen[0].dataset.start), end: Number(chosen.at(-1).dataset.end) };
  return selected(sentence) ?? { start: Number(sentence.dataset.start), end: Number(sentence.dataset.end) };
}

/** Wire the pane; `draw(passages)` makes a row of each, `take` and `skip` decide proposals. */
export function start({ draw, take, skip }) {
  const every = sentences();
  for (const one of every) {
    one.tabIndex = -1;
    if (!one.querySelector("[data-to] kbd")) {
      const key = document.createElement("kbd");
      key.textContent = "Enter";
      key.setAttribute("aria-hidden", "true");
      one.querySelector("[data-to]").append(key);
    }
  }
  if (every.length) every[0].tabIndex = 0;

  function use(sentence) {
    const open = rowsOf(sentence).filter(isProposed);
    const whole = !list.querySelector(".range") && !selected(sentence);
    const place = passage(sentence);
    forget();
    if (open.length && whole) take(open);
    else draw([place]);
  }
  const cut = (sentence) => { forget(); split(sentence, draw); };

  const tools = page.querySelector("[data-source-tools]");
  tools.hidden = false;
  const onClick = (selector, work) => tools.querySelector(selector).addEventListener("click", work);
  onClick("[data-merge]", () => { if (here()) merge(here()); });
  onClick("[data-split]", () => { if (here()) cut(here()); });
  onClick("[data-range-take]", () => use(taken()[0]));
  onClick("[data-range-off]", () => { const [first] = taken(); forget(); first?.focus(); });

  list.addEventListener("focusin", (event) => {
    const sentence = event.target.closest("[data-sentence]");
    if (sentence) mark(sentence, { scroll: false });
  });
  list.addEventListener("click", (event) => {
    const sentence = event.target.closest("[data-sentence]");
    if (!sentence || event.target.closest("a, button")) return;
    if (event.shiftKey) extend(list.querySelector(".on") ?? sentence, sentence);
    else if (getSelection().isCollapsed) { forget(); sentence.focus({ preventScroll: true }); }
  });
  list.addEventListener("submit", (event) => {
    const sentence = event.target.closest("[data-sentence]");
    if (!sentence) return;
    event.preventDefault();
    event.stopPropagation();
    use(sentence);
  });
  list.addEventListener("keydown", (event) => {
    const sentence = event.target.closest("[data-sentence]");
    if (!sentence || event.target !== sentence || composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const order = sentences();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = order[order.indexOf(sentence) + step];
      if (next) {
        if (event.shiftKey) extend(sentence, next);
        else forget();
        next.focus();
      }
    } else if (event.key === "Enter") {
      use(sentence);
    } else if (event.key === "Escape") {
      if (list.querySelector(".range")) forget();
      else skip(rowsOf(sentence).filter(isProposed));
    } else if (letters && event.key.toLowerCase() === "m") {
      merge(sentence);
    } else if (letters && event.key.toLowerCase() === "s") {
      cut(sentence);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
}
