"""Carrying the work out through the services of the organisation and of accounts, and taking it back."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from prytany.accounts.models import User
from prytany.accounts.services import create_accounts, remove_accounts, rename_account
from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.organisation import services
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.models import Appointment, ChangeAct, Person, Post, Unit, UnitAlias
from prytany.organisation.specs import NameSpec, UnitSpec
from prytany.sheets.organisation.checking import Key, PersonRow, PostRow, UnitRow, Work
from prytany.sheets.organisation.known import KnownUnit
from prytany.sheets.registry import Outcome, at_row

ONE_DAY = datetime.timedelta(days=1)


class Apply:
    """One import: creates and changes, and notes for the undo what was there before."""

    def __init__(self, scope: Scope, work: Work) -> None:
        self.scope, self.work = scope, work
        self.root = Unit.objects.get(pk=scope.root_id)
        self.posts: dict[Key, Post] = {}
        self.people: dict[int, Person] = {}  # by number of the row that brought them
        self.undo: dict[str, Any] = defaultdict(list)
        self.counts: dict[str, int] = defaultdict(int)

    def run(self) -> Outcome:
        """Do everything; the caller's transaction makes it all or nothing."""
        self._create_units()
        self._change_units()
        self.units = {
            unit.uid: unit for unit in Unit.objects.filter(root=self.root, uid__in=list(self.work.directory.units))
        }
        for post_row in self.work.posts:
            with at_row(post_row.line):
                self._do_post(post_row)
        for person_row in self.work.people:
            with at_row(person_row.line):
                self._do_person(person_row)
        self._do_accounts()
        return Outcome(dict(self.counts), dict(self.undo))

    # Units

    def _create_units(self) -> None:
        by_day: dict[tuple[datetime.date, str], list[UnitRow]] = defaultdict(list)
        for row in self.work.units:
            if row.known is None:
                by_day[row.unit.since, row.unit.decision].append(row)
        for (day, decision), rows in sorted(by_day.items(), key=lambda item: item[0]):
            specs = tuple(_spec(row.unit, position) for position, row in enumerate(rows))
            act = services.draft_change_act(
                scope=self.scope, root=self.root, title=_("Units from a workbook"), in_force_on=day, decision=decision
            )
            services.add_step(scope=self.scope, act=act, step=Step(StepKind.CREATE, new=specs))
            services.apply_change_act(scope=self.scope, act=act)
            self.undo["acts"].append(str(act.uid))
            self.counts["units"] += len(specs)

    def _change_units(self) -> None:
        for row in self.work.units:
            if row.known is not None and row.line.fate != "changes":
                continue
            values = {key: row.line.get(key) for key in ("contact", "head_checks") if key in row.line.values}
            if not values and not row.new_aliases:
                continue
            unit = Unit.objects.get(uid=row.known.uid if row.known else row.unit.uid)
            with at_row(row.line):
                if values:
                    if row.known is not None:
                        before = {key: getattr(unit, key) for key in values}
                        self.undo["set_up"].append([str(unit.uid), before])
                    services.set_up_unit(scope=self.scope, unit=unit, **values)
                for alias in row.new_aliases:
                    made = services.add_alias(scope=self.scope, unit=unit, alias=alias)
                    self.undo["aliases"].append(str(made.uid))
            if row.known is not None:
                self.counts["changed"] += 1

    # Posts

    def _do_post(self, row: PostRow) -> None:
        key = (row.post.unit, fold(row.post.title))
        charge = [self.units[uid] for uid in row.charge] if row.charge is not None else None
        if row.is_new:
            post = services.create_post(
                scope=self.scope,
                unit=self.units[row.post.unit],
                role=row.post.role,
                title=row.post.title,
                on=row.post.since,
                titles=row.titles,
                fields=row.fields or "",
                charge=charge or (),
            )
            self.posts[key] = post
            self.undo["posts"].append(str(post.uid))
            self.counts["posts"] += 1
        elif row.line.fate == "changes" and row.post.post is not None:
            post = row.post.post
            titles = {title.language: title.title for title in post.titles.all()}
            before = {
                "fields": post.fields,
                "titles": titles,
                "charge": [str(c.unit.uid) for c in post.charges.select_related("unit")],
            }
            self.undo["post_edits"].append([str(post.uid), before])
            merged = {**titles, **row.titles} if row.titles is not None else None
            services.edit_post(scope=self.scope, post=post, fields=row.fields, titles=merged, charge=charge)
            self.counts["changed"] += 1

    def _post(self, key: Key) -> Post:
        if key not in self.posts:
            rows = Post.objects.filter(unit=self.units[key[0]]).exclude(valid_to__lte=self.scope.today)
            self.posts[key] = next(post for post in rows.order_by("pk") if fold(post.title) == key[1])
        return self.posts[key]

    # People

    def _do_person(self, row: PersonRow) -> None:
        line = row.line
        kind = line.get("kind") or Appointment.Kind.HOLDER
        person = self._person(row)
        if person is None:
            person, appointment = services.create_person(
                scope=self.scope,
                name=line.get("name"),
                post=self._post(row.post),
                on=row.since,
                email=line.get("email", ""),
                phone=line.get("phone", ""),
                language=line.get("language", ""),
                kind=kind,
            )
            self.undo["people"].append(str(person.uid))
            self.counts["people"] += 1
        else:
            self._edit_person(row, person)
            if row.holds_already:
                self.people[line.number] = person
                return
            appointment = services.appoint(
                scope=self.scope, person=person, post=self._post(row.post), on=row.since, kind=kind
            )
            self.undo["appointments"].append(str(appointment.uid))
            self.counts["appointments"] += 1
        if until := line.get("until"):
            services.correct_appointment(
                scope=self.scope,
                appointment=appointment,
                on=row.since,
                until=until + ONE_DAY,
                kind=kind,
                decision="",
            )
        self.people[line.number] = person

    def _person(self, row: PersonRow) -> Person | None:
        if row.known is not None:
            return Person.objects.get(pk=row.known.pk)
        return self.people.get(row.first.line.number) if row.first is not None else None

    def _edit_person(self, row: PersonRow, person: Person) -> None:
        wanted = {key: row.line.get(key) for key in ("email", "phone", "language") if row.line.get(key)}
        changes = {key: value for key, value in wanted.items() if value != getattr(person, key)}
        if not changes:
            return
        if row.known is not None:
            self.undo["person_edits"].append([str(person.uid), {key: getattr(person, key) for key in changes}])
            self.counts["changed"] += 1
        services.edit_person(scope=self.scope, person=person, **changes)

    def _do_accounts(self) -> None:
        wanted = {
            self.people[row.line.number].pk: row
            for row in reversed(self.work.people)
            if row.line.get("account") and row.line.number in self.people
        }
        users = create_accounts(scope=self.scope, people=Person.objects.filter(pk__in=wanted))
        for user in users:
            line = wanted[user.person_id or 0].line
            account = line.get("account")
            if account != "*":
                with at_row(line):
                    rename_account(scope=self.scope, user=user, username=account)
            self.undo["accounts"].append(str(user.uid))
        if users:
            self.counts["accounts"] += len(users)


