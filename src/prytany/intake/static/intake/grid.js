// Read and assign, hands on the keyboard: Enter takes what is proposed and goes on to the next gap, Esc skips.
import { composing, count, notify } from "../core/page.js";
import { format, parse } from "./blocks.js";
import {
  COLUMNS, all, body, cell, cellsOf, fillBlank, fit, forget, gaps, isBlank, isProposed, make, numberOf, page, place, proposed, real,
  renumber, rowOf, say, sentenceOf, setCells,
} from "./rows.js";
import { act, pending, save } from "./saving.js";
import * as source from "./source.js";
import { remember, undo } from "./undo.js";

const foot = page.querySelector("[data-foot]");
const entered = new WeakMap();
let current = null;

// Where one stands

function now(row) {
  for (const other of all()) other.classList.toggle("now", other === row);
  const sentence = row ? sentenceOf(row) : null;
  if (sentence) source.mark(sentence);
  foot.hidden = !row || isBlank(row);
  if (foot.hidden) return;
  const proposal = isProposed(row);
  const number = numberOf(row);
  const from = sentence ? count(Number(sentence.dataset.sentence)) : "";
  foot.querySelector("[data-foot-words]").textContent = say(proposal ? "proposed" : "row", { n: number, s: from });
  foot.querySelector("[data-take]").hidden = !proposal;
  foot.querySelector("[data-skip]").hidden = !proposal;
  foot.querySelector("[data-drop]").hidden = proposal;
  const more = foot.querySelector("[data-more]");
  more.hidden = proposal || !row.dataset.edit;
  if (row.dataset.edit) more.href = row.dataset.edit;
}

function enter(field) {
  field.focus();
  if (field.select && field.value) field.select();
}

/** Go on: to the next gap or proposal after this cell, from the top again; to the button when nothing is left. */
function goOn(row, name = "") {
  const rows = all();
  const at = rows.indexOf(row);
  const ordered = [...rows.slice(at), ...rows.slice(0, at)];
  for (const one of ordered) {
    if (isBlank(one)) continue;
    if (isProposed(one)) { one.focus(); return; }
    const open = gaps(one).filter((gap) => one !== row || COLUMNS.indexOf(gap) > COLUMNS.indexOf(name));
    if (open.length) { enter(cell(one, open[0])); return; }
  }
  const button = document.querySelector("[data-submit-label]");
  if (button.disabled || rows.some((one) => !isBlank(one) && !isProposed(one) && gaps(one).length)) step(row, name || "content", 1);
  else button.focus();
}

function step(row, name, by) {
  const rows = all();
  const next = rows[rows.indexOf(row) + by];
  if (!next) return false;
  if (isProposed(next)) next.focus();
  else enter(cell(next, name));
  return true;
}

// What can be done with rows, and undone

function take(rows) {
  const open = rows.filter(isProposed);
  for (const row of open) {
    row.classList.remove("prop");
    row.removeAttribute("tabindex");
    save(row, { now: true });
  }
  renumber();
  remember(() => { for (const row of open) untake(row); renumber(); open[0]?.focus(); });
  const first = open[0];
  if (first) goOn(first, "");
}

function untake(row) {
  drop(row, { quiet: true });
  row.classList.add("prop");
  row.tabIndex = 0;
  forget(row);
  place(row);
  act(row, "offer");
}

function skip(rows) {
  const open = rows.filter(isProposed);
  if (!open.length) return;
  const after = all()[all().indexOf(open.at(-1)) + 1];
  for (const row of open) { row.remove(); act(row, "skip"); }
  renumber();
  remember(() => { for (const row of open) { place(row); act(row, "offer"); } renumber(); open[0].focus(); });
  if (after && isProposed(after)) after.focus();
  else goOn(after ?? all()[0]);
}

function drop(row, { quiet = false } = {}) {
  row.remove();
  if (row.dataset.uid) act(row, "drop");
  else if (pending()) row.dataset.dropped = "";
  if (quiet) return;
  renumber();
  remember(() => {
    forget(row);
    delete row.dataset.dropped;
    place(row);
    save(row, { now: true });
    renumber();
    enter(cell(row, "content"));
  });
}

/** The words of the text in a passage, whatever sentences it runs over. */
function wordsIn(passage) {
  const parts = [...page.querySelectorAll("[data-source] [data-sentence]")].map((one) => {
    const start = Number(one.dataset.start);
    const letters = [...one.querySelector("[data-words]").textContent];
    return letters.slice(Math.max(0, passage.start - start), Math.max(0, passage.end - start)).join("");
  });
  return parts.filter(Boolean).join(" ").trim();
}

