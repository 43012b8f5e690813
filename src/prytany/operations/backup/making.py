"""Making a backup while the installation runs."""

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from prytany.files import blobs
from prytany.files.models import Blob
from prytany.operations.backup.archive import FORMAT, HEAD, Manifest, TableDigest, Writer, writing
from prytany.operations.backup.snapshot import Snapshot, in_chunks, snapshot
from prytany.operations.backup.tables import Migration, Table, applied_migrations, tables_at
from prytany.operations.version import program_version


def make_backup(target: Path, *, with_keys: bool = False) -> Manifest:
    """Write database and files as they stand at one moment to `target`, and return what it holds.

    Files are only ever added, and removed no sooner than a day after the last record let go of them: every file of the
    records seen in the snapshot is still there when it is copied. One that is gone all the same is named in `missing`.
    """
    migrations = applied_migrations()
    tables = tables_at(migrations)
    with writing(target) as writer, snapshot() as moment:
        writer.manifest.head = writer.add_json(HEAD, _head(migrations, tables))
        for table in tables:
            writer.manifest.tables[table.name] = _write_table(writer, moment, table)
        _write_files(writer, moment)
        _write_heads(writer)
        _write_keys(writer, secret=with_keys)
    return writer.manifest


def _head(migrations: list[Migration], tables: list[Table]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": program_version(),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "vendor": connection.vendor,
        "migrations": migrations,
        "tables": {table.name: {"key": table.key, "columns": table.columns} for table in tables},
    }


def _write_table(writer: Writer, moment: Snapshot, table: Table) -> dict[str, object]:
    digest = TableDigest()
    for number, chunk in enumerate(in_chunks(moment.rows(table)), start=1):
        digest.add(chunk)
        writer.add(f"tables/{table.name}/{number:06}", chunk)
    return digest.as_json()


def _write_files(writer: Writer, moment: Snapshot) -> None:
    for sha256 in sorted(moment.column(Blob._meta.db_table, "sha256")):
        try:
            writer.manifest.file_bytes += writer.add_file(f"files/{sha256}", blobs.path_of(sha256))
            writer.manifest.files += 1
        except FileNotFoundError:
            writer.manifest.missing.append(sha256)


def _write_heads(writer: Writer) -> None:
    """Take along the exported heads of the log, which prove it."""
    path = Path(settings.AUDIT_HEADS_FILE)
    if path.exists():
        writer.add("heads/audit-heads.jsonl", path.read_bytes())


def _write_keys(writer: Writer, *, secret: bool) -> None:
    """Take along the public keys, without which nobody can check the log's signatures; the secret ones where asked."""
    for path in sorted(Path(settings.KEYS_DIR).glob("*.pem")):
        if secret or path.name.endswith(".pub.pem"):
            writer.add(f"keys/{path.name}", path.read_bytes())
    own = settings.VAR_DIR / "secret-key"
    if secret and own.exists():
        writer.add("keys/secret-key", own.read_bytes())
