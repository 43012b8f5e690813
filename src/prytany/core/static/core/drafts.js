// What is typed into <form data-draft="key"> is kept on the server, and offered when the form is opened again.
// POST drafts:save {form, data} keeps (an empty form forgets); GET drafts:save?form=key answers {data, saved} or 204.
// Forms of classified records carry `data-classified` and keep nothing.
import { address, each, say, token } from "./page.js";
import { lineIs } from "./line.js";
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

function forget(key) {
  const body = new URLSearchParams({ form: key, data: "{}", csrfmiddlewaretoken: token() });
  const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
  return fetch(address("draft"), { method: "POST", body, headers }).catch(() => null);
}

// The page that a sent form led to tells whether it was taken: signed in, and nothing refused.
const SENT = "prytany.draft.sent";
const sent = sessionStorage.getItem(SENT);
let settled = Promise.resolve();
sessionStorage.removeItem(SENT);
if (sent && address("draft") && document.body.dataset.person) {
  if (!document.querySelector(".notice-error, [aria-invalid=true]")) settled = forget(sent);
}

each("form[data-draft]", (form) => {
  if (!address("draft") || "classified" in form.dataset) return;
  const key = form.dataset.draft;
  const note = form.querySelector("[data-draft-note]");
  const before = JSON.stringify(typed(form));
  let kept = before;
  let timer = null;
  let refused = false;
  let passed = false;

  /** Keep what is typed; return the status of the answer, 0 where the line is lost, null where nothing was sent. */
  async function keep({ always = false, last = false } = {}) {
    clearTimeout(timer);
    timer = null;
    const data = JSON.stringify(typed(form));
    if (refused || (data === kept && !always)) return null;
    kept = data;
    const body = new URLSearchParams({ form: key, data, csrfmiddlewaretoken: token() });
    const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
    const response = await fetch(address("draft"), { method: "POST", body, headers, keepalive: last }).catch(() => null);
    if (!response?.ok) kept = "";
    if (response?.status === 401) signIn();
    if (response?.status === 409) refused = true;
    const answer = response?.status === 200 ? await response.json().catch(() => ({})) : {};
    if (note) note.textContent = answer.saved ? say("draft_kept", { time: answer.saved }) : "";
    return response?.status ?? 0;
  }

  // A form is sent only while the session holds and the line does: else it stays open with all that was typed.
  async function send(submitter) {
    const status = await keep({ always: true });
    if (status === 401) return;
    if (status === 0) { lineIs(true); return; }
    sessionStorage.setItem(SENT, key);
    passed = true;
    form.requestSubmit(submitter);
  }

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 2000); });
  form.addEventListener("submit", (event) => {
    if (passed || refused || event.defaultPrevented || "offline" in form.dataset) {
      clearTimeout(timer);
      if (!refused) sessionStorage.setItem(SENT, key);
      passed = false;
      return;
    }
    event.preventDefault();
    send(event.submitter);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) keep({ last: true }); });

  async function offer() {
    await settled;
    if (form.querySelector("[aria-invalid=true]")) return;
    const query = new URLSearchParams({ form: key });
    const response = await fetch(`${address("draft")}?${query}`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!response?.ok || response.status === 204) return;
    const { data, saved } = await response.json();
    if (!data || JSON.stringify(typed(form)) !== before) return;
    const bar = document.getElementById("draft-template").content.firstElementChild.cloneNode(true);
    bar.querySelector("[data-sentence]").textContent = say("draft_found", { time: saved });
    bar.querySelector("[data-use]").addEventListener("click", () => { fill(form, data); bar.remove(); });
    bar.querySelector("[data-forget]").addEventListener("click", () => { forget(key); bar.remove(); });
    form.prepend(bar);
  }
  offer();
});
