// A sentence that holds several tasks is split by its words, in a dialog: arrows move, the space bar cuts before a word.
import { composing, count, notify } from "../core/page.js";
import { say } from "./rows.js";

const dialog = document.getElementById("split-sentence");
const list = dialog.querySelector("[data-split-words]");
const take = dialog.querySelector("[data-split-take]");
let words = [];
let done = null;

/** Words of a sentence with their places in the text, in code points. */
function wordsOf(sentence) {
  const text = sentence.querySelector("[data-words]").textContent;
  const start = Number(sentence.dataset.start);
  return [...text.matchAll(/\S+/gu)].map((found) => {
    const at = start + [...text.slice(0, found.index)].length;
    return { text: found[0], start: at, end: at + [...found[0]].length };
  });
}

const options = () => [...list.children];
const chosen = (option) => option.getAttribute("aria-selected") === "true";

/** The pieces between the cuts, as passages of the text. */
function pieces() {
  const starts = [0, ...options().flatMap((option, index) => (chosen(option) ? [index + 1] : []))];
  return starts.map((first, place) => ({ start: words[first].start, end: words[(starts[place + 1] ?? words.length) - 1].end }));
}

function show() {
  const number = pieces().length;
  take.disabled = number < 2;
  dialog.querySelector("[data-split-count]").textContent = say("pieces", { n: count(number) });
}

function go(option) {
  if (!option) return;
  for (const one of options()) one.tabIndex = one === option ? 0 : -1;
  option.focus();
}

function toggle(option) {
  option.setAttribute("aria-selected", String(!chosen(option)));
  go(option);
  show();
}

/** Open the dialog for a sentence; `use(pieces)` is called with at least two passages. */
export function split(sentence, use) {
  words = wordsOf(sentence);
  if (words.length < 2) { notify(say("nothing_to_split")); return; }
  done = use;
  const first = document.createElement("span");
  first.textContent = words[0].text;
  const places = words.slice(1).map((word, index) => {
    const option = document.createElement("span");
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.tabIndex = index ? -1 : 0;
    option.textContent = word.text;
    return option;
  });
  list.replaceChildren(...places);
  dialog.querySelector("[data-split-first]").replaceChildren(first);
  show();
  dialog.showModal();
  places[0].focus();
}

list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) toggle(option);
});
list.addEventListener("keydown", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option || composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const every = options();
  const at = every.indexOf(option);
  const onward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  if (event.key === onward || event.key === "ArrowDown") go(every[at + 1]);
  else if (event.key === back || event.key === "ArrowUp") go(every[at - 1]);
  else if (event.key === "Home") go(every[0]);
  else if (event.key === "End") go(every.at(-1));
  else if (event.key === " ") toggle(option);
  else if (event.key === "Enter") { if (!take.disabled) take.click(); }
  else return;
  event.preventDefault();
});
take.addEventListener("click", () => {
  const found = pieces();
  dialog.close();
  done(found);
});
