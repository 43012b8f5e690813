"""How the acts of this app are told in the log, and what its records are called there."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.audit.sentences import sentence, sentences
from prytany.audit.targets import Target, target_kind
from prytany.core import wording
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, ChangeAct, Person, Post, Substitution, Succession, Unit
from prytany.organisation.names import NAMELESS, label_posts, unit_labels

Targets = Mapping[UUID, Target]


def _units(scope: Scope, uids: Collection[UUID]) -> Targets:
    pks = dict(Unit.objects.visible_to(scope).filter(uid__in=uids).values_list("pk", "uid"))
    labels = unit_labels(pks)
    return {
        uid: Target(labels.get(pk, NAMELESS).name, reverse("organisation:unit", args=[uid])) for pk, uid in pks.items()
    }


def _people(scope: Scope, uids: Collection[UUID]) -> Targets:
    rows = Person.objects.visible_to(scope).filter(uid__in=uids)
    return {row.uid: Target(row.name, reverse("people:person", args=[row.uid])) for row in rows}


def _posts(scope: Scope, uids: Collection[UUID]) -> Targets:
    rows = list(Post.objects.visible_to(scope).filter(uid__in=uids))
    label_posts(rows)
    return {row.uid: Target(row.label, reverse("people:post", args=[row.uid])) for row in rows}


def _appointments(scope: Scope, uids: Collection[UUID]) -> Targets:
    rows = Appointment.objects.visible_to(scope).filter(uid__in=uids).select_related("person")
    return {row.uid: Target(row.person.name, reverse("people:person", args=[row.person.uid])) for row in rows}


def _absences(scope: Scope, uids: Collection[UUID]) -> Targets:
    rows = Substitution.objects.visible_to(scope).filter(uid__in=uids).select_related("absent__person")
    return {
        row.uid: Target(row.absent.person.name, reverse("people:person", args=[row.absent.person.uid])) for row in rows
    }


def _acts(scope: Scope, uids: Collection[UUID]) -> Targets:
    rows = ChangeAct.objects.visible_to(scope).filter(uid__in=uids)
    return {row.uid: Target(row.title, reverse("organisation:act", args=[row.uid])) for row in rows}


def _day(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"day": wording.day(data.get("on"))}


def _succession(data: Mapping[str, Any]) -> Mapping[str, Any]:
    kinds = dict(Succession.Kind.choices)
    return {**_day(data), "kind": kinds.get(str(data.get("kind")), data.get("kind", ""))}


def _dated_acts() -> None:
    """Tell what takes effect on a day."""
    for action, title, text in (
        ("unit.create", _("Unit set up"), _("%(actor)s entered the unit %(target)s from %(day)s on.")),
        ("unit.change", _("Unit changed"), _("%(actor)s changed the unit %(target)s from %(day)s on.")),
        ("unit.abolish", _("Unit abolished"), _("%(actor)s entered that %(target)s ends on %(day)s.")),
        ("unit.move", _("Unit moved"), _("%(actor)s placed %(target)s under another unit from %(day)s on.")),
        ("unit.relate", _("Units related"), _("%(actor)s related %(target)s to another unit from %(day)s on.")),
        ("unit.unrelate", _("Relation ended"), _("%(actor)s ended a relation of %(target)s on %(day)s.")),
        ("unit.set_mandate", _("Mandate entered"), _("%(actor)s entered the mandate of %(target)s from %(day)s on.")),
        ("post.create", _("Post set up"), _("%(actor)s entered the post %(target)s from %(day)s on.")),
        ("post.end", _("Post ended"), _("%(actor)s ended the post %(target)s on %(day)s.")),
        ("appointment.create", _("Appointed"), _("%(actor)s appointed %(target)s to a post from %(day)s on.")),
        ("appointment.end", _("Appointment ended"), _("%(actor)s ended an appointment of %(target)s on %(day)s.")),
        ("appointment.correct", _("Appointment corrected"), _("%(actor)s corrected an appointment of %(target)s.")),
        ("absence.set", _("Absence entered"), _("%(actor)s entered an absence of %(target)s and who stands in.")),
        ("change_act.apply", _("Change act applied"), _("%(actor)s applied the change act %(target)s as of %(day)s.")),
    ):
        sentence(action, title, text, _day)
    sentence(
        "unit.succeed",
        _("Succession entered"),
        _("%(actor)s entered what became of %(target)s on %(day)s: %(kind)s."),
        _succession,
    )


def register() -> None:
    """Called once when all apps are loaded."""
    target_kind("unit", pgettext_lazy("log", "unit"), _units)
    target_kind("person", pgettext_lazy("log", "person"), _people)
    target_kind("post", pgettext_lazy("log", "post"), _posts)
    target_kind("appointment", pgettext_lazy("log", "appointment"), _appointments)
    target_kind("substitution", pgettext_lazy("log", "absence"), _absences)
    target_kind("changeact", pgettext_lazy("log", "change act"), _acts)
    _dated_acts()
    sentences(
        {
            "unit.correct": (_("Unit corrected"), _("%(actor)s corrected what is written about %(target)s.")),
            "unit.withdraw_version": (
                _("Change of a unit withdrawn"),
                _("%(actor)s withdrew a change of %(target)s entered by mistake."),
            ),
            "unit.withdraw": (_("Unit withdrawn"), _("%(actor)s withdrew a unit entered by mistake.")),
            "unit.withdraw_succession": (
                _("Succession withdrawn"),
                _("%(actor)s withdrew what was entered about the succession of %(target)s."),
            ),
            "unit.alias": (_("Further name entered"), _("%(actor)s entered a further name of %(target)s.")),
            "unit.unalias": (_("Further name removed"), _("%(actor)s removed a further name of %(target)s.")),
            "unit.set_up": (_("Ways of working changed"), _("%(actor)s changed the ways of working of %(target)s.")),
            "unit.withdraw_mandate": (_("Mandate withdrawn"), _("%(actor)s withdrew a mandate of %(target)s.")),
            "post.edit": (_("Post changed"), _("%(actor)s changed the post %(target)s.")),
            "post.remove": (_("Post removed"), _("%(actor)s removed a post entered by mistake.")),
            "person.create": (_("Person entered"), _("%(actor)s entered %(target)s among the people.")),
            "person.edit": (_("Person changed"), _("%(actor)s changed what is written about %(target)s.")),
            "person.remove": (_("Person removed"), _("%(actor)s removed a person entered by mistake.")),
            "appointment.withdraw": (
                _("Appointment withdrawn"),
                _("%(actor)s withdrew an appointment entered by mistake."),
            ),
            "absence.withdraw": (_("Absence ended"), _("%(actor)s ended or withdrew an absence of %(target)s.")),
            "change_act.draft": (_("Change act drafted"), _("%(actor)s drafted the change act %(target)s.")),
            "change_act.undo": (_("Change act undone"), _("%(actor)s undid the change act %(target)s.")),
            "change_act.discard": (_("Change act discarded"), _("%(actor)s discarded the draft of a change act.")),
        }
    )
