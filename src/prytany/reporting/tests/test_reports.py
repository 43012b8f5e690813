"""Status reports and reminder letters: counted from records, worded, fixed, printed again as they were."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prytany.accounts.models import Letterhead
from prytany.accounts.scopes import scope_of
from prytany.accounts.tests.world import make_world
from prytany.audit.models import AuditEvent
from prytany.core import clock, levels
from prytany.core.errors import DomainError, StaleRecord
from prytany.documents.models import Document
from prytany.files import blobs
from prytany.files.models import StoredFile
from prytany.organisation.models import Appointment
from prytany.reporting import figures, services, status
from prytany.reporting.figures import Question
from prytany.reporting.models import Report
from prytany.reporting.papers import docx, pdf
from prytany.reporting.papers.paper import paper_from
from prytany.work.models import Obligation
from prytany.work.tests.factories import make_task
from prytany.work.timeliness import Timeliness
from prytany.workdays.periods import period

TODAY = datetime.date(2026, 11, 20)
NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def at_noon(settings, tmp_path):
    """The office's clock stands at noon; files go to a folder of the test."""
    settings.FILES_DIR = tmp_path
    with clock.at(NOON):
        yield


@pytest.fixture
def letterhead(world):
    """The office has a letterhead."""
    return Letterhead.objects.create(
        unit=world.office,
        family="party",
        superior="Tỉnh ủy thử",
        issuer="Văn phòng",
        symbol="VPTU",
        place="Lạng Sơn",
        authority="T/L Ban Thường vụ",
        signer_title="Chánh Văn phòng",
        valid_from=datetime.date(2025, 1, 1),
    )


def day(number):
    return TODAY + datetime.timedelta(days=number)


def some_work(world):
    """Six parts of three tasks: one overdue and blocked, one due soon, two within time, one without date, one done."""
    document = Document.objects.create(
        root=world.root, kind="party.notice", symbol="118-TB/VPTU", summary="Kết luận", created_by=world.person("clerk")
    )
    make_task(world, [world.mau_son], lead=world.works, due=day(-3), content="Rà soát đường", source_document=document)
    make_task(world, [world.khanh_khe], lead=world.home, due=day(30), content="Số hóa hồ sơ")
    make_task(world, [world.ky_lua], lead=world.home, content="Trực văn thư")
    overdue = Obligation.objects.get(owner=world.works)
    overdue.is_blocked, overdue.last_word = True, "Chờ số liệu của xã"
    overdue.save()
    done = Obligation.objects.get(owner=world.ky_lua)
    done.state, done.submitted_on, done.completed_on = "verified", day(-1), day(-1)
    done.save()
    soon = Obligation.objects.get(owner=world.khanh_khe)
    soon.due_on, soon.due_sort, soon.soon_on = day(2), day(2), day(-3)
    soon.save()


def ask(world, who="chief", **kwargs):
    scope = world.scope(who, today=TODAY)
    values = {"period": period("month", 2026, 12, unit=scope.unit_id), "language": "vi"} | kwargs
    return services.start_status_report(scope=scope, **values)


def counted(world, run_jobs, **kwargs):
    report = ask(world, **kwargs)
    run_jobs()
    report.refresh_from_db()
    return report


def test_report_counts_what_the_records_say(world, run_jobs, letterhead):
    some_work(world)
    report = counted(world, run_jobs)
    assert report.state == "counted"
    facts = report.facts
    six = {which.value: facts["standing"][which] for which in Timeliness}
    assert six == {"overdue": 2, "due_soon": 1, "within": 1, "no_deadline": 1, "done_on_time": 1, "done_late": 0}
    assert facts["standing"]["total"] == sum(six.values()) == len(facts["rows"]) == 6
    assert (facts["standing"]["blocked"], facts["tasks"]["total"], facts["is_whole"]) == (1, 3, True)
    assert facts["flow"] == {
        "assigned": 6,
        "tasks_assigned": 3,
        "done": 1,
        "done_on_time": 1,
        "done_on_first_time": 1,
        "extended": 0,
        "obstacles_raised": 0,
        "obstacles_answered": 0,
        "obstacles_open": 0,
        "papers_in": 0,
        "papers_out": 0,
        "papers_internal": 0,
    }
    assert [row["name"] for row in facts["units"]][:2] == ["Sở Xây dựng", "Xã Mẫu Sơn"]
    assert [(row["symbol"], row["overdue"]) for row in facts["documents"]] == [("118-TB/VPTU", 1), ("", 0)]
    assert [rule["key"] for rule in facts["rules"]] == ["reports.window.month", "tasks.due_soon_days"]
    assert AuditEvent.objects.filter(action="report.count", target_uid=report.uid).count() == 1


