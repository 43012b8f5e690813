"""What intake tells lower apps: how texts are cut into sentences, the button on a paper's page, words for the log."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prytany.audit.sentences import sentences
from prytany.core import registry
from prytany.core.permissions import Permission
from prytany.core.registry import Panel
from prytany.documents import reading as pages
from prytany.documents import segments
from prytany.documents.models import Document
from prytany.documents.raising import Follower, followers
from prytany.intake.cutting import cut
from prytany.intake.reading import packs
from prytany.intake.reading.detect import language_of
from prytany.intake.reading.model import Span
from prytany.intake.reading.page_one import read_page
from prytany.intake.services import raising


def read_button(request: HttpRequest, document: Document) -> Panel | None:
    """Return the button that leads from a paper to reading it, for those who read papers for tasks."""
    scope = request.scope  # type: ignore[attr-defined]
    if document.is_secret or not scope.holds_anywhere(Permission.INTAKE_USE):
        return None
    return Panel("intake/_button.html", {"document": document})


def found_on_page(text: str, kinds: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return what `documents` may propose of a page: value and words by the name of the fact."""
    page = read_page(text, kinds)
    facts = {
        "family": page.family, "issuer_name": page.issuer, "symbol": page.symbol, "kind": page.kind,
        "summary": page.summary, "signer_title": page.signer_title, "signer_name": page.signer_name,
        "urgency": page.urgency, "level": page.level, "circulation": page.circulation,
    }  # fmt: skip
    found = {name: (fact.value, _words(fact.because)) for name, fact in facts.items() if fact and fact.value}
    if page.date.iso and page.date.precision == "day":
        found["issued_on"] = (page.date.iso, _words(page.date.because))
    if page.kind:
        found["kind_basis"] = (page.kind.basis, "")
    if page.abbreviation:
        found |= {"abbreviation": (page.abbreviation, page.abbreviation), "body": (page.letters, page.letters)}
    if language := language_of(text):
        found["language"] = (language, "")
    return found


def _words(spans: tuple[Span, ...]) -> str:
    return " ".join(span.text for span in spans)


def register() -> None:
    """Called once when all apps are loaded."""
    for code in packs.codes():
        segments.register_splitter(code, _splitter(code))
    followers.register("intake", weight=20)(lambda: Follower(raising.losses, raising.follow))
    pages.register_reader(found_on_page)
    registry.panels("documents.acts").register("intake.read", weight=10)(read_button)
    sentences(
        {
            "proposal.decide": (
                _("Proposals decided"),
                _("%(actor)s took %(taken)s and skipped %(skipped)s proposals read in %(target)s."),
            ),
            "document.ask_second_reader": (
                _("Second reader asked"),
                _("%(actor)s gave the text of %(target)s to the second reader."),
            ),
        }
    )


def _splitter(code: str) -> Any:
    return lambda text: cut(text, code)
