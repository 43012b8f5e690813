// Chips that write into a field: <div data-picks="id of the field"> with <button data-value="…">. Pressed again, a chip
// takes its words out. With data-many several stand in the field, divided by semicolons; what the field `data-apart`
// holds is not offered. What a person typed is never overwritten by a chip of a text: it is added after it.
import { each } from "./page.js";

const DIVIDED = /[;؛\n]+/;
const parts = (text) => text.split(DIVIDED).map((part) => part.trim()).filter(Boolean);

each("[data-picks]", (box) => {
  const field = document.getElementById(box.dataset.picks);
  const other = document.getElementById(box.dataset.apart ?? "");
  const buttons = [...box.querySelectorAll("[data-value]")];
  const many = "many" in box.dataset;
  const text = field.tagName === "TEXTAREA" && !many;
  const values = buttons.map((button) => button.dataset.value);

  const holds = (value) => (many ? parts(field.value).includes(value) : text ? field.value.includes(value) : field.value.trim() === value);

  function changed(value) {
    if (many) {
      const held = parts(field.value);
      const left = held.includes(value) ? held.filter((one) => one !== value) : [...held, value];
      return left.length ? `${left.join("; ")}; ` : "";
    }
    if (!text) return holds(value) ? "" : value;
    if (holds(value)) return field.value.replace(value, "").replace(/ {2,}/g, " ").trim();
    const own = values.reduce((rest, one) => rest.replace(one, ""), field.value).trim();
    return own ? `${own} ${value}` : value;
  }

  function show() {
    const apart = other?.value.trim();
    for (const button of buttons) {
      const taken = Boolean(apart) && button.dataset.value === apart;
      if (taken && holds(apart)) field.value = changed(apart);
      button.hidden = taken;
      button.setAttribute("aria-pressed", String(holds(button.dataset.value)));
    }
  }

  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-value]");
    if (!button) return;
    field.value = changed(button.dataset.value);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    box.dispatchEvent(new Event("input", { bubbles: true }));  // the form's draft; the field would look for completions
  });
  for (const one of [field, other]) for (const kind of ["input", "change"]) one?.addEventListener(kind, show);
  show();
});
