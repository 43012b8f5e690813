"""Pictures of pages for people who build them: every address in Vietnamese and Urdu, at 1280 and 360 px.

    python tests/shots.py --base http://127.0.0.1:8000 --user chef --password … /desk/ /tasks/ /overview/
    python tests/shots.py … --languages vi,hi,ar --widths 1280,768,360 --out /tmp/shots /tasks/

The server has to run; the person's language is set to each in turn and set back at the end. Prints for each picture
whether the page is wider than the window, and what the console said.
"""

import argparse
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
    parser.add_argument("--chromium", default=CHROMIUM)
    return parser.parse_args()


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
            for address in asked.addresses:
                take(page, asked, address, language, said)
        page.evaluate(SET_LANGUAGE, [urljoin(asked.base, "/language/"), before])
        browser.close()


def take(page, asked: argparse.Namespace, address: str, language: str, said: list[str]) -> None:
    """Take one address at every width."""
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


if __name__ == "__main__":
    main()
