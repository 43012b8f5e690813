// The form of a paper, hands on the keyboard: Enter confirms a field and goes to the next, what was read from the file
// is marked until it is confirmed, and the same paper registered before is found while the number is typed.
import { composing, each } from "../core/page.js";

const FIELDS = "input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]), select, textarea";

function confirm(field) {
  if (field.dataset.guess === "1") field.dataset.guess = "done";
}

function wanted(form) {
  const fields = [...form.querySelectorAll(FIELDS)].filter((field) => field.offsetParent);
  return fields.find((field) => field.getAttribute("aria-invalid") === "true")
    ?? fields.find((field) => field.dataset.guess === "1") ?? fields.find((field) => !field.value) ?? fields[0];
}

function onward(form, field) {
  const fields = [...form.querySelectorAll(FIELDS)].filter((one) => one.offsetParent);
  const next = fields[fields.indexOf(field) + 1] ?? form.querySelector("[data-save-next], [data-save]");
  next?.focus();
  next?.select?.();
}

async function lookForAlike(form, place) {
  const query = new URLSearchParams();
  for (const name of ["symbol", "issuer_name", "issuer", "issued_on", "kind"]) query.set(name, form.elements[name]?.value ?? "");
  const response = await fetch(`${place.dataset.duplicates}?${query}`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!response?.ok) return;
  place.innerHTML = await response.text();
  // The abbreviation in the symbol names the kind; one that was chosen, or read from the file, stays.
  const kind = form.elements.kind;
  const named = place.querySelector("[data-kind]")?.dataset.kind;
  if (named && kind && kind.dataset.chosen !== "1" && !kind.dataset.guess && kind.querySelector(`option[value="${CSS.escape(named)}"]`)) kind.value = named;
}

each("form[data-paper-form]", (form) => {
  for (const field of form.querySelectorAll("[data-quote]")) {
    if (!field.dataset.quote) continue;
    const note = document.createElement("bdi");
    note.className = "read-from";
    note.textContent = `“${field.dataset.quote}”`;
    note.id = `${field.id}_quote`;
    field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
    field.closest(".field")?.append(note);
  }
  const issuer = form.elements.issuer;
  form.elements.issuer_name?.addEventListener("prytany:chosen", (event) => { issuer.value = event.detail.value; });
  form.elements.issuer_name?.addEventListener("input", () => { issuer.value = ""; });
  form.addEventListener("change", (event) => {
    confirm(event.target);
    if (event.target.name === "kind") event.target.dataset.chosen = "1";
  });
  form.addEventListener("keydown", (event) => {
    if (composing(event) || event.defaultPrevented || event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !event.target.matches(FIELDS)) return;
    confirm(event.target);
    onward(form, event.target);
    event.preventDefault();
  });
  form.addEventListener("submit", () => form.querySelectorAll("[data-guess]").forEach(confirm));
  const place = form.querySelector("[data-duplicates]");
  let timer = null;
  const soon = () => { clearTimeout(timer); timer = setTimeout(() => lookForAlike(form, place), 300); };
  for (const name of ["symbol", "issuer_name", "issued_on", "kind"]) {
    form.elements[name]?.addEventListener("input", soon);
    form.elements[name]?.addEventListener("change", soon);
  }
  if (place && form.elements.symbol?.value && !place.children.length) soon();
  const first = wanted(form);
  if (first && !document.querySelector(".error-summary, .changes")) { first.focus(); first.select?.(); }
});
