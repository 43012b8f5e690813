"""The pages that are measured, each with the hand-written SQL that brings the same rows and counts."""

import datetime
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from prytany.core.pagination import make_cursor
from tests.bench.measure import Page, sql

# Keys under which the seed writes: the province with the first commune, the accounts of the chief and of its head.
PROVINCE = 4
CHIEF, HEAD = "chief2", "unit_head14"
CAP = 1001
OPEN = "('issued','received','in_progress','with_head','submitted','more_needed')"
DONE = "('verified','nothing')"


def today() -> str:
    """Return the day of the measurement as SQL takes it."""
    return timezone.localdate().isoformat()


# Sight, as SQL: the chief reads everything of the root, a head of a province what lies below it, a focal point what
# the own commune holds. `o` is the part, `t` the task. Parts and tasks above "internal" are out of sight for all.
WHOLE = "o.root_id = 1 AND o.level <= 1 AND o.state <> 'draft'"
BELOW_UNITS = (
    f"SELECT descendant_id FROM organisation_unitlink WHERE hierarchy = 'line' AND ancestor_id = {PROVINCE}"
    " AND valid_from <= '{today}' AND (valid_to IS NULL OR valid_to > '{today}')"
)


def whole() -> str:
    """Return the sight of the chief."""
    return WHOLE


def below() -> str:
    """Return the sight of the head of the first province."""
    units = BELOW_UNITS.replace("{today}", today())
    return f"{WHOLE} AND (o.holder_id IN ({units}) OR o.creditor_id IN ({units}))"


def commune() -> int:
    """Return the first commune of the province."""
    rows = sql(
        f"SELECT MIN(unit_id) FROM organisation_unitrelation WHERE hierarchy = 'line' AND parent_id = {PROVINCE}"
    )
    return int(rows[0][0])


def own(unit: int) -> str:
    """Return the sight of the focal point of a commune."""
    return f"{WHOLE} AND (o.holder_id = {unit} OR o.creditor_id = {unit})"


def focal_of(unit: int) -> str:
    """Return the account of a commune's focal point: the seed makes both in the same order."""
    return f"focal_point{unit + 10}"


# -- lists --

_ROW = "o.id, o.state, o.due_sort, t.content, d.symbol, h.name"
_JOINS = (
    "FROM work_obligation o JOIN work_task t ON t.id = o.task_id"
    " LEFT JOIN documents_document d ON d.id = t.source_document_id"
    " JOIN organisation_unitversion v ON v.unit_id = o.holder_id AND v.withdrawn_at IS NULL"
    " JOIN organisation_unitname h ON h.version_id = v.id"
)


def rows_shown(response: HttpResponse) -> Any:
    """Return the rows of a list with what each shows, and the count beside it."""
    context = response.context
    return [_shown(part) for part in context["page"].rows], _counted(context["list"])


def _shown(part: Any) -> tuple[Any, ...]:
    document = part.task.source_document
    symbol = document.symbol if document else None
    return part.pk, part.state, str(part.due_sort), part.task.content, symbol, part.holder_label.name


def _counted(count: Any) -> int:
    return int(count.number) + bool(count.capped)


def _plain(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(row[0], row[1], str(row[2]), *row[3:]) for row in rows]


def list_floor(sight: Callable[[], str], where: str = "1 = 1", after: tuple[str, int] | None = None) -> Any:
    """Bring 26 rows of a list (the last tells whether there are more) and count up to a thousand."""
    condition = f"{sight()} AND {where.replace('{today}', today())}"
    count = sql(
        f"SELECT COUNT(*) FROM (SELECT 1 FROM work_obligation o JOIN work_task t ON t.id = o.task_id"
        f" WHERE {condition} LIMIT {CAP}) AS counted"
    )[0][0]
    if after:
        condition += f" AND o.due_sort >= '{after[0]}' AND (o.due_sort > '{after[0]}' OR o.id > {after[1]})"
    # First the keys in order, then what is shown of them: neither planner sorts whole rows then.
    keys = [
        row[0]
        for row in sql(
            f"SELECT o.id FROM work_obligation o JOIN work_task t ON t.id = o.task_id WHERE {condition}"
            " ORDER BY o.due_sort, o.id LIMIT 26"
        )
    ]
    rows = _by_keys(keys[:25])
    return rows, count


