"""One definition, in Python and in SQL."""

import datetime
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prytany.accounts.tests.world import make_world
from prytany.work.models import Obligation, ObligationState
from prytany.work.models.task import NO_DUE_DATE
from prytany.work.tests.factories import make_task
from prytany.work.timeliness import Timeliness, classify, condition, expression

TODAY = datetime.date(2026, 11, 23)
days = st.dates(datetime.date(2026, 11, 15), datetime.date(2026, 12, 5))


@st.composite
def parts(draw):
    """A part as services leave it: submitted dates are not in the future, done parts have one."""
    state = draw(st.sampled_from(ObligationState.values))
    due = draw(st.none() | days)
    soon = due - datetime.timedelta(days=draw(st.integers(0, 9))) if due else None
    past = st.dates(datetime.date(2026, 11, 10), TODAY)
    submitted = draw(past if state in {"submitted", "verified", "nothing"} else st.none() | past)
    return state, due, soon, submitted


class TimelinessTests(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(rows=st.lists(parts(), min_size=1, max_size=12))
    def test_python_sql_and_the_six_conditions_agree_and_sum_to_the_total(self, rows):
        world = make_world()
        task = make_task(world, [])
        made = []
        for state, due, soon, submitted in rows:
            unit = world.mau_son.__class__.objects.create(root=world.root)
            made.append(
                Obligation.objects.create(
                    uid=uuid4(),
                    root=world.root,
                    task=task,
                    owner=unit,
                    holder=unit,
                    creditor=world.office,
                    role="addressee",
                    state=state,
                    due_on=due,
                    due_sort=due or NO_DUE_DATE,
                    soon_on=soon,
                    submitted_on=submitted,
                    completed_on=submitted if state in {"verified", "nothing"} else None,
                )
            )
        expected = {
            row.pk: classify(state=row.state, due=row.due_on, soon=row.soon_on, submitted=row.submitted_on, today=TODAY)
            for row in made
        }
        mine = Obligation.objects.filter(pk__in=expected)
        assert dict(mine.annotate(t=expression(TODAY)).values_list("pk", "t")) == expected
        by_condition = {
            which: set(mine.filter(condition(which, TODAY)).values_list("pk", flat=True)) for which in Timeliness
        }
        assert by_condition == {which: {pk for pk, t in expected.items() if t == which} for which in Timeliness}
        assert sum(len(found) for found in by_condition.values()) == mine.counted().count()


def test_a_waiting_submission_keeps_the_class_of_its_date():
    due = datetime.date(2026, 11, 20)
    late = classify(state="in_progress", due=due, soon=due, submitted=None, today=TODAY)
    frozen = classify(state="submitted", due=due, soon=due, submitted=due, today=TODAY)
    assert (late, frozen) == (Timeliness.OVERDUE, Timeliness.DUE_SOON)


def test_done_without_a_due_date_counts_as_on_time():
    assert classify(state="verified", due=None, soon=None, submitted=TODAY, today=TODAY) == Timeliness.DONE_ON_TIME
