"""`prytany intake FILE…`: what reading would propose. Nothing is stored."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prytany.files.encodings import Undecodable, decode
from prytany.files.extraction.problems import describe
from prytany.files.extraction.reader import read_text
from prytany.files.kinds import kind_of
from prytany.intake.reading import read_many
from prytany.intake.reading.report import as_json, as_table

EXTRACTED = frozenset({"pdf", "docx", "odt", "html"})


class Command(BaseCommand):
    help = "Read reports and print the tasks, awards, requests and facts found in them; nothing is stored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="text, PDF, DOCX, ODT or HTML")
        parser.add_argument("--json", action="store_true", help="one JSON array with an object per file")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [Path(name) for name in options["files"]]
        texts, refused = [], []
        for path, name in zip(paths, _names(paths), strict=True):
            try:
                texts.append((name, self._text_of(path)))
            except (OSError, Unreadable) as error:
                refused.append(f"{path}: {error.strerror if isinstance(error, OSError) else error}")
        readings = read_many(texts)
        if options["json"]:
            self.stdout.write(json.dumps([as_json(reading) for reading in readings], ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n\n".join(as_table(reading) for reading in readings))
        if refused:
            raise CommandError("\n".join(refused))

    def _text_of(self, path: Path) -> str:
        """Return the text of a file; Unreadable where there is none. Letters that cannot be told are replaced."""
        reader = kind_of(path.name).reader
        if reader in EXTRACTED:
            found = read_text(path.absolute(), reader) if path.stat() else None
            if found is None or not found.text:
                raise Unreadable(str(describe(found.problem if found else "missing")))
            return found.text.replace("\f", "\n")
        data = path.read_bytes()
        try:
            return decode(data).text
        except Undecodable:
            self.stderr.write(f"{path}: not in a known encoding; letters that cannot be told are replaced.")
            return data.decode("utf-8", "replace")


class Unreadable(Exception):
    """A file without text."""


def _names(paths: list[Path]) -> list[str]:
    """Return the name each file goes by in the answer: its own, or its whole path where two have the same."""
    count = Counter(path.name for path in paths)
    return [path.name if count[path.name] == 1 else str(path) for path in paths]
