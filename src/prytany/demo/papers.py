"""The papers of the demo, written for it: conference reports, notices of conclusions, plans, in six languages."""

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Task:
    """What a paper asks for; `anchor` stands in the sentence it is drawn from.

    `due` counts working days from the issue of the paper, or is month, quarter, year or none. `addressees` is
    "communes", "departments" or nothing. `mood` says how the units take it, see `simulation.MOODS`.
    """

    anchor: str
    content: str
    lead: str
    due: str
    product: str
    coordinating: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    addressees: str = ""
    mood: str = "open"
    is_key: bool = False
    evidence: bool = False


@dataclass(frozen=True)
class Paper:
    """A paper issued `weeks_ago`; `stage` is issued, submitted, returned or unread."""

    name: str
    weeks_ago: float
    kind: str
    body: str
    issuer: str
    language: str
    summary: str
    text: str
    stage: str = "issued"
    stated_total: int | None = None
    urgency: str = ""
    reason: str = ""
    tasks: tuple[Task, ...] = field(default_factory=tuple)


def load_papers() -> list[Paper]:
    """Return the papers, the oldest first."""
    entries = [entry for entry in files("prytany.demo").joinpath("papers").iterdir() if entry.name.endswith(".toml")]
    found = [_paper(e.name.removesuffix(".toml"), tomllib.loads(e.read_text(encoding="utf-8"))) for e in entries]
    return sorted(found, key=lambda paper: paper.name)


def _paper(name: str, data: dict[str, Any]) -> Paper:
    tasks = tuple(_task(row) for row in data.pop("task", ()))
    data["text"] = data["text"].strip()
    return Paper(name=name, tasks=tasks, **data)


def _task(row: dict[str, Any]) -> Task:
    for name in ("coordinating", "information"):
        row[name] = tuple(row.get(name, ()))
    return Task(**row)