def _by_keys(keys: list[int]) -> list[tuple[Any, ...]]:
    if not keys:
        return []
    marks = ",".join(map(str, keys))
    return _plain(sql(f"SELECT {_ROW} {_JOINS} WHERE o.id IN ({marks}) ORDER BY o.due_sort, o.id"))


def _middle() -> tuple[str, int]:
    """Return the place of the part in the middle of all parts by due date."""
    half = sql("SELECT COUNT(*) FROM work_obligation")[0][0] // 2
    day, pk = sql(f"SELECT due_sort, id FROM work_obligation ORDER BY due_sort, id LIMIT 1 OFFSET {half}")[0]
    return str(day), pk


_OVERDUE = (
    f"o.state IN {OPEN} AND o.due_on < '{{today}}'"
    " AND NOT (o.state = 'submitted' AND o.submitted_on IS NOT NULL AND o.due_on >= o.submitted_on)"
)


def _list(name: str, account: str, query: str, sight: Callable[[], str], where: str = "1 = 1") -> Page:
    return Page(name, account, lambda: f"/tasks/?{query}", rows_shown, partial(list_floor, sight, where))


def lists() -> list[Page]:
    """Return the lists of tasks and parts."""
    place = _middle()
    unit, unit_uid = commune(), _uid("organisation_unit", commune())
    words = "chuyển đổi số"
    folded = "chuyen doi so"
    text = (
        f"(t.id IN (SELECT e.target_id FROM search_searchentry e WHERE e.kind = 'task' AND {_with(folded)})"
        f" OR o.state = 'cancelled' AND t.content LIKE '%{words}%'"
        " OR o.owner_id IN (SELECT v.unit_id FROM organisation_unitversion v"
        f" JOIN organisation_unitname n ON n.version_id = v.id WHERE n.folded LIKE '%{folded}%'))"
    )
    return [
        _list("task list, chief", CHIEF, "view=all", whole, "o.role = 'lead' AND o.creditor_id > 0"),
        _list("task list, overdue", CHIEF, "view=parts&chip=overdue", whole, _OVERDUE),
        _list(
            "task list, open and blocked",
            CHIEF,
            "view=parts&chip=open&chip=blocked",
            whole,
            f"o.state IN {OPEN} AND o.is_blocked",
        ),
        Page(
            "task list, deep page",
            CHIEF,
            lambda: f"/tasks/?view=parts&after={make_cursor(place)}",
            rows_shown,
            partial(list_floor, whole, "1 = 1", place),
        ),
        _list("task list, one unit", CHIEF, f"view=parts&unit={unit_uid}", whole, f"o.owner_id = {unit}"),
        _list("task list, by words", CHIEF, urlencode({"view": "parts", "q": words}), whole, text),
        _list("task list, province", HEAD, "view=parts&chip=open", below, f"o.state IN {OPEN}"),
        _list("task list, province overdue", HEAD, "view=parts&chip=overdue", below, _OVERDUE),
        _list("task list, commune", focal_of(unit), "view=unit&chip=open", partial(own, unit), f"o.state IN {OPEN}"),
    ]


def _with(text: str) -> str:
    """Return the condition that an entry of the index holds all words, the last one as a beginning."""
    *before, last = text.split()
    if connection.vendor == "sqlite":
        match = " AND ".join([*(f'"{word}"' for word in before), f'"{last}"*'])
        return f"e.id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH '{match}')"
    return f"e.vector @@ '{' & '.join([*before, f'{last}:*'])}'::tsquery"


