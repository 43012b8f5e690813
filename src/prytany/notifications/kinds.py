"""What notices there are: for each kind the subject under which a person sets how it comes, and its sentence.

Sentences are made when a notice is read, in the reader's language, from the count and the parameters stored with it.
Parameters that hold content (`content`, `title`) are absent at a level above open, so each sentence has a form without.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from prytany.core import wording

CONTENT = frozenset({"content", "title", "text"})
AT_ONCE, DAILY, OFF = "now", "daily", "off"
FSI, PDI = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a person sets a way of being told for; `mode` is how it comes unless the person chose otherwise."""

    code: str
    label: Any
    help: Any
    icon: str
    mode: str = DAILY


SUBJECTS: dict[str, Subject] = {
    subject.code: subject
    for subject in (
        Subject(
            "decisions",
            gettext_lazy("Waiting for my decision"),
            gettext_lazy("Sheets to approve, more time asked for, obstacles, work handed back."),
            icon="hourglass-split",
            mode=AT_ONCE,
        ),
        Subject(
            "returned",
            gettext_lazy("Sent back to me"),
            gettext_lazy("Answers of which more is needed, sheets sent back."),
            icon="arrow-return-left",
            mode=AT_ONCE,
        ),
        Subject(
            "assigned",
            gettext_lazy("Work for my unit or me"),
            gettext_lazy("New tasks, changes of the unit or the handler, recalls."),
            icon="envelope",
        ),
        Subject(
            "decided",
            gettext_lazy("What was decided for my unit"),
            gettext_lazy("Results confirmed, more time given or refused, answers to obstacles."),
            icon="check2",
        ),
        Subject("reminders", gettext_lazy("Reminders"), gettext_lazy("Due dates near or past."), icon="clock"),
        Subject(
            "answers",
            gettext_lazy("Answers of units"),
            gettext_lazy("Progress and answers on tasks I follow or assigned."),
            icon="send",
        ),
        Subject("exchange", gettext_lazy("Exchange on tasks"), gettext_lazy("Remarks and mentions."), icon="chat-text"),
        Subject(
            "papers",
            gettext_lazy("Documents"),
            gettext_lazy("Papers routed or sent to me."),
            icon="file-earmark-text",
        ),
        Subject(
            "office",
            gettext_lazy("Office and account"),
            gettext_lazy("Substitutions, take-overs, finished imports and reports."),
            icon="building",
        ),
    )
}

