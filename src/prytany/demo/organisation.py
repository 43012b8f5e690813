"""Loads who exists in the demo: bodies and places with their history, posts, invented staff, accounts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from anyascii import anyascii
from django.contrib.auth.hashers import make_password
from django.db import transaction

from prytany.accounts.models import User
from prytany.accounts.scopes import scope_of, system_scope
from prytany.accounts.services import set_letterhead
from prytany.audit.recording import record_many
from prytany.core import clock
from prytany.core.scope import Scope
from prytany.demo import bodies, staff
from prytany.demo.bodies import BEFORE, LANGUAGES, PARTNERS, PARTY, ROOT, STATE, Body, place_names
from prytany.demo.places import Place, Places, load_places
from prytany.organisation import services
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.models import Appointment, Person, Post, Unit
from prytany.organisation.specs import NameSpec, UnitSpec
from prytany.workdays.models import CalendarDay
from prytany.workdays.services import mark_day

OLD = datetime.date.fromisoformat(bodies.OLD)
# Since this day the province had the 194 communes that were divided anew on 1 July 2025.
COMMUNES_OF_2024 = datetime.date(2024, 12, 1)
TWO_TIERS = datetime.date(2025, 7, 1)
STAFF_SINCE = datetime.date(2025, 7, 1)
# Communes where the head sees an answer before it leaves.
HEAD_CHECKS = {"ky.lua", "dong.kinh"}


@dataclass
class Office:
    """What was loaded, by the keys of the tables: units, appointments by sign-in name, the communes in order."""

    root: Unit
    units: dict[str, Unit] = field(default_factory=dict)
    communes: list[Unit] = field(default_factory=list)
    commune_keys: dict[int, str] = field(default_factory=dict)
    held: dict[str, Appointment] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)

    def scope(self, account: str, day: datetime.date) -> Scope:
        """Return the scope of an account's holder on a day."""
        if account not in self.scopes:
            self.scopes[account] = scope_of(Appointment.objects.get(pk=self.held[account].pk))
        return replace(self.scopes[account], today=day)

    def person(self, account: str) -> Person:
        """Return the person who signs in as `account`."""
        return self.held[account].person

    def post(self, account: str) -> Post:
        """Return the post of `account`."""
        return self.held[account].post

    def focal(self, commune: Unit) -> str:
        """Return the sign-in name of a commune's focal point."""
        return self.commune_keys[commune.pk]


def _specs_uid(uids: dict[str, UUID], body: Body) -> UnitSpec:
    names = tuple(
        NameSpec(language, name, body.short if language == "vi" else "", body.symbol if language == "vi" else "")
        for language, name in zip(LANGUAGES, body.names, strict=True)
    )
    spec = UnitSpec(
        names=names,
        kind=body.kind,
        level="province",
        code=body.symbol or "",
        parent=uids.get(body.under),
        serves=uids.get(body.serves),
        aliases=body.aliases,
    )
    uids[body.key] = spec.uid
    return spec


def _place_spec(place: Place, parent: UUID, level: str, position: int) -> UnitSpec:
    names = tuple(
        NameSpec(language, name)
        for language, name in zip(LANGUAGES, place_names(place.kind, place.own_name), strict=True)
    )
    return UnitSpec(names=names, kind=place.kind, level=level, code=place.code, parent=parent, position=position)


@transaction.atomic
def load_units(now: datetime.datetime) -> Office:
    """Create the root, the bodies and places of before, and what the acts of 2025 made of them."""
    uids: dict[str, UUID] = {}
    with clock.at(_instant(OLD, now)):
        root = services.create_root(scope=system_scope(None), spec=_specs_uid(uids, ROOT), on=OLD)
        scope = system_scope(root.pk)
        first = [body for body in (*PARTY, *STATE, *BEFORE, *PARTNERS) if not body.of]
        _create(scope, root, [_specs_uid(uids, body) for body in first], OLD)
    places = load_places()
    districts, old = _load_old_places(scope, root, uids, places, now)
    _merge_bodies(scope, root, uids, now)
    communes = _load_communes(scope, root, uids, places, districts, old, now)
    office = Office(root)
    units = {unit.uid: unit for unit in Unit.objects.filter(root=root)}
    office.units = {key: units[uid] for key, uid in uids.items()}
    office.communes = [units[uid] for uid in communes.values()]
    slugs = _slugs(places.communes)
    office.commune_keys = {units[uid].pk: slugs[key] for key, uid in communes.items()}
    return office


