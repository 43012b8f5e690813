"""What goes out by e-mail: one row per message and person, so that a job that runs twice sends once."""

from collections.abc import Collection
from uuid import UUID

from prytany.core import bulk
from prytany.notifications.jobs import deliver
from prytany.notifications.models import Delivery
from prytany.organisation.models import Person

# How many messages one job sends over one connection to the mail server.
CHUNK = 50
DIGEST = "digest"


def key_of(kind: str, act: UUID) -> str:
    """Return the key of the message that tells of one act."""
    return f"{kind}:{act}"


def digest_key(day: object) -> str:
    """Return the key of the digest of `day`."""
    return f"{DIGEST}:{day}"


def queue(key: str, people: Collection[int]) -> int:
    """Queue the message `key` to those of `people` who have an address and to whom it was not queued before.

    Part of the caller's transaction, as the jobs are; return how many are new.
    """
    if not people:
        return 0
    reachable = Person.objects.exclude(email="")
    if len(people) < 500:
        reachable = reachable.filter(pk__in=people)
    known = set(Delivery.objects.filter(key=key).values_list("person_id", flat=True))
    wanted = set(people) & set(reachable.values_list("pk", flat=True)) - known
    if not wanted:
        return 0
    bulk.insert([Delivery(key=key, person_id=person) for person in sorted(wanted)], ignore_conflicts=True)
    rows = Delivery.objects.filter(key=key, status=Delivery.Status.QUEUED).order_by("pk")
    ids = [pk for pk, person in rows.values_list("pk", "person_id") if person in wanted]
    deliver.enqueue_many([(ids[start : start + CHUNK],) for start in range(0, len(ids), CHUNK)])
    return len(ids)
