"""The one list: filter, order and place in the address; counts with a ceiling; selection for bulk acts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, QueryDict

from prytany.core import registry, wording
from prytany.core.pagination import Page, keyset_page

M = TypeVar("M", bound=Model)
COUNT_CEILING = 10_000
PLACE = ("after", "before")


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list, as the parameter `name` of the address.

    `apply` takes the value from the address and returns a Q or a narrowed queryset; ValidationError or ValueError
    inside it means the value makes no sense, and it is dropped. With `choices` only those values pass. A filter
    without choices and with `flag` is on ("1") or off.
    """

    name: str
    label: object
    apply: Callable[[QuerySet[Any], str], QuerySet[Any] | Q] | Q
    choices: Sequence[tuple[str, object]] = ()
    flag: bool = False

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return `queryset` narrowed by `value`."""
        condition = self.apply if isinstance(self.apply, Q) else self.apply(queryset, value)
        return queryset.filter(condition) if isinstance(condition, Q) else condition


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as a link above the list: pressing it puts the filter on, or off again."""

    label: object
    url: str
    on: bool
    count: int | None = None


@dataclass(frozen=True)
class Count:
    """A count up to a ceiling; `capped` when there are more."""

    number: int
    capped: bool = False

    def __str__(self) -> str:
        return f"{wording.count(self.number)}{'+' if self.capped else ''}"

    def __bool__(self) -> bool:
        return self.number > 0


def count_up_to(queryset: QuerySet[Any], ceiling: int = COUNT_CEILING) -> Count:
    """Count rows, at most `ceiling`: beyond it the exact figure costs more than it tells."""
    found = queryset.order_by().values("pk")[: ceiling + 1].count()
    return Count(min(found, ceiling), found > ceiling)


@dataclass(frozen=True, slots=True)
class Counting:
    """Several counts up to a ceiling as one statement, which can be kept and run again: it holds keys, not rows."""

    sql: str
    params: tuple[Any, ...]
    ceiling: int

    @classmethod
    def of(cls, querysets: Sequence[QuerySet[Any]], ceiling: int = COUNT_CEILING) -> "Counting":
        """Return the statement that counts each of `querysets` as `count_up_to` does."""
        parts: list[str] = []
        params: list[Any] = []
        for queryset in querysets:
            try:
                sql, values = queryset.order_by().values("pk")[: ceiling + 1].query.sql_with_params()
            except EmptyResultSet:
                parts.append("0")
                continue
            parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - compiled by the ORM
            params.extend(values)
        return cls(f"SELECT {', '.join(parts)}", tuple(params), ceiling)

    def run(self) -> list[Count]:
        """Return the counts, in order; one query, none where every set is empty without asking."""
        if not self.params:
            return [Count(0) for _part in self.sql.split(",")]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            found = cursor.fetchone()
        return [Count(min(number, self.ceiling), number > self.ceiling) for number in found]


