"""Nothing that a page, count, search, export, feed or the API shows goes beyond what the rule of sight gives.

The rule stands here once more, in plain Python over the units of the small province; `visible_to` and every door
that builds on it are held against it for made-up offices full of work.
"""

import datetime
import io
import re
from dataclasses import dataclass

import openpyxl
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prytany.accounts.models import Clearance
from prytany.accounts.services.api_tokens import create_token
from prytany.accounts.tests.world import POSTS, UNITS, make_world
from prytany.audit.models import AuditEvent
from prytany.audit.recording import record
from prytany.core import clock, levels, remembered
from prytany.core.permissions import Permission
from prytany.documents.models import Document, LedgerNumber, NumberSeries, RegisterEntry
from prytany.notifications import feeds
from prytany.notifications.services import open_feed
from prytany.organisation.roles import ROLES, Over
from prytany.search import finding
from prytany.work import counts, lists
from prytany.work.indexing import put_tasks
from prytany.work.models import Obligation, Task
from prytany.work.models.states import COUNTED_STATES
from prytany.work.models.task import NO_DUE_DATE

INSIDE = [key for key in UNITS if key != "elsewhere"]
ACTORS = [key for key in POSTS if key != "stranger"]
STATES = ["draft", "issued", "in_progress", "with_head", "submitted", "verified", "cancelled"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Work:
    """One task with one part: who assigned it, who holds the part, how it stands."""

    assigner: str
    holder: str
    state: str
    level: int
    is_sub_task: bool
    days: int | None


@dataclass(frozen=True)
class Paper:
    """One paper in one register."""

    unit: str
    level: int
    is_void: bool


places = st.sampled_from([*INSIDE, "elsewhere"])
open_levels = st.sampled_from([levels.OPEN, levels.INTERNAL, levels.SECRET])
works = st.builds(
    Work, places, places, st.sampled_from(STATES), open_levels, st.booleans(), st.none() | st.integers(-40, 40)
).filter(lambda work: (work.assigner == "elsewhere") == (work.holder == "elsewhere"))
papers = st.builds(Paper, places, open_levels, st.booleans())


def subtree(top):
    """Return the unit and all below it, by the table of the small province."""
    below = {top}
    for _step in UNITS:
        below |= {key for key, (_name, under, *_rest) in UNITS.items() if under in below}
    return below


def served_by(unit):
    """Return the body that the unit, or the nearest unit above it, serves."""
    while unit is not None:
        _name, under, serves, *_rest = UNITS[unit]
        if serves:
            return serves
        unit = under
    return None


def reach(actor, permission):
    """Return the units in which the holder of a post has a permission, as the roles describe it."""
    unit, role, _title = POSTS[actor]
    over = ROLES[role].permissions.get(permission)
    if over is None:
        return set()
    return {Over.OWN: {unit}, Over.BELOW: subtree(unit), Over.SERVED: subtree(served_by(unit) or unit)}[over]


def is_inside(actor, work):
    """The rule for a sub-task: seen in the unit that gave it to itself and in those below it, by nobody above."""
    return not work.is_sub_task or POSTS[actor][0] in subtree(work.assigner)


def sees_part(actor, work):
    """The rule for a part: its holder or creditor within reach, up to the clearance, not a draft, not inside others."""
    units = reach(actor, Permission.TASK_READ)
    within = work.holder in units or work.assigner in units
    return within and is_inside(actor, work) and work.level <= levels.INTERNAL and work.state != "draft"


def sees_task(actor, work):
    """The rule for a task: assigned or owed within reach; a draft by who drafts or assigns there."""
    if work.level > levels.INTERNAL or not is_inside(actor, work):
        return False
    if work.state == "draft":
        return work.assigner in reach(actor, Permission.TASK_DRAFT) | reach(actor, Permission.TASK_ASSIGN)
    return sees_part(actor, work) or work.assigner in reach(actor, Permission.TASK_READ)


def sees_paper(actor, paper):
    """The rule for a paper: a register within reach in which its line stands, up to the clearance."""
    within = paper.unit in reach(actor, Permission.DOCUMENT_READ)
    return within and paper.level <= levels.INTERNAL and not paper.is_void


class VisibilityTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        world = make_world()
        # A function is shared by the tests as it is, where an object would be copied for each.
        cls.made_world = lambda _self: world

    @property
    def world(self):
        """The small province."""
        return self.made_world(self)

    def setUp(self):
        remembered.forget_all()

    def build(self, layout, registers):
        """Write the tasks and papers; return them by their numbers, which stand in every text."""
        parent = self.make_task(0, Work("office", "home", "issued", levels.OPEN, False, None), None)
        Obligation.objects.filter(task=parent).delete()
        Task.objects.filter(pk=parent.pk).update(state="cancelled", level=levels.SECRET)
        made = {number: self.make_task(number, work, parent) for number, work in enumerate(layout, 1)}
        put_tasks(made.values())
        papers = {number: self.make_paper(number, paper) for number, paper in enumerate(registers, 1)}
        return made, papers

    def make_task(self, number, work, parent):
        root = self.world.units["elsewhere" if work.assigner == "elsewhere" else "root"]
        today = clock.today()
        due = today + datetime.timedelta(days=work.days) if work.days is not None else None
        assigner = self.world.units[work.assigner]
        is_draft = work.state == "draft"
        task = Task.objects.create(
            root=root,
            content=f"Rà soát việc số {number}",
            assigner_unit=assigner,
            created_by=self.world.person("stranger"),
            due_on=due,
            due_sort=due or NO_DUE_DATE,
            state="draft" if is_draft else "issued",
            issued_on=None if is_draft else today,
            level=work.level,
            parent=parent if work.is_sub_task else None,
        )
        Obligation.objects.create(
            root=root,
            task=task,
            owner=self.world.units[work.holder],
            holder=self.world.units[work.holder],
            creditor=assigner,
            role="lead",
            state=work.state,
            due_on=due,
            due_sort=due or NO_DUE_DATE,
            level=work.level,
            is_inner=work.is_sub_task,
            submitted_on=today if work.state in ("submitted", "verified") else None,
            completed_on=today if work.state == "verified" else None,
        )
        return task

    def make_paper(self, number, paper):
        unit = self.world.units[paper.unit]
        root = unit.root or unit
        document = Document.objects.create(
            root=root,
            family="party",
            kind="notice",
            symbol=f"{number}-TB/VPTU",
            summary=f"Thông báo số {number}",
            level=paper.level,
            created_by=self.world.person("stranger"),
        )
        series, _made = NumberSeries.objects.get_or_create(
            root=root,
            unit=unit,
            direction="in",
            period_type="year",
            period="2026",
            defaults={"opened_on": clock.today()},
        )
        stranger = self.world.person("stranger")
        taken = LedgerNumber.objects.create(
            series=series, number=number, state="used", document=document, taken_by=stranger
        )
        RegisterEntry.objects.create(
            root=root,
            unit=unit,
            document=document,
            direction="in",
            series=series,
            taken=taken,
            number=number,
            entered_on=clock.today(),
            entered_by=self.world.person("stranger"),
            voided_at=clock.now() if paper.is_void else None,
            void_reason="Ghi nhầm" if paper.is_void else "",
        )
        return document

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(works, max_size=12), st.lists(papers, max_size=6), st.sampled_from(ACTORS))
    def test_what_is_in_sight_is_what_the_rule_says(self, layout, registers, actor):
        tasks, documents = self.build(layout, registers)
        scope = self.world.scope(actor)
        parts = {number for number, work in enumerate(layout, 1) if sees_part(actor, work)}
        numbers = {task.pk: number for number, task in tasks.items()}

        found = Obligation.objects.visible_to(scope)
        assert {numbers[part.task_id] for part in found} == parts
        seen = {number for number, work in enumerate(layout, 1) if sees_task(actor, work)}
        assert {numbers[task.pk] for task in Task.objects.visible_to(scope)} == seen
        read = {number for number, paper in enumerate(registers, 1) if sees_paper(actor, paper)}
        assert set(Document.objects.visible_to(scope)) == {documents[number] for number in read}

    @settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(works, max_size=12), st.sampled_from(ACTORS))
    def test_counts_lists_exports_search_and_api_agree(self, layout, actor):
        tasks, _documents = self.build(layout, [])
        scope = self.world.scope(actor)
        parts = {number for number, work in enumerate(layout, 1) if sees_part(actor, work)}
        # Sub-tasks are a unit's own way of working and stand in no figure.
        counted = {
            number
            for number in parts
            if layout[number - 1].state in COUNTED_STATES and not layout[number - 1].is_sub_task
        }

        six = counts.facts(scope).total()
        assert (sum(six.counts.values()), six.total) == (len(counted), len(counted))
        for view in lists.VIEWS.values():
            assert set(view.rows(scope)) <= set(Obligation.objects.visible_to(scope)), view
        shown = {number for number in parts if tasks[number].obligations.get() in set(lists.VIEWS["parts"].rows(scope))}
        assert self.exported(actor, tasks, parts) == parts
        hits = finding.find(scope, "rà soát việc").hits
        findable = {n for n, work in enumerate(layout, 1) if sees_task(actor, work) and work.state != "draft"}
        assert {hit.target_id for hit in hits} == {tasks[number].pk for number in findable}
        self.assert_api(actor, scope, shown, len(counted), {n for n, w in enumerate(layout, 1) if sees_task(actor, w)})

    def exported(self, actor, tasks, parts):
        """Return the numbers in the workbook of all rows that exist, asked for by this person."""
        client = Client()
        client.force_login(self.world.user(actor), backend=BACKEND)
        rows = [str(uid) for uid in Obligation.objects.values_list("uid", flat=True)]
        response = client.post(reverse("work:bulk"), {"act": "xlsx", "row": rows})
        if response.status_code == 302:
            return set()  # nothing of what was asked for is in sight
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
        return numbers_in(" ".join(str(cell) for line in sheet.values for cell in line))

    def assert_api(self, actor, scope, shown, counted, seen):
        rights = [permission.value for permission in scope.grants]
        _row, key = create_token(
            scope=scope, appointment=self.world.posts[actor], name="x", permissions=rights, expires_on=scope.today
        )
        client = Client(headers={"Authorization": f"Bearer {key}"})
        listed = client.get("/api/v1/parts?size=100").json()["items"]
        by_uid = {str(part.task.uid): part.task for part in Obligation.objects.select_related("task")}
        assert {n for item in listed for n in numbers_in(by_uid[item["task"]].content)} == shown
        assert client.get("/api/v1/overview").json()["total"] == counted
        items = client.get("/api/v1/tasks?size=100").json()["items"]
        assert {n for item in items for n in numbers_in(item["content"])} == seen

    @settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(works, max_size=12), st.sampled_from(ACTORS))
    def test_pages_and_feed_name_nothing_out_of_sight(self, layout, actor):
        self.build(layout, [])
        scope = self.world.scope(actor)
        seen = {number for number, work in enumerate(layout, 1) if sees_task(actor, work)}
        client = Client()
        client.force_login(self.world.user(actor), backend=BACKEND)
        for address in ("work:desk", "work:tasks", "work:overview", "search:find"):
            page = client.get(reverse(address), {"q": "rà soát việc"} if address == "search:find" else {})
            assert numbers_in(page.content.decode()) <= seen, address
        feed = feeds.feed_of(open_feed(scope=scope))
        open_work = {number for number in seen if layout[number - 1].level == levels.OPEN}
        assert numbers_in(feeds.calendar_of(feed).decode()) <= open_work

    @given(st.lists(works, max_size=8), st.sampled_from(["auditor", "admin", "chief"]))
    @settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
    def test_log_holds_the_own_root_up_to_the_clearance_and_names_what_is_in_sight(self, layout, actor):
        tasks, _documents = self.build(layout, [])
        for task in tasks.values():
            far = task.root_id != self.world.root.pk
            record(self.world.scope("stranger" if far else "chief"), action="task.issue", target=task)
        reads = actor != "chief"
        wanted = {
            tasks[number].uid
            for number, work in enumerate(layout, 1)
            if reads and work.assigner != "elsewhere" and work.level <= levels.INTERNAL
        }
        events = AuditEvent.objects.visible_to(self.world.scope(actor)).filter(action="task.issue")
        assert {event.target_uid for event in events} == wanted
        if reads:
            client = Client()
            client.force_login(self.world.user(actor), backend=BACKEND)
            seen = {number for number, work in enumerate(layout, 1) if sees_task(actor, work)}
            assert numbers_in(client.get(reverse("audit:log")).content.decode()) <= seen

    def test_clearance_opens_what_the_reach_covers_and_no_more(self):
        work = Work("office", "home", "issued", levels.SECRET, False, None)
        tasks, _documents = self.build([work, Work("elsewhere", "elsewhere", "issued", levels.SECRET, False, None)], [])
        assert not Obligation.objects.visible_to(self.world.scope("home_head")).exists()
        Clearance.objects.create(
            person=self.world.person("home_head"), level=levels.SECRET, basis="QĐ", valid_from=clock.today()
        )
        found = Obligation.objects.visible_to(self.world.scope("home_head"))
        assert [part.task for part in found] == [tasks[1]]


def numbers_in(text):
    """Return the numbers of the tasks that a text names."""
    return {int(number) for number in re.findall(r"việc số (\d+)", re.sub(r"\r\n |</?\w+>", "", text))}
