"""Taking files in, and what is left when they are not taken."""

import datetime
import io
import os

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from PIL import Image

from prytany.audit.models import AuditEvent
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.files import blobs, holders, services, sweeping
from prytany.files.models import Blob, StoredFile, TextVersion
from prytany.files.refusals import FileRefused
from prytany.files.tests import samples
from prytany.files.tests.samples import upload
from prytany.files.texts import read_file, text_of
from prytany.organisation.models import Unit

PDF = samples.pdf("Kính gửi các xã")


def everything_on_disk():
    folder = blobs.folder()
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def unit_holds_files():
    """Let units hold files in these tests, seen by whoever sees the unit."""
    holders.register("unit", lambda scope: Unit.objects.visible_to(scope))
    yield
    holders._HOLDERS.pop("unit")


def test_store_keeps_bytes_under_their_hash_and_logs(world):
    scope = world.scope("clerk")
    file = services.store(scope, upload("../Thông báo\u202e.pdf", PDF))
    assert (file.name, file.kind.code, file.blob.size) == ("Thông báo.pdf", "pdf", len(PDF))
    assert blobs.path_of(file.blob.sha256).read_bytes() == PDF
    assert list(AuditEvent.objects.values_list("action", "target_uid", "data")) == [
        ("file.store", file.uid, {"kind": "pdf", "size": len(PDF)})
    ]


def test_store_keeps_the_same_bytes_once(world):
    one = services.store(world.scope("clerk"), upload("một.pdf", PDF))
    two = services.store(world.scope("stranger"), upload("hai.pdf", PDF))
    assert one.blob == two.blob
    assert len(everything_on_disk()) == 1
    assert [f.name for f in StoredFile.objects.visible_to(world.scope("stranger"))] == ["hai.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"MZ" + b"\x00" * 50, "program"),
        ("a.pdf", samples.locked_pdf(), "encrypted"),
        ("a.pdf", PDF[:500], "broken"),
        ("a.jpg", samples.photograph()[:300], "broken"),
        ("a.docx", PDF, "disguised"),
        ("a.txt", b"", "empty"),
    ],
)
def test_store_leaves_nothing_of_a_refused_file(world, name, content, code):
    with pytest.raises(FileRefused) as caught:
        services.store(world.scope("clerk"), upload(name, content))
    assert caught.value.code == code
    assert (everything_on_disk(), Blob.objects.count(), AuditEvent.objects.count()) == ([], 0, 0)


def test_store_takes_a_pdf_that_only_forbids_printing(world):
    assert services.store(world.scope("clerk"), upload("a.pdf", samples.locked_pdf(user=""))).pk


def test_store_refuses_a_file_above_the_limit(world, settings):
    settings.UPLOAD_MAX_BYTES = 1024
    with pytest.raises(FileRefused) as caught:
        services.store(world.scope("clerk"), upload("a.txt", b"x" * 1025))
    assert (caught.value.code, everything_on_disk()) == ("too_large", [])


@pytest.mark.parametrize("level", levels.SECRET_LEVELS)
def test_store_refuses_content_at_every_secret_level_and_says_why(world, level):
    with pytest.raises(DomainError) as caught:
        services.store(world.scope("clerk"), upload("a.pdf", PDF), level=level)
    assert caught.value.code == "secret_level"
    assert "only the line in the register" in caught.value.message
    assert everything_on_disk() == []


def test_store_refuses_another_root(world):
    with pytest.raises(PermissionDenied):
        services.store(world.scope("clerk"), upload("a.pdf", PDF), root_id=world.elsewhere.pk)


def test_a_lost_connection_leaves_nothing(world):
    class Breaks(type(upload("a", b"x"))):
        def chunks(self, chunk_size=None):
            yield PDF[:100]
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        services.store(world.scope("clerk"), Breaks("a.pdf", PDF))
    assert (everything_on_disk(), Blob.objects.count()) == ([], 0)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_store_writes_photographs_anew_upright_and_without_their_data(world, image_format):
    content = samples.photograph(image_format)
    assert b"Camera maker" in content
    file = services.store(world.scope("clerk"), upload(f"a.{image_format.lower()}", content))
    stored = blobs.path_of(file.blob.sha256).read_bytes()
    for trace in (b"Camera maker", b"Exif", b"taken at home", b"xmpmeta"):
        assert trace not in stored
    with Image.open(io.BytesIO(stored)) as image:
        assert (image.format, image.size, dict(image.getexif())) == (image_format, (80, 120), {})


def test_store_refuses_an_image_of_too_many_pixels(world):
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    with pytest.raises(FileRefused) as caught:
        services.store(world.scope("clerk"), upload("a.png", out.getvalue()))
    assert caught.value.code == "image_too_large"


def test_store_decodes_a_very_large_photograph_at_half_its_size(world):
    out = io.BytesIO()
    Image.new("RGB", (7000, 4000)).save(out, "JPEG")
    file = services.store(world.scope("clerk"), upload("a.jpg", out.getvalue()))
    with Image.open(blobs.path_of(file.blob.sha256)) as image:
        assert image.size == (3500, 2000)


def test_store_refuses_to_hoard(world, monkeypatch):
    monkeypatch.setattr(services, "WAITING_FILES", 1)
    services.store(world.scope("clerk"), upload("a.txt", b"one"))
    with pytest.raises(DomainError, match="too_many_waiting"):
        services.store(world.scope("clerk"), upload("b.txt", b"two"))