class ListState:
    """What the address says about a list: filters, order, place. Unknown or senseless values are dropped.

    `order` maps a name to (label, fields): fields are one non-null column and "pk", as `("due_sort", "pk")`.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        filters: Iterable[Filter] = (),
        order: Mapping[str, tuple[object, Sequence[str]]] | None = None,
        size: int = 25,
    ) -> None:
        self.query: QueryDict = request.GET
        self.path = request.path
        self.filters = {one.name: one for one in filters}
        self.orders = dict(order or {"": ("", ("-pk",))})
        asked = self.query.get("order", "")
        self.order = asked if asked in self.orders else next(iter(self.orders))
        self.size = size
        self.active: dict[str, str] = {}
        for name, one in self.filters.items():
            value = self.query.get(name, "").strip()
            if value and self._sensible(one, value):
                self.active[name] = value

    @staticmethod
    def _sensible(one: Filter, value: str) -> bool:
        if one.flag:
            return value == "1"
        return not one.choices or value in {code for code, _label in one.choices}

    def url(self, **changes: Any) -> str:
        """Return this list's address with changed parameters (None or "" removes one), from its first page."""
        params = self.query.copy()
        for name in (*PLACE, "page"):
            params.pop(name, None)
        for name, value in changes.items():
            if value in (None, ""):
                params.pop(name, None)
            else:
                params[name] = str(value)
        return f"{self.path}?{params.urlencode()}" if params else self.path

    def apply(self, queryset: QuerySet[M]) -> QuerySet[M]:
        """Return `queryset` narrowed by the active filters; a filter that cannot read its value is dropped."""
        for name, value in list(self.active.items()):
            try:
                queryset = self.filters[name].narrow(queryset, value)
            except (ValidationError, ValueError):
                del self.active[name]
        return queryset

    def page(self, queryset: QuerySet[M]) -> Page:
        """Return the page of the (already narrowed) rows that the address asks for."""
        fields = self.orders[self.order][1]
        return keyset_page(
            queryset, fields, after=self.query.get("after"), before=self.query.get("before"), size=self.size
        )

    def chip(self, name: str, value: str = "1", label: object = None, count: int | None = None) -> Chip:
        """Return the chip that switches filter `name` to `value` or off."""
        on = self.active.get(name) == value
        return Chip(label or self.filters[name].label, self.url(**{name: None if on else value}), on, count)

    @property
    def order_label(self) -> object:
        """The words of the order in use."""
        return self.orders[self.order][0]

    def order_links(self) -> list[Chip]:
        """Return the orders as links."""
        return [Chip(label, self.url(order=name), name == self.order) for name, (label, _f) in self.orders.items()]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a list can show; `usual` ones stand there until a person chooses others.

    A `fixed` one is always there: it names the row. `style` is the class of its cells.
    """

    key: str
    label: object
    usual: bool = True
    fixed: bool = False
    style: str = ""


# Name of a list -> its columns, so that the page where a person chooses can offer them: declared when apps are ready.
_lists: dict[str, tuple[object, str, tuple[Column, ...]]] = {}


def declare_columns(name: str, columns: Sequence[Column], *, label: object, url: str) -> tuple[Column, ...]:
    """Declare the columns of the list `name`; `url` is the name of the address of its page."""
    _lists[name] = (label, url, tuple(columns))
    return _lists[name][2]


def declared_columns(name: str) -> tuple[object, str, tuple[Column, ...]] | None:
    """Return label, address name and columns of a declared list, else None."""
    return _lists.get(name)


def chosen_columns(request: HttpRequest, name: str, columns: Sequence[Column]) -> list[Column]:
    """Return the columns of the list `name` that this person chose (kept by `accounts`), else the usual ones.

    A choice that names no column of this list counts as none. Fixed columns stand at their place whatever was chosen.
    """
    keep = registry.frame.get("columns")
    scope = getattr(request, "scope", None)
    keys = keep(scope, name) if keep and scope else None
    known = {column.key: column for column in columns}
    chosen = [known[key] for key in dict.fromkeys(keys or ()) if key in known]
    if not chosen:
        return [column for column in columns if column.usual or column.fixed]
    for place, column in enumerate(columns):
        if column.fixed and column not in chosen:
            chosen.insert(min(place, len(chosen)), column)
    return chosen


def selected(request: HttpRequest, queryset: QuerySet[M], *, limit: int = COUNT_CEILING) -> QuerySet[M]:
    """Return the rows of `queryset` that a bulk form chose: `row` uids, or with `all=1` all of them.

    Pass the visible rows, narrowed by the list's filters when `all` may be sent. Unknown uids choose nothing.
    """
    if request.POST.get("all") == "1":
        return queryset
    uids = []
    for text in request.POST.getlist("row")[:limit]:
        try:
            uids.append(UUID(text))
        except ValueError:
            continue
    return queryset.filter(uid__in=uids)
