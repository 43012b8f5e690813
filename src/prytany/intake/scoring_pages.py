"""How good the reading of first pages is: each field of `gold_page_one/` right or wrong, per language and per field."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from prytany.intake.reading import read
from prytany.intake.reading.model import PageOne

PAGE_GOLD = Path(__file__).parent / "tests" / "gold_page_one"
WORDS = (
    "family", "superior", "issuer", "symbol", "number", "kind", "summary", "authority", "signer_title", "signer_name",
    "urgency", "level",
)  # fmt: skip
FIELDS = (*WORDS[:5], "date", *WORDS[5:], "recipients")


def judge_pages(folder: Path) -> tuple[dict[str, Counter[str]], list[str]]:
    """Return the counts by language (`field` right, `field_all` judged) and a line for each miss.

    A page that gold says is none has every field None; names are compared without regard to capitals; `recipients` is
    how many there are.
    """
    counts: dict[str, Counter[str]] = {}
    misses = []
    for entry in json.loads((folder / "gold.json").read_text("utf-8"))["documents"]:
        page = read((folder / entry["file"]).read_text("utf-8"), name=entry["file"]).page
        got = found_in(page)
        tally = counts.setdefault(entry["language"], Counter())
        for field in FIELDS:
            # Other offices than those of Vietnam number in many ways: their number is part of the symbol.
            if field == "number" and entry["family"] is None:
                continue
            right = _plain(entry[field]) == _plain(got[field])
            tally[field] += right
            tally[f"{field}_all"] += 1
            if not right:
                misses.append(
                    f"{entry['language']} {entry['file']}: {field}: expected {entry[field]}, got {got[field]}"
                )
    return counts, misses


def found_in(page: PageOne | None) -> dict[str, Any]:
    """Return the values of a page by field."""
    if page is None:
        return dict.fromkeys(FIELDS) | {"recipients": 0}
    facts = {name: getattr(page, name) for name in WORDS}
    values = {name: fact.value if fact else None for name, fact in facts.items()}
    return values | {"date": page.date.iso, "recipients": len(page.recipients)}


def _plain(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def table_of_pages(counts: dict[str, Counter[str]]) -> str:
    """Return the shares as a table, one row a language."""
    whole: Counter[str] = Counter()
    for tally in counts.values():
        whole.update(tally)
    rows = [["", *FIELDS, "all"]]
    for code, tally in [*sorted(counts.items()), ("all", whole)]:
        right, judged = sum(tally[f] for f in FIELDS), sum(tally[f"{f}_all"] for f in FIELDS)
        cells = [f"{tally[f]}/{tally[f'{f}_all']}" if tally[f"{f}_all"] else "–" for f in FIELDS]
        rows.append([code, *cells, f"{right}/{judged}"])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
