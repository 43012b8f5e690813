"""How good the reading is: the judging rules of the intake README over texts with a gold reading, per language.

`python -m prytany.intake.scoring [FOLDER…]` reads `expected.json` (or `gold.json`) and the texts beside it, prints a
table and each miss. Without an argument: the folder named by PRYTANY_INTAKE_GOLD, else `../shared/intake`, and the
gold texts kept with the tests. A folder that is not there is named and passed over.
"""

import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prytany.intake.reading import Reading, read_many
from prytany.intake.reading.report import as_json
from prytany.intake.reading.shadow import fold_line
from prytany.intake.reading.tokens import tokenise
from prytany.intake.scoring_pages import PAGE_GOLD, judge_pages, table_of_pages

LARGEST_CLAUSE = 420
ANSWERS = 2
OWN_GOLD = Path(__file__).parent / "tests" / "gold"
# Written and judged by another hand than that of the packs.
SECOND_GOLD = Path(__file__).parent / "tests" / "gold_a"
THIRD_GOLD = Path(__file__).parent / "tests" / "gold_b"
FOURTH_GOLD = Path(__file__).parent / "tests" / "gold_c"


@dataclass
class Tally:
    """Counts for one language; `misses` says what went wrong, one line each."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, right: bool, what: str) -> None:
        """Count one judgement."""
        self.counts[f"{what}_all"] += 1
        self.counts[f"{what}_right"] += right

    def share(self, what: str) -> float | None:
        """Return right / all, or None where nothing was judged."""
        return self.counts[f"{what}_right"] / self.counts[f"{what}_all"] if self.counts[f"{what}_all"] else None

    def f1(self, what: str) -> tuple[float | None, float | None, float | None]:
        """Return precision, recall and F1 of tasks or proposals."""
        c = self.counts
        precision = c[f"{what}_good"] / c[f"{what}_said"] if c[f"{what}_said"] else None
        recall = c[f"{what}_met"] / c[f"{what}_due"] if c[f"{what}_due"] else None
        if precision is None or recall is None:
            return precision, recall, None if not c[f"{what}_due"] and not c[f"{what}_said"] else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def judge_folder(folder: Path, tallies: dict[str, Tally]) -> list[str]:
    """Judge all texts of a folder; return the files judged."""
    source = folder / "expected.json"
    source = source if source.exists() else folder / "gold.json"
    gold = json.loads(source.read_text("utf-8"))
    leads = _leads(folder)
    entries = gold.get("documents") or gold.get("files")
    places = {entry["file"]: _place(folder, entry["file"]) for entry in entries}
    present = [entry for entry in entries if places[entry["file"]]]
    texts = [(e["file"], places[e["file"]].read_text("utf-8")) for e in present]  # type: ignore[union-attr]
    readings = {reading.name: reading for reading in read_many(texts)}
    groups = {name: set(g["files"]) for g in gold.get("same_documents", []) for name in g["files"]}
    for entry in present:
        tally = tallies.setdefault(entry["language"], Tally())
        _judge(entry, readings[entry["file"]], groups, leads.get(entry["file"], {}), tally)
    return [entry["file"] for entry in present]


def _place(folder: Path, name: str) -> Path | None:
    return next((p for p in (folder / name, folder / "seeds" / name) if p.exists()), None)


def _leads(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Hand-made comparisons of leads for gold that names them in English: anchor -> words accepted."""
    for place in (folder / "leads.json", OWN_GOLD / f"leads-{folder.name}.json"):
        if place.exists():
            found: dict[str, dict[str, list[str]]] = json.loads(place.read_text("utf-8"))
            return found
    return {}


