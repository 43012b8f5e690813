"""The page of notices, the settings, the calendar."""

import datetime
from uuid import uuid4

import icalendar
import pytest
from django.urls import reverse

from prytany.accounts.models import Preference
from prytany.audit.models import AuditEvent
from prytany.core import clock, levels, registry
from prytany.core.errors import DomainError
from prytany.notifications import feeds, listing
from prytany.notifications.choices import choices_for
from prytany.notifications.feeds import Due
from prytany.notifications.models import CalendarFeed, Notice
from prytany.notifications.services import notify, open_feed, revoke_feed
from prytany.notifications.tests.factories import Probe, show_probes
from prytany.organisation.models import Appointment, Substitution


def tell(world, name="deputy", **kwargs):
    act = uuid4()
    notify(scope=world.scope("chief"), act=act, **{"kind": "remark", "people": [world.person(name)], **kwargs})
    return Notice.objects.get(act=act)


@pytest.fixture
def probe(world, monkeypatch):
    """A record that the deputy sees."""
    made = Probe(readers={world.person("deputy").pk})
    show_probes(monkeypatch, made)
    return made


def test_list_groups_by_record_and_shows_unread_first(world, client_of, probe):
    old = tell(world)
    Notice.objects.filter(pk=old.pk).update(read_at=clock.now())
    first = tell(world, target=probe, params={"content": "Sửa cầu"})
    second = tell(world, target=probe, kind="mentioned", params={"content": "Sửa cầu"})
    tell(world, "clerk", target=probe)
    response = client_of("deputy").get(reverse("notifications:list"))
    unread, read = response.context["unread_groups"], response.context["read_groups"]
    assert [(g.newest.notice, [e.notice for e in g.earlier]) for g in unread] == [(second, [first])]
    assert [g.newest.notice for g in read] == [old]
    assert "<bdi>Sửa cầu</bdi>" in response.content.decode()
    assert response.context["unread"] == 2


def test_list_names_no_record_that_is_out_of_sight(world, client_of, probe):
    tell(world, target=probe, params={"content": "Sửa cầu"})
    page = client_of("deputy").get(reverse("notifications:list")).content.decode()
    assert "Sửa cầu" in page
    probe.readers.clear()
    page = client_of("deputy").get(reverse("notifications:list")).content.decode()
    assert "Sửa cầu" not in page
    assert "There is a remark on a task." in page


def test_open_marks_the_records_notices_read_and_goes_there(world, client_of, probe):
    first, second = tell(world, target=probe), tell(world, target=probe)
    other = tell(world)
    response = client_of("deputy").get(reverse("notifications:open", args=[second.uid]))
    assert response.headers["Location"] == f"/probe/{probe.uid}/"
    assert set(Notice.objects.filter(read_at=None)) == {other}
    assert client_of("deputy").get(reverse("notifications:open", args=[first.uid])).status_code == 302


def test_open_of_somebody_elses_notice_is_404(world, client_of, probe):
    notice = tell(world, target=probe)
    assert client_of("clerk").get(reverse("notifications:open", args=[notice.uid])).status_code == 404


def test_open_of_a_record_out_of_sight_goes_back_to_the_list(world, client_of, probe):
    notice = tell(world, target=probe)
    probe.readers.clear()
    response = client_of("deputy").get(reverse("notifications:open", args=[notice.uid]), follow=True)
    assert response.redirect_chain == [(reverse("notifications:list"), 302)]
    assert "You can no longer see this record." in response.content.decode()


def test_mark_read_takes_the_record_or_all_and_nobody_elses(world, client_of, probe):
    tell(world, target=probe)
    chosen = tell(world, target=probe)
    other, foreign = tell(world), tell(world, "clerk")
    client_of("deputy").post(reverse("notifications:read"), {"row": str(chosen.uid)})
    assert set(Notice.objects.filter(read_at=None)) == {other, foreign}
    client_of("deputy").post(reverse("notifications:read"), {"all": "1"})
    assert list(Notice.objects.filter(read_at=None)) == [foreign]


