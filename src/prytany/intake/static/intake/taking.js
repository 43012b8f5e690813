// A file dropped anywhere on the page is taken as if it had been chosen.
const zone = document.querySelector("[data-drop]");
const input = zone.querySelector("input[type=file]");
zone.querySelector("[data-drop-hint]").hidden = false;

const over = (event, is) => { event.preventDefault(); zone.classList.toggle("over", is); };
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => { if (event.dataTransfer?.types.includes("Files")) over(event, true); });
}
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(event, false); });
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  over(event, false);
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
