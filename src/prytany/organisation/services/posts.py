"""Posts of units: named, with a role, titles by language, fields and units in charge."""

import datetime
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation import carrying, policies
from prytany.organisation.journal import Journal
from prytany.organisation.marks import refuse_stale
from prytany.organisation.models import Appointment, Post, PostCharge, PostTitle, Unit
from prytany.organisation.roles import ROLES
from prytany.organisation.specs import checked
from prytany.organisation.writing import check_day, name_of


@transaction.atomic
def create_post(
    *,
    scope: Scope,
    unit: Unit,
    role: str,
    title: str,
    on: datetime.date,
    titles: Mapping[str, str] | None = None,
    fields: str = "",
    charge: Collection[Unit] = (),
    position: int = 0,
) -> Post:
    """Open a post in a unit from `on`; `titles` by language besides the main one; `charge`: units it looks after.

    PermissionDenied where the role would reach further than the administrator does.
    """
    _known_role(role)
    authorise(policies.can_fill, scope, unit, role)
    if not unit.versions.on(check_day(on)).exists():
        message = _("%(unit)s does not exist on this date.") % {"unit": name_of(unit.pk, on)}
        raise DomainError("unit_not_there", message, {"on": message})
    post = Post(
        unit=unit, role=role, title=" ".join(title.split()), valid_from=on, fields=fields.strip(), position=position
    )
    checked(post)
    post.save()
    _set_titles(post, titles or {})
    _set_charge(scope, post, charge)
    record(scope, action="post.create", target=post, data={"unit": str(unit.uid), "role": role, "on": on.isoformat()})
    return post


def _known_role(role: str) -> None:
    if role not in ROLES:
        message = _("Choose a role.")
        raise DomainError("unknown_role", message, {"role": message})


def _set_titles(post: Post, titles: Mapping[str, str]) -> None:
    wanted = {language: " ".join(title.split()) for language, title in titles.items() if title.strip()}
    if wanted.keys() - dict(settings.LANGUAGES).keys():
        raise DomainError("unknown_language", _("A title stands in a language that this office does not use."))
    post.titles.exclude(language__in=wanted).delete()
    for language, title in wanted.items():
        checked(PostTitle(post=post, language=language, title=title))
        PostTitle.objects.update_or_create(post=post, language=language, defaults={"title": title})


def _set_charge(scope: Scope, post: Post, charge: Collection[Unit]) -> None:
    wanted = {unit.pk: unit for unit in charge}
    if any(unit.root_id != post.unit.root_id for unit in wanted.values()):
        raise DomainError("other_root", _("A unit in charge belongs to another organisation."))
    post.charges.exclude(unit_id__in=wanted).delete()
    had = set(post.charges.values_list("unit_id", flat=True))
    PostCharge.objects.bulk_create([PostCharge(post=post, unit=u) for pk, u in wanted.items() if pk not in had])


@transaction.atomic
def edit_post(
    *,
    scope: Scope,
    post: Post,
    title: str | None = None,
    role: str | None = None,
    titles: Mapping[str, str] | None = None,
    fields: str | None = None,
    charge: Collection[Unit] | None = None,
    position: int | None = None,
    version: int | None = None,
) -> Post:
    """Change a post; None leaves a value. A new role changes the rights of whoever holds it, at once.

    StaleRecord where somebody saved it since `version`, its mark (`organisation.marks`).
    """
    post = Post.objects.select_for_update().select_related("unit").get(pk=post.pk)
    authorise(policies.can_edit_post, scope, post)
    refuse_stale(post, version)
    if role is not None and role != post.role:
        _known_role(role)
        authorise(policies.can_fill, scope, post.unit, role)
    tidy = " ".join(title.split()) if title is not None else None
    values = {"title": tidy, "role": role, "fields": fields, "position": position}
    changed = {name: value for name, value in values.items() if value is not None and value != getattr(post, name)}
    for name, value in changed.items():
        setattr(post, name, value)
    checked(post)
    post.save()
    if titles is not None:
        _set_titles(post, titles)
    if charge is not None:
        _set_charge(scope, post, charge)
    named = sorted({*changed, *({"titles"} if titles is not None else ()), *({"charge"} if charge is not None else ())})
    data = {"fields": named, **({"role": role} if "role" in changed else {})}
    record(scope, action="post.edit", target=post, data=data)
    return post


@transaction.atomic
def end_post(*, scope: Scope, post: Post, on: datetime.date, reason: str = "") -> Post:
    """Close a post on `on` (its last day is the day before); appointments to it end with it."""
    post = Post.objects.select_for_update().select_related("unit").get(pk=post.pk)
    authorise(policies.can_edit_post, scope, post)
    check_day(on)
    if post.valid_to is not None and post.valid_to <= on:
        raise DomainError("post_ended", _("This post already ends on or before this date."))
    if post.valid_from >= on:
        message = _("The post begins on or after this date. Remove it instead.")
        raise DomainError("post_begins_then", message, {"on": message})
    journal = Journal()
    ended = [a.pk for a in carrying.open_appointments([post], on)]
    carrying.end_posts(journal, [post], on, reason or _("The post was closed."))
    record(scope, action="post.end", target=post, data={"on": on.isoformat(), "appointments": len(ended)})
    carrying.tell_ended(Appointment.every_row.filter(pk__in=ended))
    post.refresh_from_db()
    return post


@transaction.atomic
def remove_post(*, scope: Scope, post: Post) -> None:
    """Delete a post that was entered by mistake; DomainError once anybody held it or anything refers to it."""
    post = Post.objects.select_for_update().select_related("unit").get(pk=post.pk)
    authorise(policies.can_edit_post, scope, post)
    record(scope, action="post.remove", target=post)
    try:
        with transaction.atomic():
            post.delete()
    except ProtectedError:
        raise DomainError("post_in_use", _("This post has a history. Close it on a date instead.")) from None
