"""Opening files: who may, how they are sent, and sending them ahead of a form."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prytany.audit.models import AuditEvent
from prytany.files import holders, services
from prytany.files.models import StoredFile
from prytany.files.tests import samples
from prytany.files.tests.samples import upload
from prytany.organisation.models import Unit

TEXT = "Kính gửi các xã".encode()


@pytest.fixture(autouse=True)
def _units_hold_files():
    before = dict(holders._HOLDERS)
    holders.register("unit", Unit.objects.visible_to)
    yield
    holders._HOLDERS.clear()
    holders._HOLDERS.update(before)


def held(world, name, content, *, level=0):
    return services.store(
        world.scope("clerk"), upload(name, content), holder_kind="unit", holder_uid=world.office.uid, level=level
    )


def address(file, **query):
    return reverse("files:file", args=[file.uid], query=query)


@pytest.mark.parametrize(
    ("name", "content", "media_type", "inline"),
    [
        ("Thông báo.pdf", samples.pdf("x"), "application/pdf", True),
        ("a.png", samples.photograph("PNG"), "image/png", True),
        ("a.html", b"<!doctype html><script>alert(1)</script>", "application/octet-stream", False),
        ("a.txt", TEXT, "text/plain", False),
        ("a.docx", samples.docx_of("x"), None, False),
    ],
)
def test_file_is_sent_with_a_safe_type(world, client_of, name, content, media_type, inline):
    file = held(world, name, content)
    client = client_of("chief")
    for show in ("", "1"):
        response = client.get(address(file, show=show))
        disposition = "inline" if inline and show else "attachment"
        assert response["Content-Disposition"].startswith(disposition)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "script" not in response["Content-Security-Policy"]
        assert media_type in (None, response["Content-Type"].split(";")[0])
        assert "html" not in response["Content-Type"]
    assert re.search(r"filename\*=utf-8''Th%C3%B4ng|filename=\"a\.", response["Content-Disposition"])


def test_file_is_for_those_who_see_its_holder(world, client_of):
    file = held(world, "a.txt", TEXT)
    assert b"".join(client_of("chief").get(address(file)).streaming_content) == TEXT
    assert client_of("stranger").get(address(file)).status_code == 404
    assert client_of("chief").post(address(file)).status_code == 405


def test_file_above_the_clearance_does_not_exist_and_reading_internal_ones_is_logged(world, client_of):
    file = held(world, "a.txt", TEXT, level=1)
    client = client_of("chief")
    client.get(address(file))
    assert AuditEvent.objects.filter(action="file.read", target_uid=file.uid).count() == 1
    StoredFile.objects.update(level=5)
    assert client.get(address(file)).status_code == 404


def test_visitors_are_sent_to_sign_in(world, client):
    file = held(world, "a.txt", TEXT)
    assert client.get(address(file)).status_code == 302


@pytest.mark.parametrize(
    ("asked", "status", "body", "content_range"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=6-", 206, b"6789", "bytes 6-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=20-30", 416, b"", "bytes */10"),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
    ],
)
def test_broken_download_is_taken_up_again(world, client_of, asked, status, body, content_range):
    file = held(world, "a.txt", b"0123456789")
    response = client_of("chief").get(address(file), headers={"Range": asked})
    found = b"".join(response.streaming_content) if response.streaming else response.content
    assert (response.status_code, found, response.get("Content-Range")) == (status, body, content_range)


def test_unchanged_file_is_not_sent_again(world, client_of):
    file = held(world, "a.txt", TEXT)
    client = client_of("chief")
    tag = client.get(address(file))["ETag"]
    assert file.blob.sha256 not in tag
    assert client.get(address(file), headers={"If-None-Match": tag}).status_code == 304


def test_missing_bytes_are_404(world, client_of):
    from prytany.files import blobs

    file = held(world, "a.txt", TEXT)
    blobs.remove(file.blob.sha256)
    assert client_of("chief").get(address(file)).status_code == 404


def test_files_are_sent_ahead_and_each_refusal_is_said(world, client_of):
    client = client_of("clerk")
    sent = [SimpleUploadedFile("một.txt", TEXT), SimpleUploadedFile("b.pdf", b"MZ" + b"\x00" * 50)]
    response = client.post(reverse("files:upload"), {"files": sent})
    page = response.content.decode()
    file = StoredFile.objects.get()
    assert f'name="file" value="{file.uid}"' in page
    assert "“b.pdf” is a program." in page
    response = client.post(reverse("files:upload"), {"files": [io.BytesIO(b"two")], "file": [str(file.uid)]})
    assert str(file.uid) not in response.content.decode()
    assert client.post(reverse("files:discard", args=[file.uid])).status_code == 200
    assert client_of("chief").post(reverse("files:discard", args=[file.uid])).status_code == 404


def test_upload_at_a_secret_level_keeps_nothing_and_removes_what_was_sent_ahead(world, client_of):
    client = client_of("clerk")
    client.post(reverse("files:upload"), {"files": [SimpleUploadedFile("a.txt", TEXT)]})
    file = StoredFile.objects.get()
    sent = {"files": [SimpleUploadedFile("b.txt", b"b")], "file": [str(file.uid)], "level": "10"}
    response = client.post(reverse("files:upload"), sent)
    assert "only the line in the register" in response.content.decode()
    assert not StoredFile.objects.exists()


def test_page_is_drawn_by_the_worker_when_somebody_looks(world, client_of, run_jobs):
    file = held(world, "a.pdf", samples.pdf("Trang một"))
    client = client_of("chief")
    preview, page = reverse("files:preview", args=[file.uid]), reverse("files:page", args=[file.uid, 1])
    assert client.get(page).status_code == 404
    assert "hx-get" in client.get(preview).content.decode()
    run_jobs()
    assert f'src="{page}"' in client.get(preview, {"tried": "1"}).content.decode()
    response = client.get(page)
    assert (response["Content-Type"], response.content[8:12]) == ("image/webp", b"WEBP")
    assert client_of("stranger").get(page).status_code == 404
    assert client_of("stranger").get(preview).status_code == 404


def test_preview_gives_up_after_a_while(world, client_of):
    file = held(world, "a.pdf", samples.pdf("Trang một"))
    page = client_of("chief").get(reverse("files:preview", args=[file.uid]), {"tried": "99"}).content.decode()
    assert "hx-get" not in page
