"""Where `core` may not import an upper app it repeats a definition; here the two are held equal."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from prytany.core import marks, timing
from prytany.work import timeliness
from prytany.work.models.states import DONE_STATES, ObligationState, TaskState
from prytany.work.timeliness import Timeliness

days = st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


@given(
    state=st.sampled_from(ObligationState),
    due=days,
    soon=days,
    submitted=days,
    today=st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),
)
def test_time_cell_and_counts_use_one_definition(state, due, soon, submitted, today):
    if due is None or soon is None:
        soon = None if due is None else due
    standing = timing.standing(state=state, due=due, soon=soon, submitted=submitted, today=today)
    assert standing.kind == timeliness.classify(state=state, due=due, soon=soon, submitted=submitted, today=today)


def test_every_class_and_state_has_its_look_and_word():
    assert set(timing.LOOKS) == set(Timeliness.values)
    assert {which.value: str(which.label) for which in Timeliness} == {
        which.value: timing.class_words(which.value) for which in Timeliness
    }
    assert set(ObligationState.values) | set(TaskState.values) <= set(marks.STATES)
    assert set(timing.DONE) == {state.value for state in DONE_STATES}