def test_report_of_a_unit_counts_it_and_those_below(world, run_jobs, letterhead):
    some_work(world)
    report = counted(world, run_jobs, unit=world.home)
    assert report.facts["standing"]["total"] == 2
    assert "papers_in" not in report.facts["flow"]


def test_report_of_a_document_counts_its_tasks(world, run_jobs, letterhead):
    some_work(world)
    report = counted(world, run_jobs, document=Document.objects.get())
    assert (report.facts["standing"]["total"], report.facts["tasks"]["total"]) == (2, 1)


def test_report_counts_only_what_its_maker_may_see(world, run_jobs, letterhead):
    some_work(world)
    Obligation.objects.filter(owner=world.works).update(level=levels.INTERNAL)
    Obligation.objects.filter(owner=world.home).update(level=levels.SECRET)
    report = counted(world, run_jobs)
    assert report.facts["standing"]["total"] == 4
    assert report.level == levels.INTERNAL
    assert Report.objects.visible_to(world.scope("chief")).count() == 1
    assert not Report.objects.visible_to(world.scope("stranger")).exists()


def test_counting_twice_counts_once_and_follows_the_rights_of_today(world, letterhead):
    some_work(world)
    report = ask(world)
    services.count_report(report.pk)
    services.count_report(report.pk)
    assert AuditEvent.objects.filter(action="report.count").count() == 1
    later = ask(world)
    Appointment.objects.filter(pk=world.posts["chief"].pk).update(valid_to=datetime.date(2020, 2, 1))
    with pytest.raises(PermissionDenied):
        services.count_report(later.pk)


@pytest.mark.parametrize("who", ["clerk", "home_head", "mau_son_focal", "admin", "auditor"])
def test_report_is_for_who_makes_reports(world, who):
    with pytest.raises(PermissionDenied):
        ask(world, who)


def test_report_of_a_period_to_come_is_refused(world):
    with pytest.raises(DomainError, match="not_begun"):
        ask(world, period=period("month", 2027, 6))


def test_report_of_a_past_day_tells_what_stood_then(world, run_jobs, letterhead):
    from prytany.work.services import drafting, issuing

    with clock.at(NOON - datetime.timedelta(days=40)):
        scope = world.scope("chief", today=clock.today())
        row = drafting.Row(content="Rà soát", lead=world.home, due_on=day(-20))
        issuing.issue_task(scope=scope, task=drafting.draft_task(scope=scope, unit=world.office, row=row))
    report = counted(world, run_jobs, period=period("month", 2026, 10))
    assert report.facts["day"] == "2026-10-14"
    assert report.facts["standing"]["overdue"] == 0
    assert report.facts["standing"]["total"] == 1
    assert counted(world, run_jobs).facts["standing"]["overdue"] == 1


def test_words_are_kept_and_a_stale_save_is_told(world, run_jobs, letterhead):
    report = counted(world, run_jobs)
    scope = world.scope("specialist", today=TODAY)
    saved = services.save_words(scope=scope, report=report, words={"situation": "Một", "uid": "x"}, version=1)
    assert saved.words["situation"] == "Một"
    assert "uid" not in saved.words
    with pytest.raises(StaleRecord):
        services.save_words(scope=scope, report=report, words={"situation": "Hai"}, version=1)
    with pytest.raises(PermissionDenied):
        services.save_words(scope=world.scope("clerk"), report=report, words={})


def test_paper_cannot_be_made_before_it_is_counted(world, letterhead):
    with pytest.raises(DomainError, match="not_counted"):
        services.make_paper(scope=world.scope("chief"), report=ask(world))


