"""Papers made from records follow when what they tell of becomes more classified (ADR 0012)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import pgettext_lazy

from prytany.audit.recording import record
from prytany.core.scope import Scope
from prytany.documents.models import Document
from prytany.documents.raising import REMOVED, Loss
from prytany.files import services as files
from prytany.reporting import jobs
from prytany.reporting.digests import digest_of
from prytany.reporting.models import Report
from prytany.work.models import Obligation, Task
from prytany.work.services.raising import drawn_from

WORDS = ("content", "source", "last_word", "note")


def _told(document: Document) -> set[str]:
    """Return the uids under which reports may hold something of the paper."""
    tasks = drawn_from(document)
    found = {str(uid) for uid in Task.objects.filter(pk__in=tasks).values_list("uid", flat=True)}
    found |= {str(uid) for uid in Obligation.objects.filter(task__in=tasks).values_list("uid", flat=True)}
    found |= {str(uid) for uid in document.sheets.values_list("uid", flat=True)}
    return found | {str(document.uid)}


def _concerned(document: Document) -> Iterator[tuple[Report, set[str]]]:
    """Yield the reports that tell of the paper or of tasks drawn from it, with the words to be removed."""
    told = _told(document)
    rows = Report.objects.filter(root_id=document.root_id).order_by("pk")
    for report in rows.iterator(chunk_size=20):
        words = {row.get(name) for row in report.facts.get("rows", []) if row.get("uid") in told for name in WORDS}
        listed = {row["symbol"] for row in report.facts.get("documents", [])}
        if words or (document.symbol and document.symbol in listed) or report.parameters.get("document") in told:
            yield report, {word for word in {*words, document.symbol, document.summary} if word}


def losses(document: Document) -> list[Loss]:
    """Return how many stored papers would lose these words."""
    number = sum(1 for _report in _concerned(document))
    return [Loss(pgettext_lazy("removed", "Reports and letters that tell of it"), number)]


def follow(scope: Scope, document: Document) -> None:
    """Raise the papers that tell of the raised one; at a secret level take its words out and have them set anew."""
    for found, words in _concerned(document):
        report = Report.objects.select_for_update(of=("self",)).get(pk=found.pk)
        files_of = [file for file in (report.docx, report.pdf) if file is not None]
        if not document.is_secret:
            report.level = max(report.level, document.level)
            report.save(update_fields=["level"])
            for file in files_of:
                file.level = max(file.level, report.level)
                file.save(update_fields=["level"])
            continue
        _take_out(scope, report, sorted(words, key=len, reverse=True))
        for file in files_of:
            files.withdraw(scope, file)


def _take_out(scope: Scope, report: Report, words: list[str]) -> None:
    """Replace `words` wherever the report holds them; figures stay. The paper gets a digest of its own."""
    before, had_paper = report.digest, bool(report.paper)
    report.facts, report.words = _without(report.facts, words), _without(report.words, words)
    report.paper, report.title = _without(report.paper, words), _without(report.title, words)
    report.docx = report.pdf = None
    if had_paper:
        whole = {"parameters": report.parameters, "facts": report.facts, "words": report.words, "paper": report.paper}
        report.digest, report.state = digest_of(whole), Report.State.MAKING
    report.version += 1
    report.save()
    record(scope, action="report.take_out", target=report, data={"digest_before": before, "digest": report.digest})
    if had_paper:
        jobs.set_paper.enqueue(report.pk, report.digest)


def _without(value: Any, words: list[str]) -> Any:
    """Return plain data with `words` replaced in every text of it; keys stay."""
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, REMOVED)
        return value
    if isinstance(value, dict):
        return {key: _without(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, words) for item in value]
    return value
