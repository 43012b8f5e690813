"""Reading a report: language packs behind one interface. Pure Python, offline, deterministic; stores nothing.

`read(text)` returns a `Reading`: sentences, tasks, awards, matters, facts, each with the words that led to it.
"""

from prytany.intake.reading.model import Reading
from prytany.intake.reading.reader import read, read_many
from prytany.intake.reading.single import read_sentence

__all__ = ["Reading", "read", "read_many", "read_sentence"]
