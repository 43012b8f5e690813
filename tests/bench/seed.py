"""A country in a database: 3,321 communes in 34 provinces, 200 directing documents, 100,000 tasks, a million parts.

Everything is drawn with dice that always fall alike. Every part has the history that its columns follow from, so that
`prytany verify` passes on the result.
"""

import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from prytany.accounts.models import User
from prytany.core.fold import fold, sort_key
from prytany.documents.indexing import index_clauses, index_document
from prytany.documents.models import Clause, Document, DocumentText, LedgerNumber, NumberSeries, RegisterEntry
from prytany.organisation import closure
from prytany.organisation.models import Appointment, Hierarchy, Person, Post, Unit, UnitName, UnitRelation, UnitVersion
from prytany.work.indexing import put_tasks
from prytany.work.models import Obligation, ObligationEvent, Task
from prytany.work.models.task import NO_DUE_DATE
from tests.bench.bulk import finish, insert

PROVINCES, COMMUNES, DOCUMENTS, TASKS, PARTS = 34, 3321, 200, 100_000, 1_000_000
# Tasks that go to every commune; the others go to a lead and a few coordinating units.
FAN_OUTS = 100
SINCE = datetime.date(2020, 1, 1)
SYLLABLES = """
    báo cáo kết quả thực hiện nhiệm vụ chuyển đổi số trên địa bàn xã phường tổng hợp rà soát đôn đốc kiểm tra hướng dẫn
    xây dựng kế hoạch công tác văn thư lưu trữ cải cách hành chính đơn vị lãnh đạo ban chỉ đạo tiến độ giải pháp dự án
    nông thôn mới giáo dục y tế đất đai môi trường thi đua khen thưởng cán bộ công chức viên chức hồ sơ tài liệu hạn chế
    tồn tại nguyên nhân đề xuất kiến nghị phối hợp chủ trì tham mưu trình duyệt quý năm tháng tuần khẩn trương
""".split()  # noqa: SIM905 - a text reads better than eighty quotes

# Words in one task in a thousand, for the search for something rare.
RARE = "cầu treo dân sinh"

Say = Callable[[str], object]


