// The undo bar stays ten seconds, longer while it is pointed at or holds the focus; a refusal takes the focus.
import { each } from "./page.js";

each("form[data-undo]", (form) => {
  let left = Number(form.dataset.undo);
  const timer = setInterval(() => {
    if (form.closest("[data-notice]").matches(":hover, :focus-within")) return;
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    form.remove();
  }, 1000);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-dismiss]");
  if (button) button.closest("[data-notice]").remove();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const alert = event.detail.elt.querySelector?.("[data-notice][role=alert]") ?? null;
  const own = event.detail.elt.matches?.("[data-notice][role=alert]") ? event.detail.elt : null;
  (own ?? alert)?.focus();
});

document.querySelector(".error-summary")?.focus();
