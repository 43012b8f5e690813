// A file dropped, or cells pasted anywhere on the page, are read at once: one act from Excel to the rows.
const form = document.querySelector("[data-import-source]");
if (form) {
  const zone = form.querySelector("[data-drop]");
  const input = form.querySelector("input[type=file]");
  const cells = form.querySelector("textarea");
  form.querySelector("[data-drop-hint]").hidden = false;

  const mark = (event, over) => { event.preventDefault(); zone.classList.toggle("over", over); };
  for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => mark(event, true));
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(event, false); });
  document.addEventListener("drop", (event) => {
    mark(event, false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  input.addEventListener("change", () => { if (input.files.length) form.requestSubmit(); });

  document.addEventListener("paste", (event) => {
    if (event.target.closest("input")) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file && !text) {
      input.files = event.clipboardData.files;
    } else if (text.includes("\t") && !cells.value) {
      cells.value = text;
    } else {
      return;
    }
    event.preventDefault();
    form.requestSubmit();
  });
}
