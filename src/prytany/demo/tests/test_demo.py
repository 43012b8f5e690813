"""The demo is a true office: every rule holds in it, and a visitor finds something of everything."""

import datetime
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth import authenticate
from django.test import TestCase, override_settings
from django.test.client import RequestFactory

from prytany.accounts.models import User
from prytany.accounts.scopes import appointments_of, scope_of
from prytany.core import clock, consistency
from prytany.demo import loading
from prytany.demo.finishing import is_demo
from prytany.demo.staff import MARK, PASSWORD, SHOWN
from prytany.documents.models import Document, DocumentText, RegisterEntry, TrayItem
from prytany.documents.registers import home_unit
from prytany.notifications.models import Delivery, Notice
from prytany.organisation.models import Hierarchy, Person, Succession, Unit, UnitLink, UnitVersion
from prytany.organisation.roles import ROLES
from prytany.work import counts, handing, timeliness
from prytany.work.models import (
    AssignmentSheet,
    Evidence,
    Extension,
    HandOver,
    Obligation,
    ObligationEvent,
    ObligationState,
    Obstacle,
    StandingDuty,
    Task,
    TaskState,
)

# A Sunday: the demo has to make sense on a day off too.
NOW = datetime.datetime(2026, 11, 22, 10, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = NOW.date()


class DemoTests(TestCase):
    """One loading for all tests: it takes half a minute."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.enterClassContext(override_settings(FILES_DIR=Path(cls.folder)))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.enterClassContext(clock.at(NOW))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        cls.said = []
        loading.load(cls.said.append)

    def test_newcomer_finds_what_the_predecessor_left(self):
        hand_over = HandOver.objects.waiting(self.scope("newcomer")).get()
        assert hand_over.note
        assert hand_over.lines.exclude(note="").count() == 3
        shown = {(line.kind, line.record.uid) for line in handing.all_lines(self.scope("newcomer"), hand_over)}
        assert set(hand_over.lines.values_list("kind", "target_uid")) <= shown

    def scope(self, account):
        person = User.objects.get(username=account).person
        return scope_of(appointments_of(person, TODAY)[0], today=TODAY)

    def test_every_consistency_check_passes(self):
        faults = {check.key: list(check.faults(3)) for check in consistency.checks()}
        assert {key: found for key, found in faults.items() if found} == {}

    def test_the_province_is_the_real_one_of_today_and_of_before(self):
        def communes(day):
            return UnitVersion.objects.on(day).filter(level="commune").count()

        assert [communes(datetime.date(2025, 6, 30)), communes(datetime.date(2025, 7, 1))] == [194, 65]
        assert UnitVersion.objects.on(datetime.date(2025, 6, 30)).filter(level="district").count() == 11
        assert UnitVersion.objects.on(TODAY).filter(level="district").count() == 0
        kinds = Counter(UnitVersion.objects.on(TODAY).filter(level="commune").values_list("kind", flat=True))
        assert kinds == {"commune": 61, "ward": 4}
        ended = UnitVersion.objects.filter(level="commune", valid_to=datetime.date(2025, 7, 1)).values("unit")
        assert ended.exclude(unit__successions_out__successor__isnull=False).count() == 0
        divided = Succession.objects.filter(kind="split").values_list("predecessor", flat=True)
        assert (len(divided), len(set(divided))) == (4, 2)

    def test_units_bear_names_in_six_languages(self):
        versions = UnitVersion.objects.on(TODAY)
        assert {version.names.count() for version in versions} == {6}

    def test_partners_stand_under_nobody(self):
        root = Unit.objects.get(root=Unit.objects.first().root_id, versions__names__name="Tỉnh ủy Lạng Sơn")
        line = UnitLink.objects.on(TODAY).filter(hierarchy=Hierarchy.LINE)
        below = line.filter(ancestor=root).values("descendant")
        outside = UnitVersion.objects.on(TODAY).exclude(unit__in=below)
        assert set(outside.values_list("code", flat=True)) == {"HĐND", "MTTQ", "BHXH"}

    def test_people_are_named_by_post_alone(self):
        names = Person.objects.values_list("name", flat=True)
        assert [name for name in names if not name.endswith(f", {MARK}")] == []
        assert len(set(names)) == len(names)

    def test_each_role_has_an_account_that_opens(self):
        request = RequestFactory().get("/")
        roles = set()
        for account, _title in SHOWN:
            user = authenticate(request, username=account, password=PASSWORD)
            assert user is not None, account
            roles |= {held.post.role for held in appointments_of(user.person, TODAY)}
        assert roles == set(ROLES)
        assert PASSWORD in loading.accounts_text()

    def test_every_state_and_every_timeliness_is_there(self):
        states = set(Obligation.objects.values_list("state", flat=True))
        assert set(ObligationState.values) - states == set()
        assert set(TaskState.values) - set(Task.objects.values_list("state", flat=True)) == set()
        total = counts.facts(self.scope("chief")).total()
        assert [name for name in timeliness.Timeliness.values if not total.counts[name]] == []
        assert total.blocked > 0
        assert total.waiting > 10

    def test_the_six_counts_are_a_partition_also_in_the_past(self):
        scope = self.scope("chief")
        live = counts.facts(scope)
        outside = sum(live.outside().values())
        issued = Obligation.objects.visible_to(scope)
        assert live.total().total + outside == issued.count()
        totals = []
        for weeks in (1, 12, 25, 40):
            past = counts.facts(scope, as_of=TODAY - datetime.timedelta(weeks=weeks)).total()
            totals.append(past.total)
        assert totals == sorted(totals, reverse=True)
        assert totals[-1] > 100

    def test_nothing_lies_in_the_future_and_history_is_in_order(self):
        events = ObligationEvent.objects
        assert not events.filter(effective_on__gt=TODAY).exists()
        assert not events.filter(recorded_at__gt=NOW).exists()
        last = {}
        for part, day in events.order_by("obligation", "pk").values_list("obligation", "effective_on"):
            assert last.get(part, day) <= day
            last[part] = day

    def test_a_visitor_finds_something_of_everything(self):
        assert set(Document.objects.values_list("language", flat=True)) == {"vi", "en", "fr", "hi", "ar", "ur"}
        assert set(AssignmentSheet.objects.values_list("state", flat=True)) == {"submitted", "returned", "issued"}
        assert Extension.objects.filter(decision="waiting").exists()
        assert Extension.objects.filter(decision="granted").exists()
        assert Obstacle.objects.filter(closed_on=None, answered_at=None).exists()
        assert Evidence.objects.count() > 60
        assert StandingDuty.objects.count() == 2
        assert Task.objects.exclude(duty=None).exists()
        assert RegisterEntry.objects.filter(direction="in", routed_at=None).count() == 4
        assert TrayItem.objects.filter(document=None, discarded_at=None).count() == 4
        assert DocumentText.objects.filter(document__entered_in__isnull=False).count() == 2

    def test_the_commune_of_the_tour_has_late_sent_back_stuck_and_unopened_work(self):
        scope = self.scope("mau.son")
        parts = Obligation.objects.visible_to(scope).filter(holder=scope.unit_id).open()
        states = Counter(parts.values_list("state", flat=True))
        assert states["more_needed"] >= 1
        assert states["issued"] >= 1
        assert parts.filter(is_blocked=True).exists()
        assert parts.filter(due_on__lt=TODAY).exists()

    def test_the_clerk_opens_on_the_books_of_the_office(self):
        unit = home_unit(self.scope("clerk"))
        assert RegisterEntry.objects.filter(unit=unit).count() > 30
        assert RegisterEntry.objects.exclude(unit=unit).count() == 0

    def test_nobody_is_mailed_about_the_past(self):
        assert not Delivery.objects.exists()
        assert not Notice.objects.exclude(mail="").exists()
        assert Notice.objects.filter(read_at=None).exists()

    def test_loading_again_changes_nothing(self):
        before = (Unit.objects.count(), Obligation.objects.count())
        loading.load(self.said.append)
        assert (Unit.objects.count(), Obligation.objects.count()) == before

    def test_the_log_remembers_that_this_is_the_demo(self):
        assert is_demo(self.scope("admin").root_id)
        assert not is_demo(None)