def _judge(
    entry: dict[str, Any], reading: Reading, groups: dict[str, set[str]], leads: dict[str, list[str]], tally: Tally
) -> None:
    got = as_json(reading)
    name = entry["file"]
    for what, right, wanted, found in (
        ("language", got["language"] == entry["language"], entry["language"], got["language"]),
        ("kind", got["kind"] in _alternatives(entry, "kind"), entry["kind"], got["kind"]),
        (
            "date",
            _date_right(entry["event_date"], got["event_date"]["iso"]),
            entry["event_date"].get("iso"),
            got["event_date"]["iso"],
        ),
        (
            "same",
            set(got["same_as"]) == groups.get(name, {name}) - {name},
            groups.get(name, {name}) - {name},
            got["same_as"],
        ),
    ):
        tally.add(right, what)
        if not right:
            tally.misses.append(f"{name}: {what}: expected {wanted}, got {found}")
    _tasks(name, entry.get("tasks", []), got["tasks"], leads, tally)
    _awards(name, entry.get("awards", []), got["awards"], tally)
    _proposals(name, entry.get("proposals_decisions", []), got["proposals"], reading, tally)


def _alternatives(entry: dict[str, Any], key: str) -> set[str]:
    return {entry[key], *entry.get(f"{key}_accept", [])}


def _date_right(expected: dict[str, Any], iso: str | None) -> bool:
    return iso in (expected.get("accept") or [expected.get("iso")])


def _tasks(
    name: str, expected: list[dict[str, Any]], got: list[dict[str, Any]], leads: dict[str, list[str]], tally: Tally
) -> None:
    met: dict[int, dict[str, Any]] = {}
    for task in got:
        answered = [
            i for i, e in enumerate(expected)
            if e["line"] == task["line"] and _holds(task["text"], e["anchor"]) and len(task["text"]) <= LARGEST_CLAUSE
        ]  # fmt: skip
        fresh = [i for i in answered if i not in met][:ANSWERS]
        for i in fresh:
            met[i] = task
        administrative = [i for i in answered if expected[i].get("area", "administrative") == "administrative"]
        if answered and not administrative:
            continue
        tally.counts["tasks_said"] += 1
        if fresh and administrative:
            tally.counts["tasks_good"] += 1
        else:
            tally.misses.append(f"{name}:{task['line']}: not a task: {task['text'][:110]}")
    for i, e in enumerate(expected):
        if e.get("area", "administrative") != "administrative":
            continue
        if e.get("required", True):
            tally.counts["tasks_due"] += 1
            tally.counts["tasks_met"] += i in met
            if i not in met:
                tally.misses.append(f"{name}:{e['line']}: task missed: {e['gist'][:90]} [{e['anchor']}]")
        if i in met:
            _lead(name, e, met[i], leads, tally)
            _deadline(name, e, met[i], tally)


def _holds(text: str, anchor: str) -> bool:
    return anchor in text or fold_line(anchor) in fold_line(text)


def _lead(name: str, e: dict[str, Any], task: dict[str, Any], leads: dict[str, list[str]], tally: Tally) -> None:
    wanted, found = e.get("lead"), task["lead"]
    if wanted is None:
        tally.counts["lead_invented"] += found is not None
        if found:
            tally.misses.append(f"{name}:{e['line']}: lead invented: {found} [{e['anchor'][:40]}]")
        return
    accepted = leads.get(e["anchor"]) or e.get("lead_accept") or [wanted]
    right = found is not None and any(_same_lead(word, found) for word in accepted)
    tally.add(right, "lead")
    if not right:
        tally.misses.append(f"{name}:{e['line']}: lead: expected {wanted}, got {found} [{e['anchor'][:40]}]")


def _same_lead(wanted: str, found: str) -> bool:
    a, b = ({token.text for token in tokenise(fold_line(words))} for words in (wanted, found))
    return bool(a & b) and (a <= b or b <= a or len(a & b) / len(a | b) >= 0.5)


def _deadline(name: str, e: dict[str, Any], task: dict[str, Any], tally: Tally) -> None:
    wanted, found = e.get("deadline") or {"kind": "none"}, task["deadline"]
    if wanted["kind"] == "none" and found["kind"] == "none":
        return
    right = wanted.get("optional", False) and found["kind"] == "none"
    choices = [wanted, *wanted.get("accept", [])]
    for choice in choices:
        right = right or (choice["kind"], choice.get("iso")) == (found["kind"], found["iso"])
    tally.add(right, "deadline")
    if not right:
        due, got = f"{wanted['kind']} {wanted.get('iso')}", f"{found['kind']} {found['iso']} ({found['text']})"
        tally.misses.append(f"{name}:{e['line']}: deadline: expected {due}, got {got} [{e['anchor'][:40]}]")