def _uid(table: str, pk: int) -> UUID:
    value = sql(f"SELECT uid FROM {table} WHERE id = {pk}")[0][0]
    return value if isinstance(value, UUID) else UUID(value)


# -- one task --


def details() -> list[Page]:
    """Return the pages of single tasks: one of few parts, one to every commune, one seen from a commune."""
    few = sql(
        "SELECT task_id FROM work_obligation GROUP BY task_id HAVING COUNT(*) BETWEEN 5 AND 9"
        " ORDER BY task_id DESC LIMIT 1"
    )[0][0]
    unit = commune()
    part, task = sql(
        f"SELECT id, task_id FROM work_obligation WHERE holder_id = {unit} AND state = 'in_progress'"
        " ORDER BY id DESC LIMIT 1"
    )[0]
    uids = {pk: _uid("work_task", pk) for pk in (few, 1)}
    part_uid = _uid("work_obligation", part)
    return [
        Page("task, few parts", CHIEF, lambda: f"/tasks/{uids[few]}/", task_shown, partial(task_floor, whole, few)),
        Page("task, every commune", CHIEF, lambda: f"/tasks/{uids[1]}/", task_shown, partial(task_floor, whole, 1)),
        Page(
            "task, from a commune",
            focal_of(unit),
            lambda: f"/parts/{part_uid}/",
            task_shown,
            partial(task_floor, partial(own, unit), task, part),
        ),
    ]


def task_shown(response: HttpResponse) -> Any:
    """Return content, source, counts by state, the page of parts, and the history."""
    context = response.context
    task = context["task"]
    return (
        (task.content, task.source_document.symbol, task.source_clause.text),
        {state: number for state, number, _on in context["states"]},
        [_part_shown(part) for part in context["page"].rows],
        [entry.at for entry in context["entries"]],
    )


def _part_shown(part: Any) -> tuple[Any, ...]:
    return part.pk, part.state, str(part.due_sort), part.last_word, part.holder_label.name


def task_floor(sight: Callable[[], str], task: int, focus: int | None = None) -> Any:
    """Bring the same with SQL written by hand."""
    head = sql(
        "SELECT t.content, d.symbol, c.text FROM work_task t JOIN documents_document d ON d.id = t.source_document_id"
        f" JOIN documents_clause c ON c.id = t.source_clause_id WHERE t.id = {task}"
    )[0]
    condition = f"{sight()} AND o.task_id = {task}"
    states = dict(sql(f"SELECT o.state, COUNT(*) FROM work_obligation o WHERE {condition} GROUP BY o.state"))
    found = sql(
        "SELECT o.id, o.state, o.due_sort, o.last_word, h.name FROM work_obligation o"
        " JOIN organisation_unitversion v ON v.unit_id = o.holder_id AND v.withdrawn_at IS NULL"
        f" JOIN organisation_unitname h ON h.version_id = v.id WHERE {condition} ORDER BY o.due_sort, o.id LIMIT 26"
    )
    focus = focus or sql(f"SELECT o.id FROM work_obligation o WHERE {condition} AND o.role = 'lead'")[0][0]
    events = sql(
        "SELECT e.recorded_at, e.kind, e.text, p.title FROM work_obligationevent e"
        f" LEFT JOIN organisation_post p ON p.id = e.post_id WHERE e.obligation_id = {focus}"
        " ORDER BY e.recorded_at DESC, e.id DESC LIMIT 40"
    )
    sql(f"SELECT r.at, r.text FROM work_remark r WHERE r.task_id = {task} ORDER BY r.at DESC LIMIT 40")
    return head, states, _plain(found[:25]), [_moment(event[0]) for event in events]


def _moment(value: Any) -> Any:
    value = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
    return value if value.tzinfo else value.replace(tzinfo=datetime.UTC)


# -- counts --

