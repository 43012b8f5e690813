// Ticks of a list: the page's tick, ranges with Shift, the bar that belongs to the rows, "select all 1,234".
import { count, each, say } from "./page.js";

each("[data-selection]", (form) => {
  const boxes = () => [...form.querySelectorAll("input[type=checkbox][name=row]")];
  const page = form.querySelector("[data-select-page]");
  const bar = form.querySelector("[data-bulk]");
  const all = form.querySelector("[data-bulk-all-field]");
  const everything = form.querySelector("[data-bulk-all]");
  let last = null;

  function show() {
    const ticked = boxes().filter((box) => box.checked);
    for (const box of boxes()) box.closest("tr, [data-row]")?.classList.toggle("on", box.checked);
    if (page) {
      page.checked = ticked.length > 0 && ticked.length === boxes().length;
      page.indeterminate = ticked.length > 0 && !page.checked;
    }
    // A button outside the form says how many rows it is about.
    for (const told of document.querySelectorAll(`[data-selected="${form.id}"]`)) {
      told.textContent = ticked.length ? `(${count(ticked.length)})` : "";
    }
    const whole = all?.value === "1";
    form.dispatchEvent(new CustomEvent("prytany:selected", { detail: { rows: ticked.map((box) => box.value), all: whole } }));
    if (!bar) return;
    bar.classList.toggle("some", ticked.length > 0);
    const total = bar.dataset.total || count(boxes().length);
    const number = whole ? total : count(ticked.length);
    bar.querySelector("[data-bulk-count]").textContent = say("selected", { n: number, total });
    if (everything) everything.hidden = whole;
  }

  form.addEventListener("click", (event) => {
    const box = event.target;
    if (box.matches?.("input[type=checkbox][name=row]")) {
      if (event.shiftKey && last) {
        const list = boxes();
        const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
        for (const one of list.slice(from, to + 1)) one.checked = box.checked;
      }
      last = box;
      if (all) all.value = "";
      show();
    } else if (box === page) {
      for (const one of boxes()) one.checked = page.checked;
      if (all) all.value = "";
      show();
    } else if (box.closest?.("[data-bulk-all]")) {
      for (const one of boxes()) one.checked = true;
      all.value = "1";
      show();
    } else if (box.closest?.("[data-bulk-none]")) {
      for (const one of boxes()) one.checked = false;
      if (all) all.value = "";
      show();
      page?.focus();
    }
  });
  form.addEventListener("htmx:load", show);
  window.addEventListener("pageshow", show);
  show();
});
