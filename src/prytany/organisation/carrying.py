"""What happens to posts and appointments when their unit ends: they end with it, or pass to the one successor."""

import datetime
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from prytany.organisation.integrity import ends_after
from prytany.organisation.journal import Journal
from prytany.organisation.models import Appointment, Post, PostCharge, PostTitle, Substitution, Unit
from prytany.organisation.signals import appointment_changed


def open_posts(units: Iterable[Unit], on: datetime.date) -> list[Post]:
    """Return the posts of these units that do not end by `on`."""
    return list(Post.objects.filter(ends_after(on), unit__in=list(units)).order_by("unit_id", "position", "pk"))


def open_appointments(posts: Iterable[Post], on: datetime.date) -> list[Appointment]:
    """Return the appointments to these posts that do not end by `on`."""
    held = Appointment.objects.filter(ends_after(on), post__in=list(posts))
    return list(held.select_related("person").order_by("post_id", "valid_from", "pk"))


def end_posts(journal: Journal, posts: Iterable[Post], on: datetime.date, reason: str = "") -> None:
    """Let posts and all appointments to them end on `on`; what would begin on `on` or later is withdrawn."""
    posts = list(posts)
    appointments = open_appointments(posts, on) if posts else []
    if reason:
        keys = [appointment.pk for appointment in appointments]
        Appointment.objects.filter(pk__in=keys).update(end_reason=reason[:200])
    for rows in (appointments, posts):
        journal.end_all([row for row in rows if row.valid_from < on], on)
        for row in rows:
            if row.valid_from >= on:
                journal.withdraw(row)


def end_appointment(journal: Journal, appointment: Appointment, on: datetime.date, reason: str = "") -> None:
    """Let one appointment end on `on`, with the reason; one that would begin then or later is withdrawn."""
    if reason:
        appointment.end_reason = reason[:200]
        appointment.save(update_fields=["end_reason"])
    _end(journal, appointment, on)


def _end(journal: Journal, row: Post | Appointment, on: datetime.date) -> None:
    if row.valid_from >= on:
        journal.withdraw(row)
    else:
        journal.end(row, on)


def carry_posts(journal: Journal, posts: Iterable[Post], to: Unit, on: datetime.date, decision: str) -> list[Post]:
    """End posts on `on` and open the same in the unit `to`, with the same people; return the new posts.

    Titles, fields, units in charge and running substitutions go along. Whoever holds the post has taken it over.
    """
    carried = []
    for post in posts:
        ends = post.valid_to
        held = open_appointments([post], on)
        end_posts(journal, [post], on, _("The unit was merged."))
        new = Post.objects.create(
            unit=to,
            role=post.role,
            title=post.title,
            position=post.position,
            fields=post.fields,
            valid_from=max(on, post.valid_from),
            valid_to=ends,
        )
        journal.opened(new)
        titles = [PostTitle(post=new, language=t.language, title=t.title) for t in post.titles.all()]
        PostTitle.objects.bulk_create(titles)
        PostCharge.objects.bulk_create([PostCharge(post=new, unit_id=c.unit_id) for c in post.charges.all()])
        for appointment in held:
            _carry_appointment(journal, appointment, new, on, decision)
        carried.append(new)
    return carried


def _carry_appointment(journal: Journal, old: Appointment, post: Post, on: datetime.date, decision: str) -> None:
    before = journal.ends.get("appointment", {}).get(old.pk)
    end = datetime.date.fromisoformat(before[0]) if before and before[0] else None
    if before is None:
        # It would have begun on the day of the act or later, so it was withdrawn with its dates unchanged.
        end = old.valid_to
    new = Appointment.objects.create(
        person_id=old.person_id,
        post=post,
        kind=old.kind,
        decision=decision or old.decision,
        valid_from=max(on, old.valid_from),
        valid_to=end,
        taken_over_at=old.taken_over_at,
    )
    journal.opened(new)
    for absence in Substitution.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), absent=old, withdrawn_at=None):
        row = Substitution.objects.create(
            absent=new,
            substitute_id=absence.substitute_id,
            valid_from=max(on, absence.valid_from),
            valid_to=absence.valid_to,
            extent=absence.extent,
            reason=absence.reason,
        )
        journal.opened(row)


def tell_ended(appointments: Iterable[Appointment]) -> None:
    """Tell the apps above that these appointments ended."""
    for appointment in appointments:
        appointment_changed.send(Appointment, appointment=appointment, act="ended")


def pass_on_charges(journal: Journal, heirs: Mapping[int, Iterable[Unit]], on: datetime.date) -> None:
    """Let posts elsewhere that looked after a unit look after its heirs too: `heirs` by the unit they come from."""
    posts = Post.objects.filter(ends_after(on))
    looked_after = PostCharge.objects.filter(unit_id__in=list(heirs), post__in=posts)
    wanted = {(post, heir.pk) for post, unit in looked_after.values_list("post_id", "unit_id") for heir in heirs[unit]}
    had = PostCharge.objects.filter(post_id__in={post for post, _unit in wanted}).values_list("post_id", "unit_id")
    new = [PostCharge(post_id=post, unit_id=unit) for post, unit in sorted(wanted - set(had))]
    journal.add(*PostCharge.objects.bulk_create(new, batch_size=2000))
