// Every row is saved by itself, in the background, one request at a time; nothing typed is lost by a lost line, an
// ended session, or somebody else's change.
import { notify, token } from "../core/page.js";
import { lineIs } from "../core/line.js";
import { signIn } from "../core/session.js";
import { giveBack, takeSpent } from "./spent.js";
import { all, cell, cellsOf, forget, page, real, say, setCells, tokenOf } from "./rows.js";

const WAIT = 900;
const AGAIN = 5000;
const status = document.querySelector("[data-saved]");
const saved = new WeakMap();
const dirty = new Set();
let acts = [];
let timer = null;
let running = null;

/** Take the row as it stands for saved. */
export const known = (row) => saved.set(row, JSON.stringify(cellsOf(row)));

/** Whether something waits to be saved. */
export const pending = () => dirty.size > 0 || acts.length > 0 || running !== null;

/** Save a row soon; at once with `now`. */
export function save(row, { now = false } = {}) {
  if (row.dataset.uid && saved.get(row) === JSON.stringify(cellsOf(row))) return;
  dirty.add(row);
  soon(now);
  mark();
}

/** Let the page show whether something waits. */
const mark = () => page.toggleAttribute("data-pending", pending());

/** Do something else with a row: skip, offer, drop. */
export function act(row, name) {
  dirty.delete(row);
  acts.push({ key: row.dataset.row, act: name, uid: row.dataset.uid || null, ...passage(row) });
  soon(true);
  mark();
}

function soon(now) {
  clearTimeout(timer);
  timer = setTimeout(flush, now ? 0 : WAIT);
}

function passage(row) {
  return row.dataset.start === "" ? {} : { start: Number(row.dataset.start), end: Number(row.dataset.end) };
}

function asked(row) {
  const told = {
    key: row.dataset.row,
    act: row.dataset.uid ? "save" : row.dataset.start === "" ? "save" : "take",
    uid: row.dataset.uid || null,
    version: row.dataset.version ? Number(row.dataset.version) : null,
    ...passage(row),
  };
  if (!told.uid) told.token = tokenOf(row);
  return "raw" in row.dataset ? told : { ...told, cells: cellsOf(row) };
}

/** Send what waits; resolves when nothing waits any more or the line is lost (false). */
export async function flush({ last = false } = {}) {
  clearTimeout(timer);
  if (running) return running.then(() => (pending() ? flush({ last }) : true));
  if (!dirty.size && !acts.length) return true;
  running = send(last);
  const whole = await running;
  running = null;
  mark();
  return whole && (dirty.size || acts.length) ? flush({ last }) : whole;
}

async function send(last) {
  const rows = [...dirty].filter((row) => row.isConnected);
  const others = acts;
  dirty.clear();
  acts = [];
  const sent = new Map(rows.map((row) => [row.dataset.row, { row, cells: JSON.stringify(cellsOf(row)) }]));
  const spent = takeSpent();
  const bodyText = JSON.stringify({
    text: Number(page.dataset.text), part: Number(page.dataset.part), spent, acts: [...others, ...rows.map(asked)],
  });
  status.textContent = say("saving");
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token(), "X-Requested-With": "fetch" };
  const response = await fetch(page.dataset.url, { method: "POST", body: bodyText, headers, keepalive: last && bodyText.length < 60000 })
    .catch(() => null);
  if (!response?.ok) {
    for (const row of rows) dirty.add(row);
    acts = [...others, ...acts];
    giveBack(spent);
    status.textContent = say(response ? "refused" : "unsaved");
    lineIs(!response);
    if (response?.status === 401) signIn();
    timer = setTimeout(flush, AGAIN);
    return false;
  }
  lineIs(false);
  take(await response.json(), sent);
  return true;
}

