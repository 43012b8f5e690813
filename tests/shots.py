"""Pictures of pages for people who build them: every address in Vietnamese and Urdu, at 1280 and 360 px.

    python tests/shots.py --base http://127.0.0.1:8000 --user chef --password … /desk/ /tasks/ /overview/
    python tests/shots.py … --languages vi,hi,ar --widths 1280,768,360 --out /tmp/shots /tasks/
    python tests/shots.py … --beside mock/desk.png --languages vi --widths 1280 /desk/

With `--beside` a design's picture (once for each address, in their order) is laid beside each picture of ours, in one
PNG more with the ending `-beside.png`. The server has to run; the person's language is set to each in turn and set back
at the end. Prints for each picture whether the page is wider than the window, and what the console said.
"""

import argparse
import base64
import re
import sys
from pathlib import Path
from urllib.parse import urljoin

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
SET_LANGUAGE = """async ([address, language]) => {
  const token = document.cookie.match(/prytany_csrf=([^;]+)/)?.[1]
    ?? document.querySelector('[name=csrfmiddlewaretoken]').value;
  const body = new URLSearchParams({csrfmiddlewaretoken: token, language});
  await fetch(address, {method: 'POST', body});
}"""
TWO_PICTURES = """<!DOCTYPE html><title>beside</title>
<body style="margin:0;display:flex;gap:16px;align-items:flex-start;background:#888;font:16px sans-serif">
{}</body>"""
ONE_PICTURE = '<figure style="margin:0"><figcaption>{}</figcaption><img src="data:image/png;base64,{}"></figure>'


def arguments() -> argparse.Namespace:
    """Return what was asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--user", help="sign-in name; without one as a visitor")
    parser.add_argument("--password", default="")
    parser.add_argument("--languages", default="vi,ur")
    parser.add_argument("--widths", default="1280,360")
    parser.add_argument("--out", type=Path, default=Path(".build/shots"))
    parser.add_argument("--beside", type=Path, action="append", default=[], help="a design's picture for each address")
    parser.add_argument("--chromium", default=CHROMIUM)
    asked = parser.parse_args()
    if asked.beside and len(asked.beside) != len(asked.addresses):
        parser.error("--beside is wanted once for each address.")
    return asked


def sign_in(page, asked: argparse.Namespace) -> None:
    """Fill the sign-in form."""
    page.goto(urljoin(asked.base, "/sign-in/"))
    page.fill("[name=login]", asked.user)
    page.fill("[name=password]", asked.password)
    page.locator("form:has([name=password]) [type=submit]").first.click()
    page.wait_for_load_state()
    if page.locator("[name=password]").count():
        sys.exit("These credentials were not taken.")


def main() -> None:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    asked = arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=list(FLAGS))
        page = browser.new_page(service_workers="block")
        said: list[str] = []
        page.on("console", lambda message: message.type in {"error", "warning"} and said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        if asked.user:
            sign_in(page, asked)
        else:
            page.goto(urljoin(asked.base, "/sign-in/"))
        before = page.get_attribute("html", "lang")
        for language in asked.languages.split(","):
            page.evaluate(SET_LANGUAGE, [urljoin(asked.base, "/language/"), language])
            for number, address in enumerate(asked.addresses):
                for path in take(page, asked, address, language, said):
                    if asked.beside:
                        lay_beside(browser, asked.beside[number], path)
        page.evaluate(SET_LANGUAGE, [urljoin(asked.base, "/language/"), before])
        browser.close()


def take(page, asked: argparse.Namespace, address: str, language: str, said: list[str]) -> list[Path]:
    """Take one address at every width; return where the pictures are."""
    taken = []
    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:60] or "home"
    for width in (int(text) for text in asked.widths.split(",")):
        page.set_viewport_size({"width": width, "height": 900 if width > 600 else 760})
        page.goto(urljoin(asked.base, address))
        page.wait_for_timeout(250)
        path = asked.out / f"{name}-{language}-{width}.png"
        page.screenshot(path=path, full_page=True)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        print(path, f"{over} px too wide" if over > 0 else "", *said)  # noqa: T201 - a command
        said.clear()
        taken.append(path)
    return taken


def lay_beside(browser, design: Path, ours: Path) -> None:
    """Put the design's picture and ours side by side into one file beside ours."""
    pictures = "".join(
        ONE_PICTURE.format(path.name, base64.b64encode(path.read_bytes()).decode()) for path in (design, ours)
    )
    table = browser.new_page(viewport={"width": 320, "height": 320})
    table.set_content(TWO_PICTURES.format(pictures))
    path = ours.with_name(f"{ours.stem}-beside.png")
    wide, high = table.evaluate("[document.body.scrollWidth, document.body.scrollHeight]")
    table.set_viewport_size({"width": wide, "height": high})
    table.screenshot(path=path)
    table.close()
    print(path)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
