// The band "connection lost", and how many answers wait on this device.
const band = document.getElementById("line-lost");

/** Show or hide the band. */
export function lineIs(lost) {
  if (band) band.hidden = !lost;
}

window.addEventListener("offline", () => lineIs(true));
window.addEventListener("online", () => lineIs(false));
document.addEventListener("htmx:sendError", () => lineIs(true));
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) lineIs(false); });
if (!navigator.onLine) lineIs(true);