Sentence = Callable[[int, bool], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice. `sentence(count, has_content)` gives a translated text with named placeholders."""

    code: str
    subject: Subject
    sentence: Sentence


KINDS: dict[str, Kind] = {}


def register(code: str, subject: str, sentence: Sentence) -> None:
    """Add a kind: upper apps call this when they are ready. KeyError for an unknown subject."""
    KINDS[code] = Kind(code, SUBJECTS[subject], sentence)


def template_of(code: str, count: int, params: Mapping[str, Any]) -> str:
    """Return the sentence of a notice with its placeholders; a general one for a kind that is no longer known."""
    kind = KINDS.get(code)
    if kind is None:
        return _("There is news on a record.")
    return kind.sentence(count, bool(CONTENT & {name for name, value in params.items() if value}))


class _Values(dict[str, Any]):
    """Values for a sentence; a place without a value, as in an old notice, gets a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def _values(count: int, params: Mapping[str, Any], unit: str) -> dict[str, Any]:
    return {**params, "unit": unit or "—", "count": wording.count(count)}


def plain_sentence(code: str, count: int, params: Mapping[str, Any], unit: str = "") -> str:
    """Return the sentence as text, each name or content in an isolate; `unit` is the label of params["unit"]."""
    values = _Values(
        {
            name: value if name == "count" else f"{FSI}{value}{PDI}"
            for name, value in _values(count, params, unit).items()
        }
    )
    return template_of(code, count, params) % values


def html_sentence(code: str, count: int, params: Mapping[str, Any], unit: str = "") -> SafeString:
    """Return the sentence as HTML, each name or content in a <bdi>."""
    values = _Values(
        {name: format_html("<bdi>{}</bdi>", value) for name, value in _values(count, params, unit).items()}
    )
    return mark_safe(conditional_escape(template_of(code, count, params)) % values)  # noqa: S308 - all parts are escaped


def _tasks_assigned(count: int, has_content: bool) -> str:
    if has_content:
        return _("A task was assigned to your unit: “%(content)s”.")
    return ngettext("%(count)s task was assigned to your unit.", "%(count)s tasks were assigned to your unit.", count)


def _tasks_for_information(count: int, has_content: bool) -> str:
    if has_content:
        return _("For your unit’s information, a task of others: “%(content)s”.")
    return ngettext(
        "For your unit’s information: %(count)s task of others.",
        "For your unit’s information: %(count)s tasks of others.",
        count,
    )


def _parts_reminded(count: int, has_content: bool) -> str:
    if has_content:
        return _("You are reminded of a task: “%(content)s”.")
    return ngettext("You are reminded of %(count)s task.", "You are reminded of %(count)s tasks.", count)


def _parts_due(count: int, has_content: bool) -> str:
    if has_content:
        return _("Due soon or overdue: “%(content)s”.")
    return ngettext("%(count)s task is due soon or overdue.", "%(count)s tasks are due soon or overdue.", count)


def _parts_escalated(count: int, has_content: bool) -> str:
    if has_content:
        return _("Overdue in a unit you look after: “%(content)s”.")
    return ngettext(
        "%(count)s task is overdue in units you look after.",
        "%(count)s tasks are overdue in units you look after.",
        count,
    )


def _parts_verified(count: int, has_content: bool) -> str:
    if has_content:
        return _("Your unit’s result was confirmed: “%(content)s”.")
    return ngettext(
        "%(count)s result of your unit was confirmed.", "%(count)s results of your unit were confirmed.", count
    )


def _parts_sent_back(count: int, has_content: bool) -> str:
    if has_content:
        return _("More is needed on your unit’s answer: “%(content)s”.")
    return ngettext(
        "More is needed on %(count)s answer of your unit.", "More is needed on %(count)s answers of your unit.", count
    )


def _parts_extended(count: int, has_content: bool) -> str:
    if has_content:
        return _("Your unit has more time: “%(content)s”.")
    return ngettext(
        "Your unit has more time for %(count)s task.", "Your unit has more time for %(count)s tasks.", count
    )


def _parts_recalled(count: int, has_content: bool) -> str:
    if has_content:
        return _("A task was recalled: “%(content)s”.")
    return ngettext("%(count)s task was recalled.", "%(count)s tasks were recalled.", count)


def _parts_cancelled(count: int, has_content: bool) -> str:
    if has_content:
        return _("A task was cancelled: “%(content)s”.")
    return ngettext("%(count)s task was cancelled.", "%(count)s tasks were cancelled.", count)


def _parts_reassigned(count: int, has_content: bool) -> str:
    if has_content:
        return _("A task was given to another unit: “%(content)s”.")
    return ngettext("%(count)s task was given to another unit.", "%(count)s tasks were given to another unit.", count)


def _parts_handed_over(count: int, has_content: bool) -> str:
    if has_content:
        return _("Your unit takes over a task: “%(content)s”.")
    return ngettext("Your unit takes over %(count)s task.", "Your unit takes over %(count)s tasks.", count)


def _content_or(with_content: Callable[[], str], without: Callable[[], str]) -> Sentence:
    return lambda _count, has_content: with_content() if has_content else without()


def _register_work() -> None:
    for code, subject, sentence in (
        ("tasks_assigned", "assigned", _tasks_assigned),
        ("tasks_for_information", "assigned", _tasks_for_information),
        ("parts_recalled", "assigned", _parts_recalled),
        ("parts_cancelled", "assigned", _parts_cancelled),
        ("parts_reassigned", "assigned", _parts_reassigned),
        ("parts_handed_over", "assigned", _parts_handed_over),
        ("parts_reminded", "reminders", _parts_reminded),
        ("parts_due", "reminders", _parts_due),
        ("parts_escalated", "reminders", _parts_escalated),
        ("parts_verified", "decided", _parts_verified),
        ("parts_extended", "decided", _parts_extended),
        ("parts_sent_back", "returned", _parts_sent_back),
    ):
        register(code, subject, sentence)
    for code, subject, with_content, without in (
        (
            "sheet_submitted",
            "decisions",
            lambda: _("An assignment sheet waits for your approval: “%(title)s”."),
            lambda: _("An assignment sheet waits for your approval."),
        ),
        (
            "sheet_returned",
            "returned",
            lambda: _("Your assignment sheet was sent back: “%(title)s”."),
            lambda: _("Your assignment sheet was sent back."),
        ),
        (
            "extension_asked",
            "decisions",
            lambda: _("%(unit)s asks for more time: “%(content)s”."),
            lambda: _("%(unit)s asks for more time for a task."),
        ),
        (
            "extension_decided",
            "decided",
            lambda: _("Your request for more time was decided: “%(content)s”."),
            lambda: _("Your request for more time was decided."),
        ),
        (
            "obstacle_raised",
            "decisions",
            lambda: _("%(unit)s reports an obstacle: “%(content)s”."),
            lambda: _("%(unit)s reports an obstacle to a task."),
        ),
        (
            "obstacle_answered",
            "decided",
            lambda: _("The obstacle you reported was answered: “%(content)s”."),
            lambda: _("The obstacle you reported was answered."),
        ),
        (
            "part_handed_back",
            "decisions",
            lambda: _("%(unit)s handed a task back: “%(content)s”."),
            lambda: _("%(unit)s handed a task back."),
        ),
        (
            "part_progress",
            "answers",
            lambda: _("%(unit)s reported progress: “%(content)s”."),
            lambda: _("%(unit)s reported progress on a task."),
        ),
        (
            "part_answered",
            "answers",
            lambda: _("%(unit)s answered: “%(content)s”."),
            lambda: _("%(unit)s answered a task."),
        ),
        (
            "answer_to_head",
            "decisions",
            lambda: _("An answer of your unit waits for you: “%(content)s”."),
            lambda: _("An answer of your unit waits for you."),
        ),
        (
            "answer_head_returned",
            "returned",
            lambda: _("The unit head returned your answer: “%(content)s”."),
            lambda: _("The unit head returned your answer."),
        ),
        (
            "handler_named",
            "assigned",
            lambda: _("You handle a task: “%(content)s”."),
            lambda: _("You handle a task."),
        ),
        (
            "mentioned",
            "exchange",
            lambda: _("You are mentioned in the exchange on “%(content)s”."),
            lambda: _("You are mentioned in the exchange on a task."),
        ),
        (
            "remark",
            "exchange",
            lambda: _("There is a remark on “%(content)s”."),
            lambda: _("There is a remark on a task."),
        ),
    ):
        register(code, subject, _content_or(with_content, without))


_register_work()
