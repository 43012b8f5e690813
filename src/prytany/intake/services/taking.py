"""Taking a text in to be read, before it stands in any register."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.core.scope import Scope
from prytany.documents.kinds import kinds_of
from prytany.documents.models import Document
from prytany.documents.reading import refuse_stamped
from prytany.documents.services.facts import Facts
from prytany.documents.services.registration import take_in
from prytany.documents.services.texts import LONGEST, add_text
from prytany.files.models import StoredFile
from prytany.intake.cutting import cut
from prytany.intake.reading import packs
from prytany.intake.reading.detect import language_of
from prytany.organisation.models import Unit

# What a text is held for until somebody says what it is.
PROVISIONAL = "report"
TITLE = 200
HEAD = 5_000
FEWEST_LETTERS = 8
LANGUAGES = frozenset(packs.codes())


@transaction.atomic
def take_text(*, scope: Scope, unit: Unit, text: str, files: Iterable[StoredFile] = ()) -> Document:
    """Make a paper of a pasted text, of files, or of both; its facts are read and offered afterwards.

    DomainError `empty`, `too_long`, `secret_stamp` for a text that bears the stamp of a state-secret level; errors of
    `registration.take_in` and `texts.add_text`.
    """
    files = list(files)
    text = text.strip()
    if not text and not files:
        raise DomainError("empty", _("Paste a text or choose a file."), {"text": _("Paste a text or choose a file.")})
    if len(text) > LONGEST:
        message = _("This text is longer than %(limit)s characters.") % {"limit": LONGEST}
        raise DomainError("too_long", message, {"text": message})
    refuse_stamped(text)
    language = language_of(text) if text else None
    facts = Facts(
        family=_family(unit),
        kind=PROVISIONAL,
        summary=title_in(text, language or "") if text else files[0].name[:TITLE],
        language=language or scope.language,
        issued_precision=Document.Precision.NONE,
        issued_basis=Document.Basis.NONE,
    )
    document = take_in(scope=scope, unit=unit, facts=facts, files=files)
    if text:
        add_text(scope=scope, document=document, text=text, language=language or "")
    return document


def title_in(text: str, language: str) -> str:
    """Return the first sentence of a text that has words and is no page furniture, cut to the length of a title."""
    head = text[:HEAD]
    pieces = cut(head, language) if language in LANGUAGES else ()
    for part in [*(head[one.start : one.end] for one in pieces if one.kind != "f"), *head.split("\n")]:
        words = " ".join(part.split())
        if sum(letter.isalpha() for letter in words) >= FEWEST_LETTERS:
            return words if len(words) <= TITLE else f"{words[: TITLE - 2].rsplit(' ', 1)[0]} …"
    return " ".join(head.split())[:TITLE]


def _family(unit: Unit) -> str:
    return "party" if PROVISIONAL in kinds_of("party", unit=unit) else "state"