def _instant(day: datetime.date, now: datetime.datetime) -> datetime.datetime:
    return min(datetime.datetime.combine(day, datetime.time(8), tzinfo=now.tzinfo), now)


def _create(scope: Scope, root: Unit, specs: list[UnitSpec], on: datetime.date, decision: str = "") -> None:
    services.create_units(scope=scope, root=root, specs=specs, on=on, decision=decision)


def _load_old_places(
    scope: Scope, root: Unit, uids: dict[str, UUID], places: Places, now: datetime.datetime
) -> tuple[dict[str, UUID], dict[str, UUID]]:
    specs = [_place_spec(place, uids["root"], "district", i) for i, place in enumerate(places.districts)]
    districts = {place.key: spec.uid for place, spec in zip(places.districts, specs, strict=True)}
    with clock.at(_instant(OLD, now)):
        _create(scope, root, specs, OLD)
    specs = [_place_spec(p, districts[p.district], "commune", i) for i, p in enumerate(places.old_communes)]
    with clock.at(_instant(COMMUNES_OF_2024, now)):
        _create(scope, root, specs, COMMUNES_OF_2024)
    return districts, {place.key: spec.uid for place, spec in zip(places.old_communes, specs, strict=True)}


def _act(
    scope: Scope,
    root: Unit,
    title: str,
    decision: str,
    decided_on: datetime.date,
    in_force_on: datetime.date,
    steps: Iterable[Step],
    now: datetime.datetime,
) -> None:
    with clock.at(_instant(decided_on, now)):
        act = services.draft_change_act(
            scope=scope, root=root, title=title, decision=decision, decided_on=decided_on, in_force_on=in_force_on
        )
        for step in steps:
            services.add_step(scope=scope, act=act, step=step)
        services.apply_change_act(scope=scope, act=act)


def _merge_bodies(scope: Scope, root: Unit, uids: dict[str, UUID], now: datetime.datetime) -> None:
    """Merge two boards of the committee and, a month later, eleven departments into six."""
    for day, decided_on, title, decision in (
        (
            bodies.BOARDS_MERGED,
            datetime.date(2025, 1, 24),
            "Hợp nhất Ban Tuyên giáo và Ban Dân vận",
            "Quyết định của Ban Thường vụ Tỉnh ủy (bản demo)",
        ),
        (
            bodies.DEPARTMENTS_MERGED,
            datetime.date(2025, 2, 18),
            "Sắp xếp các cơ quan chuyên môn thuộc UBND tỉnh",
            "Nghị quyết 04/NQ-HĐND ngày 18/02/2025",
        ),
    ):
        made = [body for body in (*PARTY, *STATE) if body.since == day and body.of]
        steps = [
            Step(StepKind.MERGE, units=tuple(uids[key] for key in body.of), new=(_specs_uid(uids, body),))
            for body in made
        ]
        _act(scope, root, title, decision, decided_on, datetime.date.fromisoformat(day), steps, now)


