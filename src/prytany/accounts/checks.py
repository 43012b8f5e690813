"""What the administrator's checklist and the page of health show from this app and those below it."""

import datetime
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from prytany.accounts import checklist, health
from prytany.accounts.models import Letterhead, User
from prytany.audit.models import AuditEvent, Seal
from prytany.core import clock, wording
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Unit
from prytany.workdays.models import CalendarDay

LATE_SEAL = datetime.timedelta(hours=1)
LITTLE_DISK = 2 * 1024**3


def was_logged(scope: Scope, *actions: str) -> bool:
    """Tell whether one of `actions` ever happened in the scope's root: the log is the memory of the checklist."""
    return AuditEvent.objects.filter(root_id=scope.root_id, action__in=actions).exists()


def _units(scope: Scope) -> int:
    return Unit.objects.filter(root_id=scope.root_id).existing_on(scope.today).count()


def _people(scope: Scope) -> int:
    in_root = Appointment.objects.on(scope.today).filter(post__unit__root_id=scope.root_id)
    return User.objects.filter(is_active=True, person__in=in_root.values("person")).count()


def _units_words(scope: Scope) -> str:
    number = _units(scope)
    return ngettext("%(count)s unit", "%(count)s units", number) % {"count": wording.count(number)}


def _people_words(scope: Scope) -> str:
    number = _people(scope)
    return ngettext("%(count)s account", "%(count)s accounts", number) % {"count": wording.count(number)}


def _has_letterhead(scope: Scope) -> bool:
    return Letterhead.objects.on(scope.today).filter(unit__root_id=scope.root_id).exists()


def _has_calendar(scope: Scope) -> bool:
    return CalendarDay.objects.filter(unit__root_id=scope.root_id, on__year=scope.today.year).exists()


checklist.register(
    checklist.Item(
        "letterhead",
        gettext_lazy("Letterhead"),
        gettext_lazy("Stands on every letter, report and slip that is printed."),
        ("administration:letterhead",),
        _has_letterhead,
        weight=10,
    )
)
checklist.register(
    checklist.Item(
        "units",
        gettext_lazy("Units"),
        gettext_lazy("Type them, or bring them with their people in one workbook."),
        ("sheets:organisation", "organisation:tree", "organisation:home"),
        lambda scope: _units(scope) > 1,
        _units_words,
        weight=20,
    )
)
checklist.register(
    checklist.Item(
        "people",
        gettext_lazy("People and accounts"),
        gettext_lazy("Each person gets an account and a sign-in slip on paper."),
        ("administration:accounts",),
        lambda scope: _people(scope) > 1,
        _people_words,
        weight=30,
    )
)
checklist.register(
    checklist.Item(
        "calendar",
        gettext_lazy("Calendar"),
        gettext_lazy("Days off and swapped days move due dates and reminders."),
        ("workdays:calendar", "workdays:home"),
        _has_calendar,
        weight=40,
    )
)
checklist.register(
    checklist.Item(
        "mail",
        gettext_lazy("Mail"),
        gettext_lazy("Send yourself a test mail, and confirm that it arrived."),
        ("administration:mail",),
        lambda scope: was_logged(scope, "mail.confirm"),
        weight=50,
    )
)
checklist.register(
    checklist.Item(
        "backup",
        gettext_lazy("Backup"),
        gettext_lazy("A backup counts only when it was restored once as a test."),
        ("administration:health",),
        lambda scope: AuditEvent.objects.filter(action__in=("backup.test", "backup.verify", "backup.restore")).exists(),
        weight=60,
    )
)
checklist.register(
    checklist.Item(
        "demo",
        gettext_lazy("Demo data removed"),
        gettext_lazy("Real work begins in an installation of its own, without the made-up office."),
        ("administration:health",),
        lambda scope: not settings.DEMO,
        weight=70,
    )
)


def _read_seals() -> health.Reading:
    waiting = AuditEvent.objects.filter(sealed=False).order_by("id")
    oldest = waiting.values_list("at", flat=True).first()
    last = Seal.objects.order_by("-sequence").first()
    if oldest is not None and clock.now() - oldest > LATE_SEAL:
        text = _("The log was not sealed since %(moment)s. Is the worker running?")
        return health.Reading(health.State.BAD, text % {"moment": wording.moment(oldest)})
    if last is None:
        return health.Reading(health.State.WATCH, _("Nothing is sealed yet."))
    text = _("%(count)s entries are sealed, the last at %(moment)s.")
    values = {"count": wording.count(last.total), "moment": wording.moment(last.sealed_at)}
    return health.Reading(health.State.GOOD, text % values)


def _read_database() -> health.Reading:
    if connection.vendor == "sqlite":
        path = Path(str(settings.DATABASES["default"]["NAME"]))
        size = path.stat().st_size if path.exists() else 0
        return health.Reading(health.State.GOOD, _("One file, %(size)s.") % {"size": wording.size(size)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    return health.Reading(health.State.GOOD, _("PostgreSQL, %(size)s.") % {"size": wording.size(size)})


def _read_disk() -> health.Reading:
    place = settings.VAR_DIR if settings.VAR_DIR.exists() else settings.VAR_DIR.parent
    free = shutil.disk_usage(place).free
    state = health.State.GOOD if free > LITTLE_DISK else health.State.BAD
    return health.Reading(state, _("%(size)s are free where data are kept.") % {"size": wording.size(free)})


def _read_address() -> health.Reading:
    if settings.HTTPS:
        return health.Reading(health.State.GOOD, settings.BASE_URL)
    text = _("%(address)s is not encrypted: passkeys work on this machine alone, and passwords can be overheard.")
    return health.Reading(health.State.WATCH, text % {"address": settings.BASE_URL})


def _read_mail() -> health.Reading:
    if settings.EMAIL_HOST:
        return health.Reading(health.State.GOOD, _("Sent through %(host)s.") % {"host": settings.EMAIL_HOST})
    text = _("No mail server is set; mail is written to the file %(path)s.")
    return health.Reading(health.State.WATCH, text % {"path": settings.VAR_DIR / "mail.log"})


health.register(health.Sign("database", gettext_lazy("Database"), _read_database, weight=10))
health.register(health.Sign("disk", gettext_lazy("Disk"), _read_disk, weight=20))
health.register(health.Sign("seals", gettext_lazy("Seals of the log"), _read_seals, weight=30))
health.register(health.Sign("mail", gettext_lazy("Mail"), _read_mail, weight=40))
health.register(health.Sign("address", gettext_lazy("Address"), _read_address, weight=50))
