"""The child process that opens one file: `child.py COMMAND PATH [ARGUMENT…]`, an answer as JSON (or bytes) on stdout.

It takes limits on memory, processor time and files upon itself before it looks at anything.
"""

import json
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

MEMORY = 1536 * 1024 * 1024
SECONDS = 60
LETTERS = 8_000_000
HEAD_PAGES, HEAD_LETTERS = 2, 20_000


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(reader: str, path: str, most: int | None = None) -> tuple[list[str], str]:
    # Each library is loaded only for its own kind of file.
    from prytany.files.archives import BadArchive  # noqa: PLC0415

    try:
        if reader == "pdf":
            from prytany.files.extraction import pdf  # noqa: PLC0415

            try:
                return pdf.read(path, most) if most else pdf.read(path)
            except pdf.Unreadable as error:
                return [], str(error)
        if reader == "html":
            from prytany.files.extraction import web  # noqa: PLC0415

            return web.read(path), ""
        if reader == "txt":
            return _plain(path)
        from prytany.files.extraction import office  # noqa: PLC0415

        return {"docx": office.read_docx, "odt": office.read_odt}[reader](path), ""
    except (BadArchive, ValueError) as error:
        return [], str(error) if str(error) in {"broken", "bomb", "encrypted", "encoding"} else "broken"


def _plain(path: str) -> tuple[list[str], str]:
    from prytany.files.encodings import Undecodable, decode  # noqa: PLC0415
    from prytany.files.extraction.normalise import normalise  # noqa: PLC0415

    try:
        return [normalise(decode(Path(path).read_bytes()).text)], ""
    except Undecodable:
        return [], "encoding"


def _cut(pages: list[str], problem: str, room: int = LETTERS) -> tuple[list[str], str]:
    """Keep whole pages up to `room` characters in all."""
    for number, page in enumerate(pages):
        room -= len(page)
        if room < 0:
            return [*pages[:number], page[: len(page) + room]], "cut"
    return pages, problem


def main(command: str, path: str, *arguments: str) -> int:
    """Carry out one command; return the exit status."""
    _limit()
    if command in ("read", "head"):
        if command == "read":
            pages, problem = _cut(*_read(arguments[0], path))
        else:
            pages, problem = _cut(*_read(arguments[0], path, HEAD_PAGES), HEAD_LETTERS)
        answer: dict[str, object] = {"pages": pages, "problem": problem}
    elif command == "check":
        answer = _check(path)
    elif command == "picture":
        return _picture(path, int(arguments[0]), int(arguments[1]))
    else:
        return 2
    sys.stdout.write(json.dumps(answer))
    return 0


def _check(path: str) -> dict[str, object]:
    from prytany.files.extraction import pdf  # noqa: PLC0415

    try:
        return {"pages": pdf.count_pages(path), "problem": ""}
    except pdf.Unreadable as error:
        return {"pages": 0, "problem": str(error)}


def _picture(path: str, number: int, width: int) -> int:
    from prytany.files.extraction import pdf  # noqa: PLC0415

    try:
        sys.stdout.buffer.write(pdf.picture(path, number, width))
    except pdf.Unreadable:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
