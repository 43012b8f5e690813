// What is typed into <form data-draft="key"> is kept on the server, and offered when the form is opened again.
// POST drafts:save {form, data} keeps (an empty form forgets); GET drafts:save?form=key answers {data, saved} or 204.
// Forms of classified records carry `data-classified` and keep nothing.
import { address, each, say, token } from "./page.js";
import { signIn } from "./session.js";

const LEFT_OUT = /^(csrfmiddlewaretoken|form_token|version)$|password/;

function typed(form) {
  const data = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || LEFT_OUT.test(name)) continue;
    if (name in data) data[name] = [].concat(data[name], value);
    else data[name] = value;
  }
  return data;
}

function fill(form, data) {
  for (const [name, value] of Object.entries(data)) {
    const values = [].concat(value);
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type !== "hidden" && field.type !== "file") field.value = values.length > 1 ? values.shift() : values[0];
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

each("form[data-draft]", (form) => {
  if (!address("draft") || "classified" in form.dataset) return;
  const key = form.dataset.draft;
  const note = form.querySelector("[data-draft-note]");
  const before = JSON.stringify(typed(form));
  let kept = before;
  let timer = null;
  let refused = false;

  async function keep(last) {
    clearTimeout(timer);
    if (refused) return;
    const data = JSON.stringify(typed(form));
    if (data === kept) return;
    kept = data;
    const body = new URLSearchParams({ form: key, data, csrfmiddlewaretoken: token() });
    const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
    const response = await fetch(address("draft"), { method: "POST", body, headers, keepalive: last }).catch(() => null);
    if (response?.status === 401) signIn();
    if (response?.status === 409) refused = true;
    if (!response?.ok) { kept = ""; return; }
    const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
    if (note) note.textContent = answer.saved ? say("draft_kept", { time: answer.saved }) : "";
  }

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 2000); });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) keep(true); });

  async function offer() {
    if (form.querySelector("[aria-invalid=true]")) return;
    const query = new URLSearchParams({ form: key });
    const response = await fetch(`${address("draft")}?${query}`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!response?.ok || response.status === 204) return;
    const { data, saved } = await response.json();
    if (!data || JSON.stringify(typed(form)) !== before) return;
    const bar = document.getElementById("draft-template").content.firstElementChild.cloneNode(true);
    bar.querySelector("[data-sentence]").textContent = say("draft_found", { time: saved });
    bar.querySelector("[data-use]").addEventListener("click", () => { fill(form, data); bar.remove(); });
    bar.querySelector("[data-forget]").addEventListener("click", () => {
      const body = new URLSearchParams({ form: key, data: "{}", csrfmiddlewaretoken: token() });
      fetch(address("draft"), { method: "POST", body, headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" } });
      bar.remove();
    });
    form.prepend(bar);
  }
  offer();
});
