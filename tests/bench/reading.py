"""Part of `make bench`: how long texts take to read, per language, and how much memory a thousand reports need.

    python tests/bench/reading.py

A report of five pages is made of the texts of the intake's own gold in one language, in an order drawn by its number
(the seed), cut to 15,000 characters. Times are of the processor, so a busy machine changes them little; the thousand
reports are read by two processes, and their time is the processor's divided by two. Ends with status 1 where a promise
is missed.
"""

import json
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src")]
GOLD = ROOT / "src" / "prytany" / "intake" / "tests" / "gold"
FIVE_PAGES = 15_000  # characters
LONGEST_MS = 100
REPORTS, REPORTS_SECONDS, MEGABYTES = 1_000, 60, 300
LARGE, LARGE_SECONDS = 2_000_000, 20  # bytes, and seconds in which they are read
ALIGN_MS = 400


def texts_by_language() -> dict[str, list[str]]:
    """Return the texts of the gold by language."""
    found: dict[str, list[str]] = {}
    for entry in json.loads((GOLD / "gold.json").read_text("utf-8"))["documents"]:
        found.setdefault(entry["language"], []).append((GOLD / entry["file"]).read_text("utf-8"))
    return found


def report(texts: list[str], seed: int, length: int = FIVE_PAGES) -> str:
    """Return a report of `length` characters: the texts in the order that `seed` draws, each line numbered anew."""
    chance = random.Random(seed)
    lines: list[str] = []
    size = 0
    while size < length:
        for text in chance.sample(texts, len(texts)):
            for line in text.split("\n"):
                lines.append(f"{line} ({seed}.{len(lines)})" if line.strip() else line)
                size += len(lines[-1]) + 1
    return "\n".join(lines)[:length]


def read_one(job: tuple[str, int]) -> tuple[float, int]:
    """Read the report of a language and a seed; return seconds of the processor and the memory of this process."""
    from prytany.intake.reading import read

    text = report(texts_by_language()[job[0]], job[1])
    spent = _seconds(lambda: read(text))
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> int:
    """Measure and print; return 1 where a promise is missed."""
    by_language = texts_by_language()
    missed = [_five_pages(code, texts) for code, texts in sorted(by_language.items())]
    missed += [_thousand(sorted(by_language)), _large(by_language["vi"]), _aligned(by_language)]
    return int(any(missed))


def _five_pages(code: str, texts: list[str]) -> bool:
    from prytany.intake.reading import read

    costs = []
    for seed in range(3):
        text = report(texts, seed)
        read(text)
        costs.append(min(_seconds(lambda text=text: read(text)) for _ in range(5)) * 1000)
    told = " ".join(f"{cost:.0f}" for cost in costs)
    print(f"reading {code}: {FIVE_PAGES:,} characters, seeds 0 to 2, in {told} ms (at most {LONGEST_MS})")
    return max(costs) > LONGEST_MS


def _thousand(codes: list[str]) -> bool:
    jobs = [(codes[seed % len(codes)], seed) for seed in range(REPORTS)]
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(read_one, jobs, chunksize=10)
    clock = time.perf_counter() - began
    spent, memory = sum(cost for cost, _ in found) / 2, max(size for _, size in found) / 1024
    print(f"reading {REPORTS:,} reports of {FIVE_PAGES:,} characters, seeds 0 to {REPORTS - 1}, two processes:")
    print(f"    {spent:.1f} s (at most {REPORTS_SECONDS}; by the clock {clock:.0f} s)")
    print(f"    {memory:.0f} MB in each of them (at most {MEGABYTES})")
    return spent > REPORTS_SECONDS or memory > MEGABYTES


def _large(texts: list[str]) -> bool:
    from prytany.intake.reading import read

    text = report(texts, 0, LARGE)
    text = text.encode()[:LARGE].decode(errors="ignore")
    spent = _seconds(lambda: read(text))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"reading {len(text.encode()):,} bytes, seed 0: {spent:.1f} s (at most {LARGE_SECONDS}), {memory:.0f} MB")
    return spent > LARGE_SECONDS


def _aligned(by_language: dict[str, list[str]]) -> bool:
    from prytany.intake.reading import read
    from prytany.intake.reading.aligning import align

    a, b = (read(report(by_language[code], 0)) for code in ("en", "fr"))
    spent = min(_seconds(lambda: align(a, b)) for _ in range(3)) * 1000
    sizes = f"{len(a.sentences)} and {len(b.sentences)} sentences"
    print(f"laying two reports side by side, {sizes}, seed 0: {spent:.0f} ms (at most {ALIGN_MS})")
    return spent > ALIGN_MS


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
