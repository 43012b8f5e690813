// The tree opens in place, a unit loads beside it, forms open on the page they belong to. Without scripts every link
// leads to a page of its own.
const wide = window.matchMedia("(min-width: 62rem)");

const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/** Open or close the branch of a toggle; what is below is fetched the first time. */
async function flip(toggle) {
  const item = toggle.closest("li");
  const list = item.querySelector(":scope > ul");
  const open = toggle.getAttribute("aria-expanded") === "true";
  if (!open && !list) await window.htmx.ajax("GET", toggle.dataset.branch, { target: item, swap: "beforeend" });
  else list.hidden = open;
  toggle.setAttribute("aria-expanded", String(!open));
}

/** Put the next units of a long branch in the place of the link that asked for them. */
async function more(link) {
  const item = link.closest("li");
  const before = item.previousElementSibling;
  const holder = document.createElement("div");
  await window.htmx.ajax("GET", link.dataset.more, { target: holder, swap: "innerHTML" });
  item.replaceWith(...holder.querySelectorAll(":scope > ul > li"));
  before?.nextElementSibling?.querySelector("a.unit")?.focus();
}

/** Load a unit beside the tree. */
async function show(link) {
  await window.htmx.ajax("GET", link.href, { target: "#unit", swap: "innerHTML" });
  window.history.pushState({ htmx: true }, "", link.href);
  for (const one of document.querySelectorAll(".tree .here")) one.classList.remove("here");
  for (const one of document.querySelectorAll(".tree [aria-current]")) one.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  link.closest(".nd").classList.add("here");
  document.querySelector("[data-unit-heading]")?.focus();
}

/** Open a form on this page. */
async function open(link) {
  const place = document.getElementById("form-place");
  await window.htmx.ajax("GET", link.href, { target: place, swap: "innerHTML" });
  link.closest("details.menu")?.removeAttribute("open");
  const heading = place.querySelector("[data-form-heading]");
  heading?.scrollIntoView({ block: "nearest" });
  place.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

document.addEventListener("click", (event) => {
  if (!plain(event) || !window.htmx) return;
  const link = event.target.closest("a");
  if (!link) return;
  const toggle = link.matches("[data-branch]") ? link
    : link.matches("[data-toggle-branch]") ? link.parentElement.querySelector("[data-branch]") : null;
  if (toggle) flip(toggle);
  else if (link.matches("[data-more]")) more(link);
  else if (link.matches("[data-in-place]") && document.getElementById("form-place")) open(link);
  else if (link.matches("[data-close-form]") && link.closest(".in-place")) link.closest(".in-place").remove();
  else if (link.matches(".tree a.unit") && document.getElementById("unit") && wide.matches) show(link);
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const toggle = event.target.closest?.("[data-branch]");
  if (toggle && event.key === " ") {
    event.preventDefault();
    flip(toggle);
  }
});

window.addEventListener("popstate", () => {
  if (document.getElementById("unit")) window.location.reload();
});
