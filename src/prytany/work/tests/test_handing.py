"""Handing a post over: nothing changes hands unseen, everything can be accepted at once, each acceptance is kept."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from prytany.accounts.models import User
from prytany.accounts.scopes import scope_of, system_scope
from prytany.audit.models import AuditEvent
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.notifications.models import Notice
from prytany.organisation import services as organisation
from prytany.organisation.models import Appointment, Person, Substitution
from prytany.work import handing, waiting
from prytany.work.models import HandOver, HandOverLine, Obligation, ObligationEvent, StandingDuty, Task
from prytany.work.services import answering, drafting, issuing
from prytany.work.services import handing as services
from prytany.work.services.recurrence import create_duty
from prytany.work.tests.test_loop import DUE, issued, part_of


def days(number):
    return clock.today() + datetime.timedelta(days=number)


def system(world):
    return system_scope(world.root.pk)


def leave(world, name, on=None):
    """End an appointment; by default it gives no right any more today."""
    appointment = Appointment.objects.get(pk=world.posts[name].pk)
    return organisation.end_appointment(scope=system(world), appointment=appointment, on=on or clock.today())


def come(world, name, on=None, who="Người mới"):
    """Appoint somebody new, with an account, to the post; return the appointment."""
    person = Person.objects.create(name=who, language="vi")
    User.objects.create(username=f"u{person.pk}", person=person, password="!")
    post = world.posts[name].post
    return organisation.appoint(scope=system(world), person=person, post=post, on=on or clock.today())


def scope(appointment):
    return scope_of(Appointment.objects.get(pk=appointment.pk))


@pytest.fixture
def laden(world):
    """The deputy has a task they follow, a sheet before them, a draft, a recurring duty; the home head one part."""
    task = issued(world)
    Task.objects.filter(pk=task.pk).update(follower=world.person("deputy"), assigner_post=world.posts["chief"].post)
    deputy = world.scope("deputy")
    sheet = drafting.create_sheet(scope=world.scope("specialist"), unit=world.office, title="Ba việc tháng 12")
    row = drafting.Row(content="Kiểm kê hồ sơ", lead=world.home, due_on=DUE)
    drafting.draft_task(scope=world.scope("specialist"), unit=world.office, row=row, sheet=sheet)
    issuing.submit_sheet(scope=world.scope("specialist"), sheet=sheet, approver=world.posts["deputy"].post)
    drafting.draft_task(scope=deputy, unit=world.office, row=drafting.Row(content="Dự thảo một việc"))
    duty = drafting.Row(content="Báo cáo tuần", lead=world.home)
    create_duty(scope=deputy, unit=world.office, row=duty, preset="weekly", first_due=days(30))
    return world


def keys(scope, hand_over):
    return sorted(line.key.split(":")[0] for line in handing.all_lines(scope, hand_over))


def test_ending_an_appointment_makes_its_hand_over_and_withdrawing_the_end_takes_it_away(world):
    leave(world, "deputy", on=days(30))
    row = HandOver.objects.get()
    assert (row.post, row.outgoing_id, row.prepared_at) == (
        world.posts["deputy"].post,
        world.posts["deputy"].pk,
        None,
    )
    ended = Appointment.objects.get(pk=world.posts["deputy"].pk)
    organisation.correct_appointment(
        scope=system(world), appointment=ended, on=ended.valid_from, until=None, kind="holder", decision=""
    )
    assert not HandOver.objects.exists()


def test_history_entered_afterwards_hands_nothing_over(world):
    person = Person.objects.create(name="Người trước", language="vi")
    post = world.posts["deputy"].post
    organisation.appoint(scope=system(world), person=person, post=post, on=post.valid_from, until=days(-100))
    assert not HandOver.objects.exists()


def test_new_holder_sees_and_accepts_everything_at_once(laden):
    world = laden
    leave(world, "deputy")
    new = scope(come(world, "deputy"))
    row = HandOver.objects.get()
    assert waiting.items(new)[0].kind == "take_over"
    before = waiting.count(new)
    assert keys(new, row) == ["duty", "sheet", "task", "task"]

    assert services.accept(scope=new, hand_over=row) == 4

    row.refresh_from_db()
    assert row.completed_at is not None
    assert Appointment.objects.get(pk=new.appointment_id).taken_over_at is not None
    assert set(Task.objects.values_list("follower_id", flat=True)) == {new.person_id, world.person("specialist").pk}
    task = Task.objects.get(follower=new.person_id, state="issued")
    events = ObligationEvent.objects.filter(kind="taken_over").values_list("obligation__task", "person_id")
    assert list(events) == [(task.pk, new.person_id)]
    logged = AuditEvent.objects.filter(action__endswith=".take_over").values_list("action", "actor_uid")
    assert sorted(logged) == [
        (action, new.person_uid) for action in ("duty.take_over", "sheet.take_over", "task.take_over", "task.take_over")
    ]
    assert waiting.count(new) == before - 1
    told = Notice.objects.filter(person=world.person("deputy")).values_list("kind", flat=True)
    assert sorted(told) == ["post_taken_over", "sheet_submitted"]


def test_work_of_a_handler_passes_to_who_accepts_it_and_to_nobody_before(world):
    part = part_of(issued(world), world.mau_son)
    head = world.scope("mau_son_head")
    answering.name_handler(scope=head, obligation=part, handler=world.person("mau_son_focal"))
    leave(world, "mau_son_focal")
    new = scope(come(world, "mau_son_focal"))
    part.refresh_from_db()
    assert part.handler == world.person("mau_son_focal")

    services.accept(scope=new, hand_over=HandOver.objects.get(), chosen={("part", part.uid)})

    part.refresh_from_db()
    last = part.events.latest("pk")
    assert (part.handler_id, last.kind, last.data["as"]) == (new.person_id, "taken_over", "handler")


def test_accepting_some_leaves_the_rest(laden):
    leave(laden, "deputy")
    new = scope(come(laden, "deputy"))
    row = HandOver.objects.get()
    duty = StandingDuty.objects.get()
    chosen = {("duty", duty.uid), ("duty", uuid4()), ("nothing", uuid4())}
    assert services.accept(scope=new, hand_over=row, chosen=chosen) == 1
    row.refresh_from_db()
    assert (row.completed_at, [g.rows.count() for g in handing.groups(new, row)]) == (None, [0, 1, 1, 0, 0, 1, 0])


def test_two_new_holders_share_what_is_left_and_each_thing_is_accepted_once(laden):
    leave(laden, "deputy")
    first, second = scope(come(laden, "deputy")), scope(come(laden, "deputy", who="Người thứ hai"))
    row = HandOver.objects.get()
    duty = StandingDuty.objects.get()
    services.accept(scope=first, hand_over=row, chosen={("duty", duty.uid)})
    assert services.accept(scope=second, hand_over=row) == 3
    line = HandOverLine.objects.get(kind="duty")
    assert (line.accepted_by_id, HandOverLine.objects.count()) == (first.appointment_id, 4)
    with pytest.raises(DomainError) as refused:
        services.accept(scope=first, hand_over=row)
    assert refused.value.code == "completed"


def test_holder_before_still_in_office_has_to_hand_over_first(laden):
    leave(laden, "deputy", on=days(20))
    new = scope(come(laden, "deputy"))
    row = HandOver.objects.get()
    with pytest.raises(DomainError) as refused:
        services.accept(scope=new, hand_over=row)
    assert (refused.value.code, list(waiting.to_take_over(new))) == ("not_yet", [])

    services.prepare(scope=laden.scope("deputy"), hand_over=row, note="Chìa khóa ở văn thư", notes={}, ready=True)

    assert list(waiting.to_take_over(new)) == [row]
    assert list(Notice.objects.filter(person_id=new.person_id).values_list("kind", flat=True)) == ["post_handed_over"]
    assert services.accept(scope=new, hand_over=row) == 4


def test_notes_stay_with_their_things_and_strangers_to_the_hand_over_are_passed_over(laden):
    deputy = laden.scope("deputy")
    mine = Appointment.objects.get(pk=laden.posts["deputy"].pk)
    row = services.open_hand_over(scope=deputy, appointment=mine)
    assert services.open_hand_over(scope=deputy, appointment=mine) == row
    duty = StandingDuty.objects.get()
    notes = {("duty", duty.uid): "Gửi trước thứ Năm", ("part", uuid4()): "lạc", ("duty", uuid4()): "lạc"}
    services.prepare(scope=deputy, hand_over=row, note="", notes=notes)
    assert handing.notes_of(row) == {("duty", str(duty.uid)): "Gửi trước thứ Năm"}
    leave(laden, "deputy")
    new = scope(come(laden, "deputy"))
    services.accept(scope=new, hand_over=row)
    line = HandOverLine.objects.get(kind="duty")
    assert (line.note, line.accepted_by_id) == ("Gửi trước thứ Năm", new.appointment_id)


def test_appointment_that_ended_meanwhile_accepts_nothing(laden):
    leave(laden, "deputy")
    new = come(laden, "deputy", on=days(-1))
    stale = scope(new)
    organisation.end_appointment(scope=system(laden), appointment=new, on=clock.today())
    with pytest.raises(DomainError) as refused:
        services.accept(scope=stale, hand_over=HandOver.objects.get(outgoing=laden.posts["deputy"]))
    assert refused.value.code == "appointment_ended"


def test_only_the_holder_of_the_post_accepts_and_only_who_leaves_prepares(laden):
    leave(laden, "deputy", on=days(5))
    new = come(laden, "deputy")
    row = HandOver.objects.get()
    for name in ("chief", "deputy", "home_head"):
        with pytest.raises(PermissionDenied):
            services.accept(scope=laden.scope(name), hand_over=row)
    with pytest.raises(PermissionDenied):
        services.prepare(scope=scope(new), hand_over=row, note="x", notes={})


def test_substitute_sees_the_hand_over_and_accepts_nothing(laden, client_of):
    leave(laden, "deputy")
    new = come(laden, "deputy")
    Substitution.objects.create(absent=new, substitute=laden.person("archivist"), valid_from=days(-1), valid_to=days(9))
    row = HandOver.objects.get()
    client = client_of("archivist")
    session = client.session
    session["acting_from"] = str(new.uid)
    session.save()
    page = client.get(reverse("work:hand_over", args=[row.uid]))
    assert (page.status_code, page.context["may_accept"]) == (200, False)
    assert page.context["request"].scope.acting_for == new.uid
    assert client.post(reverse("work:hand_over_accept", args=[row.uid]), {"all": "1"}).status_code == 403
    assert not HandOverLine.objects.exists()


def test_post_without_a_new_holder_keeps_its_hand_over_waiting(laden, client_of):
    leave(laden, "deputy", on=days(5))
    row = HandOver.objects.get()
    page = client_of("deputy").get(reverse("work:hand_over", args=[row.uid]))
    assert (page.context["preparing"], page.context["holders"]) == (True, [])
    answer = client_of("chief").get(reverse("work:hand_over", args=[row.uid]))
    assert (answer.status_code, answer.context["may_accept"], answer.context["preparing"]) == (200, False, False)


def test_hand_over_does_not_exist_for_others(laden, client_of):
    leave(laden, "deputy", on=days(5))
    row = HandOver.objects.get()
    for name in ("home_head", "admin", "stranger", "archivist"):
        assert client_of(name).get(reverse("work:hand_over", args=[row.uid])).status_code == 404


def test_page_prepares_and_accepts_by_form(laden, client_of, client):
    mine = client_of("deputy")
    assert mine.post(reverse("work:hand_over_begin")).status_code == 302
    row = HandOver.objects.get()
    url = reverse("work:hand_over", args=[row.uid])
    duty = StandingDuty.objects.get()
    name = f"note-duty:{duty.uid}"
    too_long = mine.post(reverse("work:hand_over_prepare", args=[row.uid]), {"note": "Sổ ở tủ 2", name: "x" * 1001})
    assert (too_long.status_code, "x" * 1001 in too_long.content.decode()) == (422, True)
    control = mine.post(reverse("work:hand_over_prepare", args=[row.uid]), {"note": "\u202esai"})
    assert control.status_code == 422
    data = {"note": "Sổ ở tủ 2", name: "Thứ Năm", "note-duty:lạc": "x", "act": "ready"}
    assert mine.post(reverse("work:hand_over_prepare", args=[row.uid]), data).status_code == 302
    leave(laden, "deputy")
    new = come(laden, "deputy")
    client.force_login(
        User.objects.get(person=new.person), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    desk = client.get(reverse("work:desk")).content.decode()
    assert url in desk
    page = client.get(url)
    assert (page.context["open_number"], "Sổ ở tủ 2" in page.content.decode()) == (4, True)
    accept = reverse("work:hand_over_accept", args=[row.uid])
    assert client.post(accept, {}).status_code == 302
    assert client.post(accept, {"row": [f"duty:{duty.uid}", "x", "duty:x"]}).status_code == 302
    assert HandOverLine.objects.filter(accepted_at__isnull=False).count() == 1
    assert client.post(accept, {"all": "1"}).status_code == 302
    row.refresh_from_db()
    done = client.get(url)
    assert (row.completed_at is None, done.context["open_number"], done.context["accepted_number"]) == (False, 0, 4)


@pytest.mark.parametrize("number", [1, 6])
def test_page_takes_few_queries_however_much_is_open(laden, client, django_assert_max_num_queries, number):
    deputy = laden.scope("deputy")
    for index in range(number):
        row = drafting.Row(content=f"Dự thảo {index}")
        drafting.draft_task(scope=deputy, unit=laden.office, row=row)
    leave(laden, "deputy")
    new = come(laden, "deputy")
    client.force_login(
        User.objects.get(person=new.person), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    url = reverse("work:hand_over", args=[HandOver.objects.get().uid])
    client.get(url)
    with django_assert_max_num_queries(24):
        assert client.get(url).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes one writer at a time")
def test_two_holders_who_accept_at_once_accept_each_thing_once(laden):
    import threading

    leave(laden, "deputy")
    scopes = [scope(come(laden, "deputy")), scope(come(laden, "deputy", who="Người thứ hai"))]
    row = HandOver.objects.get()
    results: list = []

    def run(one):
        try:
            results.append(services.accept(scope=one, hand_over=row))
        except DomainError as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in scopes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, results)) == ["4", "completed"]
    assert HandOverLine.objects.count() == 4
    assert Obligation.objects.filter(events__kind="taken_over").count() == 1
