"""Making papers from records: count, add words, fix, set. Each step is logged; the last two can be repeated."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from prytany.accounts.scopes import scope_of
from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.scope import Scope, authorise
from prytany.documents.models import Document
from prytany.files import services as files
from prytany.files.models import StoredFile
from prytany.organisation.models import Unit
from prytany.reporting import figures, jobs, minutes, reminder, status
from prytany.reporting.digests import digest_of
from prytany.reporting.heads import language_of, office_of
from prytany.reporting.models import Report
from prytany.reporting.policies import can_change_report, can_make_minutes, can_make_reports
from prytany.rules.lookup import rule
from prytany.work.models import HandOver, Obligation
from prytany.workdays.periods import Period

State = Report.State
COMPOSE = {
    Report.Kind.STATUS: status.compose,
    Report.Kind.REMINDER: reminder.compose,
    Report.Kind.MINUTES: minutes.compose,
}
HOLDER = "report"


def _new(scope: Scope, kind: str, language: str, title: str, parameters: dict[str, Any]) -> Report:
    unit = Unit.objects.filter(pk=scope.unit_id).first()
    if unit is None or scope.appointment_id is None or scope.root_id is None:
        raise DomainError("no_post", _("Papers are made from a post. Choose yours in the header."))
    authorise(can_make_reports, scope, unit.pk)
    return Report(
        root_id=scope.root_id,
        unit=unit,
        kind=kind,
        language=language,
        title=title,
        parameters=parameters,
        made_by_id=scope.person_id,
        appointment_id=scope.appointment_id,
        created_at=clock.now(),
    )


@transaction.atomic
def start_status_report(
    *, scope: Scope, period: Period, language: str = "", unit: Unit | None = None, document: Document | None = None
) -> Report:
    """Ask for the figures of a period; they are counted by a job, as the person who asks may see them.

    PermissionDenied unless `scope` makes reports; DomainError `not_begun` for a period to come.
    """
    if period.start > scope.today:
        raise DomainError("not_begun", _("This period has not begun yet."), {"number": _("Not begun yet.")})
    language = language_of(language)
    parameters = {
        "period": {
            "kind": str(period.kind),
            "year": period.year,
            "number": period.number,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        },
        "unit": str(unit.uid) if unit else None,
        "document": str(document.uid) if document else None,
        "rules": [found.stamp() for found in period.rules],
    }
    with translation.override(language):
        report = _new(scope, Report.Kind.STATUS, language, status.title_of(parameters), parameters)
    report.full_clean(exclude=["facts", "words", "paper"])
    report.save()
    record(scope, action="report.ask", target=report, data={"period": parameters["period"]})
    jobs.count.enqueue(report.pk)
    return report


def count_report(report_id: int) -> None:
    """Count the figures of a report, by the rights of who asked for it. May run twice: counted once."""
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).select_related("appointment", "unit").get(pk=report_id)
        if report.state != State.COUNTING:
            return
        scope = scope_of(report.appointment, person=report.made_by, channel="job")
        authorise(can_make_reports, scope, report.unit_id)
        period = report.parameters["period"]
        question = figures.Question(
            datetime.date.fromisoformat(period["start"]),
            datetime.date.fromisoformat(period["end"]),
            _chosen(Unit, report.parameters["unit"]),
            _chosen(Document, report.parameters["document"]),
        )
        with translation.override(report.language):
            report.facts = figures.gather(scope, question, report.language)
        soon = rule("tasks.due_soon_days", on=question.day(scope.today), unit=report.unit)
        report.facts["rules"] = [*report.parameters["rules"], soon.stamp()]
        _counted(report, status.default_words(report, scope.today))
        record(scope, action="report.count", target=report, data={"rows": len(report.facts["rows"])})


def _chosen(model: Any, uid: str | None) -> Any:
    return model.objects.get(uid=uid) if uid else None


def _counted(report: Report, words: dict[str, Any]) -> None:
    report.level = report.facts["level"]
    report.words = words
    report.state, report.counted_at = State.COUNTED, clock.now()
    report.save()


@transaction.atomic
def start_reminder(*, scope: Scope, parts: QuerySet[Obligation], language: str = "") -> Report:
    """Draft a reminder letter for `parts` (visible to `scope`) and have it set at once; its words can be changed after.

    PermissionDenied unless `scope` makes reports; DomainError `nothing_chosen` without any part.
    """
    language = language_of(language)
    with translation.override(language):
        report = _new(scope, Report.Kind.REMINDER, language, reminder.title_of(), {})
    rows = figures.rows_of(scope, parts, language)
    if not rows:
        raise DomainError("nothing_chosen", _("Choose at least one task for the letter."))
    report.parameters = {"parts": [row["uid"] for row in rows]}
    report.facts = {
        "day": scope.today.isoformat(),
        "rows": rows,
        "level": max(row["level"] for row in rows),
        "rules": [rule("tasks.due_soon_days", on=scope.today, unit=report.unit).stamp()],
    }
    _counted(report, reminder.default_words(report, scope.today))
    record(scope, action="letter.draft", target=report, data={"parts": len(rows)})
    return make_paper(scope=scope, report=report)


@transaction.atomic
def start_minutes(*, scope: Scope, hand_over: HandOver, language: str = "") -> Report:
    """Draw up the minutes of a hand-over as it stands and have them set at once; both sides may change the words.

    PermissionDenied unless `scope` is who leaves or who takes over, in person. DomainError `nothing_yet` before the
    hand-over was prepared or anything was accepted.
    """
    authorise(can_make_minutes, scope, hand_over)
    if hand_over.prepared_at is None and not hand_over.lines.filter(accepted_at__isnull=False).exists():
        raise DomainError(
            "nothing_yet", _("Minutes are drawn up once the post is handed over or something is accepted.")
        )
    language = language_of(language or scope.language)
    report = Report(
        root_id=hand_over.root_id,
        unit=hand_over.post.unit,
        kind=Report.Kind.MINUTES,
        language=language,
        title=hand_over.post.title,
        hand_over=hand_over,
        parameters={"hand_over": str(hand_over.uid)},
        made_by_id=scope.person_id,
        appointment_id=scope.appointment_id,
        created_at=clock.now(),
    )
    with translation.override(language):
        report.facts = minutes.gather(scope, hand_over)
    _counted(report, minutes.default_words(report, scope.today))
    record(scope, action="minutes.draft", target=report, data={"rows": len(report.facts["rows"])})
    return make_paper(scope=scope, report=report)


def _locked(scope: Scope, report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("unit", "hand_over__outgoing")
    row = rows.get(pk=report.pk)
    authorise(can_change_report, scope, row)
    if row.state == State.COUNTING:
        raise DomainError("not_counted", _("The figures are still being counted."))
    return row


@transaction.atomic
def save_words(*, scope: Scope, report: Report, words: dict[str, str], version: int | None = None) -> Report:
    """Keep the office's own words; PermissionDenied unless `scope` makes reports for the unit.

    StaleRecord where somebody else saved since `version`; nothing is changed then.
    """
    row = _locked(scope, report)
    if version is not None and row.version != version:
        raise StaleRecord("stale", _("Somebody else changed this paper meanwhile. Their words are shown below yours."))
    row.words = {**row.words, **{name: text for name, text in words.items() if name in row.words}}
    row.version += 1
    row.save(update_fields=["words", "version"])
    record(scope, action="report.word", target=row, data={"version": row.version})
    return row


@transaction.atomic
def make_paper(*, scope: Scope, report: Report) -> Report:
    """Fix the paper as it stands and have DOCX and PDF set from it by a job.

    Its digest covers what was asked, found and written. PermissionDenied unless `scope` makes reports for the unit.
    """
    row = _locked(scope, report)
    row.made_at = clock.now()
    row.facts["layout"] = office_of(row.unit, scope.today, row.language).layout.stamp()
    paper = COMPOSE[Report.Kind(row.kind)](row, row.made_at, scope.today).plain()
    row.paper, row.state, row.problem = paper, State.MAKING, ""
    row.digest = digest_of({"parameters": row.parameters, "facts": row.facts, "words": row.words, "paper": paper})
    row.save()
    record(scope, action="report.make", target=row, data={"digest": row.digest})
    jobs.set_paper.enqueue(row.pk, row.digest)
    return row


def keep_files(report_id: int, digest: str, made: dict[str, bytes]) -> None:
    """Store the files that were set from the paper with `digest`, unless another was fixed meanwhile."""
    report = Report.objects.select_related("appointment", "made_by").get(pk=report_id)
    if report.digest != digest or report.state == State.MADE:
        return
    scope = scope_of(report.appointment, person=report.made_by, channel="job")
    stem = get_valid_filename(report.paper["name"])[:120] or "report"
    stored: dict[str, StoredFile] = {}
    for ending, content in made.items():
        upload = SimpleUploadedFile(f"{stem}.{ending}", content)
        stored[ending] = files.store(
            scope,
            upload,
            root_id=report.root_id,
            level=report.level,
            holder_kind=HOLDER,
            holder_uid=report.uid,
        )
    with transaction.atomic():
        row = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
        if row.digest != digest or row.state == State.MADE:
            gone = list(stored.values())
        else:
            gone = [file for file in (row.docx, row.pdf) if file is not None]
            row.docx, row.pdf, row.state = stored["docx"], stored["pdf"], State.MADE
            row.save(update_fields=["docx", "pdf", "state"])
        for file in gone:
            files.withdraw(scope, file)


def note_failure(report_id: int, digest: str, problem: str) -> None:
    """Say on the page that the paper could not be set; the job is tried again."""
    Report.objects.filter(pk=report_id, digest=digest).exclude(state=State.MADE).update(
        state=State.FAILED, problem=problem[:60]
    )
