// What was done to rows can be taken back, step by step, on the page and on the server.
const button = document.querySelector("[data-undo]");
const MOST = 100;
const steps = [];

/** Remember how to take the last act back. */
export function remember(back) {
  steps.push(back);
  if (steps.length > MOST) steps.shift();
  button.disabled = false;
}

/** Take the last act back. */
export function undo() {
  const back = steps.pop();
  if (back) back();
  button.disabled = steps.length === 0;
}

button.addEventListener("click", undo);
