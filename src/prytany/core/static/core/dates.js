// Beside a typed date stands how it is understood: weekday, day off, working days left.
import { address, each } from "./page.js";

each("[data-reading]", (output) => {
  const field = output.closest(".date-text").querySelector("input");
  let timer = null;
  let asked = 0;
  async function read() {
    const text = field.value.trim();
    const turn = ++asked;
    if (!text || !address("date_reading")) { output.textContent = ""; return; }
    const query = new URLSearchParams({ text, prefer: output.dataset.reading });
    const response = await fetch(`${address("date_reading")}?${query}`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (turn !== asked || !response?.ok) return;
    const answer = await response.json();
    output.textContent = answer.error ?? answer.reading;
    output.classList.toggle("wrong", Boolean(answer.error));
    output.dispatchEvent(new CustomEvent("prytany:date", { bubbles: true, detail: answer }));
  }
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(read, 250); });
  field.addEventListener("change", read);
  if (field.value && field.getAttribute("aria-invalid") !== "true") read();
});
