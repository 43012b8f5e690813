"""Papers for tests."""

import datetime

from prytany.core import clock
from prytany.documents.models import Document, RegisterEntry
from prytany.documents.services.facts import Facts
from prytany.documents.services.registration import Line, register_document
from prytany.files.services import store
from prytany.files.tests import samples

TODAY = clock.today()
DAY = TODAY - datetime.timedelta(days=5)


def facts(**values):
    given = {
        "family": "party",
        "kind": "notice",
        "symbol": "118-TB/VPTU",
        "issuer_name": "Văn phòng Trung ương",
        "issued_on": DAY,
        "summary": "Kết luận hội nghị giao ban quý IV",
    }
    return Facts(**{**given, **values})


def line(direction="in", **values):
    return Line(**{"direction": direction, "entered_on": DAY, **values})


def enter(scope, unit, *, direction="in", number=None, files=(), document=None, **values) -> RegisterEntry:
    """Register a paper in the usual way."""
    return register_document(
        scope=scope,
        unit=unit,
        facts=facts(**values),
        line=line(direction, number=number),
        files=files,
        document=document,
    )


def paper(scope, unit, **values) -> Document:
    """Register a paper and return it."""
    return enter(scope, unit, **values).document


def uploaded(scope, name="118-TB.pdf", content=None):
    """Store a file that waits to be attached."""
    return store(scope, samples.upload(name, content or samples.pdf("Một câu. Hai câu.")))
