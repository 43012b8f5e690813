"""People: known by name, with an address; what they may do comes from their appointments alone."""

import datetime
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.audit.recording import record, record_many
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation import policies
from prytany.organisation.impact import built_upon
from prytany.organisation.marks import refuse_stale
from prytany.organisation.models import Appointment, Person, Post
from prytany.organisation.services.appointments import appoint
from prytany.organisation.specs import checked


def _checked(person: Person) -> Person:
    person.name = " ".join(person.name.split())
    if not person.name:
        message = _("Write the name of the person.")
        raise DomainError("person_nameless", message, {"name": message})
    if person.language and person.language not in dict(settings.LANGUAGES):
        message = _("Choose one of the languages of this office.")
        raise DomainError("unknown_language", message, {"language": message})
    person.prepare()
    checked(person, exclude=("sort_key", "folded"))
    return person


@transaction.atomic
def create_person(
    *,
    scope: Scope,
    name: str,
    post: Post,
    on: datetime.date,
    email: str = "",
    phone: str = "",
    language: str = "",
    kind: str = Appointment.Kind.HOLDER,
    decision: str = "",
) -> tuple[Person, Appointment]:
    """Enter a person together with the first appointment: nobody could see or manage a person without one."""
    authorise(policies.can_appoint, scope, post, None)
    person = _checked(Person(name=name, email=email.strip(), phone=phone.strip(), language=language))
    person.save()
    record(scope, action="person.create", target=person)
    appointment = appoint(scope=scope, person=person, post=post, on=on, kind=kind, decision=decision)
    return person, appointment


@transaction.atomic
def edit_person(
    *,
    scope: Scope,
    person: Person,
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    language: str | None = None,
    version: int | None = None,
) -> Person:
    """Change name, address or language of a person; None leaves a value.

    PermissionDenied unless all appointments of the person lie within reach; StaleRecord where somebody saved since
    `version`, the person's mark (`organisation.marks`).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    authorise(policies.can_manage_person, scope, person)
    refuse_stale(person, version)
    values = {"name": name, "email": email, "phone": phone, "language": language}
    changed = {field: value for field, value in values.items() if value is not None and value != getattr(person, field)}
    for field, value in changed.items():
        setattr(person, field, value.strip())
    _checked(person).save()
    if changed:
        record(scope, action="person.edit", target=person, data={"fields": sorted(changed)})
    return person


@transaction.atomic
def remove_people(*, scope: Scope, people: Collection[Person]) -> None:
    """Delete people who were entered by mistake, with their appointments; DomainError once anything refers to them.

    For the undo of an import: whoever has done or received anything stays in the record for ever.
    """
    pks = {person.pk for person in people}
    rows = list(Person.objects.select_for_update().filter(pk__in=pks))
    for person in rows:
        authorise(policies.can_manage_person, scope, person)
    held = Appointment.every_row.filter(person__in=pks)
    known = {"appointment": set(held.values_list("pk", flat=True))}
    refer = built_upon(Person, pks, besides=known) | built_upon(Appointment, known["appointment"], besides={})
    if refer:
        count = len(refer)
        message = ngettext(
            "%(count)d of these people already has a history and cannot be removed.",
            "%(count)d of these people already have a history and cannot be removed.",
            count,
        )
        raise DomainError("person_in_use", message % {"count": count})
    record_many(scope, action="person.remove", targets=rows)
    held.delete()
    Person.objects.filter(pk__in=pks).delete()
