// Menus are <details class="menu">: one open at a time, closed by Escape, a click elsewhere, or leaving with Tab.
const open = () => document.querySelectorAll("details.menu[open]");

function close(menu, focus) {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) close(menu, false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of open()) close(menu, menu.contains(document.activeElement));
});
document.addEventListener("focusin", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) close(menu, false);
});

for (const button of document.querySelectorAll("[data-fold]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const folded = document.getElementById(button.dataset.fold).classList.toggle("folded");
    button.setAttribute("aria-pressed", String(folded));
    document.cookie = `prytany_rail=${folded ? "folded" : "open"}; path=/; max-age=31536000; samesite=lax`;
  });
}

// <select data-submit> or a ticked filter: choosing is sending.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
for (const select of document.querySelectorAll("select[data-submit]")) {
  const button = select.form.querySelector("button[type=submit]");
  if (button) button.hidden = true;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
