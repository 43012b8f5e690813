// Answers wait on the device until they are sent: <form data-offline> is sent by fetch; when the line drops, its
// text and files are kept in IndexedDB and sent when the line is back. Forms with `data-classified` keep nothing here.
import { each, notify, say, token } from "./page.js";
import { lineIs } from "./line.js";
import { signIn } from "./session.js";

const STORE = "answers";

function base() {
  return new Promise((done, fail) => {
    const request = indexedDB.open("prytany", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function within(mode, act) {
  const opened = await base();
  try {
    return await new Promise((done, fail) => {
      const request = act(opened.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  } finally {
    opened.close();
  }
}

const keep = (one) => within("readwrite", (store) => store.put(one));
const forget = (key) => within("readwrite", (store) => store.delete(key));
const waiting = () => within("readonly", (store) => store.getAll());

async function show() {
  const place = document.getElementById("line-waiting");
  const mine = (await waiting().catch(() => [])).filter((one) => one.person === document.body.dataset.person);
  if (place) place.textContent = mine.length ? say("waiting", { n: mine.length }) : "";
  if (mine.length) lineIs(true);
  return mine;
}

function entries(form, submitter) {
  const data = new FormData(form, submitter);
  data.delete("csrfmiddlewaretoken");
  return [...data.entries()];
}

function send(url, pairs) {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  data.append("csrfmiddlewaretoken", token());
  const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch", "X-Follow": "page" };
  return fetch(url, { method: "POST", body: data, headers });
}

/** Show what the server answered: go where it sends, or put its page in place of this one's main part. */
async function follow(response) {
  const next = response.headers.get("X-Go");
  if (next) { location.assign(next); return; }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = page.querySelector("main");
  if (!main) { location.reload(); return; }
  document.querySelector("main").replaceWith(document.adoptNode(main));
  window.htmx?.process(main);
  main.querySelector("[role=alert]")?.focus();
}

/** Send what waits, oldest first; stop at the first that does not go through. */
async function flush() {
  for (const one of (await show()).sort((a, b) => a.at - b.at)) {
    let response;
    try {
      response = await send(one.url, one.pairs);
    } catch {
      return;
    }
    if (response.status === 401) { signIn(); return; }
    if (response.status >= 500) return;
    await forget(one.key);
    notify(say(response.ok ? "waiting_sent" : "waiting_refused"), { error: !response.ok });
  }
  await show();
  if (navigator.onLine) lineIs(false);
}

each("form[data-offline]", (form) => {
  if ("classified" in form.dataset) return;
  const key = form.dataset.offline || form.dataset.draft || form.action;
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const pairs = entries(form, event.submitter);
    const buttons = document.querySelectorAll(`[type=submit][form="${form.id}"], #${CSS.escape(form.id)} [type=submit]`);
    for (const button of buttons) button.disabled = true;
    try {
      const response = await send(event.submitter?.formAction || form.action, pairs);
      if (response.status === 401) signIn();
      else { await forget(key).catch(() => {}); await follow(response); }
    } catch {
      const url = event.submitter?.formAction || form.action;
      await keep({ key, url, pairs, at: Date.now(), person: document.body.dataset.person });
      notify(say("kept_here"));
      await show();
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  });
});

window.addEventListener("online", flush);
show().then((mine) => { if (mine.length && navigator.onLine) flush(); });