def _load_communes(
    scope: Scope,
    root: Unit,
    uids: dict[str, UUID],
    places: Places,
    districts: dict[str, UUID],
    old: dict[str, UUID],
    now: datetime.datetime,
) -> dict[str, UUID]:
    """Make the 65 communes of the 194 before, end the districts; two communes were divided between neighbours."""
    specs = {place.key: _place_spec(place, uids["root"], "commune", i) for i, place in enumerate(places.communes)}
    new = {key: spec.uid for key, spec in specs.items()}
    steps = [Step(StepKind.CREATE, new=tuple(specs.values()))]
    for key, uid in new.items():
        whole = tuple(old[was] for was, became in places.became.items() if became == [key])
        if whole:
            steps.append(Step(StepKind.MERGE, units=whole, into=(uid,)))
    for was, became in places.became.items():
        if len(became) > 1:
            steps.append(Step(StepKind.SPLIT, units=(old[was],), into=tuple(new[key] for key in became)))
    steps.append(
        Step(
            StepKind.ABOLISH,
            units=tuple(districts.values()),
            share="Kết thúc hoạt động của đơn vị hành chính cấp huyện",
        )
    )
    _act(
        scope,
        root,
        "Sắp xếp đơn vị hành chính cấp xã, chính quyền địa phương hai cấp",
        "Nghị quyết 1672/NQ-UBTVQH15 ngày 16/6/2025",
        datetime.date(2025, 6, 16),
        TWO_TIERS,
        steps,
        now,
    )
    return new


def _slugs(places: Iterable[Place]) -> dict[str, str]:
    """Return a sign-in name for each commune: mau.son, ky.lua."""
    return {place.key: anyascii(place.own_name).lower().replace(" ", ".") for place in places}


# Staff


@transaction.atomic
def load_staff(office: Office, now: datetime.datetime) -> None:
    """Open posts, fill each with one person named by post, give all of them accounts with the demo's password."""
    scope = system_scope(office.root.pk)
    since = min(STAFF_SINCE, now.date())
    with clock.at(_instant(since, now)):
        for position, seat in enumerate(staff.SEATS):
            _seat(office, scope, office.units[seat.body], seat, position, since)
        for commune in office.communes:
            slug = office.focal(commune)
            head = staff.Seat("", "party_secretary", "unit_head", f"{slug}.head")
            _seat(office, scope, commune, head, 0, since)
            _seat(office, scope, commune, staff.Seat("", "office_clerk", "focal_point", slug), 1, since)
    office.held["newcomer"] = _newcomer(office, scope, now)
    _accounts(office, now)
    taken = [held.pk for account, held in office.held.items() if account != "newcomer"]
    Appointment.objects.filter(pk__in=taken).update(taken_over_at=_instant(since, now))
    _charges(office, scope)


def _seat(office: Office, scope: Scope, unit: Unit, seat: staff.Seat, position: int, since: datetime.date) -> None:
    titles = dict(zip(LANGUAGES, staff.TITLES[seat.title], strict=True))
    title = f"{titles['vi']} {seat.suffix}".strip()
    post = services.create_post(
        scope=scope,
        unit=unit,
        role=seat.role,
        title=title,
        on=since,
        titles={language: f"{text} {seat.suffix}".strip() for language, text in titles.items()},
        fields=seat.fields,
        position=position,
    )
    name = unit.versions.get(valid_to=None).names.get(language="vi")
    place = name.short or name.name
    person, held = services.create_person(
        scope=scope, name=f"{title} {place}, {staff.MARK}", post=post, on=since, language="vi"
    )
    held.post, held.person = post, person
    office.held[seat.account] = held


def _newcomer(office: Office, scope: Scope, now: datetime.datetime) -> Appointment:
    """Let somebody new come, yesterday, to the post of a holder who left it: for the page Take-over."""
    left, yesterday = office.held["newcomer"], now.date() - datetime.timedelta(days=1)
    name, mark = left.person.name, f", {staff.MARK}"
    with clock.at(_instant(yesterday, now)):
        services.edit_person(scope=scope, person=left.person, name=name.replace(mark, f" (đã nghỉ hưu){mark}"))
        services.end_appointment(scope=scope, appointment=left, on=yesterday, reason="Nghỉ hưu")
        person, held = services.create_person(scope=scope, name=name, post=left.post, on=yesterday, language="vi")
    held.post, held.person = left.post, person
    return held


