// Keys of lists (`data-keys` on the table or its form) and of forms. Single letters are off in fields, while an input method composes, and for those who
// switched them off (`data-single-keys="off"` on <body>); Ctrl combinations that edit text are never taken.
import { composing, inField } from "./page.js";

const singles = document.body.dataset.singleKeys !== "off";
const rowsOf = (list) => [...list.querySelectorAll("tbody > tr, [data-row]")].filter((row) => row.querySelector(".subj, [data-open]"));

function place() {
  const list = document.activeElement?.closest("[data-keys]") ?? document.querySelector("[data-keys]");
  if (!list) return null;
  const rows = rowsOf(list);
  return { list, rows, at: rows.findIndex((row) => row.contains(document.activeElement)) };
}

function go(step) {
  const here = place();
  if (!here || !here.rows.length) return false;
  const next = here.at < 0 ? (step > 0 ? 0 : here.rows.length - 1) : here.at + step;
  if (next < 0 || next >= here.rows.length) return true;
  for (const row of here.rows) row.classList.toggle("now", row === here.rows[next]);
  here.rows[next].querySelector(".subj, [data-open]").focus();
  return true;
}

function inRow(selector, act) {
  const here = place();
  const found = here && here.at >= 0 ? here.rows[here.at].querySelector(selector) : null;
  if (found) act(found);
  return Boolean(found);
}

function find() {
  const field = document.getElementById("find");
  if (!field || !field.offsetParent) return false;
  field.focus();
  field.select();
  return true;
}

const LETTERS = {
  j: () => go(1),
  k: () => go(-1),
  x: () => inRow("input[type=checkbox]", (box) => box.click()),
  e: () => inRow("[data-act], .act a, .act button", (act) => act.click()),
  "/": find,
  "?": () => { document.getElementById("keys")?.showModal(); return true; },
};

function submit(form, next) {
  const button = (next && form.querySelector("[data-save-next]")) || form.querySelector("[data-save], [type=submit]")
    || document.querySelector(`[type=submit][form="${form.id}"]`);
  form.requestSubmit(button?.form === form ? button : undefined);
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const control = event.ctrlKey || event.metaKey;
  let done = false;
  if (control && event.key === "Enter") {
    const form = event.target.closest?.("form");
    if (form) { submit(form, event.shiftKey); done = true; }
  } else if (control && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    done = find();
  } else if (!control && !event.altKey && !inField(event.target)) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const here = place();
      done = Boolean(here && here.at >= 0) && go(event.key === "ArrowDown" ? 1 : -1);
    } else if (singles && LETTERS[event.key]) {
      done = LETTERS[event.key]();
    }
  }
  if (done) event.preventDefault();
});
