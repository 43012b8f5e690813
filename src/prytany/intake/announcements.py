"""What intake tells lower apps: how texts are cut into sentences, the button on a paper's page, words for the log."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prytany.audit.sentences import sentences
from prytany.core import registry
from prytany.core.permissions import Permission
from prytany.core.registry import Panel
from prytany.documents import segments
from prytany.documents.models import Document
from prytany.documents.raising import Follower, followers
from prytany.intake.cutting import cut
from prytany.intake.reading import packs
from prytany.intake.services import raising


def read_button(request: HttpRequest, document: Document) -> Panel | None:
    """Return the button that leads from a paper to reading it, for those who read papers for tasks."""
    scope = request.scope  # type: ignore[attr-defined]
    if document.is_secret or not scope.holds_anywhere(Permission.INTAKE_USE):
        return None
    return Panel("intake/_button.html", {"document": document})


def register() -> None:
    """Called once when all apps are loaded."""
    for code in packs.codes():
        segments.register_splitter(code, _splitter(code))
    followers.register("intake", weight=20)(lambda: Follower(raising.losses, raising.follow))
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
