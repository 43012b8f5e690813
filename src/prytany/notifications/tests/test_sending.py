"""E-mail: at once and as a digest; twice run sends once; a mail server that fails."""

import datetime
import smtplib
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from prytany.accounts.models import Preference
from prytany.core import clock
from prytany.notifications import sending
from prytany.notifications.digests import queue_digests
from prytany.notifications.jobs import deliver
from prytany.notifications.models import Delivery, Notice
from prytany.notifications.services import notify
from prytany.notifications.tests.factories import Probe, show_probes
from prytany.organisation.models import Substitution
from prytany.rules.models import RuleOverride
from prytany.workdays.models import CalendarDay

OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")


class UnreliableBackend(EmailBackend):
    """Raises `problem` for the messages to addresses in `broken`."""

    problem: Exception = smtplib.SMTPServerDisconnected("gone")
    broken: set[str] = set()

    def send_messages(self, messages):
        for message in messages:
            if self.broken & set(message.recipients()):
                raise self.problem
        return super().send_messages(messages)


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=OFFICE)


@pytest.fixture
def people(world):
    """Two people with addresses."""
    found = [world.person("mau_son_focal"), world.person("ky_lua_focal")]
    for number, person in enumerate(found):
        person.email = f"person{number}@example.test"
        person.save()
    return found


def tell(world, people, *, at="2026-11-19 15:00", **kwargs):
    with clock.at(moment(at)):
        scope = world.scope("chief", today=clock.today())
        notify(scope=scope, act=uuid4(), **{"kind": "tasks_assigned", "people": people, **kwargs})


def send():
    deliver.func(list(Delivery.objects.order_by("pk").values_list("pk", flat=True)))


def digest(at):
    with clock.at(moment(at)):
        queued = queue_digests()
        send()
    return queued


def test_at_once_sends_one_message_each_and_twice_run_sends_once(world, people):
    tell(world, people, urgent=True, params={"content": "Sửa cầu"})
    send()
    send()
    assert [message.to[0].rpartition("<")[2] for message in mail.outbox] == [
        "person0@example.test>",
        "person1@example.test>",
    ]
    assert set(Delivery.objects.values_list("status", "attempts")) == {("sent", 1)}
    assert set(Notice.objects.values_list("mail", flat=True)) == {""}


def test_message_names_the_record_only_to_who_sees_it(world, people, monkeypatch):
    probe = Probe(readers={people[0].pk})
    show_probes(monkeypatch, probe)
    tell(world, people, urgent=True, params={"content": "Sửa cầu"}, target=probe)
    send()
    seen, unseen = mail.outbox
    assert "Sửa cầu" in seen.body
    assert "Sửa cầu" not in unseen.body + unseen.alternatives[0].content + unseen.subject + seen.subject
    notice = Notice.objects.get(person=people[0])
    assert f"/notices/{notice.uid}/" in seen.body
    assert seen.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(("language", "direction"), [("vi", "ltr"), ("ur", "rtl"), ("ar", "rtl"), ("", "ltr")])
def test_message_is_in_the_receivers_language_and_direction(world, people, language, direction):
    people[0].language = language
    people[0].save()
    tell(world, people[:1], urgent=True)
    send()
    html = mail.outbox[0].alternatives[0].content
    assert f'<html lang="{language or "vi"}" dir="{direction}">' in html
    assert mail.outbox[0].extra_headers["Content-Language"] == (language or "vi")


def test_names_cannot_add_headers(world, people):
    person = people[0]
    person.name = "Người nhận\r\nBcc: victim@example.test"
    person.save()
    tell(world, [person], urgent=True)
    send()
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert mail.outbox[0].recipients() == [mail.outbox[0].to[0]]
    assert "\n" not in mail.outbox[0].to[0]


def test_an_address_that_breaks_headers_fails_for_good_and_alone(world, people):
    type(people[0]).objects.filter(pk=people[0].pk).update(email="a@example.test\nBcc: victim@example.test")
    tell(world, people, urgent=True)
    send()
    assert [message.to[0].rpartition("<")[2] for message in mail.outbox] == ["person1@example.test>"]
    assert sorted(Delivery.objects.values_list("status", "attempts")) == [("failed", 1), ("sent", 1)]


@pytest.fixture
def unreliable(settings, monkeypatch):
    """A mail server that fails for the addresses and with the problem the test says."""
    settings.EMAIL_BACKEND = f"{__name__}.UnreliableBackend"
    monkeypatch.setattr(UnreliableBackend, "broken", {"broken"})
    return lambda problem, *broken: (
        monkeypatch.setattr(UnreliableBackend, "problem", problem),
        monkeypatch.setattr(UnreliableBackend, "broken", set(broken)),
    )


