"""One entry per searchable thing, indexed by FTS5 or by PostgreSQL behind `search.backends`."""

from django.db import models


class SearchEntry(models.Model):
    """What a record can be found by. Whether a person may see it is asked of the record's own model at query time.

    `folded_title` and `folded` are the words as they stand in the index (see `search.words`), so that they can be taken
    out of it again. `number_lead` is the first part of `number_key`, the number itself.
    """

    kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    root_id = models.BigIntegerField()
    level = models.PositiveSmallIntegerField(default=0)
    title = models.TextField()
    text = models.TextField(blank=True)
    folded_title = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    number_key = models.CharField(max_length=80, blank=True)
    number_lead = models.CharField(max_length=20, blank=True)
    sort_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "target_id"], name="search_entry_once")]
        indexes = [
            models.Index(fields=["root_id", "-sort_on", "-id"], name="search_entry_newest"),
            models.Index(fields=["root_id", "number_lead"], name="search_entry_number"),
        ]
