// What the server says to scripts, and how scripts reach elements that htmx brings later.
const said = document.getElementById("frame-words");
const frame = said ? JSON.parse(said.textContent) : { words: {}, urls: {} };

/** Return a sentence in the page's language, with {named} places filled. */
export function say(key, values = {}) {
  return (frame.words[key] ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Return the address of an endpoint, "" where no app has it. */
export const address = (key) => frame.urls[key] ?? "";

/** Return a number as the page's language writes it. */
export function count(number) {
  const language = document.documentElement.lang || "en";
  return new Intl.NumberFormat(language).format(number).replaceAll(".", language === "vi" ? "\u00a0" : ".");
}

/** Return a size as the page's language writes it. */
export function size(bytes) {
  if (bytes < 1_000_000) return say("kB", { size: count(Math.max(1, Math.round(bytes / 1000))) });
  return say("MB", { size: count(Math.round(bytes / 100_000) / 10) });
}

/** Call `setup` once for each element that matches, those on the page and those that htmx brings later. */
export function each(selector, setup) {
  const known = new WeakSet();
  const look = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (known.has(element)) continue;
      known.add(element);
      setup(element);
    }
  };
  look(document);
  document.addEventListener("htmx:load", (event) => look(event.detail.elt));
}

/** The current token against forged requests; it changes at sign-in. */
export function token() {
  const found = document.cookie.match(/(?:^|; )prytany_csrf=([^;]+)/);
  return found ? found[1] : document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Tell whether a key press belongs to an input method (Telex and VNI compose) or to a field. */
export const composing = (event) => event.isComposing || event.keyCode === 229;
export const inField = (element) =>
  Boolean(element?.closest?.("input:not([type=checkbox],[type=radio],[type=button],[type=submit]), textarea, select, [contenteditable]"));

/** Show a sentence among the messages, read out by assistive technology. */
export function notify(sentence, { error = false } = {}) {
  const place = document.getElementById("messages");
  const template = document.getElementById("notice-template");
  if (!place || !template) return null;
  const notice = template.content.firstElementChild.cloneNode(true);
  notice.querySelector("[data-sentence]").textContent = sentence;
  notice.classList.toggle("notice-error", error);
  place.append(notice);
  return notice;
}
