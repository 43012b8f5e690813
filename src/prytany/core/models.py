"""Base classes for models of other apps; `core` itself has no tables."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Addressable(models.Model):
    """A row with an address: `uid` is its only identifier in URLs, the API, cursors, exports, audit and feeds."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


def valid_on(day: object, prefix: str = "") -> Q:
    """Return the condition that the half-open range [valid_from, valid_to) of `prefix` holds `day`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


class DatedQuerySet(models.QuerySet):
    """Rows with a half-open range of dates."""

    def on(self, day: object) -> "DatedQuerySet":
        """Return the rows in force on `day`."""
        return self.filter(valid_on(day))


class Dated(models.Model):
    """A row in force from `valid_from` up to, not including, `valid_to` (None: open). Screens show the day before."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