_CLASS = (
    f"CASE WHEN o.state IN {DONE} AND o.submitted_on > o.due_on THEN 'done_late'"
    f" WHEN o.state IN {DONE} THEN 'done_on_time' WHEN o.due_on IS NULL THEN 'no_deadline'"
    " WHEN o.due_on < {day} THEN 'overdue' WHEN o.soon_on <= {day} THEN 'due_soon' ELSE 'within' END"
)
_DAY = "CASE WHEN o.state = 'submitted' AND o.submitted_on IS NOT NULL THEN o.submitted_on ELSE {today} END"
_ORDER = ("overdue", "due_soon", "within", "no_deadline", "done_on_time", "done_late")
_COUNTED = "o.state NOT IN ('draft','cancelled','handed_back')"


def _classes() -> str:
    from django.db import connection

    day = f"'{today()}'" if connection.vendor == "sqlite" else f"DATE '{today()}'"
    return _CLASS.replace("{day}", _DAY.replace("{today}", day))


def _six(condition: str, key: str, joins: str = "") -> dict[Any, dict[str, int]]:
    """Count by `key`, class by class, with what is blocked, waits, and had nothing to report."""
    rows = sql(
        f"SELECT {key}, {_classes()} AS which, COUNT(*), SUM(CASE WHEN o.is_blocked THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN o.state = 'submitted' THEN 1 ELSE 0 END), SUM(CASE WHEN o.state = 'nothing' THEN 1 ELSE 0 END)"
        f" FROM work_obligation o {joins} WHERE {condition} AND {_COUNTED} GROUP BY 1, 2"
    )
    groups: dict[Any, dict[str, int]] = {}
    for value, which, number, blocked, waiting, nothing in rows:
        group = groups.setdefault(value, dict.fromkeys((*_ORDER, "blocked", "waiting", "nothing"), 0))
        group[which] += number
        group["blocked"] += blocked
        group["waiting"] += waiting
        group["nothing"] += nothing
    return groups


def _sum(groups: Iterable[dict[str, int]]) -> dict[str, int]:
    total = dict.fromkeys((*_ORDER, "blocked", "waiting", "nothing"), 0)
    for group in groups:
        for name, number in group.items():
            total[name] += number
    return total


def _six_of(six: Any) -> dict[str, int]:
    return {**six.counts, "blocked": six.blocked, "waiting": six.waiting, "nothing": six.nothing}


def overview_shown(response: HttpResponse) -> Any:
    """Return the six counts, the table, what stands beside it, the stuck parts and the trend."""
    context = response.context
    return (
        _six_of(context["six"]),
        [(row["subject"]["label"], _six_of(row["six"])) for row in context["rows"]],
        (context["quiet_number"], _six_of(context["quiet"]) if context["quiet"] else None),
        (context["cancelled"], context["handed_back"]),
        [_shown(part) for part in context["stuck"]] if "stuck" in context else None,
        _counted(context["stuck_count"]) if "stuck" in context else None,
        [(bar.month.on_time, bar.month.late) for bar in context["trend"].bars],
    )


def overview_floor(sight: Callable[[], str], by: str = "unit", narrowed: str = "1 = 1") -> Any:
    """Bring the same with SQL written by hand."""
    condition = f"{sight()} AND {narrowed}"
    if by == "unit":
        groups = _six(condition, "o.owner_id")
        total = _sum(groups.values())
    else:
        join = "JOIN work_task t ON t.id = o.task_id"
        groups = _six(f"{condition} AND o.role = 'lead'", "t.source_document_id", join)
        total = _sum(_six(condition, "1").values())
    loud = {key: six for key, six in groups.items() if six["overdue"] or six["blocked"]}
    if not loud or by == "document":
        loud = groups
    ranked = sorted(loud.items(), key=lambda item: (-item[1]["overdue"], -_total(item[1]), item[0]))[:60]
    shown = {key for key, _counts in ranked}
    quiet = [six for key, six in groups.items() if key not in shown]
    labels = _labels(by, shown)
    return (
        total,
        [(labels[key], counts) for key, counts in ranked],
        (len(quiet), _sum(quiet) if quiet else None),
        _outside(condition),
        *_stuck(condition),
        _trend(condition),
    )


