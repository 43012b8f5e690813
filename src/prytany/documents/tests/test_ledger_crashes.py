"""Writers that die between a number and its paper leave no gap, no number twice, and lose none that was told."""

import json

import pytest

CHECK = """
import json, sys
from prytany.documents.models import LedgerNumber, NumberSeries, RegisterEntry
rows = LedgerNumber.objects.order_by("number").values_list("number", "state")
json.dump({
    "numbers": [row[0] for row in rows],
    "states": {row[0]: row[1] for row in rows},
    "last": list(NumberSeries.objects.values_list("last", flat=True)),
    "lines": sorted(RegisterEntry.objects.values_list("number", flat=True)),
    "of_papers": sorted(LedgerNumber.objects.exclude(document=None).values_list("number", flat=True)),
}, sys.stdout)
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_writers_leave_no_gap_and_no_number_twice(installation, seed):
    work = json.loads(installation.python(f"from prytany.documents.tests.writers import run; run({seed})"))
    found = json.loads(installation.python(CHECK))
    killed = [end for end in work["ends"] if end == 9]
    assert killed, "the test is about writers that were killed"
    assert set(work["ends"]) <= {0, 9}
    assert not [told for told in work["told"] if told[0] == "busy"]
    assert len(found["numbers"]) > 10
    # No gap, no number twice, and the counter stands where the numbers end.
    assert found["numbers"] == list(range(1, len(found["numbers"]) + 1))
    assert found["last"] == [len(found["numbers"])]
    # Each number that bears a paper has its line, and each line its number.
    assert found["lines"] == found["of_papers"]
    # What a clerk was told stands there: a reserved number may have been used since.
    for state, number in work["told"]:
        if state != "refused":
            stands = found["states"][str(number)]
            assert stands == state or (state == "reserved" and stands in {"used", "void"})