def test_pages_walk_through_all_groups_both_ways(world, monkeypatch):
    monkeypatch.setattr(listing, "SIZE", 3)
    made = [tell(world) for _ in range(8)]
    Notice.objects.filter(pk__in=[n.pk for n in made[::2]]).update(read_at=clock.now())
    expected = [n.pk for n in reversed(made[1::2])] + [n.pk for n in reversed(made[::2])]
    scope, found, after, pages = world.scope("deputy"), [], None, []
    while True:
        page = listing.page_of(scope, after=after, before=None, size=3)
        found += [n.pk for n in page.rows]
        pages.append(page)
        if page.next is None:
            break
        after = page.next
    assert found == expected
    back = listing.page_of(scope, after=None, before=pages[-1].previous, size=3)
    assert [n.pk for n in back.rows] == [n.pk for n in pages[-2].rows]


@pytest.mark.parametrize("number", [1, 6])
def test_list_asks_a_constant_number_of_queries(world, client_of, probe, django_assert_max_num_queries, number):
    for _ in range(number):
        tell(world, target=probe, params={"content": "x", "unit": world.home.pk}, kind="part_answered")
        tell(world, params={"unit": world.works.pk}, kind="part_answered")
    client = client_of("deputy")
    with django_assert_max_num_queries(12):
        assert client.get(reverse("notifications:list")).status_code == 200


def test_unread_count_is_cheap_and_capped(world, django_assert_num_queries):
    Notice.objects.bulk_create(
        [
            Notice(person=world.person("deputy"), act=uuid4(), kind="remark", created_at=clock.now())
            for _ in range(listing.COUNT_CEILING + 20)
        ]
    )
    scope = world.scope("deputy")
    with django_assert_num_queries(1):
        assert registry.frame.get("unread")(scope) == listing.COUNT_CEILING + 1
    assert registry.frame.get("unread")(world.scope("clerk")) == 0


def test_empty_list_says_what_will_come(client_of):
    assert "No notices yet." in client_of("deputy").get(reverse("notifications:list")).content.decode()


def test_choices_are_kept_and_logged(world, client_of):
    client = client_of("deputy")
    address = reverse("notifications:choices")
    form = client.get(address).context["form"]
    data = {bound.html_name: bound.initial for bound in form.subjects()}
    data |= {"mode_assigned": "now", "mode_decisions": "off", "digest_at": "16:15", "quiet": ["6", "7"]}
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    chosen = choices_for(world.person("deputy").pk)
    assert (dict(chosen.modes), chosen.digest_at, chosen.quiet) == (
        {"assigned": "now", "decisions": "off"},
        datetime.time(16, 15),
        {6, 7},
    )
    assert AuditEvent.objects.filter(action="notice_choices.set").count() == 1


def test_choices_refuse_what_is_not_offered(client_of):
    response = client_of("deputy").post(reverse("notifications:choices"), {"digest_at": "03:17"})
    assert response.status_code == 422
    assert not Preference.objects.exists()


@pytest.mark.parametrize("value", [None, [], {"modes": 3, "digest_at": "x", "quiet": "y"}, {"quiet": [9, "1"]}])
def test_stored_choices_that_make_no_sense_count_as_none(world, value):
    Preference.objects.create(person=world.person("deputy"), key="notices", value=value or {})
    chosen = choices_for(world.person("deputy").pk)
    assert (dict(chosen.modes), chosen.digest_at, set(chosen.quiet)) == ({}, None, set())


@pytest.fixture
def dues(monkeypatch):
    """Due dates by person."""
    found = {}
    monkeypatch.setattr(feeds, "due_dates", registry.Registry())
    feeds.due_dates.register("test")(
        lambda scope, start, end: [d for d in found.get(scope.person_id, []) if start <= d.on <= end and scope.grants]
    )
    return found


