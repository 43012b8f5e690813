// Completion after two letters, with or without diacritics, as the combobox of the ARIA Authoring Practices (1.2).
// data-combobox is an address answering {results: [{value, label, note}]} to ?q=, or #id of a json_script with a list;
// data-units="one" or "many" completes names of units from the organisation. Several names are divided by semicolons.
// data-mentions="address" on a textarea completes names after an @; the address also gets the form's `audience`.
// What is posted is the text; a hidden input inside .combo, where there is one, takes the value of what was chosen.
import { address, composing, each, say } from "./page.js";

const LEAST = 2;
const MOST = 12;
let numbers = 0;

/** Return text without case, Latin accents and the bar of đ, for comparing what is typed. */
export function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");
}

const stored = new Map();
function local(id) {
  if (!stored.has(id)) {
    const list = JSON.parse(document.getElementById(id.slice(1)).textContent);
    stored.set(id, list.map((one) => ({ ...one, folded: fold(`${one.label} ${one.note ?? ""}`) })));
  }
  return stored.get(id);
}

async function ask(source, text, signal, input) {
  if (source.startsWith("#")) {
    const words = fold(text).split(/\s+/);
    return local(source).filter((one) => words.every((word) => one.folded.includes(word))).slice(0, MOST);
  }
  const url = new URL(source, location.href);
  url.searchParams.set("q", text);
  const audience = input.dataset.mentions && new FormData(input.form).get("audience");
  if (audience) url.searchParams.set("audience", audience);
  const response = await fetch(url, { signal, headers: { "X-Requested-With": "fetch" } });
  return response.ok ? (await response.json()).results.slice(0, MOST) : [];
}

each("input[data-combobox], input[data-units], textarea[data-units], textarea[data-mentions]", (input) => {
  const mentions = input.dataset.mentions;
  const source = mentions || input.dataset.combobox || address("units");
  if (!source) return;
  const many = input.dataset.units === "many" || "many" in input.dataset;
  const box = input.closest(".combo") ?? wrap(input);
  const hidden = box.querySelector("input[type=hidden]");
  const list = document.createElement("ul");
  list.id = `combo-${++numbers}`;
  list.className = "combo-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() || input.ariaLabel || "");
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  box.append(list, status);
  const roles = mentions ? {} : { role: "combobox", "aria-expanded": "false" };  // a text of many lines stays a textbox
  for (const [name, value] of Object.entries({
    ...roles, "aria-autocomplete": "list", "aria-controls": list.id, autocomplete: "off",
  })) input.setAttribute(name, value);
  const expand = (open) => { if (!mentions) input.setAttribute("aria-expanded", String(open)); };

  let found = [];
  let at = -1;
  let moved = false;
  let offered = false;
  let timer = null;
  let running = null;
  // With data-go a choice is an address to go to, and Enter without a choice sends the form.
  const goes = "go" in input.dataset;

  // Where the name under the cursor begins: after the last @ that opens a word, on the same line.
  const sign = () => {
    const found = /(?:^|[\s(])@([^@\n]{0,60})$/.exec(input.value.slice(0, input.selectionStart));
    return found ? input.selectionStart - found[1].length : -1;
  };
  const start = () => (many ? Math.max(...[";", "؛", "\n"].map((sign) => input.value.lastIndexOf(sign))) + 1 : 0);
  const typed = () => {
    if (!mentions) return input.value.slice(start()).trim();
    return sign() < 0 ? null : input.value.slice(sign(), input.selectionStart).trim();
  };

  function close() {
    list.hidden = true;
    at = -1;
    moved = false;
    expand(false);
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    at = index;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function take(one) {
    if (goes) { location.assign(one.value); return; }
    if (mentions) {
      const from = sign();
      if (from >= 0) input.setRangeText(`${one.label} `, from, input.selectionStart, "end");
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    const before = input.value.slice(0, start());
    input.value = `${before}${before && !before.endsWith("\n") ? " " : ""}${one.label}${many ? "; " : ""}`;
    if (hidden) hidden.value = one.value;
    close();
    input.dispatchEvent(new CustomEvent("prytany:chosen", { bubbles: true, detail: one }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function option(one, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const label = document.createElement("bdi");
    label.textContent = one.label;
    item.append(label);
    if (one.note) {
      const note = document.createElement("span");
      note.className = "meta";
      note.textContent = ` ${one.note}`;
      item.append(note);
    }
    return item;
  }

  function show(results) {
    found = results;
    list.replaceChildren(...results.map(option));
    status.textContent = results.length ? say("found", { n: results.length }) : say("found_none");
    list.hidden = results.length === 0;
    expand(results.length > 0);
    at = -1;
    if (results.length && !goes) mark(0);
  }

  async function look() {
    running?.abort();
    offered = false;
    const words = typed();
    if (words === null || (!mentions && words.length < LEAST)) { close(); return; }
    running = new AbortController();
    try {
      const results = await ask(source, words, running.signal, input);
      if (typed() === words) show(results);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    if (hidden) hidden.value = "";
    clearTimeout(timer);
    timer = setTimeout(look, source.startsWith("#") ? 0 : 150);
  });
  input.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open && input.tagName === "TEXTAREA") return;
      moved = true;
      if (open) mark((Math.max(at, event.key === "ArrowDown" ? -1 : 0) + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
      else look();
    } else if (event.key === "Enter" && open && !event.ctrlKey && (!goes || moved)) {
      take(found[at]);
    } else if (event.key === "Tab" && open && (moved || (found.length === 1 && !offered))) {
      take(found[at]);
      return;
    } else if (event.key === "Escape" && open) {
      close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  // data-likely: what may be meant, one a line, is offered when the empty field is entered; Tab does not take it.
  input.addEventListener("focus", () => {
    if (input.value.trim() || !input.dataset.likely) return;
    offered = true;
    show(input.dataset.likely.split("\n").map((label) => ({ value: "", label })));
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[role=option]");
    if (!item) return;
    event.preventDefault();
    take(found[[...list.children].indexOf(item)]);
  });
});

function wrap(input) {
  const box = document.createElement("div");
  const focused = document.activeElement === input;
  input.before(box);
  box.className = "combo";
  box.append(input);
  if (focused) input.focus();  // an element that is moved loses the focus
  return box;
}
