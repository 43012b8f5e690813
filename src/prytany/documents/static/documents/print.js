// A page to be printed opens the print dialog on request.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
