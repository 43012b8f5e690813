"""A walk over every page: what a form creates counts once, and what it edits is not written over unseen.

Every form that somebody types into carries a token by which a form sent twice counts once. Every form that begins with
words that are stored carries the version they had. Exceptions stand below by the address they post to, each with its
reason.
"""

from html.parser import HTMLParser

import pytest
from django.urls import Resolver404, resolve, reverse

from tests.test_walk import ADDRESSES, cases, expected, stage, taken_back
from tests.walk_rows import MAKERS

__all__ = ["stage"]
pytestmark = pytest.mark.django_db

TOKENLESS = {
    "account_change_password": "sets a password; sent twice it is the same one, and the library makes the form",
    "mfa_activate_totp": "the code counts once by itself, and the library makes the form",
    "mfa_add_webauthn": "the answer of the passkey counts once by itself, and the library makes the form",
    "mfa_edit_webauthn": "names one's own passkey; the library makes the form",
    "sheets:session": "stores choices under the version of the import, which refuses the second",
    "work:confirm": "confirms what waits for it: a part that is confirmed waits no longer",
}
VERSIONLESS = {
    "account_change_password": "the name is there for the browser's own keeper of passwords",
    "administration:rename": "one word, which is shown beside the field: whoever writes it anew means to",
    "mfa_add_webauthn": "a name is proposed for a new passkey",
    "mfa_edit_webauthn": "names one's own passkey",
    "organisation:correct": "the address names the version: one that was corrected meanwhile is refused",
    "work:copy_document": "a title is proposed for a new sheet",
    "work:new": "a copy is a new task",
}
TYPED = {"text", "search", "email", "tel", "number", "date", "url", "file"}


class Forms(HTMLParser):
    """The forms of a page that post: their action, the names of their controls, and what those begin with."""

    def __init__(self):
        super().__init__()
        self.found, self.form, self.area = [], None, None

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = {"action": attributes.get("action", ""), "names": set(), "typed": set(), "begun": set()}
            if attributes.get("method", "").lower() == "post":
                self.found.append(self.form)
        elif self.form is not None and "form" not in attributes:
            self.note(tag, attributes)

    def note(self, tag, attributes):
        name = attributes.get("name", "")
        if not name:
            return
        self.form["names"].add(name.rpartition("-")[2])
        if tag == "textarea":
            self.form["typed"].add(name)
            self.area = name
        elif tag == "input" and attributes.get("type", "text") in TYPED:
            self.form["typed"].add(name)
            # A date or a number begins with what is usual: today, one copy.
            if attributes.get("value") and attributes.get("type", "text") == "text" and not is_date(attributes):
                self.form["begun"].add(name)

    def handle_data(self, data):
        if self.area and self.form is not None and data.strip():
            self.form["begun"].add(self.area)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "form":
            self.form = None


def is_date(attributes):
    value = attributes["value"]
    return value.replace("/", "").isdigit()


def shown(stage, name):
    """Yield the page of an address as the first role that is let in sees it, for each class of row."""
    entry = ADDRESSES[name]
    for place, roles, case in cases(stage, entry):
        let_in = [role for role in roles if expected(entry, place, role) == "in"]
        if not let_in:
            continue
        with taken_back():
            arguments = MAKERS[entry["row"]](case) if case else {}
            data = arguments.pop("data", {})
            address = reverse(name, kwargs={**entry.get("arguments", {}), **arguments})
            response = stage.browser(let_in[0]).get(address, data if entry.get("method", "get") == "get" else {})
            if response.status_code == 200 and "html" in response.headers["Content-Type"] and not response.streaming:
                yield address, response.content.decode()


def target(address, action):
    try:
        return resolve((action or address).partition("?")[0]).view_name
    except Resolver404:
        return action


PAGES = sorted(
    name
    for name, entry in ADDRESSES.items()
    if " " not in name and not name.startswith("api:") and not entry.get("public") and entry.get("method") != "post"
)


@pytest.mark.parametrize("name", PAGES)
def test_forms_count_once_and_carry_the_version_of_what_they_edit(stage, name):
    wrong = set()
    for address, page in shown(stage, name):
        parser = Forms()
        parser.feed(page)
        for form in parser.found:
            to = target(address, form["action"])
            if form["typed"] and "form_token" not in form["names"] and to not in TOKENLESS:
                wrong.add(f"{to}: no token, {sorted(form['typed'])}")
            if form["begun"] and not form["names"] & {"version", "expected"} and to not in VERSIONLESS:
                wrong.add(f"{to}: no version, {sorted(form['begun'])}")
    assert not wrong
