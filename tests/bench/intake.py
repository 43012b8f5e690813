"""How fast reports are read: one of five pages, and a thousand on two cores."""

import multiprocessing
import resource
import time
from pathlib import Path

from tests.bench.writes import Line

TEXTS = Path(__file__).resolve().parents[2] / "src" / "prytany" / "intake" / "tests"
FIVE_PAGES = 15_000  # characters
REPORTS = 1000


def _texts() -> list[str]:
    """Return the longest texts that the tests of reading have, so that the benchmark needs nothing beside the tree."""
    found = [path.read_text("utf-8", errors="ignore") for path in sorted(TEXTS.rglob("*.txt"))]
    found.sort(key=len, reverse=True)
    return [text for text in found if text.strip()][:20]


def _page_of(text: str, length: int) -> str:
    return (text * (length // max(len(text), 1) + 1))[:length]


def _read(text: str) -> int:
    from prytany.intake.reading import read

    read(text)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def reading(reports: int = REPORTS) -> list[Line]:
    """Measure reading; the memory is that of the largest reading process."""
    texts = _texts()
    if not texts:
        return []
    report = _page_of(texts[0], FIVE_PAGES)
    _read(report)
    costs = []
    for _ in range(5):
        before = time.thread_time()
        _read(report)
        costs.append((time.thread_time() - before) * 1000)
    many = [texts[number % len(texts)] for number in range(reports)]
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        largest = max(pool.imap_unordered(_read, many, chunksize=10))
    seconds = time.perf_counter() - began
    note = f"{sum(map(len, many)) // max(reports, 1):,} characters each"
    return [
        Line("reading a report of five pages, once loaded", min(costs), 100.0),
        Line(f"reading {reports:,} reports on two cores", seconds, 60.0, unit="s (clock)", note=note),
        Line("the same, largest process", largest / 1024, 300.0, unit="MiB (RSS)"),
    ]
