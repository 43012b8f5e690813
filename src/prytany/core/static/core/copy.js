// Selected rows copy as columns that paste into Excel; `Copy link` copies number, content, due date and address.
import { each, notify, say } from "./page.js";

// A cell that begins like a formula would be run by a spreadsheet; a quote before it makes it text.
function safe(text) {
  return /^[=@+\-\t\r]/.test(text) && !/^[+-]?[\d.,\s]+$/.test(text) ? `'${text}` : text;
}

function cells(row, kept) {
  return [...row.children]
    .filter((cell, index) => kept[index])
    .map((cell) => safe((cell.dataset.copy ?? cell.innerText).replace(/\s+/g, " ").trim()));
}

document.addEventListener("copy", (event) => {
  if (!document.getSelection().isCollapsed || event.target.closest?.("input, textarea")) return;
  const list = document.querySelector("[data-selection]:has(input[name=row]:checked)");
  if (!list) return;
  const rows = [...list.querySelectorAll("input[name=row]:checked")].map((box) => box.closest("tr, [data-row]"));
  const head = list.querySelector("thead tr");
  const kept = [...rows[0].children].map((cell) => !cell.matches(".tick, .act"));
  const lines = [head, ...rows].filter(Boolean).map((row) => cells(row, kept));
  event.clipboardData.setData("text/plain", lines.map((line) => line.join("\t")).join("\r\n"));
  event.preventDefault();
  notify(say("copied_rows"));
});

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return undefined;
}

// The attribute may hold the whole text; else it is made of data-number, data-content, data-due and data-address.
function linkText({ copyLink, number, content, due, address }) {
  if (copyLink) return copyLink;
  const where = new URL(address || location.pathname, location.href).href;
  return [[number, content].filter(Boolean).join(": "), due && say("due", { day: due }), where].filter(Boolean).join("\n");
}

each("[data-copy-link]", (button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(linkText(button.dataset));
    button.closest("details.menu")?.removeAttribute("open");
    notify(say("copied_link"));
  });
});
