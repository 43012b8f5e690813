// Rows of the grid as elements: their cells, their order, what is missing in them, and the sentences they come from.
import { count } from "../core/page.js";

export const COLUMNS = ["content", "lead", "coordinating", "due", "product"];
const NEEDED = ["content", "lead", "due"];

export const page = document.querySelector("[data-read]");
export const body = page.querySelector("[data-grid] tbody");
const template = document.getElementById("row-template");
export const words = JSON.parse(document.getElementById("read-words").textContent);
let made = 0;

/** Return a sentence of the page with {named} places filled. */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const all = () => [...body.rows];
export const isProposed = (row) => row.classList.contains("prop");
export const isBlank = (row) => row.classList.contains("blank");
export const real = () => all().filter((row) => !isProposed(row) && !isBlank(row));
export const proposed = () => all().filter(isProposed);
export const cell = (row, name) => row.querySelector(`.cell[name="${name}"]`);
export const rowOf = (element) => element?.closest?.("[data-grid] tbody > tr") ?? null;
export const cellsOf = (row) => Object.fromEntries(COLUMNS.map((name) => [name, cell(row, name).value]));
export const numberOf = (row) => count(all().indexOf(row) + 1);

/** Write texts into cells. */
export function setCells(row, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const field = cell(row, name);
    if (field && field.value !== text) { field.value = text; fit(field); }
  }
}

/** Browsers without `field-sizing` get the height of a cell from its content. */
export function fit(field) {
  if (field.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight}px`;
}

/** The mark under which a row that is no task yet is saved: sent twice, it makes one task. */
export function tokenOf(row) {
  row.dataset.token ||= [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return row.dataset.token;
}

/** The row is no task any more: saved again it becomes another one. */
export function forget(row) {
  for (const name of ["uid", "version", "token", "edit"]) row.dataset[name] = "";
}

/** The names of cells that somebody has to write: needed ones that are empty, and those that could not be understood. */
export const gaps = (row) => COLUMNS.filter((name) => (NEEDED.includes(name) && !cell(row, name).value.trim())
  || cell(row, name).closest("td").classList.contains("wrong"));

/** Make a new row, empty, in its place: by `start` in the text, else before the blank one. */
export function make({ start = "", end = "" } = {}) {
  const row = template.content.querySelector("tr").cloneNode(true);
  const key = `n${++made}`;
  row.id = `r-${key}`;
  row.dataset.row = key;
  row.dataset.start = start;
  row.dataset.end = end;
  row.classList.remove("blank");
  row.querySelector("form").id = `f-${key}`;
  for (const field of row.querySelectorAll(".cell")) field.setAttribute("form", `f-${key}`);
  place(row);
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: row } }));
  return row;
}

/** Put a row where its passage stands in the text; rows typed by hand come before the blank one. */
export function place(row) {
  const start = row.dataset.start;
  const after = all().find((other) => isBlank(other)
    || (start !== "" && other !== row && (other.dataset.start === "" || Number(other.dataset.start) > Number(start))));
  body.insertBefore(row, after ?? null);
}

/** Turn the blank row, in which somebody types, into a row, and put another blank one at the end. */
export function fillBlank(row) {
  const next = template.content.querySelector("tr").cloneNode(true);
  const key = `n${++made}`;
  row.classList.remove("blank");
  row.dataset.row = key;
  row.id = `r-${key}`;
  body.append(next);
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: next } }));
}

export const sentences = () => [...page.querySelectorAll("[data-sentence]")];

/** The sentence in which a row's passage begins. */
export function sentenceOf(row) {
  if (row.dataset.start === "") return null;
  const start = Number(row.dataset.start);
  return sentences().find((one) => Number(one.dataset.start) <= start && start < Number(one.dataset.end)) ?? null;
}

export const rowsOf = (sentence) => all().filter((row) => row.dataset.start !== "" && sentenceOf(row) === sentence);

/** Number the rows, and say beside each sentence which tasks it became. */
export function renumber() {
  const arrow = document.getElementById("make-template").content;
  for (const sentence of sentences()) {
    const place = sentence.querySelector("[data-to]");
    for (const link of place.querySelectorAll("a")) link.remove();
    sentence.classList.toggle("open", rowsOf(sentence).some(isProposed));
  }
  all().forEach((row, index) => {
    const number = count(index + 1);
    row.querySelector("[data-number]").textContent = number;
    row.querySelector("[data-pick]").setAttribute("aria-label", say("pick", { n: number }));
    if (isProposed(row) || isBlank(row)) return;
    const sentence = sentenceOf(row);
    if (!sentence) return;
    const link = document.createElement("a");
    link.href = `#${row.id}`;
    link.setAttribute("aria-label", say("drawn", { s: count(Number(sentence.dataset.sentence)), n: number }));
    link.append(arrow.cloneNode(true), ` ${number}`);
    const place = sentence.querySelector("[data-to]");
    place.insertBefore(link, place.querySelector("form, kbd"));
    link.after(" ");
  });
}
