"""Jobs that tests queue. They write what they did to a file, since they run in other processes."""

import os
import time
from pathlib import Path

from prytany.jobs.errors import GiveUp
from prytany.jobs.tasks import job


def _note(line: str) -> None:
    with Path(os.environ.get("PROBE_FILE", os.devnull)).open("a") as file:
        file.write(f"{line}\n")


@job()
def note(word):
    _note(word)


@job(queue="mail")
def mail(word):
    _note(word)


@job(queue="text", backoff=0.5)
def slow(word, seconds):
    _note(f"{word} begins")
    time.sleep(seconds)
    _note(f"{word} ends")


@job(queue="text", attempts=2, backoff=0.0)
def crash(word):
    _note(f"{word} begins")
    os.kill(os.getpid(), 9)


@job(queue="text", attempts=2, timeout=1.0, backoff=0.0)
def hang(word):
    _note(f"{word} begins")
    time.sleep(60)


@job(queue="index", attempts=3, backoff=60.0)
def refuse(word):
    _note(word)
    raise LookupError(f"no {word}")


@job(attempts=3)
def give_up(word):
    _note(word)
    raise GiveUp(word)


@job()
def chain(word, more):
    _note(word)
    if more:
        chain.enqueue(word, more - 1)