def test_waiting_file_is_seen_by_its_uploader_alone(world):
    file = services.store(world.scope("clerk"), upload("a.pdf", PDF))
    assert list(StoredFile.objects.visible_to(world.scope("clerk"))) == [file]
    assert list(StoredFile.objects.visible_to(world.scope("chief"))) == []


def test_attach_gives_the_file_to_the_holder_and_those_who_see_it(world, unit_holds_files):
    clerk = world.scope("clerk")
    file = services.store(clerk, upload("a.pdf", PDF))
    services.attach(clerk, [file], holder_kind="unit", holder_uid=world.office.uid, level=1)
    assert list(StoredFile.objects.visible_to(world.scope("chief"))) == [file]
    assert list(StoredFile.objects.visible_to(world.scope("stranger"))) == []
    with pytest.raises(DomainError, match="file_taken"):
        services.attach(clerk, [file], holder_kind="unit", holder_uid=world.office.uid)


def test_attach_refuses_somebody_elses_file_and_secret_levels(world):
    file = services.store(world.scope("clerk"), upload("a.pdf", PDF))
    with pytest.raises(DomainError, match="file_taken"):
        services.attach(world.scope("chief"), [file], holder_kind="unit", holder_uid=world.office.uid)
    with pytest.raises(DomainError, match="secret_level"):
        services.attach(
            world.scope("clerk"), [file], holder_kind="unit", holder_uid=world.office.uid, level=levels.SECRET
        )


def test_discard_is_for_the_uploader_of_a_waiting_file(world):
    file = services.store(world.scope("clerk"), upload("a.pdf", PDF))
    with pytest.raises(PermissionDenied):
        services.discard(world.scope("chief"), file)
    services.discard(world.scope("clerk"), file)
    assert not StoredFile.objects.exists()


def age(model, hours=25):
    model.objects.update(created_at=timezone.now() - datetime.timedelta(hours=hours))


def test_sweep_removes_uploads_and_bytes_unused_for_a_day(world, unit_holds_files):
    clerk = world.scope("clerk")
    used = services.store(clerk, upload("a.pdf", PDF))
    services.attach(clerk, [used], holder_kind="unit", holder_uid=world.office.uid)
    services.store(clerk, upload("b.txt", b"never used"))
    assert sweeping.sweep() == {"uploads": 0, "blobs": 0, "adopted": 0, "leftovers": 0}
    age(StoredFile)
    age(Blob)
    assert sweeping.sweep() == {"uploads": 1, "blobs": 1, "adopted": 0, "leftovers": 0}
    assert list(StoredFile.objects.all()) == [used]
    assert everything_on_disk() == [str(blobs.path_of(used.blob.sha256).relative_to(blobs.folder()))]


def test_sweep_removes_what_a_rolled_back_store_left(world):
    with transaction.atomic():
        services.store(world.scope("clerk"), upload("a.pdf", PDF))
        transaction.set_rollback(True)
    (left,) = everything_on_disk()
    old = timezone.now().timestamp() - 25 * 3600
    os.utime(blobs.folder() / left, (old, old))
    assert sweeping.sweep()["adopted"] == 1
    age(Blob)
    assert sweeping.sweep()["blobs"] == 1
    assert everything_on_disk() == []


def test_sweep_clears_the_waiting_room_after_a_day(world):
    path = blobs.waiting_room() / "broken-off"
    path.write_bytes(b"half")
    assert sweeping.sweep()["leftovers"] == 0
    old = timezone.now().timestamp() - 25 * 3600
    os.utime(path, (old, old))
    assert sweeping.sweep()["leftovers"] == 1


def test_read_file_keeps_one_text_a_content_and_tells_the_app_above(world, unit_holds_files):
    from prytany.files.signals import text_read

    told = []

    def listen(sender, file, text, **kwargs):
        told.append((file.name, text.text, text.pages))

    text_read.connect(listen)
    clerk = world.scope("clerk")
    for name in ("a.pdf", "b.pdf"):
        file = services.store(clerk, upload(name, PDF), holder_kind="unit", holder_uid=world.office.uid)
        read_file.call(file.pk)
    text_read.disconnect(listen)
    assert told == [("a.pdf", "Kính gửi các xã", 1), ("b.pdf", "Kính gửi các xã", 1)]
    assert TextVersion.objects.count() == 1


def test_read_file_records_why_there_is_no_text(world):
    file = services.store(world.scope("clerk"), upload("a.pdf", samples.scanned_pdf()))
    read_file.call(file.pk)
    text = text_of(file)
    assert (text.status, text.problem, text.text) == ("empty", "scan", "")


def test_reread_queues_what_this_reader_has_not_read(world, unit_holds_files, run_jobs, monkeypatch):
    from prytany.files import texts

    clerk = world.scope("clerk")
    for name, content in (("a.pdf", PDF), ("b.png", samples.photograph("PNG"))):
        services.store(clerk, upload(name, content), holder_kind="unit", holder_uid=world.office.uid)
    run_jobs()
    assert texts.reread() == 0
    monkeypatch.setattr(texts, "VERSION", "next")
    assert texts.reread() == 1
    run_jobs()
    assert set(TextVersion.objects.values_list("version", "status")) == {("1", "read"), ("next", "read")}


def test_read_file_of_a_row_that_is_gone_does_nothing(world):
    read_file.call(987_654)