@dataclass
class Sizes:
    """How much of the country there is at a scale (1.0: all of it)."""

    scale: float

    @property
    def communes(self) -> int:
        """At least ten, so that every kind of page has something to show."""
        return max(10, round(COMMUNES * self.scale))

    @property
    def tasks(self) -> int:
        """Tasks in all."""
        return max(200, round(TASKS * self.scale))

    @property
    def parts(self) -> int:
        """Obligations in all."""
        return max(2000, round(PARTS * self.scale))

    @property
    def documents(self) -> int:
        """Directing documents."""
        return max(5, round(DOCUMENTS * self.scale))

    @property
    def fan_outs(self) -> int:
        """Tasks that go to every commune: a third of all parts at the full scale."""
        return max(1, min(FAN_OUTS, self.parts // (3 * self.communes)))


@dataclass
class Country:
    """What has been made, by primary key."""

    sizes: Sizes
    dice: random.Random = field(default_factory=lambda: random.Random(2026))
    today: datetime.date = field(default_factory=timezone.localdate)
    root: int = 1
    office: int = 2
    provinces: list[int] = field(default_factory=list)
    communes: list[int] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)

    def uid(self) -> UUID:
        """Return a random identifier."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def words(self, least: int, most: int) -> str:
        """Return a sentence of common words."""
        text = " ".join(self.dice.choices(SYLLABLES, k=self.dice.randint(least, most)))
        return text[0].upper() + text[1:]


def seed(scale: float, say: Say) -> Country:
    """Fill an empty, migrated database."""
    country = Country(Sizes(scale))
    for step in (_units, _people, _documents, _tasks, _parts, _search):
        began = timezone.now()
        count = step(country)
        say(f"  {step.__name__.strip('_')}: {count:,} rows in {(timezone.now() - began).total_seconds():.0f} s")
    finish(Unit, UnitVersion, UnitName, UnitRelation, Person, Post, Appointment, User)
    finish(Document, DocumentText, Clause, NumberSeries, LedgerNumber, RegisterEntry, Task, Obligation, ObligationEvent)
    return country


def _units(country: Country) -> int:
    """The committee, its office, the provinces and their communes."""
    rows = [("Trung ương thử", "committee", "province", None), ("Văn phòng Trung ương thử", "office", "province", 1)]
    for number in range(1, PROVINCES + 1):
        country.provinces.append(len(rows) + 1)
        rows.append((f"Tỉnh {number}", "committee", "province", 1))
    for number in range(1, country.sizes.communes + 1):
        parent = country.provinces[number % PROVINCES]
        country.communes.append(len(rows) + 1)
        rows.append((f"Xã {number} {country.words(1, 2)}", "commune", "commune", parent))
    insert(Unit, ({"id": pk, "uid": country.uid(), "root_id": 1} for pk in range(1, len(rows) + 1)))
    insert(
        UnitVersion,
        (
            {"id": pk, "unit_id": pk, "kind": kind, "level": level, "position": pk, "valid_from": SINCE}
            for pk, (_name, kind, level, _parent) in enumerate(rows, 1)
        ),
    )
    insert(
        UnitName,
        (
            {
                "id": pk,
                "version_id": pk,
                "language": "vi",
                "name": name,
                "folded": fold(name),
                "sort_key": sort_key(name),
            }
            for pk, (name, *_rest) in enumerate(rows, 1)
        ),
    )
    line = [(pk, parent) for pk, (*_rest, parent) in enumerate(rows, 1) if parent]
    relations = [(Hierarchy.LINE, unit, parent) for unit, parent in line] + [(Hierarchy.SERVES, 2, 1)]
    insert(
        UnitRelation,
        (
            {"id": pk, "hierarchy": str(hierarchy), "unit_id": unit, "parent_id": parent, "valid_from": SINCE}
            for pk, (hierarchy, unit, parent) in enumerate(relations, 1)
        ),
    )
    return len(rows) + closure.rebuild(Hierarchy.LINE) + closure.rebuild(Hierarchy.SERVES)


def _people(country: Country) -> int:
    """A leader, a chief and ten specialists at the centre; a head in each province; a focal point in each commune."""
    posts = [(1, "leader", "Bí thư"), (2, "chief", "Chánh Văn phòng")]
    posts += [(2, "specialist", f"Chuyên viên {number}") for number in range(1, 11)]
    posts += [(unit, "unit_head", "Chủ tịch tỉnh") for unit in country.provinces]
    posts += [(unit, "focal_point", "Công chức văn phòng") for unit in country.communes]
    numbered = list(enumerate(posts, 1))
    insert(
        Person,
        (
            {
                "id": pk,
                "uid": country.uid(),
                "name": f"{title} {pk}",
                "sort_key": sort_key(title),
                "folded": fold(title),
                "email": f"{role}{pk}@example.org",
            }
            for pk, (_unit, role, title) in numbered
        ),
    )
    insert(
        Post,
        (
            {"id": pk, "uid": country.uid(), "unit_id": unit, "role": role, "title": title, "valid_from": SINCE}
            for pk, (unit, role, title) in numbered
        ),
    )
    insert(
        Appointment,
        (
            {"id": pk, "uid": country.uid(), "person_id": pk, "post_id": pk, "valid_from": SINCE, "kind": "holder"}
            for pk, _post in numbered
        ),
    )
    insert(
        User,
        (
            {"id": pk, "uid": country.uid(), "username": f"{role}{pk}", "person_id": pk, "password": "!"}
            for pk, (_unit, role, _title) in numbered
        ),
    )
    return 4 * len(posts)


def _documents(country: Country) -> int:
    """Directing documents with their line in the register, a text and twenty cited passages each."""
    count = country.sizes.documents
    texts = {pk: [country.words(15, 40) for _ in range(20)] for pk in range(1, count + 1)}

    def issued(pk: int) -> datetime.date:
        return country.today - datetime.timedelta(days=700 * (count - pk) // count)

    insert(
        Document,
        (
            {
                "id": pk, "uid": country.uid(), "root_id": 1, "family": "party", "kind": "directive", "number": pk,
                "symbol": f"{pk}-CT/TW", "issuer_id": 1, "issued_on": issued(pk), "summary": country.words(12, 25),
                "is_directive": True, "created_by_id": 2, "created_at": _noon(issued(pk)),
            }
            for pk in texts
        ),
    )  # fmt: skip
    insert(
        NumberSeries,
        [
            {
                "id": 1, "uid": country.uid(), "root_id": 1, "unit_id": 1, "direction": "out", "family": "party",
                "period_type": "term", "period": "2025-2030", "group": "directive", "last": count,
                "opened_on": issued(1),
            }
        ],
    )  # fmt: skip
    insert(
        LedgerNumber,
        (
            {
                "id": pk, "uid": country.uid(), "series_id": 1, "number": pk, "state": "used", "document_id": pk,
                "taken_by_id": 2, "taken_at": _noon(issued(pk)),
            }
            for pk in texts
        ),
    )  # fmt: skip
    insert(
        RegisterEntry,
        (
            {
                "id": pk, "uid": country.uid(), "root_id": 1, "unit_id": 2, "document_id": pk, "direction": "out",
                "series_id": 1, "taken_id": pk, "number": pk, "entered_on": issued(pk), "entered_by_id": 2,
            }
            for pk in texts
        ),
    )  # fmt: skip
    insert(
        DocumentText,
        (
            {
                "id": pk, "document_id": pk, "language": "vi", "extractor": "pasted", "text": ". ".join(sentences),
                "segments": [], "digest": f"{pk:064}",
            }
            for pk, sentences in texts.items()
        ),
    )  # fmt: skip
    return 3 * count + insert(Clause, _passages(country, texts))


def _passages(country: Country, texts: dict[int, list[str]]) -> Iterator[dict[str, Any]]:
    for document, sentences in texts.items():
        start = 0
        for position, sentence in enumerate(sentences, 1):
            country.clauses.append(len(country.clauses) + 1)
            yield {
                "id": len(country.clauses), "uid": country.uid(), "document_id": document, "text_version_id": document,
                "position": position, "start": start, "end": start + len(sentence), "text": sentence,
                "digest": f"{len(country.clauses):064}",
            }  # fmt: skip
            start += len(sentence) + 2


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(5), datetime.UTC)


@dataclass(frozen=True, slots=True)
class Made:
    """What the parts need to know of their task."""

    task: int
    clause: int
    issued: datetime.date
    due: datetime.date | None


_made: list[Made] = []


def _tasks(country: Country) -> int:
    """Issued over the last two years, due within four months; one in twenty without a deadline."""
    _made.clear()
    return insert(Task, (_task(country, pk) for pk in range(1, country.sizes.tasks + 1)))


def _task(country: Country, pk: int) -> dict[str, Any]:
    dice = country.dice
    issued = country.today - datetime.timedelta(days=dice.randint(0, 730))
    due = None if dice.random() < 0.05 else issued + datetime.timedelta(days=dice.randint(5, 120))
    clause = dice.choice(country.clauses)
    content = country.words(12, 35) + (f" {RARE}" if pk % 1000 == 1 else "")
    _made.append(Made(pk, clause, issued, due))
    return {
        "id": pk, "uid": country.uid(), "root_id": 1, "kind": "execute", "content": content,
        "product": "Báo cáo", "language": "vi", "source_document_id": (clause - 1) // 20 + 1,
        "source_clause_id": clause, "position": pk % 1000, "assigner_unit_id": 1, "assigner_post_id": 2,
        "assigner_id": 2, "follower_id": 3 + pk % 10, "due_on": due, "due_precision": "day" if due else "standing",
        "due_sort": due or NO_DUE_DATE, "is_standing": due is None, "is_fan_out": pk <= country.sizes.fan_outs,
        "state": "issued", "issued_on": issued, "issued_at": _noon(issued), "rules_on": issued, "created_by_id": 3,
        "created_at": _noon(issued),
    }  # fmt: skip


def _holders(country: Country) -> Iterator[list[int]]:
    """Yield the units of each task, the lead first; a fan-out goes to the office and every commune."""
    sizes, dice = country.sizes, country.dice
    departments = [country.office, *country.provinces]
    others = sizes.tasks - sizes.fan_outs
    average = max(1.0, (sizes.parts - sizes.fan_outs * sizes.communes) / others - 1)
    for number in range(1, sizes.tasks + 1):
        if number <= sizes.fan_outs:
            yield [country.office, *country.communes]
            continue
        lead = dice.choice(departments)
        partners = min(round(dice.expovariate(1 / average)) if average > 1 else 1, 60, sizes.communes)
        yield [lead, *dice.sample(country.communes, partners)]


# What became of a part: state, its share of all, and the events after the first that led there.
FATES = (
    ("verified", 0.56, ("received", "submitted", "verified")),
    ("nothing", 0.04, ("nothing", "verified")),
    ("submitted", 0.08, ("received", "submitted")),
    ("in_progress", 0.12, ("received", "progress")),
    ("more_needed", 0.02, ("received", "submitted", "sent_back")),
    ("received", 0.08, ("received",)),
    ("issued", 0.10, ()),
)
_AFTER = {"submitted": "submitted", "verified": "verified", "sent_back": "more_needed", "progress": "in_progress"}
_BATCH = 50_000


def _parts(country: Country) -> int:
    """Parts of every task, and for each the events that made it what it is."""
    parts: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    total = made_events = 0
    for made, holders in zip(_made, _holders(country), strict=True):
        act = country.uid()
        for place, holder in enumerate(holders):
            part, history = _part(country, total + len(parts) + 1, made, holder, place, act)
            parts.append(part)
            for event in history:
                event["id"] = made_events + len(events) + 1
                events.append(event)
        if len(parts) >= _BATCH:
            total += insert(Obligation, parts)
            made_events += insert(ObligationEvent, events)
            parts.clear()
            events.clear()
    return total + insert(Obligation, parts) + made_events + insert(ObligationEvent, events)


def _part(
    country: Country, pk: int, made: Made, holder: int, place: int, act: UUID
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return one part and its history."""
    dice = country.dice
    state, _share, path = dice.choices(FATES, [fate[1] for fate in FATES])[0]
    submitted = completed = None
    day, now = made.issued, "issued"
    soon = made.due - datetime.timedelta(days=3) if made.due else None
    history = [_event(country, pk, "issued", act, day, now, made.due, soon, None, None)]
    for kind in path:
        day = min(country.today, day + datetime.timedelta(days=dice.randint(0, 30)))
        if kind in {"submitted", "nothing"}:
            submitted, now = day, "submitted"
        elif kind == "verified":
            completed, now = day, state
        else:
            now = _AFTER.get(kind, kind)
        submitted = None if now == "more_needed" else submitted
        history.append(_event(country, pk, kind, country.uid(), day, now, made.due, soon, submitted, completed))
    blocked = state == "in_progress" and dice.random() < 0.1
    history[-1]["blocked_after"] = blocked
    part = {
        "id": pk, "uid": country.uid(), "root_id": 1, "kind": "contribution", "task_id": made.task, "owner_id": holder,
        "holder_id": holder, "creditor_id": 1, "role": "lead" if place == 0 else "addressee",
        "original_due_on": made.due, "due_on": made.due, "due_precision": "day" if made.due else "standing",
        "due_sort": made.due or NO_DUE_DATE, "soon_on": soon, "state": state, "issued_on": made.issued,
        "submitted_on": submitted, "answer": "" if submitted is None else "nothing" if state == "nothing" else "done",
        "completed_on": completed, "source_clause_id": made.clause, "is_blocked": blocked,
        "waiting_since": _noon(submitted) if state == "submitted" and submitted else None,
        "last_word": country.words(4, 12) if state == "in_progress" else "",
        "last_word_at": _noon(day) if state == "in_progress" else None,
    }  # fmt: skip
    return part, history


def _event(
    country: Country,
    part: int,
    kind: str,
    act: UUID,
    day: datetime.date,
    state: str,
    due: datetime.date | None,
    soon: datetime.date | None,
    submitted: datetime.date | None,
    completed: datetime.date | None,
) -> dict[str, Any]:
    return {
        "uid": country.uid(), "obligation_id": part, "kind": kind, "act": act, "effective_on": day,
        "recorded_at": _noon(day), "person_id": 2, "post_id": 2, "unit_id": 1, "state_after": state, "due_after": due,
        "soon_after": soon, "submitted_after": submitted, "completed_after": completed,
    }  # fmt: skip


def _search(country: Country) -> int:
    """Every task and every paper with its passages can be found."""
    count = 0
    for document in Document.objects.order_by("pk"):
        clauses = list(document.clauses.order_by("pk"))
        index_document(document)
        index_clauses(clauses, document)
        count += 1 + len(clauses)
    for start in range(1, country.sizes.tasks + 1, 2000):
        rows = Task.objects.filter(pk__range=(start, start + 1999)).select_related("source_document")
        put_tasks(rows)
        count += len(rows)
    return count
