"""What `prytany verify` holds true of the organisation."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F

from prytany.core.consistency import check
from prytany.organisation import closure
from prytany.organisation.models import Hierarchy, Unit, UnitRelation


@transaction.atomic
def rebuild_all() -> None:
    """Make the closure of every hierarchy what the relations say."""
    for hierarchy in Hierarchy.values:
        closure.rebuild(hierarchy)


@check("organisation.closure", "units stand below those that their relations name", rebuild=rebuild_all)
def closure_faults() -> Iterator[str]:
    """Yield each place where the stored closure and the one made anew differ."""
    for root_id in Unit.objects.filter(root_id=F("pk")).values_list("pk", flat=True):
        for hierarchy in Hierarchy.values:
            yield from _faults_of(hierarchy, root_id)


def _faults_of(hierarchy: str, root_id: int) -> Iterator[str]:
    stored = closure.stored_links(hierarchy, root_id)
    if not stored and not UnitRelation.objects.filter(hierarchy=hierarchy, unit__root_id=root_id).exists():
        return  # a hierarchy that this root does not use
    expected = closure.expected_links(hierarchy, root_id)
    for row in sorted(expected - stored, key=str):
        yield f"{hierarchy}: missing {_words(row)}"
    for row in sorted(stored - expected, key=str):
        yield f"{hierarchy}: unfounded {_words(row)}"


def _words(row: closure.Row) -> str:
    ancestor, descendant, depth, since, until = row
    return f"unit {descendant} {depth} steps below unit {ancestor} from {since} to {until or '…'}"
