// The bar says what is selected and why the rest is left out; "More needed" opens a row below its row.
import { count } from "../core/page.js";

const form = document.querySelector("form[data-check]");
const words = form ? JSON.parse(document.getElementById("check-words").textContent) : {};
const fill = (pattern, n, total = 0) => pattern.replace("{n}", count(n)).replace("{total}", count(total));

function show() {
  const boxes = [...form.querySelectorAll("input[name=row]")];
  const left = boxes.filter((box) => !box.checked);
  const number = boxes.length - left.length;
  const why = new Map();
  for (const box of left) why.set(box.dataset.odd ?? "rest", (why.get(box.dataset.odd ?? "rest") ?? 0) + 1);
  form.querySelector("[data-selected]").textContent = fill(words.selected, number, boxes.length);
  const reasons = Object.keys(words).filter((code) => why.has(code)).map((code) => fill(words[code], why.get(code)));
  const told = left.some((box) => box.dataset.odd);  // who unticks a good answer knows why
  form.querySelector("[data-left]").textContent = told ? `${fill(words.left, left.length)} ${reasons.join(", ")}` : "";
  for (const place of form.querySelectorAll("[data-number]")) place.textContent = count(number);
  form.querySelector("[data-confirm]").disabled = number === 0;
}

function open(button) {
  const uid = button.dataset.ask;
  const row = document.getElementById("ask-template").content.firstElementChild.cloneNode(true);
  for (const element of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "data-picks"]) {
      if (element.getAttribute(name)?.endsWith("-")) element.setAttribute(name, element.getAttribute(name) + uid);
    }
  }
  row.querySelector("label").append(`, ${button.dataset.unit}`);
  const send = row.querySelector("[formaction]");
  send.setAttribute("formaction", send.getAttribute("formaction").replace(/[0-9a-f-]{36}/, uid));
  button.closest("tr").after(row);
  button.closest("tr").classList.add("now");
  row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: row } }));
  row.querySelector("button").focus();
}

if (form) {
  for (const button of form.querySelectorAll("[data-ask]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const here = button.closest("tr");
      const opened = here.nextElementSibling?.matches(".ask-row") ? here.nextElementSibling : null;
      button.setAttribute("aria-expanded", String(!opened));
      if (!opened) { open(button); return; }
      opened.remove();
      here.classList.remove("now");
    });
  }
  // Enter in a field of a panel sends that panel, and confirms nothing.
  form.addEventListener("keydown", (event) => {
    const panel = event.target.closest(".ask-panel");
    if (!panel || event.key !== "Enter" || event.isComposing || event.shiftKey || !event.target.matches("input, textarea")) return;
    event.preventDefault();
    panel.querySelector("[formaction]").click();
  });
  form.addEventListener("prytany:selected", show);
  show();
}
