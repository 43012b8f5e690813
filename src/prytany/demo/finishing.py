"""The last touches: times that the database wrote itself, notices long read, addresses, the mark of a demo."""

import datetime

from django.db.models import F, OuterRef, Subquery

from prytany.accounts.models import User
from prytany.accounts.scopes import system_scope
from prytany.audit.models import AuditEvent
from prytany.audit.recording import record
from prytany.demo.organisation import Office
from prytany.demo.staff import SHOWN
from prytany.documents.models import Document, RegisterEntry
from prytany.files.models import StoredFile
from prytany.notifications.models import Notice
from prytany.organisation.models import ChangeAct, Person, Unit, UnitVersion
from prytany.work.models import AssignmentSheet, Evidence, Obligation, ObligationEvent, Task

LOADED = "demo.load"
# Notices younger than this may still be unread.
FRESH = datetime.timedelta(days=5)


def is_demo(root_id: int | None) -> bool:
    """Tell whether the organisation under `root_id` is the made-up one; the log remembers."""
    return AuditEvent.objects.filter(root_id=root_id, action=LOADED).exists()


def finish(office: Office, now: datetime.datetime) -> None:
    """Give rows the times of the acts that made them, and mark old notices as read; nothing is left to be mailed."""
    _date_rows()
    _read_notices(now)
    for account, _title in SHOWN:
        Person.objects.filter(pk=office.person(account).pk).update(email=f"{account}@example.org")
    record(system_scope(office.root.pk, channel="demo"), action=LOADED, target=office.root)


def _date_rows() -> None:
    """Columns that the database fills with the present hold the time of the act instead."""
    Task.objects.exclude(issued_at=None).update(created_at=F("issued_at"))
    AssignmentSheet.objects.exclude(submitted_at=None).update(created_at=F("submitted_at"))
    for entry in RegisterEntry.objects.select_related("document"):
        moment = datetime.datetime.combine(entry.entered_on, datetime.time(1), tzinfo=datetime.UTC)
        RegisterEntry.objects.filter(pk=entry.pk).update(created_at=moment)
        Document.objects.filter(pk=entry.document_id).update(created_at=moment)
    last = ObligationEvent.objects.filter(obligation=OuterRef("pk")).order_by("-recorded_at").values("recorded_at")[:1]
    Obligation.objects.filter(events__isnull=False).update(changed_at=Subquery(last))
    for file, moment in Evidence.objects.exclude(event=None).values_list("file", "event__recorded_at"):
        StoredFile.objects.filter(pk=file).update(created_at=moment)
    for act in ChangeAct.objects.exclude(applied_at=None):
        UnitVersion.objects.filter(change_act=act).update(recorded_at=act.applied_at)
        ChangeAct.objects.filter(pk=act.pk).update(recorded_at=act.applied_at)
    for version in UnitVersion.objects.filter(change_act=None):
        moment = datetime.datetime.combine(version.valid_from, datetime.time(1), tzinfo=datetime.UTC)
        UnitVersion.objects.filter(pk=version.pk).update(recorded_at=moment)
        Unit.objects.filter(pk=version.unit_id).update(created_at=moment)
    User.objects.update(created_at=datetime.datetime(2025, 7, 1, 1, tzinfo=datetime.UTC))


def _read_notices(now: datetime.datetime) -> None:
    Notice.objects.update(mail="")
    old = Notice.objects.filter(created_at__lt=now - FRESH, read_at=None)
    old.update(read_at=F("created_at") + datetime.timedelta(hours=3))