def _total(counts: dict[str, int]) -> int:
    return sum(counts[name] for name in _ORDER)


def _labels(by: str, keys: Iterable[int]) -> dict[int, str]:
    marks = ",".join(map(str, keys)) or "0"
    if by == "document":
        return dict(sql(f"SELECT id, summary FROM documents_document WHERE id IN ({marks})"))
    return dict(
        sql(
            "SELECT v.unit_id, CASE WHEN n.short <> '' THEN n.short ELSE n.name END FROM organisation_unitversion v"
            f" JOIN organisation_unitname n ON n.version_id = v.id WHERE v.unit_id IN ({marks})"
        )
    )


def _outside(condition: str) -> tuple[int, int]:
    found = dict(
        sql(
            f"SELECT o.state, COUNT(*) FROM work_obligation o WHERE {condition}"
            " AND o.state IN ('cancelled','handed_back') GROUP BY o.state"
        )
    )
    return found.get("cancelled", 0), found.get("handed_back", 0)


def _stuck(condition: str) -> tuple[Any, int]:
    where = f"{condition} AND (({_OVERDUE}) OR (o.is_blocked AND o.state IN {OPEN}))".replace("{today}", today())
    rows = sql(f"SELECT o.id FROM work_obligation o WHERE {where} ORDER BY o.due_sort, o.id LIMIT 12")
    count = sql(f"SELECT COUNT(*) FROM (SELECT 1 FROM work_obligation o WHERE {where} LIMIT 10001) AS counted")[0][0]
    return _by_keys([row[0] for row in rows]), count


def _trend(condition: str) -> list[tuple[int, int]]:
    day = timezone.localdate()
    months = [divmod(day.year * 12 + day.month - 1 - back, 12) for back in range(5, -1, -1)]
    names = [f"{year}-{month + 1:02d}" for year, month in months]
    text = "CAST(o.submitted_on AS text)"
    found = {
        month: (total - late, late)
        for month, total, late in sql(
            f"SELECT SUBSTR({text}, 1, 7) AS month, COUNT(*),"
            " SUM(CASE WHEN o.submitted_on > o.due_on THEN 1 ELSE 0 END)"
            f" FROM work_obligation o WHERE {condition} AND o.state IN {DONE} AND o.submitted_on >= '{names[0]}-01'"
            f" AND o.submitted_on <= '{day}' GROUP BY 1"
        )
    }
    return [found.get(name, (0, 0)) for name in names]


def overviews() -> list[Page]:
    """Return the overview for the whole country, a province, and narrowed to one document."""
    document = _uid("documents_document", 1)
    task = "o.task_id IN (SELECT id FROM work_task WHERE source_document_id = 1)"
    return [
        Page("overview, by unit", CHIEF, lambda: "/overview/", overview_shown, partial(overview_floor, whole)),
        Page(
            "overview, by document",
            CHIEF,
            lambda: "/overview/?by=document",
            overview_shown,
            partial(overview_floor, whole, "document"),
        ),
        Page(
            "overview, one document",
            CHIEF,
            lambda: f"/overview/?document={document}",
            overview_shown,
            partial(overview_floor, whole, "unit", task),
        ),
        Page("overview, a province", HEAD, lambda: "/overview/", overview_shown, partial(overview_floor, below)),
    ]


# -- a unit --


def unit_shown(response: HttpResponse) -> Any:
    """Return the six counts, the open parts in their order, and who holds which post."""
    context = response.context
    parts = [part for _title, found in context["sections"] for part in found]
    return (
        _six_of(context["six"]),
        sorted((_shown(part) for part in parts), key=lambda row: (row[2], row[0])),
        [(appointment.pk, appointment.person.name) for appointment in context["posts"]],
    )


