"""The second reader, against a server of our own on the loopback: what it may be told, and what is taken from it."""

import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from prytany.config import env
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.documents.models import Document
from prytany.intake.models import Decision, SecondReading
from prytany.intake.second import asking
from prytany.intake.second.answers import hold
from prytany.intake.second.asking import NotAnswered
from prytany.intake.services.second import ask_second_reader, read_second
from prytany.intake.tests.papers import VI, act, taken
from prytany.work.models import Task

KEY = "sk-very-private"
MORE = "Hội nghị thống nhất họp giao ban quý I vào tuần thứ hai của tháng 3."
KNOWN = "Năm là, Sở Nội vụ tổng hợp nhu cầu sửa chữa phòng học, trình trước ngày 10/12/2099."


class Stub(ThreadingHTTPServer):
    """Answers as it is told: `status`, `body` (bytes, or the words a model would say), `wait` seconds before it."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.body, self.wait, self.asked, self.headers_out = 200, b"{}", 0.0, [], {}

    def says(self, words):
        self.body = json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()

    def proposes(self, *tasks):
        self.says(json.dumps({"tasks": list(tasks)}, ensure_ascii=False))


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, self.headers["Authorization"], json.loads(body)))
        time.sleep(self.server.wait)
        self.send_response(self.server.status)
        for name, value in self.server.headers_out.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(self.server.body)
        except OSError:
            return

    def log_message(self, *_args):
        return


@pytest.fixture
def stub(settings):
    server = Stub()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SECOND_READER_URL = f"http://127.0.0.1:{server.server_port}/v1"
    settings.SECOND_READER_MODEL, settings.SECOND_READER_KEY = "some-model", KEY
    settings.SECOND_READER_SECONDS = 5
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def document(world):
    return taken(world)


def ask(world, document, run_jobs):
    ask_second_reader(scope=world.scope("specialist"), document=document, text=document.texts.get())
    run_jobs()
    return SecondReading.objects.get()


def rows_by_second(client, document):
    response = client.get(reverse("intake:read", args=[document.uid]))
    return [row for row in response.context["rows"] if row.second]


def test_a_good_answer_adds_rows_that_are_marked(world, client_of, stub, document, run_jobs):
    stub.proposes(
        {"quote": MORE, "lead": "Sở Xây dựng", "coordinating": ["các xã, phường"], "deadline": "tháng 3"},
        {"quote": KNOWN, "lead": "Sở Xây dựng", "deadline": ""},
    )
    reading = ask(world, document, run_jobs)
    assert (reading.state, reading.problem, len(reading.proposals), reading.dropped) == ("read", "", 2, 0)
    client = client_of("specialist")
    (row,) = rows_by_second(client, document)  # what the first reader reads is left to it
    text = document.texts.get().text
    assert text[row.start : row.end] == MORE
    assert row.cells["lead"].text == "Sở Xây dựng"
    page = client.get(reverse("intake:read", args=[document.uid])).content.decode()
    assert "Second reader" in page
    assert "The second reader names 2 sentences." in page
    act(client, document, {"act": "take", "key": "a", "start": row.start, "end": row.end})
    decided = Decision.objects.get()
    assert (decided.reader, decided.outcome, decided.lead, Task.objects.count()) == ("second", "taken", "kept", 1)
    assert rows_by_second(client, document) == []


def test_only_the_text_is_sent(world, stub, document, run_jobs):
    stub.proposes()
    ask(world, document, run_jobs)
    ((path, authorization, body),) = stub.asked
    assert (path, authorization) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert sorted(body) == ["messages", "model", "stream", "temperature"]
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["messages"][1]["content"] == document.texts.get().text
    assert str(document.uid) not in json.dumps(body)


def test_an_invented_quote_is_dropped_and_counted(world, client_of, stub, document, run_jobs):
    stub.proposes(
        {"quote": "Sở Y tế mua mười xe cứu thương trước ngày 01/01/2099."},
        {"quote": MORE.replace("quý I", "quý II")},
        {"quote": "Một"},
        {"quote": 7},
        "no task",
        {
            "quote": MORE.replace(" ", "\n", 3),
            "lead": "Bộ Y tế",
            "deadline": "ngày mai",
            "coordinating": [3, "Bộ Y tế"],
        },
        {"quote": MORE},
    )
    reading = ask(world, document, run_jobs)
    assert reading.dropped == 6
    ((proposal,),) = [reading.proposals]
    assert (proposal["lead"], proposal["coordinating"], proposal["deadline"]) == ("", [], "")
    page = client_of("specialist").get(reverse("intake:read", args=[document.uid])).content.decode()
    assert "6 more were thrown away" in page


@pytest.mark.parametrize(
    "words",
    ["Here are the tasks:", "[]", '{"tasks": 3}', '{"tasks": ' + "[" * 5000, '{"tasks": [' + "1," * 300 + "1]}"],
)
def test_an_answer_that_is_no_list_of_tasks_is_refused(world, stub, document, run_jobs, words):
    stub.says(words)
    assert (ask(world, document, run_jobs).problem, SecondReading.objects.get().proposals) == ("malformed", [])


def test_words_around_the_json_that_models_like_are_forgiven(world, stub, document, run_jobs):
    stub.says("```json\n" + json.dumps({"tasks": [{"quote": MORE}]}) + "\n```")
    assert len(ask(world, document, run_jobs).proposals) == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"body": b"<html>"}, "malformed"),
        ({"body": b'{"choices": []}'}, "malformed"),
        ({"body": b'{"choices": [{"message": {"content": null}}]}'}, "malformed"),
        ({"status": 500}, "status"),
        ({"status": 302, "headers_out": {"Location": "http://127.0.0.1:9/"}}, "status"),
        ({"body": b" " * (asking.MOST_BYTES + 1)}, "too_large"),
    ],
)
def test_a_bad_answer_changes_nothing(world, client_of, stub, document, run_jobs, change, problem, caplog):
    vars(stub).update(change)
    with caplog.at_level(logging.DEBUG):
        reading = ask(world, document, run_jobs)
    assert (reading.state, reading.problem, reading.proposals) == ("failed", problem, [])
    page = client_of("specialist").get(reverse("intake:read", args=[document.uid]))
    assert [row.second for row in page.context["rows"]] == [False] * 8
    assert "Ask the second reader" in page.content.decode()
    assert KEY not in caplog.text
    assert KEY not in page.content.decode()


def test_a_slow_answer_is_given_up(world, stub, document, run_jobs, settings):
    settings.SECOND_READER_SECONDS = 1
    stub.wait = 3
    began = time.monotonic()
    assert ask(world, document, run_jobs).problem == "timeout"
    assert time.monotonic() - began < 2.5


def test_an_answer_that_never_ends_is_given_up():
    class Dripping:
        def read1(self, _most):
            time.sleep(0.05)
            return b" "

    with pytest.raises(NotAnswered, match="timeout"):
        asking._read(Dripping(), time.monotonic() + 0.2)


def test_a_server_that_is_not_there_is_told(world, stub, document, run_jobs, settings, caplog):
    settings.SECOND_READER_URL = "http://127.0.0.1:9/v1"
    with caplog.at_level(logging.DEBUG):
        assert ask(world, document, run_jobs).problem == "unreachable"
    assert KEY not in caplog.text


@pytest.mark.parametrize("change", [{"level": levels.INTERNAL}, {"circulation": "internal_circulation"}])
def test_a_classified_paper_is_refused_at_every_door(world, client_of, stub, document, run_jobs, change):
    text = document.texts.get()
    client = client_of("specialist")
    address = reverse("intake:read", args=[document.uid])
    assert "Ask the second reader" in client.get(address).content.decode()
    reading = ask_second_reader(scope=world.scope("specialist"), document=document, text=text)
    Document.objects.update(**change)
    read_second.call(reading.pk)  # queued before it was classified
    reading.refresh_from_db()
    assert (reading.problem, stub.asked) == ("classified", [])
    document.refresh_from_db()
    with pytest.raises(DomainError, match="classified"):
        ask_second_reader(scope=world.scope("specialist"), document=document, text=text)
    with pytest.raises(NotAnswered, match="classified"):
        asking.ask(document, text.text)
    refused = client.post(reverse("intake:second", args=[document.uid]), follow=True)
    assert "Ask the second reader" not in refused.content.decode()
    run_jobs()
    assert stub.asked == []


def test_a_stamped_text_is_refused_whatever_the_paper_says(world, stub, document):
    with pytest.raises(NotAnswered, match="classified"):
        asking.ask(document, f"VĂN PHÒNG\nMẬT\n{VI}")
    assert stub.asked == []


def test_it_is_off_by_default(world, client_of, document, run_jobs):
    assert env.ASKED["PRYTANY_SECOND_READER_URL"] == env.ASKED["PRYTANY_SECOND_READER_MODEL"] == ""
    page = client_of("specialist").get(reverse("intake:read", args=[document.uid])).content.decode()
    assert "second reader" not in page.lower()
    with pytest.raises(DomainError, match="off"):
        ask_second_reader(scope=world.scope("specialist"), document=document, text=document.texts.get())
    with pytest.raises(NotAnswered, match="off"):
        asking.ask(document, VI)


def test_only_who_reads_the_paper_for_tasks_may_ask(world, stub, document):
    for name in ("clerk", "mau_son_focal", "stranger", "admin"):
        with pytest.raises(PermissionDenied):
            ask_second_reader(scope=world.scope(name), document=document, text=document.texts.get())


def test_asked_twice_it_is_asked_once(world, client_of, stub, document, run_jobs):
    stub.proposes()
    client = client_of("specialist")
    for _time in range(2):
        assert client.post(reverse("intake:second", args=[document.uid])).status_code == 302
    waiting = client.get(reverse("intake:second", args=[document.uid])).content.decode()
    assert "is reading this text" in waiting
    run_jobs()
    assert len(stub.asked) == 1


@pytest.mark.parametrize("words", ["", "x" * 5000, "…", None])
def test_hold_needs_words(words):
    assert hold(json.dumps({"tasks": [{"quote": words}]}), "x" * 9000).proposals == []


@pytest.mark.parametrize(
    "value",
    ["ftp://a/v1", "http://example.com/v1", "https://u:p@example.com/v1", "https://", "https://example.com/v1?key=k"],
)
def test_an_address_that_is_none_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("PRYTANY_SECOND_READER_URL", value)
    with pytest.raises(env.ConfigurationError, match="PRYTANY_SECOND_READER_URL"):
        env.address("PRYTANY_SECOND_READER_URL")


@pytest.mark.parametrize("value", ["", "https://example.com/v1", "http://10.0.0.5:11434/v1", "http://reader.lan/v1"])
def test_an_address_in_the_house_or_encrypted_is_taken(monkeypatch, value):
    monkeypatch.setenv("PRYTANY_SECOND_READER_URL", value)
    assert env.address("PRYTANY_SECOND_READER_URL") == value
