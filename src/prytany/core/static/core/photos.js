// Photographs are reduced on the device before they leave: at most 300 kB, upright, without position data.
import { each, say, size } from "./page.js";

const MOST_BYTES = 300_000;
const EDGES = [1600, 1280, 1024, 800, 640];
const QUALITIES = [0.8, 0.65, 0.5];

const jpeg = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

/** Return `file` as a JPEG of at most 300 kB; the file itself if it is no picture, small enough, or unreadable. */
export async function reduce(file) {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml") return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  let best = null;
  for (const edge of EDGES) {
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const drawing = canvas.getContext("2d");
    drawing.fillStyle = "white";
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      best = await jpeg(canvas, quality);
      if (best && best.size <= MOST_BYTES) break;
    }
    if (best && best.size <= MOST_BYTES) break;
  }
  picture.close();
  if (!best) return file;
  return new File([best], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}

each("[data-photos]", (box) => {
  const camera = box.querySelector("[data-photo-input]");
  const input = box.querySelector("[data-file-input]");
  const list = box.querySelector(".files");
  const template = box.querySelector("template");
  let kept = [];
  let reducing = 0;
  let pressed = null;

  function put() {
    const transfer = new DataTransfer();
    for (const one of kept) transfer.items.add(one.file);
    input.files = transfer.files;
    list.replaceChildren(...kept.map(item));
    input.dispatchEvent(new CustomEvent("prytany:files", { bubbles: true }));
  }

  function item(one) {
    const line = template.content.firstElementChild.cloneNode(true);
    const picture = one.file.type.startsWith("image/");
    line.querySelector(".file-name").textContent = one.file.name;
    const note = one.from > one.file.size ? "photo_reduced" : picture ? "photo_size" : "file_size";
    line.querySelector(".file-note").textContent = say(note, { size: size(one.file.size), from: size(one.from) });
    if (picture) {
      const image = document.createElement("img");
      image.alt = "";
      image.src = URL.createObjectURL(one.file);
      image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
      line.querySelector(".thumb").replaceChildren(image);
    }
    const button = line.querySelector("button");
    button.setAttribute("aria-label", say("take_off", { name: one.file.name }));
    button.addEventListener("click", () => { kept = kept.filter((other) => other !== one); put(); });
    return line;
  }

  async function add(files) {
    reducing += 1;
    for (const file of files) kept.push({ file: await reduce(file), from: file.size });
    put();
    reducing -= 1;
    if (reducing || !pressed) return;
    const { form, submitter } = pressed;
    pressed = null;
    form.requestSubmit(submitter);
  }

  // Sent before the picture is reduced, the form leaves when it is: nothing is sent without what was added.
  box.closest("form")?.addEventListener("submit", (event) => {
    if (!reducing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = { form: event.target, submitter: event.submitter };
  }, { capture: true });

  camera.addEventListener("change", async () => { const files = [...camera.files]; camera.value = ""; await add(files); });
  input.addEventListener("change", async () => { await add([...input.files]); });
  document.addEventListener("prytany:restore-files", (event) => { if (box.closest("form") === event.target) add(event.detail); });
});
