"""Many clerks at once, each a process with a connection of its own, some of them killed in the midst of a number.

Run in an installation of its own: `run(seed)` prints what the clerks were told, one line for each number, as JSON.
"""

import json
import os
import random
import signal
import sys
import time

from django.db import OperationalError, connections, transaction

from prytany.accounts.tests.world import make_world
from prytany.documents.models import LedgerNumber
from prytany.documents.services import ledger
from prytany.documents.services.registration import void_entry
from prytany.documents.tests.papers import DAY, enter

WRITERS = 5
ACTS = 12
KILLED = 0.15
DIRECTION, FAMILY, KIND = "out", "state", "decision"


def _killed_now_and_then(dice):
    """Let the process die without a word between the number and the commit of its paper."""
    take = ledger.take_number

    def take_and_perhaps_die(**kwargs):
        row = take(**kwargs)
        if dice.random() < KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        return row

    ledger.take_number = take_and_perhaps_die


def _act(world, scope, dice, name):
    """Do one thing with the ledger and return what the clerk was told."""
    what = dice.choice(["enter", "enter", "enter", "reserve", "use", "void"])
    if what == "reserve":
        row = ledger.reserve_number(
            scope=scope,
            unit=world.office,
            direction=DIRECTION,
            family=FAMILY,
            kind=KIND,
            owner=world.person("clerk"),
        )
        return ["reserved", row.number]
    if what == "use":
        row = LedgerNumber.objects.filter(state="reserved").order_by("?").first()
        number = row.number if row else None
    else:
        number = None
    entry = enter(
        scope, world.office, direction=DIRECTION, family=FAMILY, kind=KIND, symbol=f"{name}/QĐ-X", number=number
    )
    if what == "void":
        void_entry(scope=scope, entry=entry, reason="Nhầm")
        return ["void", entry.number]
    return ["used", entry.number]


def _write(world, seed, out):
    dice = random.Random(seed)
    _killed_now_and_then(dice)
    scope = world.scope("clerk")
    for count in range(ACTS):
        time.sleep(dice.random() / 200)
        try:
            told = _act(world, scope, dice, f"{seed % 100_000}{count:02d}")
        except ledger.DomainError as refused:
            told = ["refused", refused.code]
        except OperationalError as error:
            told = ["busy", str(error)]
        os.write(out, (json.dumps(told) + "\n").encode())


def run(seed):
    """Let the clerks work until each has done its acts or was killed; print what they were told, and how many died."""
    assert not transaction.get_connection().in_atomic_block
    world = make_world()
    read, out = os.pipe()
    connections.close_all()
    clerks = []
    for number in range(WRITERS):
        clerk = os.fork()
        if clerk == 0:
            os.close(read)
            status = 1
            try:
                _write(world, seed * 100 + number, out)
                status = 0
            finally:
                os._exit(status)
        clerks.append(clerk)
    os.close(out)
    with os.fdopen(read) as told:
        lines = [json.loads(line) for line in told]
    ends = [os.waitpid(clerk, 0)[1] for clerk in clerks]
    json.dump({"told": lines, "ends": ends, "day": str(DAY)}, sys.stdout)
