"""What rules there are: for each key its name on screens, the kind of its value and its unit of measure.

A key that ends in `.*` stands for a family of entries (one per kind of document, per role, …). The figures themselves
stand in the TOML files beside this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from prytany.organisation.roles import ROLES
from prytany.rules import books
from prytany.rules.kinds import (
    Choice,
    Codes,
    Dates,
    Flag,
    Integer,
    Integers,
    Kind,
    Pattern,
    Table,
    Text,
    Texts,
    Time,
)

DAYS, WORKING_DAYS, WEEKDAYS = "days", "working_days", "weekdays"

UNITS_OF_MEASURE: Mapping[str, Any] = {
    "": "",
    DAYS: _("days"),
    WORKING_DAYS: _("working days"),
    WEEKDAYS: _("weekdays, 1 is Monday"),
    "times": pgettext_lazy("unit of measure", "times"),
    "time": _("time of day"),
}

GROUPS: Mapping[str, Any] = {
    "tasks": _("Tasks"),
    "reports": _("Reports"),
    "documents": _("Documents"),
    "workdays": _("Working days"),
    "notices": _("Notices"),
    "accounts": _("Accounts"),
}


@dataclass(frozen=True)
class Definition:
    """One key, or with `.*` at its end one family of keys."""

    key: str
    label: Any
    kind: Kind
    units: tuple[str, ...] = ("",)
    help: Any = ""
    # Names of the members of a family, where the value does not hold one.
    members: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_family(self) -> bool:
        """Tell whether this stands for many entries."""
        return self.key.endswith(".*")

    @property
    def prefix(self) -> str:
        """What the keys of the family begin with."""
        return self.key.removesuffix("*")

    @property
    def group(self) -> str:
        """The heading under which the administration page lists it."""
        return self.key.split(".")[0]


LAST_DAY = {
    "last_day": _("last day"),
    "last_working_day": _("last working day"),
    "report_window": _("last day of the reporting period"),
}

# A window runs from a day of the month before (or of) the first month of the period to a day of its last month;
# day 0 is the last day of a month.
WINDOW = Table({"from_day": Integer(0, 31), "from_month": Integer(-1, 0), "to_day": Integer(0, 31)})


def _trusted_text(role: Any) -> str:
    return gettext("How long a device stays trusted: %(role)s") % {"role": role}


_trusted = lazy(_trusted_text, str)


# Sizes in points, margins in millimetres.
_SIZE = Integer(8, 24)
LAYOUT = Table(
    {
        "title": Texts(optional=True),
        "motto": Texts(optional=True),
        "asterisk": Flag(),
        "margin_top": Integer(10, 50),
        "margin_bottom": Integer(10, 50),
        "margin_start": Integer(10, 50),
        "margin_end": Integer(10, 50),
        "title_size": _SIZE,
        "motto_size": _SIZE,
        "superior_size": _SIZE,
        "issuer_size": _SIZE,
        "number_size": _SIZE,
        "place_size": _SIZE,
        "kind_size": _SIZE,
        "summary_size": _SIZE,
        "subject_size": _SIZE,
        "body_size": _SIZE,
        "signer_size": _SIZE,
        "recipients_size": _SIZE,
        "list_size": _SIZE,
        "page_size": _SIZE,
    }
)


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "tasks.due_soon_days",
        _("Due soon: how long before the due date"),
        Integer(0, 60),
        (DAYS, WORKING_DAYS),
        _("A task due today or within this time is shown as due soon."),
    ),
    Definition(
        "tasks.hand_back_days",
        _("How long a lead may hand a task back"),
        Integer(0, 60),
        (WORKING_DAYS, DAYS),
        _("Counted from the day the task was assigned."),
    ),
    Definition(
        "tasks.extension.decided_by",
        _("Who decides on more time"),
        Choice({"assigner": _("who assigned the task"), "office": _("the office")}),
    ),
    Definition(
        "tasks.extension.after_due",
        _("Asking for more time after the due date"),
        Choice({"with_reason": _("with a reason"), "refused": _("not possible")}),
    ),
    Definition(
        "tasks.extension.limit",
        _("How often more time may be given"),
        Integer(0, 100),
        ("times",),
        _("0 means without limit; each time is logged and shown."),
    ),
    Definition(
        "tasks.escalation.*",
        _("Reminders"),
        Integers(-60, 120),
        (WORKING_DAYS,),
        _("Working days after the due date; a minus sign means before it."),
        {
            "doer": _("Reminders to the handler"),
            "unit_head": _("Reminders to the unit head"),
            "leader": _("Reminders to the leader in charge"),
            "office": _("Reminders to the office"),
        },
    ),
    Definition(
        "tasks.escalation_repeat_days",
        _("How often reminders are repeated after the last step"),
        Integer(0, 60),
        (WORKING_DAYS,),
        _("0 means they are not repeated."),
    ),
    Definition(
        "tasks.instance_lead_days",
        _("How long before its due date a recurring task is assigned"),
        Integer(0, 120),
        (WORKING_DAYS, DAYS),
    ),
    Definition(
        "tasks.last_day.*",
        _("Last day of a due date"),
        Choice(LAST_DAY),
        members={
            "month": _("Last day of a due date given as a month"),
            "quarter": _("Last day of a due date given as a quarter"),
            "year": _("Last day of a due date given as a year"),
        },
    ),
    Definition("reports.week_starts", _("First day of the weekly report"), Integer(1, 7), (WEEKDAYS,)),
    Definition(
        "reports.window.*",
        _("Reporting period"),
        WINDOW,
        help=_("Day 0 is the last day of the month; month -1 is the month before the period."),
        members={
            "month": _("Reporting period: month"),
            "quarter": _("Reporting period: quarter"),
            "half_year": _("Reporting period: six months"),
            "nine_months": _("Reporting period: nine months"),
            "year": _("Reporting period: year"),
        },
    ),
    Definition(
        "reports.layout.*",
        _("Layout of letters and reports"),
        LAYOUT,
        members={
            "party": _("Layout of letters and reports: Party"),
            "state": _("Layout of letters and reports: State"),
        },
    ),
    Definition(
        "reports.send_days",
        _("How long after the period ends a report is sent at the earliest"),
        Integer(0, 60),
        (WORKING_DAYS,),
    ),
    Definition(
        "documents.kind.*",
        _("Kind of document"),
        Table(
            {
                "name": Texts(),
                "abbreviation": Text(20),
                "family": Choice({"party": _("Party"), "state": _("State")}),
                "is_directive": Flag(),
                "numbered_as": Text(40),
                "apart": Flag(),
            }
        ),
    ),
    Definition(
        "documents.may_issue.*",
        _("Which kinds a body may issue"),
        Table({"name": Texts(), "kinds": Codes(), "also_for": Text(40)}),
        help=_("Papers of any other kind get no number of that body. Without an entry a body may issue every kind."),
    ),
    Definition(
        "documents.symbol.*",
        _("How a number and symbol is written"),
        Table({"with_kind": Pattern(), "without_kind": Pattern(), "least_digits": Integer(1, 4)}),
        members={
            "party": _("How a number and symbol is written: Party"),
            "state": _("How a number and symbol is written: State"),
        },
    ),
    Definition(
        "documents.book.*",
        _("Columns of a book"),
        Table({"columns": Codes(books.COLUMNS)}),
        help=_("The order here is the order on paper."),
        members=books.BOOKS,
    ),
    Definition(
        "documents.deadline.*",
        _("Time allowed in the registry"),
        Integer(0, 60),
        (WORKING_DAYS,),
        _("0 means the same day."),
        {
            "register": _("Time allowed to register an incoming paper and pass it on"),
            "acknowledge": _("Time allowed to acknowledge an incoming electronic paper"),
            "issue": _("Time allowed to number and send a signed paper"),
            "urgent": _("Time allowed for an urgent paper"),
        },
    ),
    Definition(
        "documents.reservation_days",
        _("How long a reserved number is kept"),
        Integer(1, 60),
        (WORKING_DAYS, DAYS),
        _("A number not used by then becomes void, with this as its reason."),
    ),
    Definition(
        "documents.congress",
        _("Congress in session"),
        Text(20),
        help=_("While it holds, papers of the congress have one series for all kinds. Each body sets its own dates."),
    ),
    Definition(
        "documents.urgency.*",
        _("Urgency mark"),
        Table({"name": Texts(), "rank": Integer(1, 9), "at_once": Flag()}),
    ),
    Definition(
        "documents.level.*",
        _("Classification"),
        Table({"name": Texts(), "value": Integer(0, 99), "years": Integer(0, 99)}),
    ),
    Definition("documents.circulation.*", _("Circulation mark"), Table({"name": Texts()})),
    Definition(
        "documents.secret_summary",
        _("Summaries of state-secret papers in the register"),
        Flag(),
        help=_("Files and text of such papers are never stored; this is about the one line of summary."),
    ),
    Definition(
        "documents.numbering.*",
        _("Numbers of outgoing papers"),
        Table(
            {
                "period": Choice({"year": _("from 1 each year"), "term": _("from 1 each committee term")}),
                "per_kind": Flag(),
                "secret_apart": Flag(),
            }
        ),
        members={
            "party": _("Numbers of outgoing papers: Party"),
            "state": _("Numbers of outgoing papers: State"),
        },
    ),
    Definition(
        "documents.term",
        _("Committee term"),
        Text(20),
        help=_("Each body sets its own from the day after its congress closes."),
    ),
    Definition("workdays.week", _("Working week"), Integers(1, 7), (WEEKDAYS,)),
    Definition(
        "workdays.compensated",
        _("Public holidays on a day off are made up for on the next working day"),
        Flag(),
    ),
    Definition(
        "workdays.yearly.*",
        _("Public holiday, every year"),
        Table({"name": Texts(), "month": Integer(1, 12), "day": Integer(1, 31)}),
    ),
    Definition("workdays.off.*", _("Public holiday"), Table({"name": Texts(), "days": Dates()})),
    Definition(
        "workdays.exchanged.*",
        _("Exchanged days"),
        Table({"name": Texts(), "off": Dates(), "working": Dates()}),
        help=_("Days off, and the days worked instead."),
    ),
    Definition("notices.digest_at", _("Time of the daily digest"), Time(), ("time",)),
    Definition(
        "accounts.trusted_device_days.*",
        _("How long a device stays trusted"),
        Integer(0, 365),
        (DAYS,),
        members={
            **{code: _trusted(role.label) for code, role in ROLES.items()},
            "other": _("How long a device stays trusted: all others"),
        },
    ),
)

_EXACT = {definition.key: definition for definition in DEFINITIONS if not definition.is_family}
_FAMILIES = tuple(definition for definition in DEFINITIONS if definition.is_family)


def definition_of(key: str) -> Definition:
    """Return the definition of `key`; KeyError if there is none."""
    if key in _EXACT:
        return _EXACT[key]
    for family in _FAMILIES:
        if key.startswith(family.prefix) and len(key) > len(family.prefix):
            return family
    raise KeyError(key)


def label_of(key: str) -> str:
    """Return the name of the rule `key` in the active language; the key itself where it is no longer defined."""
    try:
        definition = definition_of(key)
    except KeyError:
        return key
    return str(definition.members.get(key.removeprefix(definition.prefix), definition.label))