def test_a_server_that_fails_is_tried_again_and_nobody_gets_two(world, people, unreliable):
    tell(world, people, urgent=True)
    second = Delivery.objects.order_by("pk").last()
    address = sending._message(second).to[0]
    unreliable(smtplib.SMTPServerDisconnected("gone"), address)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send()
    assert list(Delivery.objects.order_by("pk").values_list("status", "problem")) == [
        ("sent", ""),
        ("queued", "SMTPServerDisconnected"),
    ]
    unreliable(None)
    send()
    assert len(mail.outbox) == 2
    assert list(Delivery.objects.order_by("pk").values_list("status", "attempts")) == [("sent", 1), ("sent", 2)]


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}), "failed"),
        (smtplib.SMTPDataError(554, b"refused"), "failed"),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"later")}), "queued"),
        (smtplib.SMTPDataError(451, b"later"), "queued"),
        (OSError("no route"), "queued"),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(world, people, unreliable, problem, status):
    tell(world, people[:1], urgent=True)
    unreliable(problem, sending._message(Delivery.objects.get()).to[0])
    if status == "queued":
        with pytest.raises(type(problem)):
            send()
    else:
        send()
    assert Delivery.objects.get().status == status


def test_an_interrupted_message_is_sent_again_after_a_while(world, people):
    tell(world, people[:1], urgent=True)
    Delivery.objects.update(status="sending", tried_at=clock.now())
    send()
    assert not mail.outbox
    Delivery.objects.update(tried_at=clock.now() - datetime.timedelta(hours=1))
    send()
    assert len(mail.outbox) == 1


def test_read_meanwhile_is_not_sent(world, people):
    tell(world, people[:1], urgent=True)
    Notice.objects.update(read_at=clock.now())
    send()
    assert not mail.outbox
    assert Delivery.objects.get().status == "dropped"


def test_digest_holds_all_and_comes_once_a_day(world, people):
    tell(world, people, params={"content": "Sửa cầu"})
    tell(world, people[:1], kind="remark")
    assert digest("2026-11-20 07:15") == 0
    assert digest("2026-11-20 07:30") == 2
    assert digest("2026-11-20 07:45") == 0
    assert [message.subject for message in mail.outbox] == ["Prytany: 2 new notices", "Prytany: 1 new notice"]
    tell(world, people[:1], at="2026-11-20 09:00")
    assert digest("2026-11-20 10:00") == 0
    assert digest("2026-11-23 07:30") == 1
    assert digest("2026-11-25 07:30") == 0
    assert len(mail.outbox) == 3


def test_digest_waits_for_a_working_day_of_the_unit(world, people):
    tell(world, people, at="2026-11-20 18:00")
    assert digest("2026-11-21 08:00") == 0
    CalendarDay.objects.create(unit=world.mau_son, on=datetime.date(2026, 11, 23), kind="off")
    assert digest("2026-11-23 08:00") == 1
    assert digest("2026-11-24 08:00") == 0
    assert digest("2026-11-25 08:00") == 1


def test_digest_comes_at_the_persons_or_the_offices_hour(world, people):
    Preference.objects.create(person=people[0], key="notices", value={"digest_at": "16:00"})
    RuleOverride.objects.create(
        unit=world.root,
        key="notices.digest_at",
        value="09:00",
        valid_from=datetime.date(2026, 1, 1),
        legal_basis="Quy chế",
    )
    tell(world, people)
    assert digest("2026-11-20 08:45") == 0
    assert digest("2026-11-20 09:00") == 1
    assert digest("2026-11-20 15:45") == 0
    assert digest("2026-11-20 16:00") == 1


def test_digest_leaves_quiet_days_out(world, people):
    Preference.objects.create(person=people[0], key="notices", value={"quiet": [5]})
    tell(world, people[:1])
    assert digest("2026-11-20 08:00") == 0
    assert digest("2026-11-23 08:00") == 1


def test_digest_leaves_out_what_was_read_or_sent_at_once_or_switched_off(world, people):
    Preference.objects.create(person=people[1], key="notices", value={"modes": {"assigned": "off"}})
    tell(world, people)
    tell(world, people[:1], kind="remark")
    Notice.objects.filter(kind="remark").update(read_at=clock.now())
    digest("2026-11-20 08:00")
    assert [message.subject for message in mail.outbox] == ["Prytany: 1 new notice"]


def test_digest_forgets_who_has_left_or_has_no_address(world, people):
    type(people[0]).objects.filter(pk=people[0].pk).update(email="")
    world.posts["ky_lua_focal"].valid_to = datetime.date(2026, 11, 20)
    world.posts["ky_lua_focal"].save()
    tell(world, people)
    assert digest("2026-11-20 08:00") == 0
    assert not Notice.objects.filter(mail="daily").exists()


def test_digest_goes_to_a_substitute_without_a_post_of_their_own(world, people):
    world.posts["ky_lua_focal"].valid_to = datetime.date(2026, 11, 1)
    world.posts["ky_lua_focal"].save()
    Substitution.objects.create(
        absent=world.posts["mau_son_focal"], substitute=people[1], valid_from=datetime.date(2026, 11, 1)
    )
    tell(world, people[:1])
    assert digest("2026-11-20 08:00") == 2


def test_digest_of_many_asks_few_queries(world, people, django_assert_max_num_queries):
    tell(world, people)
    with clock.at(moment("2026-11-20 08:00")), django_assert_max_num_queries(16):
        assert queue_digests() == 2


def test_long_digest_names_the_first_and_counts_the_rest(world, people):
    for _ in range(sending.MOST_LINES + 3):
        tell(world, people[:1], kind="remark")
    digest("2026-11-20 08:00")
    assert mail.outbox[0].body.count("/notices/") == sending.MOST_LINES + 2
    assert "And 3 more." in mail.outbox[0].body
