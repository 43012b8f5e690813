// After files were sent ahead, the field is emptied, so that they are not sent a second time with the form.
document.addEventListener("htmx:afterRequest", (event) => {
  const field = event.target;
  if (field.matches?.("[data-uploads] input[type=file]") && event.detail.successful) field.value = "";
});