/** Make a row of each passage; what is proposed in their place gives way. */
function draw(passages) {
  const [start, end] = [passages[0].start, passages.at(-1).end];
  const covered = proposed().filter((row) => Number(row.dataset.start) < end && start < Number(row.dataset.end));
  const given = covered.filter((row) => passages.length > 1 || !sameAs(row, passages[0]));
  for (const row of given) { row.remove(); act(row, "skip"); }
  const rows = passages.map((passage) => {
    const row = make(passage);
    row.dataset.raw = "";
    setCells(row, { content: wordsIn(passage) });
    save(row, { now: true });
    return row;
  });
  renumber();
  remember(() => {
    for (const row of rows) drop(row, { quiet: true });
    for (const row of given) { place(row); act(row, "offer"); }
    renumber();
  });
  enter(cell(rows[0], "content"));
}

const sameAs = (row, passage) => Number(row.dataset.start) === passage.start && Number(row.dataset.end) === passage.end;

/** Write texts into cells of several rows as one step: [[row, {name: text}], …]. */
function write(changes, madeRows = []) {
  const before = changes.map(([row, texts]) => [row, Object.fromEntries(Object.keys(texts).map((name) => [name, cell(row, name).value]))]);
  for (const [row, texts] of changes) { setCells(row, texts); save(row, { now: true }); }
  renumber();
  remember(() => {
    for (const row of madeRows) drop(row, { quiet: true });
    for (const [row, texts] of before) if (!madeRows.includes(row)) { setCells(row, texts); save(row, { now: true }); }
    renumber();
  });
}

function chosen() {
  if (current?.isConnected) return current;
  notify(say("choose_cell"));
  return null;
}

function fillDown() {
  const field = chosen();
  if (!field) return;
  const rows = all();
  const below = rows.slice(rows.indexOf(rowOf(field)) + 1).filter((row) => !isProposed(row) && !isBlank(row));
  const empty = below.filter((row) => !cell(row, field.name).value.trim());
  if (!empty.length || !field.value.trim()) { notify(say("nothing_to_fill")); return; }
  write(empty.map((row) => [row, { [field.name]: field.value }]));
  notify(say("filled", { n: count(empty.length) }));
}

function applyToPicked() {
  const field = chosen();
  if (!field) return;
  const rows = real().filter((row) => row.querySelector("[data-pick]").checked && row !== rowOf(field));
  if (!rows.length) { notify(say("choose_rows")); return; }
  write(rows.map((row) => [row, { [field.name]: field.value }]));
  notify(say("filled", { n: count(rows.length) }));
}

/** Write a block of cells from `field` on, downwards over rows that stand and then into new ones. */
function paste(block, field) {
  const first = field ? COLUMNS.indexOf(field.name) : 0;
  const rows = all();
  const from = field ? rows.slice(rows.indexOf(rowOf(field))).filter((row) => !isProposed(row) && !isBlank(row)) : [];
  const made = [];
  const changes = block.map((texts, index) => {
    let row = from[index];
    if (!row) { row = make(); made.push(row); }
    const named = texts.slice(0, COLUMNS.length - first).map((text, column) => [COLUMNS[first + column], text.trim()]);
    return [row, Object.fromEntries(named)];
  });
  write(changes, made);
  notify(say("filled", { n: count(changes.length) }));
}

// Keys

function inCell(event, row, field) {
  const control = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && !control && !event.altKey && !event.shiftKey) {
    if (isProposed(row)) take([row]);
    else if (isBlank(row)) return false;
    else { leave(field); goOn(row, field.name); }
  } else if (event.key === "Escape") {
    if (isProposed(row)) row.focus();
    else if (field.value !== entered.get(field)) { field.value = entered.get(field); fit(field); }
    else (sentenceOf(row) ?? body).focus?.();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !control && !event.altKey && !event.shiftKey) {
    const down = event.key === "ArrowDown";
    const lines = field.scrollHeight > 1.9 * parseFloat(getComputedStyle(field).lineHeight);
    const edge = down ? field.selectionEnd === field.value.length : field.selectionStart === 0;
    if (lines && !edge) return false;
    return step(row, field.name, down ? 1 : -1);
  } else if (control && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "d") {
    fillDown();
  } else if (control && !event.shiftKey && event.key.toLowerCase() === "z" && field.value === entered.get(field)) {
    undo();
  } else {
    return false;
  }
  return true;
}

function onRow(event, row) {
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== "z") return false;
    undo();
    return true;
  }
  if (event.key === "Enter") take([row]);
  else if (event.key === "Escape") skip([row]);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") return step(row, "content", event.key === "ArrowDown" ? 1 : -1);
  else return false;
  return true;
}

body.addEventListener("keydown", (event) => {
  if (composing(event) || event.defaultPrevented) return;
  const row = rowOf(event.target);
  if (!row) return;
  const field = event.target.closest(".cell");
  const done = field ? inCell(event, row, field) : event.target === row && onRow(event, row);
  if (done) { event.preventDefault(); event.stopPropagation(); }
});

// Typing

