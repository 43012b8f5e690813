// How long somebody is busy with the paper before each decision: the time to confirm. A pause of some minutes is left
// out. It is kept for the paper as a number of seconds and for nobody in person.
const PAUSE = 180_000;
let seen = performance.now();
let busy = 0;

function tick() {
  const now = performance.now();
  if (now - seen < PAUSE) busy += now - seen;
  seen = now;
}

/** Return the whole seconds since they were last taken, up to now. */
export function takeSpent() {
  tick();
  const seconds = Math.round(busy / 1000);
  busy = 0;
  return seconds;
}

/** The seconds did not arrive: they count with the next decision. */
export function giveBack(seconds) { busy += seconds * 1000; }

for (const name of ["keydown", "pointerdown", "pointermove", "wheel"]) document.addEventListener(name, tick, { passive: true, capture: true });
