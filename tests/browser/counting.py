"""What a walk costs the person: key presses, clicks, taps, pages and bytes, counted where they happen.

    cost = Cost(page)
    cost.open("/desk/")            # the address a walk begins at; every page after it counts
    page.locator("…").click()
    assert cost.clicks <= 3

The browser counts, not the test: listeners that come before those of the page see each press that a person could
have made, so the same press by another way costs the same. What no person can do without a press (a value set, text
inserted, a choice made from the test's side) is counted as `conjured`, and fails the walk.
"""

import gzip
import logging
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders

log = logging.getLogger("prytany.walks")

LISTENERS = """
(() => {
  const report = (kind) => window.__cost(kind);
  let pressed = 0;
  addEventListener("pointerdown", (event) => {
    if (!event.isTrusted) return;
    pressed = performance.now();
    report(event.pointerType === "touch" ? "tap" : "click");
  }, { capture: true });
  addEventListener("keydown", (event) => {
    if (!event.isTrusted) return;
    pressed = performance.now();
    if (!event.repeat && !["Control", "Shift", "Alt", "Meta"].includes(event.key)) report("key");
  }, { capture: true });
  addEventListener("beforeinput", (event) => {
    if (event.inputType.startsWith("insert") && performance.now() - pressed > 2000) report("conjured");
  }, { capture: true });
  addEventListener("change", (event) => {
    if (event.target.matches?.("select") && performance.now() - pressed > 2000) report("conjured");
  }, { capture: true });
})();
"""


def _packed(name):
    body = Path(finders.find(name)).read_bytes()
    return len(body) if name.endswith((".woff2", ".png", ".jpg")) else len(gzip.compress(body, 9))


class Cost:
    """Counts what happens on `page` from now on."""

    def __init__(self, page):
        self.page = page
        self.counts = dict.fromkeys(("click", "tap", "key", "conjured"), 0)
        self.pages = 0
        self._begun = False
        self._finished = []
        self._kept = set()
        self._bytes = 0
        page.expose_binding("__cost", lambda _source, kind: self._add(kind))
        page.add_init_script(LISTENERS)
        page.on("framenavigated", self._went)
        page.on("requestfinished", lambda request: self._finished.append(request))

    def _add(self, kind):
        self.counts[kind] += 1

    def _went(self, frame):
        if frame == self.page.main_frame and frame.url != "about:blank":
            self.pages += 1

    def open(self, address):
        """Open the address that the walk begins at: the first page, at no press."""
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        return self

    def choose(self, opener, files, *, tap=False):
        """Press `opener`, and give the file chooser that opens `files`; in it the person presses once more."""
        with self.page.expect_file_chooser() as chooser:
            opener.tap() if tap else opener.click()
        chooser.value.set_files(files)
        self.counts["tap" if tap else "click"] += 1

    def weigh(self):
        """Return the bytes that have come down; static files once, packed as they are served."""
        self.page.wait_for_load_state("networkidle")
        for request in self._finished:
            path = urlsplit(request.url).path
            if not path.startswith(settings.STATIC_URL):
                self._bytes += request.sizes()["responseBodySize"]
            elif path not in self._kept:
                self._kept.add(path)
                self._bytes += _packed(path.removeprefix(settings.STATIC_URL))
        self._finished.clear()
        return self._bytes

    def tell(self):
        """Say in the log what the walk has cost so far (`pytest --log-cli-level=INFO`)."""
        spent = {kind: number for kind, number in self.counts.items() if number}
        log.info("%s, %s pages, %s bytes down", spent, self.pages, self._bytes)

    def _count(self, kind):
        self.page.evaluate("0")  # what the browser has reported by now is heard
        assert self.counts["conjured"] == 0, "the walk did what no person can"
        return self.counts[kind]

    @property
    def clicks(self):
        """Presses of the mouse."""
        return self._count("click")

    @property
    def taps(self):
        """Touches of the screen."""
        return self._count("tap")

    @property
    def keys(self):
        """Presses of keys, modifiers apart."""
        return self._count("key")
