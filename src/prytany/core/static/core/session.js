// The token of forms follows the cookie (it changes at sign-in), and a lost session never costs what was typed.
import { address, token } from "./page.js";

document.addEventListener("submit", (event) => {
  const field = event.target.querySelector?.("input[name=csrfmiddlewaretoken]");
  if (field && token()) field.value = token();
}, true);

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb === "get" || !token()) return;
  event.detail.headers["X-CSRFToken"] = token();
  if ("csrfmiddlewaretoken" in event.detail.parameters) event.detail.parameters.csrfmiddlewaretoken = token();
});

/** Offer to sign in in a new tab; the page with its form stays as it is. */
export function signIn() {
  const dialog = document.getElementById("signed-out");
  if (!dialog || dialog.open) return;
  const link = dialog.querySelector("a[target]");
  if (address("sign_in")) link.href = address("sign_in");
  dialog.showModal();
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 401) return;
  event.detail.shouldSwap = false;
  event.detail.isError = false;
  signIn();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) {
    opener.closest("details.menu")?.removeAttribute("open");
    document.getElementById(opener.dataset.dialog)?.showModal();
  }
  if (event.target.closest?.("[data-close]")) event.target.closest("dialog")?.close();
});
for (const opener of document.querySelectorAll("[data-dialog][hidden]")) opener.hidden = false;
