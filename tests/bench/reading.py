"""Part of `make bench`: how long texts take to read, per language, and how much memory a thousand reports need.

    python tests/bench/reading.py

The texts are those of the intake's own gold, laid end to end to the length of a report of five pages. Times are of the
processor, so a busy machine changes them little. Ends with status 1 where a promise is missed.
"""

import json
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src")]
GOLD = ROOT / "src" / "prytany" / "intake" / "tests" / "gold"
FIVE_PAGES = 15_000  # characters
LONGEST_MS = 100
REPORTS, REPORTS_SECONDS, MEGABYTES = 1_000, 60, 300


def main() -> int:
    """Measure and print; return 1 where a promise is missed."""
    from prytany.intake.reading import read

    by_language: dict[str, list[str]] = {}
    for entry in json.loads((GOLD / "gold.json").read_text("utf-8"))["documents"]:
        by_language.setdefault(entry["language"], []).append((GOLD / entry["file"]).read_text("utf-8"))
    missed = False
    for code, texts in sorted(by_language.items()):
        text = "\n".join(texts)[:FIVE_PAGES]
        read(text)
        best = min(_seconds(read, text) for _ in range(5)) * 1000
        missed |= best > LONGEST_MS
        print(f"reading {code}: {len(text):,} characters in {best:.0f} ms (at most {LONGEST_MS})")
    every = [text for texts in by_language.values() for text in texts]
    start = time.process_time()
    for number in range(REPORTS):
        read(every[number % len(every)])
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    missed |= spent > REPORTS_SECONDS or memory > MEGABYTES
    print(
        f"reading {REPORTS:,} reports: {spent:.1f} s (at most {REPORTS_SECONDS}), {memory:.0f} MB (at most {MEGABYTES})"
    )
    return int(missed)


def _seconds(work, text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