def _awards(name: str, expected: list[dict[str, Any]], got: list[dict[str, Any]], tally: Tally) -> None:
    left = list(got)
    for e in expected:
        wanted = (e["collectives"], e["individuals"], e["status"])
        match = next(
            (a for a in left if a["line"] == e["line"] and (a["collectives"], a["individuals"], a["status"]) == wanted),
            None,
        )
        tally.add(match is not None, "award")
        if match is not None:
            left.remove(match)
        else:
            near = [(a["collectives"], a["individuals"], a["status"]) for a in got if a["line"] == e["line"]]
            tally.misses.append(f"{name}:{e['line']}: award: expected {wanted}, got {near}")
    for a in left:
        tally.add(False, "award")
        tally.misses.append(f"{name}:{a['line']}: award not expected: {a}")


def _proposals(
    name: str, expected: list[dict[str, Any]], got: list[dict[str, Any]], reading: Reading, tally: Tally
) -> None:
    used: set[int] = set()
    tally.counts["proposals_said"] += len(got)
    tally.counts["proposals_due"] += len(expected)
    for e in expected:
        found = None
        for i, p in enumerate(got):
            if i in used or p["line"] != e["line"] or p["outcome"] != e["outcome"]:
                continue
            if p["text"] is not None and not _holds(p["text"], e["anchor"]):
                continue
            if e.get("decision_line") and p["decision_line"] != e["decision_line"]:
                continue
            found = i
            break
        if found is None:
            near = [(p["line"], p["outcome"], p["decision_line"]) for p in got]
            tally.misses.append(f"{name}:{e['line']}: proposal missed: {e['outcome']} [{e['anchor']}] among {near}")
        else:
            used.add(found)
            tally.counts["proposals_met"] += 1
            tally.counts["proposals_good"] += 1
    for i, p in enumerate(got):
        if i not in used:
            tally.misses.append(f"{name}:{p['line']}: proposal not expected: {p['outcome']} {(p['text'] or '')[:70]}")


def table(tallies: dict[str, Tally]) -> str:
    """Return the scores as a table, one row a language and one for all."""
    whole = Tally()
    for tally in tallies.values():
        whole.counts.update(tally.counts)
    heads = ["", "P", "R", "task F1", "lead", "inv.", "deadl.", "award", "prop. F1", "lang", "kind", "date", "same"]
    rows = [heads]
    for code, tally in [*sorted(tallies.items()), ("all", whole)]:
        shares = [*tally.f1("tasks"), tally.share("lead")]
        row = [code, *(_two(share) for share in shares), str(tally.counts["lead_invented"])]
        row += [_two(tally.share("deadline")), _two(tally.share("award")), _two(tally.f1("proposals")[2])]
        rows.append([*row, *(_two(tally.share(what)) for what in ("language", "kind", "date", "same"))])
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def main(arguments: list[str]) -> int:
    """Print the table and the misses for the folders named."""
    folders = [Path(a) for a in arguments if not a.startswith("-")]
    every = not folders
    if every:
        shared = Path(os.environ.get("PRYTANY_INTAKE_GOLD", "../shared/intake"))
        folders = [shared, OWN_GOLD, SECOND_GOLD, THIRD_GOLD, FOURTH_GOLD]
    out = sys.stdout.write
    for folder in folders:
        if not (folder / "expected.json").exists() and not (folder / "gold.json").exists():
            out(f"{folder}: no gold reading there, passed over.\n")
            continue
        tallies: dict[str, Tally] = {}
        files = judge_folder(folder, tallies)
        out(f"\n{folder}: {len(files)} texts\n{table(tallies)}\n")
        for code in sorted(tallies):
            out("".join(f"  {code} {miss}\n" for miss in tallies[code].misses))
    if every:
        counts, missed = judge_pages(PAGE_GOLD)
        out(f"\n{PAGE_GOLD}: first pages of official documents\n{table_of_pages(counts)}\n")
        out("".join(f"  {miss}\n" for miss in missed))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
