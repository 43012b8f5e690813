"""An upload above the limit is dropped while it arrives."""

import io

from django.http.multipartparser import MultiPartParser

from prytany.files.upload_handlers import LimitedFileUploadHandler, OversizedUpload


def parse(content):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n' + content + b"\r\n"
        b'--x\r\nContent-Disposition: form-data; name="summary"\r\n\r\ntyped text\r\n--x--\r\n'
    )
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(len(body))}
    return MultiPartParser(meta, io.BytesIO(body), [LimitedFileUploadHandler()]).parse()


def test_file_within_the_limit_arrives_whole(settings):
    settings.UPLOAD_MAX_BYTES = 200_000
    content = b"y" * 200_000
    post, files = parse(content)
    assert (post["summary"], files["files"].read()) == ("typed text", content)


def test_file_above_the_limit_is_dropped_and_the_rest_of_the_form_is_kept(settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    post, files = parse(b"y" * 300_000)
    assert isinstance(files["files"], OversizedUpload)
    assert (post["summary"], files["files"].name, files["files"].size) == ("typed text", "a.txt", 300_000)
    assert files["files"].read() == b""
