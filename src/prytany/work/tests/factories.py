"""Tasks for tests, made through the models; what services do is tested through services."""

import datetime

from prytany.work.models import Obligation, Task
from prytany.work.models.task import NO_DUE_DATE

ISSUED_ON = datetime.date(2026, 11, 16)


def make_task(world, addressees, *, lead=None, due=None, state="issued", content="Lập danh sách", **fields):
    """Return an issued task of the office, with a part for `lead` and one for each unit of `addressees`."""
    task = Task.objects.create(
        root=world.root,
        content=content,
        product="Báo cáo",
        assigner_unit=world.office,
        assigner_post=world.posts["chief"].post,
        assigner=world.person("chief"),
        created_by=world.person("specialist"),
        follower=world.person("specialist"),
        due_on=due,
        due_sort=due or NO_DUE_DATE,
        is_standing=due is None,
        state="issued",
        issued_on=ISSUED_ON,
        is_fan_out=bool(addressees),
        **fields,
    )
    parts = [(lead, "lead")] if lead else []
    parts += [(unit, "addressee") for unit in addressees]
    for unit, role in parts:
        Obligation.objects.create(
            root=world.root,
            task=task,
            owner=unit,
            holder=unit,
            creditor=world.office,
            role=role,
            state=state,
            due_on=due,
            original_due_on=due,
            due_sort=due or NO_DUE_DATE,
            issued_on=ISSUED_ON,
        )
    return task