function leave(field) {
  const row = rowOf(field);
  const before = entered.get(field);
  if (!row || isBlank(row) || isProposed(row) || before === undefined || before === field.value) return;
  const after = field.value;
  entered.set(field, after);
  save(row, { now: true });
  remember(() => { setCells(row, { [field.name]: before }); entered.set(field, before); save(row, { now: true }); });
}

body.addEventListener("focusin", (event) => {
  const field = event.target.closest(".cell");
  if (field) { current = field; entered.set(field, field.value); }
  now(rowOf(event.target));
});
body.addEventListener("focusout", (event) => {
  const field = event.target.closest(".cell");
  if (field) leave(field);
});
body.addEventListener("input", (event) => {
  const field = event.target.closest(".cell");
  const row = rowOf(field);
  if (!field || !row) return;
  fit(field);
  field.closest("td").classList.remove("wrong");
  delete row.dataset.raw;
  if (isProposed(row)) return;
  if (isBlank(row)) { fillBlank(row); renumber(); remember(() => { drop(row, { quiet: true }); renumber(); }); }
  save(row);
});
// A lead that was chosen is complete: on to the next gap.
body.addEventListener("prytany:chosen", (event) => {
  const field = event.target.closest(".cell");
  field?.closest("td").classList.remove("wrong");
  if (field?.name !== "lead" || isProposed(rowOf(field))) return;
  setTimeout(() => { leave(field); goOn(rowOf(field), "lead"); });
});
body.addEventListener("intake:filled", (event) => {
  const row = event.target;
  const at = document.activeElement;
  if (rowOf(at) === row && at.name === "content") {
    entered.set(at, at.value);
    const open = gaps(row);
    if (open.length) enter(cell(row, open[0]));
    else enter(at);
  }
  renumber();
});
body.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick]")) rowOf(event.target).classList.toggle("picked", event.target.checked);
});
body.addEventListener("click", (event) => {
  const row = rowOf(event.target);
  if (row && isProposed(row) && !event.target.closest(".cell, label, button")) row.focus();
});

// Blocks of cells

body.addEventListener("paste", (event) => {
  const field = event.target.closest(".cell");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field || isProposed(rowOf(field)) || !/\t|\n./.test(text)) return;
  if (field.name === "coordinating" && !text.includes("\t")) return;
  event.preventDefault();
  paste(parse(text), isBlank(rowOf(field)) ? null : field);
});
document.addEventListener("copy", (event) => {
  const rows = real().filter((row) => row.querySelector("[data-pick]").checked);
  const field = event.target.closest?.(".cell");
  if (!rows.length || !getSelection().isCollapsed || (field && field.selectionStart !== field.selectionEnd)) return;
  event.clipboardData.setData("text/plain", format(rows.map((row) => Object.values(cellsOf(row)))));
  event.preventDefault();
  notify(say("copied"));
});
document.querySelector("[data-paste-take]").addEventListener("click", (event) => {
  const field = document.querySelector("[data-paste]");
  const at = current?.isConnected && !isBlank(rowOf(current)) && !isProposed(rowOf(current)) ? current : null;
  event.target.closest("dialog").close();
  if (field.value.trim()) paste(parse(field.value), at);
  field.value = "";
});

// Buttons

const onClick = (selector, work) => document.querySelector(selector).addEventListener("click", work);
const row = () => body.querySelector("tr.now");
onClick("[data-fill]", fillDown);
onClick("[data-apply]", applyToPicked);
onClick("[data-take]", () => take([row()]));
onClick("[data-skip]", () => skip([row()]));
onClick("[data-drop]", () => { const gone = row(); const after = all()[all().indexOf(gone) + 1]; drop(gone); now(after); });
const KINDS = { whole: (one) => !gaps(one).length, second: (one) => one.classList.contains("second") };
for (const button of document.querySelectorAll("[data-take-all]")) {
  button.addEventListener("click", () => {
    button.closest("details")?.removeAttribute("open");
    take(proposed().filter(KINDS[button.dataset.takeAll] ?? (() => true)));
  });
}
page.querySelector("[data-stated]").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const wanted = link && document.getElementById(link.hash.slice(1));
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("tr") && !isProposed(wanted)) enter(cell(wanted, gaps(wanted)[0] ?? "content"));
  else wanted.focus();
});
document.addEventListener("keydown", (event) => {
  if (composing(event) || event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  if (event.key.toLowerCase() === "z" && !event.target.closest("input, textarea, dialog")) { undo(); event.preventDefault(); }
});

// Start

page.classList.add("live");
page.querySelector("[data-tools]").hidden = false;
for (const one of document.querySelectorAll("[data-take-all]")) one.hidden = false;
source.start({ draw, take, skip });
renumber();
for (const field of body.querySelectorAll(".cell")) fit(field);
const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (target?.matches("tr")) enter(cell(target, "content"));
else if (document.activeElement === document.body) proposed()[0]?.focus({ preventScroll: true });
