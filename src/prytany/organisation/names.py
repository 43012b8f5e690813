"""Names of units and posts in the reader's language on a date: one query for a whole page."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation

from prytany.core import clock
from prytany.organisation.models import Post, PostTitle, UnitName


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """What a unit is called: `name` in full, `short` where there is a short form, else the name."""

    name: str
    short: str
    symbol: str
    language: str
    sort_key: str = ""

    def __str__(self) -> str:
        return self.name


NAMELESS = UnitLabel("—", "—", "", "")


def preferred_languages(language: str | None = None) -> list[str]:
    """Return the languages to try for a name, best first: the reader's, Vietnamese, English; then any will do."""
    return list(dict.fromkeys([language or translation.get_language() or "vi", "vi", "en"]))


def unit_labels(
    unit_ids: Iterable[int | None], *, on: datetime.date | None = None, language: str | None = None
) -> Mapping[int, UnitLabel]:
    """Return the label of each unit on `on` (default today).

    An abolished unit has its last name, one that begins later its first. The reader's language is preferred, then
    Vietnamese, English, any.
    """
    wanted = {unit_id for unit_id in unit_ids if unit_id is not None}
    if not wanted:
        return {}
    on = on or clock.today()
    preferred = preferred_languages(language)
    rows = UnitName.objects.filter(version__unit_id__in=wanted, version__withdrawn_at=None)
    found: dict[int, tuple[tuple[bool, int, int], UnitLabel]] = {}
    for unit_id, since, lang, name, short, symbol, key in rows.values_list(
        "version__unit_id", "version__valid_from", "language", "name", "short", "symbol", "sort_key"
    ):
        begun = since <= on
        days = since.toordinal()
        rank = (begun, days if begun else -days, -preferred.index(lang) if lang in preferred else -9)
        if unit_id not in found or rank > found[unit_id][0]:
            found[unit_id] = (rank, UnitLabel(name, short or name, symbol, lang, key))
    return {unit_id: label for unit_id, (_, label) in found.items()}


def label_units(
    rows: Iterable[Any],
    *fields: str,
    on: datetime.date | None = None,
    labels: Mapping[int, UnitLabel] | None = None,
) -> None:
    """Set `<field>_label` on each row for the units in `fields`, with one query for all, or from `labels` known."""
    rows = list(rows)
    if labels is None:
        labels = unit_labels({getattr(row, f"{field}_id") for row in rows for field in fields}, on=on)
    for row in rows:
        for field in fields:
            setattr(row, f"{field}_label", labels.get(getattr(row, f"{field}_id"), NAMELESS))


def title_of(post: str = "") -> Coalesce:
    """Return the title of a post in the reader's language as an expression; `post` leads to it, as in "post__"."""
    titles = PostTitle.objects.filter(post=OuterRef(f"{post}pk"), language=preferred_languages()[0])
    return Coalesce(Subquery(titles.values("title")[:1]), F(f"{post}title"))


def with_titles(posts: "QuerySet[Post]") -> "QuerySet[Post]":
    """Return posts with `label`: the title in the reader's language where there is one; no further query."""
    return posts.annotate(label=title_of())


def label_posts(posts: Iterable[Any], *, language: str | None = None) -> None:
    """Set `label` on each post: its title in the reader's language where there is one; one query for all."""
    posts = list(posts)
    titles = PostTitle.objects.filter(post__in={post.pk for post in posts}, language=preferred_languages(language)[0])
    found = dict(titles.values_list("post_id", "title")) if posts else {}
    for post in posts:
        post.label = found.get(post.pk, post.title)
