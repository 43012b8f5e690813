"""A record that notices can be about in tests, whatever upper apps there are."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from prytany.audit import targets
from prytany.audit.targets import Target, target_kind
from prytany.core import levels


@dataclass
class _Meta:
    model_name: str = "probe"


@dataclass
class Probe:
    """Something with a uid, a level and a place, seen by the people in `readers`."""

    level: int = levels.OPEN
    uid: UUID = field(default_factory=uuid4)
    readers: set[int] = field(default_factory=set)
    _meta: _Meta = field(default_factory=_Meta)


def show_probes(monkeypatch, *probes):
    """Register the kind of probes for one test: each is seen by its readers."""
    monkeypatch.setattr(targets, "_kinds", dict(targets._kinds))

    def resolve(scope, uids):
        return {
            probe.uid: Target("A probe", f"/probe/{probe.uid}/")
            for probe in probes
            if probe.uid in uids and scope.person_id in probe.readers
        }

    target_kind("probe", "probe", resolve)
