"""The daily digest: on working days, at the person's hour, one message for all that did not have to come at once."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from prytany.core import clock
from prytany.notifications import outbox
from prytany.notifications.choices import NONE_MADE, choices_of
from prytany.notifications.models import Notice
from prytany.organisation.models import Appointment, Substitution
from prytany.rules.lookup import rule, warm_lines
from prytany.workdays.calendar import is_working_day


def units_of(people: set[int], day: datetime.date) -> dict[int, set[int]]:
    """Return the units in which each of `people` holds a post, or stands in for one, on `day`; two queries."""
    found: dict[int, set[int]] = defaultdict(set)
    held = Appointment.objects.on(day)
    stood_in = Substitution.objects.on(day).filter(withdrawn_at=None)
    if len(people) < 500:
        held, stood_in = held.filter(person_id__in=people), stood_in.filter(substitute_id__in=people)
    for rows in (
        held.values_list("person_id", "post__unit_id"),
        stood_in.values_list("substitute_id", "absent__post__unit_id"),
    ):
        for person, unit in rows:
            if person in people:
                found[person].add(unit)
    return found


@transaction.atomic
def queue_digests() -> int:
    """Queue today's digest for everybody whose hour has come; return how many. Run as often as you like.

    Who has no address, or no post any more, is no longer waited for. On days off and on quiet days nothing goes out:
    the next working day's digest holds it all.
    """
    moment = timezone.localtime(clock.now())
    today, time = moment.date(), moment.time()
    waiting = Notice.objects.filter(mail=Notice.Mail.DIGEST)
    waiting.filter(person__email="").update(mail="")
    people = set(waiting.order_by().values_list("person_id", flat=True).distinct())
    units = units_of(people, today)
    gone = people - set(units)
    waiting.filter(person_id__in=gone).update(mail="")
    choices = choices_of(people)
    warm_lines({unit for found in units.values() for unit in found})
    due = set()
    for person in people - gone:
        own = choices.get(person, NONE_MADE)
        hour = own.digest_at or min(rule("notices.digest_at", on=today, unit=unit).value for unit in units[person])
        if hour > time or today.isoweekday() in own.quiet:
            continue
        if any(is_working_day(today, unit) for unit in units[person]):
            due.add(person)
    return outbox.queue(outbox.digest_key(today), due)