function take(answer, sent) {
  for (const one of answer.rows) {
    const told = sent.get(one.key);
    if (!told || !one.uid) continue;
    const { row } = told;
    row.dataset.uid = one.uid;
    row.dataset.version = one.version;
    row.dataset.edit = one.edit;
    if (one.start !== undefined) { row.dataset.start = one.start; row.dataset.end = one.end; }
    if (one.likely?.length) cell(row, "lead").dataset.likely = one.likely.join("\n");
    show(row, one.cells, told.cells);
    if ("dropped" in row.dataset) {
      delete row.dataset.dropped;
      act(row, "drop");
      forget(row);
      if (row.classList.contains("prop")) act(row, "offer");
    }
  }
  for (const one of answer.refused) refuse(one, sent.get(one.key)?.row);
  for (const row of real()) if (!dirty.has(row)) lack(row, answer.lacking[row.dataset.uid] ?? {});
  const place = page.querySelector("[data-stated]");
  place.innerHTML = answer.stated;
  const button = document.querySelector("[data-submit-label]");
  button.textContent = answer.submit;
  button.disabled = answer.entered === 0;
  status.textContent = answer.saved;
  page.dispatchEvent(new CustomEvent("intake:saved", { detail: answer }));
}

function show(row, cells, sentText) {
  const before = JSON.parse(sentText);
  for (const [name, one] of Object.entries(cells)) {
    const field = cell(row, name);
    const untouched = field.value === before[name];
    if (untouched && (document.activeElement !== field || "raw" in row.dataset)) setCells(row, { [name]: one.text });
    const words = one.wrong || (one.hint ? `“${one.hint}”` : one.note);
    // What the text says of an empty cell stays beside it until something is written there.
    if (!untouched && field.value !== one.text) continue;  // the answer is about words that are being rewritten
    if (words || one.text) tell(row, name, one.wrong, words);
    else field.closest("td").classList.remove("wrong");
  }
  const raw = "raw" in row.dataset;
  delete row.dataset.raw;
  saved.set(row, JSON.stringify({ ...cellsOf(row) }));
  if (raw) row.dispatchEvent(new CustomEvent("intake:filled", { bubbles: true }));
}

/** Say something under a cell; `wrong` marks it. */
function tell(row, name, wrong, text) {
  const field = cell(row, name);
  const place = field.closest("td");
  place.classList.toggle("wrong", Boolean(wrong));
  field.toggleAttribute("aria-invalid", Boolean(wrong));
  if (wrong) field.setAttribute("aria-invalid", "true");
  place.querySelector("[data-note]").textContent = text ?? "";
}

const FIELD = { units: "coordinating", source: "content" };
function lack(row, missing) {
  for (const [field, message] of Object.entries(missing)) {
    const name = FIELD[field] ?? field;
    if (cell(row, name)?.value.trim() && !cell(row, name).closest("td").classList.contains("wrong")) tell(row, name, true, message);
  }
}

function refuse(one, row) {
  if (!row || !one.theirs) {
    if (row && one.code === "gone") forget(row);
    notify(one.message, { error: true });
    return;
  }
  const place = cell(row, "content").closest("td").querySelector("[data-note]");
  const choose = (label, take) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-quiet";
    button.textContent = label;
    button.addEventListener("click", () => {
      row.dataset.version = one.theirs.version;
      place.textContent = "";
      if (take) { setCells(row, one.theirs.cells); known(row); } else { save(row, { now: true }); }
      cell(row, "content").focus();
    });
    return button;
  };
  const theirs = Object.values(one.theirs.cells).filter(Boolean).join(" · ");
  place.replaceChildren(`${say("theirs", { words: theirs })} `, choose(say("keep_mine"), false), choose(say("take_theirs"), true));
}

for (const row of all()) known(row);
window.addEventListener("online", () => flush());
window.addEventListener("focus", () => { if (dirty.size || acts.length) flush(); });
document.addEventListener("visibilitychange", () => { if (document.hidden && pending()) flush({ last: true }); });
window.addEventListener("beforeunload", (event) => { if (pending()) event.preventDefault(); });

// A form of the page is sent when all rows are saved.
document.addEventListener("submit", (event) => {
  if (!pending() || event.defaultPrevented) return;
  event.preventDefault();
  const { target, submitter } = event;
  flush().then((whole) => { if (whole) target.requestSubmit(submitter); });
});