def read_feed(client, token):
    response = client.get(reverse("notifications:feed", args=[token]))
    return [] if response.status_code == 404 else icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_feed_shows_due_dates_and_no_content_above_open(world, client, dues):
    today = clock.today()
    title = "Sửa cầu; thay ván,\nbáo cáo"
    dues[world.person("deputy").pk] = [
        Due(uuid4(), today, title, "/tasks/1/", "96-TB/VPTU"),
        Due(uuid4(), today, "Kế hoạch nội bộ", "/tasks/2/", "ghi chú", levels.INTERNAL),
        Due(uuid4(), today + datetime.timedelta(days=900), "far", "/tasks/3/"),
    ]
    token = open_feed(scope=world.scope("deputy"))
    shown, hidden = read_feed(client, token)
    assert (shown["summary"], shown["description"], shown["dtstart"].dt) == (title, "96-TB/VPTU", today)
    assert shown["url"].endswith("/tasks/1/")
    assert "description" not in hidden
    response = client.get(reverse("notifications:feed", args=[token]))
    assert "nội bộ" not in response.content.decode()
    assert "ghi chú" not in response.content.decode()
    assert CalendarFeed.objects.get().last_read_on == today


def test_feed_address_is_secret_and_revocable(world, client, dues):
    dues[world.person("deputy").pk] = [Due(uuid4(), clock.today(), "x")]
    first = open_feed(scope=world.scope("deputy"))
    second = open_feed(scope=world.scope("deputy"))
    assert [len(read_feed(client, token)) for token in (first, second, "guess")] == [0, 1, 0]
    assert not CalendarFeed.objects.filter(digest__contains=second).exists()
    revoke_feed(scope=world.scope("deputy"))
    assert read_feed(client, second) == []
    assert sorted(AuditEvent.objects.values_list("action", flat=True)) == [
        "calendar_feed.open",
        "calendar_feed.open",
        "calendar_feed.revoke",
    ]


def test_feed_of_an_ended_appointment_is_empty(world, client, dues):
    dues[world.person("deputy").pk] = [Due(uuid4(), clock.today(), "x")]
    token = open_feed(scope=world.scope("deputy"))
    assert len(read_feed(client, token)) == 1
    Appointment.objects.filter(pk=world.posts["deputy"].pk).update(valid_to=datetime.date(2020, 2, 1))
    assert read_feed(client, token) == []


def test_feed_is_not_given_to_a_substitute(world):
    from prytany.accounts.scopes import appointments_of, scope_of

    today = world.scope("deputy").today
    Substitution.objects.create(absent=world.posts["chief"], substitute=world.person("deputy"), valid_from=today)
    acting = next(a for a in appointments_of(world.person("deputy")) if a.pk == world.posts["chief"].pk)
    with pytest.raises(DomainError, match="not_own"):
        open_feed(scope=scope_of(acting, person=world.person("deputy")))


def test_address_is_shown_once(world, client_of):
    client = client_of("deputy")
    client.post(reverse("notifications:feed_renew"))
    first, second = (client.get(reverse("notifications:choices")) for _ in range(2))
    assert first.context["feed_url"].endswith(".ics")
    assert second.context["feed_url"] == ""
    client.post(reverse("notifications:feed_revoke"))
    assert client.get(reverse("notifications:choices")).context["feed"] is None


def test_account_page_tells_how_notices_come(world, client_of):
    person = world.person("deputy")
    page = client_of("deputy").get(reverse("accounts:account")).content.decode()
    assert "You have no e-mail address here" in page
    person.email = "deputy@example.test"
    person.save()
    Preference.objects.create(
        person=person, key="notices", value={"modes": {"decisions": "off"}, "digest_at": "16:15", "quiet": [6]}
    )
    page = client_of("deputy").get(reverse("accounts:account")).content.decode()
    assert "at 16:15 on working days; not on Thứ 7" in page
    assert "Waiting for my decision" in page