def _spec(unit: KnownUnit, position: int) -> UnitSpec:
    # A short name and a symbol stand with the first language of the unit, as documents print them.
    names = tuple(
        NameSpec(code, name, unit.short if first else "", unit.symbol if first else "")
        for first, (code, name) in zip([True] + [False] * len(unit.names), unit.names.items(), strict=False)
    )
    return UnitSpec(
        names=names,
        kind=unit.kind,
        level=unit.level,
        code=unit.code,
        position=position,
        parent=unit.parent,
        serves=unit.serves,
        aliases=tuple(unit.aliases),
        uid=unit.uid,
    )


def take_back(scope: Scope, undo: Mapping[str, Any]) -> None:
    """Undo an import in the reverse order; a service refuses with DomainError where something hangs on a record."""
    users = User.objects.filter(uid__in=undo.get("accounts", ()))
    remove_accounts(scope=scope, users=users)
    for uid, before in undo.get("person_edits", ()):
        services.edit_person(scope=scope, person=Person.objects.get(uid=uid), **before)
    for appointment in Appointment.objects.filter(uid__in=undo.get("appointments", ())):
        services.withdraw_appointment(scope=scope, appointment=appointment)
    services.remove_people(scope=scope, people=list(Person.objects.filter(uid__in=undo.get("people", ()))))
    for uid, before in undo.get("post_edits", ()):
        charge = Unit.objects.filter(root=scope.root_id, uid__in=before["charge"])
        services.edit_post(
            scope=scope,
            post=Post.objects.get(uid=uid),
            fields=before["fields"],
            titles=before["titles"],
            charge=list(charge),
        )
    for post in Post.objects.filter(uid__in=undo.get("posts", ())):
        services.remove_post(scope=scope, post=post)
    for alias in UnitAlias.objects.filter(uid__in=undo.get("aliases", ())):
        services.remove_alias(scope=scope, alias=alias)
    for uid, before in undo.get("set_up", ()):
        services.set_up_unit(scope=scope, unit=Unit.objects.get(uid=uid), **before)
    for uid in reversed(undo.get("acts", ())):
        services.undo_change_act(scope=scope, act=ChangeAct.objects.get(uid=uid))