def _accounts(office: Office, now: datetime.datetime) -> None:
    password = make_password(staff.PASSWORD)
    users = [User(username=account, person=held.person, password=password) for account, held in office.held.items()]
    created = User.objects.bulk_create(users)
    with clock.at(_instant(STAFF_SINCE, now)):
        record_many(office.scope("admin", STAFF_SINCE), action="account.create", targets=created)


def _charges(office: Office, scope: Scope) -> None:
    """Give each leader and deputy chief communes and boards to look after."""
    third = len(office.communes) // 3
    for account, units in (
        ("leader", [office.units["office"], office.units["organisation"], *office.communes[:third]]),
        ("leader2", [office.units["people"], *office.communes[third : 2 * third]]),
        ("deputy", [office.units["general"], office.units["digital"]]),
        ("deputy2", [office.units["records"], office.units["finance_party"]]),
    ):
        services.edit_post(scope=scope, post=office.post(account), charge=units)


# What stands around the work


@transaction.atomic
def load_surroundings(office: Office, now: datetime.datetime) -> None:
    """Set the letterheads, a mandate, a day of the calendar, and two absences: one of today, one to come."""
    admin = office.scope("admin", max(STAFF_SINCE, OLD))
    with clock.at(_instant(STAFF_SINCE, now)):
        for key, values in _LETTERHEADS.items():
            set_letterhead(scope=admin, unit=office.units[key], values=values)
        system = system_scope(office.root.pk)
        services.set_mandate(scope=system, unit=office.units["office"], on=STAFF_SINCE, **_MANDATE)
        for unit in (office.units["home"], *(c for c in office.communes if office.focal(c) in HEAD_CHECKS)):
            services.set_up_unit(scope=system, unit=unit, head_checks=True)
    today = now.date()
    day = datetime.timedelta(days=1)
    first = today.replace(day=1)
    saturday = first + (7 + (5 - first.weekday()) % 7) * day
    with clock.at(_instant(STAFF_SINCE, now)):
        mark_day(
            scope=admin,
            unit=office.root,
            on=saturday,
            kind=CalendarDay.Kind.WORKING,
            name="Làm bù theo kế hoạch của tỉnh (bản demo)",
        )
    for absent, substitute, start, days in (
        ("deputy2", "deputy", today - day, 5),
        ("section", "specialist", today + 9 * day, 4),
    ):
        services.set_absence(
            scope=office.scope(absent, today),
            appointments=[office.held[absent]],
            substitute=office.person(substitute),
            on=start,
            until=start + days * day,
            reason="Đi học" if absent == "section" else "Đi công tác",
        )


_LETTERHEADS = {
    "office": {
        "family": "party",
        "superior": "TỈNH ỦY LẠNG SƠN",
        "issuer": "VĂN PHÒNG",
        "symbol": "VPTU",
        "place": "Lạng Sơn",
        "authority": "",
        "signer_title": "CHÁNH VĂN PHÒNG",
    },
    "root": {
        "family": "party",
        "superior": "ĐẢNG CỘNG SẢN VIỆT NAM",
        "issuer": "TỈNH ỦY LẠNG SƠN",
        "symbol": "TU",
        "place": "Lạng Sơn",
        "authority": "T/M BAN THƯỜNG VỤ",
        "signer_title": "PHÓ BÍ THƯ",
    },
}
_MANDATE: dict[str, Any] = {
    "basis": "Quy định chức năng, nhiệm vụ của Văn phòng Tỉnh ủy (bản demo)",
    "mission": "Tham mưu, giúp việc Tỉnh ủy; đầu mối tổng hợp, theo dõi, đôn đốc việc thực hiện văn bản chỉ đạo.",
    "functions": "Tiếp nhận, đăng ký, trình và chuyển văn bản; theo dõi nhiệm vụ; báo cáo định kỳ; lưu trữ.",
    "powers": "Yêu cầu các cơ quan, đơn vị báo cáo tiến độ; trả lại văn bản không đúng thể thức.",
}