def made(world, run_jobs, **kwargs):
    report = counted(world, run_jobs, **kwargs)
    scope = world.scope("chief", today=TODAY)
    report = services.save_words(scope=scope, report=report, words={"situation": "Nhận xét chung.", "number": "12"})
    services.make_paper(scope=scope, report=report)
    run_jobs()
    report.refresh_from_db()
    return report


def bytes_of(file):
    with blobs.open_blob(file.blob.sha256) as stream:
        return stream.read()


def test_paper_is_set_and_printed_again_to_the_byte(world, run_jobs, letterhead):
    some_work(world)
    report = made(world, run_jobs)
    assert (report.state, report.problem) == ("made", "")
    first = bytes_of(report.pdf), bytes_of(report.docx)
    Obligation.objects.update(is_blocked=True, last_word="later")
    Letterhead.objects.update(issuer="Cơ quan khác")
    paper = paper_from(report.paper)
    assert (pdf.render(paper), docx.render(paper)) == first
    assert report.pdf.name.endswith(".pdf")
    assert report.paper["head"]["number"].replace("\u2066", "").replace("\u2069", "") == "No. 12-BC/VPTU"


def test_paper_set_anew_replaces_its_files_and_its_digest(world, run_jobs, letterhead):
    report = made(world, run_jobs)
    before = report.digest
    scope = world.scope("chief", today=TODAY)
    services.save_words(scope=scope, report=report, words={"situation": "Khác."})
    services.make_paper(scope=scope, report=report)
    run_jobs()
    report.refresh_from_db()
    assert report.digest != before
    assert StoredFile.objects.filter(holder_uid=report.uid).count() == 2


def test_job_run_twice_keeps_one_pair_of_files(world, run_jobs, letterhead):
    from prytany.reporting.jobs import set_paper

    report = made(world, run_jobs)
    set_paper.func(report.pk, report.digest)
    set_paper.func(report.pk, "another digest")
    assert StoredFile.objects.filter(holder_uid=report.uid).count() == 2


def test_a_paper_that_cannot_be_set_says_so_and_is_tried_again(world, run_jobs, letterhead):
    from prytany.reporting.jobs import set_paper

    report = counted(world, run_jobs)
    services.make_paper(scope=world.scope("chief", today=TODAY), report=report)
    report.refresh_from_db()
    whole = report.paper
    Report.objects.update(paper={**whole, "layout": {}})
    with pytest.raises(KeyError):
        set_paper.func(report.pk, report.digest)
    report.refresh_from_db()
    assert (report.state, report.problem) == ("failed", "KeyError")
    Report.objects.update(paper=whole)
    set_paper.func(report.pk, report.digest)
    report.refresh_from_db()
    assert report.state == "made"


def letter(world, run_jobs, language="vi", parts=None):
    scope = world.scope("chief", today=TODAY)
    report = services.start_reminder(
        scope=scope,
        parts=parts if parts is not None else Obligation.objects.filter(due_on__lt=TODAY),
        language=language,
    )
    run_jobs()
    report.refresh_from_db()
    return report


def test_reminder_is_drafted_and_set_at_once(world, run_jobs, letterhead):
    some_work(world)
    report = letter(world, run_jobs)
    assert report.state == "made"
    assert report.words["to"] == "Sở Xây dựng\nXã Mẫu Sơn"
    assert "20/11/2026 2 tasks are not finished, of which 2 overdue" in report.words["opening"]
    assert "by 26/11/2026" in report.words["closing"]
    groups = report.paper["annex"]["groups"]
    assert [group["title"] for group in groups] == ["Sở Xây dựng", "Xã Mẫu Sơn"]
    assert report.paper["head"]["subject"].startswith("Re: ")


def test_reminder_of_nothing_is_refused(world, run_jobs, letterhead):
    with pytest.raises(DomainError, match="nothing_chosen"):
        letter(world, run_jobs, parts=Obligation.objects.none())


def test_reminder_holds_only_parts_in_sight(world, run_jobs, letterhead):
    some_work(world)
    Obligation.objects.filter(owner=world.works).update(level=levels.SECRET)
    report = letter(world, run_jobs)
    assert [row["unit"] for row in report.facts["rows"]] == ["Xã Mẫu Sơn"]