def unit_floor(sight: Callable[[], str], unit: int) -> Any:
    """Bring the same with SQL written by hand."""
    condition = f"{sight()} AND o.holder_id = {unit}"
    groups = _six(condition, "1")
    keys = sql(
        f"SELECT o.id FROM work_obligation o WHERE {condition} AND o.state IN {OPEN} AND o.state <> 'submitted'"
        " ORDER BY o.due_sort, o.id LIMIT 60"
    )
    people = sql(
        "SELECT a.id, p.name FROM organisation_appointment a JOIN organisation_post q ON q.id = a.post_id"
        f" JOIN organisation_person p ON p.id = a.person_id WHERE q.unit_id = {unit} ORDER BY a.id LIMIT 30"
    )
    return _sum(groups.values()), _by_keys([row[0] for row in keys]), people


def units() -> list[Page]:
    """Return the pages of a commune, of a province, and of the own unit."""
    unit = commune()
    uids = {pk: _uid("organisation_unit", pk) for pk in (unit, PROVINCE)}
    return [
        Page(
            "unit page, a commune", CHIEF, lambda: f"/units/{uids[unit]}/", unit_shown, partial(unit_floor, whole, unit)
        ),
        Page(
            "unit page, a province",
            CHIEF,
            lambda: f"/units/{uids[PROVINCE]}/",
            unit_shown,
            partial(unit_floor, whole, PROVINCE),
        ),
        Page(
            "our unit", focal_of(unit), lambda: "/our-unit/", unit_shown, partial(unit_floor, partial(own, unit), unit)
        ),
    ]


# -- the programs' door --


def _items(response: HttpResponse) -> list[str]:
    return [item["uid"] for item in response.json()["items"]]


def _uids(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return [str(row[0]) if isinstance(row[0], UUID) else str(UUID(row[0])) for row in rows]


def tasks_floor() -> list[str]:
    """Bring 26 tasks with document, lead and units."""
    rows = sql(
        "SELECT t.uid, t.content, t.product, t.method, t.state, t.due_on, d.uid, h.uid, n.name, t.id FROM work_task t"
        " LEFT JOIN documents_document d ON d.id = t.source_document_id"
        " LEFT JOIN work_obligation o ON o.task_id = t.id AND o.role = 'lead'"
        " LEFT JOIN organisation_unit h ON h.id = o.holder_id"
        " LEFT JOIN organisation_unitversion v ON v.unit_id = o.holder_id"
        " LEFT JOIN organisation_unitname n ON n.version_id = v.id"
        " WHERE t.root_id = 1 AND t.level <= 1 AND t.state IN ('issued','closed','cancelled')"
        " ORDER BY t.due_sort, t.id LIMIT 26"
    )
    return _uids(rows[:25])


def parts_floor() -> list[str]:
    """Bring 26 overdue parts with task and units."""
    condition = f"{whole()} AND {_OVERDUE}".replace("{today}", today())
    rows = sql(
        "SELECT o.uid, t.uid, h.uid, n.name, o.state, o.due_on, o.submitted_on, o.last_word FROM work_obligation o"
        " JOIN work_task t ON t.id = o.task_id JOIN organisation_unit h ON h.id = o.holder_id"
        " JOIN organisation_unitversion v ON v.unit_id = o.holder_id"
        f" JOIN organisation_unitname n ON n.version_id = v.id WHERE {condition} ORDER BY o.due_sort, o.id LIMIT 26"
    )
    return _uids(rows[:25])


def programs() -> list[Page]:
    """Return the lists of the REST API."""
    return [
        Page("JSON list of tasks", CHIEF, lambda: "/api/v1/tasks", _items, tasks_floor, program=True),
        Page("JSON list of parts", CHIEF, lambda: "/api/v1/parts?chip=overdue", _items, parts_floor, program=True),
    ]


def all_pages() -> list[Page]:
    """Return every page that is measured; the database has to be seeded."""
    from tests.bench.searches import searches

    return [*lists(), *details(), *units(), *overviews(), *searches(), *programs()]
