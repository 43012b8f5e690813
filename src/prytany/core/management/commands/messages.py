"""`prytany messages`: collect every string that can reach a screen into the catalogues of the six languages."""

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import makemessages

Entries = dict[tuple[str | None, str], polib.POEntry]

# Modules of libraries whose sentences a person may read: form errors, password rules, dates, sign-in, second factor.
LIBRARIES = (
    "django/forms",
    "django/core/validators.py",
    "django/db/models/fields/__init__.py",
    "django/db/models/base.py",
    "django/db/models/constraints.py",
    "django/utils/dates.py",
    "django/utils/text.py",
    "django/utils/dateformat.py",
    "django/contrib/auth/forms.py",
    "django/contrib/auth/password_validation.py",
    "allauth/account/forms.py",
    "allauth/account/adapter.py",
    "allauth/account/fields.py",
    "allauth/account/utils.py",
    "allauth/account/models.py",
    "allauth/account/internal",
    "allauth/mfa",
    "allauth/usersessions",
)
FOREIGN = [code for code, _name in settings.LANGUAGES if code != "en"]
KEYWORDS = ("gettext_lazy", "gettext_noop", "pgettext:1c,2", "pgettext_lazy:1c,2", "ngettext_lazy:1,2",
            "npgettext:1c,2,3", "npgettext_lazy:1c,2,3", "_", "gettext", "ngettext:1,2")  # fmt: skip


class Collect(makemessages.Command):
    """Django's collector, without guesses at translations."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


class Command(BaseCommand):
    """Needs the gettext programs."""

    help = "Collect strings for translation, those of libraries included where the library lacks them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Update every catalogue; entries that are no longer used are removed."""
        package = settings.PACKAGE_DIR
        for code, _name in settings.LANGUAGES:
            (package / "locale" / code / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        earlier = {code: _entries(_path(code)) for code in FOREIGN}
        with contextlib.chdir(package):
            call_command(
                Collect(),
                locale=[code for code, _name in settings.LANGUAGES],
                no_location=True,
                no_obsolete=True,
                ignore_patterns=["*/tests/*"],
                verbosity=0,
            )
        wanted = library_strings()
        for code in FOREIGN:
            catalogue = polib.pofile(str(_path(code)), wrapwidth=120)
            added = add_missing(catalogue, wanted, code, earlier[code])
            self.stdout.write(f"{code}: {added} strings of libraries")


def _path(code: str) -> Path:
    path: Path = settings.PACKAGE_DIR / "locale" / code / "LC_MESSAGES" / "django.po"
    return path


def _entries(path: Path) -> Entries:
    """Return the entries of a catalogue by context and text; none where it does not exist yet."""
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}


def _files() -> Iterator[str]:
    for name in LIBRARIES:
        library = name.split("/", 1)[0]
        spec = find_spec(library)
        if spec is None or spec.origin is None:
            raise CommandError(f"{library} is not installed")
        path = Path(spec.origin).parents[1] / name
        files = [path] if path.is_file() else sorted(path.rglob("*.py"))
        yield from (str(file) for file in files if "tests" not in file.parts)


def library_strings() -> list[polib.POEntry]:
    """Return the strings of LIBRARIES; CommandError without gettext."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "libraries.pot"
        words = [f"--keyword={keyword}" for keyword in KEYWORDS]
        command = ["xgettext", "--from-code=UTF-8", "--language=Python", "--no-location", *words, "-o", str(target)]
        try:
            subprocess.run([*command, *_files()], check=True, capture_output=True)  # noqa: S603 - our own arguments
        except FileNotFoundError:
            raise CommandError("Install gettext first (Debian: apt-get install gettext).") from None
        return list(polib.pofile(str(target)))


def _translated_upstream(code: str) -> set[tuple[str | None, str]]:
    """Return the strings that Django and allauth bring in `code` themselves."""
    found: set[tuple[str | None, str]] = set()
    for library, folders in (("django", ("conf", "contrib/auth")), ("allauth", (".",))):
        spec = find_spec(library)
        root = Path(spec.origin).parent if spec and spec.origin else Path()
        for folder in folders:
            path = root / folder / "locale" / code / "LC_MESSAGES" / "django.po"
            if path.exists():
                found |= {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)).translated_entries()}
    return found


def add_missing(catalogue: polib.POFile, wanted: list[polib.POEntry], code: str, earlier: Entries) -> int:
    """Add to `catalogue` the strings of libraries that nobody translates in `code`; keep those already there."""
    upstream = _translated_upstream(code)
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    added = 0
    for entry in wanted:
        key = (entry.msgctxt, entry.msgid)
        if key in upstream or key in known:
            continue
        kept = earlier.get(key)
        forms = int(catalogue.metadata.get("Plural-Forms", "nplurals=1").split("nplurals=")[1].split(";")[0])
        plural = dict.fromkeys(range(forms), "") if entry.msgid_plural else {}
        catalogue.append(
            kept
            or polib.POEntry(
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                msgctxt=entry.msgctxt,
                msgstr_plural=plural,
                comment="library",
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
            )
        )
        added += 1
    catalogue.save()
    return added