def test_state_letter_has_no_abbreviation_in_its_number(world, run_jobs, letterhead):
    letterhead.family, letterhead.symbol = "state", "SNV-VP"
    letterhead.save()
    some_work(world)
    report = letter(world, run_jobs)
    number = report.paper["head"]["number"].replace("\u2066", "").replace("\u2069", "")
    assert number == "No.: " + "\u00a0" * 6 + "/SNV-VP"
    assert report.paper["head"]["motto"] == "Độc lập - Tự do - Hạnh phúc"


def test_paper_without_letterhead_takes_the_names_of_the_units(world, run_jobs):
    some_work(world)
    head = letter(world, run_jobs).paper["head"]
    assert (head["issuer"], head["superior"]) == ("Văn phòng Tỉnh ủy thử", "Tỉnh ủy thử")


# Pages


def test_pages_lead_from_asking_to_the_files(world, client_of, run_jobs, letterhead):
    some_work(world)
    client = client_of("chief")
    response = client.post(reverse("reporting:list"), {"kind": "month", "language": "vi"})
    report = Report.objects.get()
    address = reverse("reporting:report", args=[report.uid])
    assert response.headers["Location"] == address
    assert "The figures are being counted." in client.get(address).content.decode()
    state = client.get(reverse("reporting:state", args=[report.uid]), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in state.headers
    run_jobs()
    state = client.get(reverse("reporting:state", args=[report.uid]), headers={"HX-Request": "true"})
    assert state.headers["HX-Refresh"] == "true"
    page = client.get(address)
    data = {bound.html_name: bound.value() or "" for bound in page.context["form"]}
    assert client.post(address, data | {"situation": "Chung", "act": "make"}).status_code == 302
    run_jobs()
    for ending, media in (("pdf", "application/pdf"), ("docx", "application/vnd.openxmlformats")):
        found = client.get(reverse("reporting:file", kwargs={"uid": report.uid, "ending": ending}))
        assert found["Content-Type"].startswith(media)
        assert found["X-Content-Type-Options"] == "nosniff"
    stale = client.post(address, data | {"situation": "Khác"})
    assert stale.status_code == 422
    assert "What the other person saved" in stale.content.decode()
    assert "Chung" in stale.content.decode()
    assert "Khác" in stale.content.decode()


def test_double_submit_asks_once(world, client_of, letterhead):
    data = {"kind": "month", "language": "vi", "form_token": "one"}
    client = client_of("chief")
    first, second = (client.post(reverse("reporting:list"), data) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Report.objects.count() == 1


def test_form_names_the_numbers_there_are(client_of):
    response = client_of("chief").post(
        reverse("reporting:list"), {"kind": "quarter", "number": "7", "year": "2026", "language": "vi"}
    )
    assert response.status_code == 422
    assert "from 1 to 4" in response.content.decode()


def test_reminder_page_offers_text_for_a_chat(world, client_of, run_jobs, letterhead):
    some_work(world)
    client = client_of("chief")
    parts = Obligation.objects.filter(due_on__lt=TODAY)
    response = client.post(
        reverse("reporting:reminder"), {"row": [str(part.uid) for part in parts] + ["x"], "act": "remind"}
    )
    page = client.get(response.headers["Location"])
    chat = page.context["chat"]
    assert "- 118-TB/VPTU Rà soát đường: 3 days overdue; Blocked" in chat
    assert "\u2066" not in chat
    again = {"row": [str(part.uid) for part in parts], "form_token": "t"}
    first, second = (client.post(reverse("reporting:reminder"), again).headers["Location"] for _twice in range(2))
    assert first == second != response.headers["Location"]
    fewer = client.post(reverse("reporting:reminder"), again | {"row": again["row"][:1]})
    assert fewer.headers["Location"] not in (first, response.headers["Location"])
    empty = client.post(reverse("reporting:reminder"), {"row": []})
    assert empty.headers["Location"] == reverse("work:overview")


@pytest.mark.parametrize("who", ["clerk", "mau_son_focal", "home_head", "admin"])
def test_pages_are_for_who_makes_reports(world, client_of, run_jobs, letterhead, who):
    report = made(world, run_jobs)
    client = client_of(who)
    assert client.get(reverse("reporting:list")).status_code == 403
    assert client.post(reverse("reporting:reminder"), {"row": [str(uuid4())]}).status_code == 403
    for name in ("report", "state"):
        assert client.get(reverse(f"reporting:{name}", args=[report.uid])).status_code == 404
    assert client.get(reverse("reporting:file", kwargs={"uid": report.uid, "ending": "pdf"})).status_code == 404


def test_pages_of_another_root_are_out_of_sight(world, client_of, run_jobs, letterhead):
    report = made(world, run_jobs)
    client = client_of("stranger")
    assert client.get(reverse("reporting:report", args=[report.uid])).status_code == 404
    assert client.get(reverse("reporting:file", kwargs={"uid": report.uid, "ending": "docx"})).status_code == 404
    assert report.title not in client.get(reverse("reporting:list")).content.decode()


def test_pages_ask_few_queries(world, client_of, run_jobs, letterhead, django_assert_max_num_queries):
    some_work(world)
    report = made(world, run_jobs)
    client = client_of("chief")
    for address in (reverse("reporting:list"), reverse("reporting:report", args=[report.uid])):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_slip_shows_the_task_with_its_address(world, client_of):
    task = make_task(world, [world.mau_son, world.khanh_khe], lead=world.home, due=day(9), content="Rà soát đường")
    page = client_of("chief").get(reverse("reporting:slip", args=[task.uid])).content.decode()
    for text in ("Rà soát đường", "Sở Nội vụ", "Xã Mẫu Sơn", "29/11/2026", "<svg", f"/tasks/{task.uid}/"):
        assert text in page
    assert client_of("works_head").get(reverse("reporting:slip", args=[task.uid])).status_code == 404


class PartitionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        world = make_world()
        cls.units = list(world.units.values())[:8]
        make_task(world, cls.units)
        cls.appointment_id = world.posts["chief"].pk

    def setUp(self):
        self.scope = scope_of(Appointment.objects.get(pk=self.appointment_id), today=TODAY)

    @settings(deadline=None, max_examples=40)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["issued", "received", "submitted", "verified", "nothing", "cancelled", "handed_back"]),
                st.none() | st.integers(-20, 20),
                st.integers(-20, 0),
            ),
            min_size=8,
            max_size=8,
        )
    )
    def test_figures_sum_and_the_rows_stand_behind_them(self, parts):
        for part, (state, due, submitted) in zip(Obligation.objects.order_by("pk"), parts, strict=True):
            part.state, part.due_on = state, None if due is None else day(due)
            part.due_sort = part.due_on or datetime.date(9999, 12, 31)
            part.soon_on = part.due_on and part.due_on - datetime.timedelta(days=5)
            part.submitted_on = day(submitted) if state in ("submitted", "verified", "nothing") else None
            part.completed_on = day(submitted) if state in ("verified", "nothing") else None
            part.save()
        facts = figures.gather(self.scope, Question(day(-60), day(0)), "vi")
        counted = {which.value: facts["standing"][which] for which in Timeliness}
        listed = {which.value: sum(row["timeliness"] == which for row in facts["rows"]) for which in Timeliness}
        assert counted == listed
        assert sum(counted.values()) == facts["standing"]["total"] == len(facts["rows"])
        assert facts["outside"]["cancelled"] == sum(state == "cancelled" for state, _due, _sent in parts)


def test_beyond_the_limit_the_annex_holds_what_needs_attention(world, run_jobs, letterhead, monkeypatch):
    monkeypatch.setattr(figures, "MOST_ROWS", 3)
    some_work(world)
    report = counted(world, run_jobs)
    assert (report.facts["is_whole"], len(report.facts["rows"]), report.facts["standing"]["total"]) == (False, 3, 6)
    assert {row["timeliness"] for row in report.facts["rows"]} == {"overdue", "due_soon"}
    paper = status.compose(report, NOON, TODAY)
    assert paper.annex.note.startswith("Of 6 parts those that are overdue, blocked or due soon: 3 parts")
