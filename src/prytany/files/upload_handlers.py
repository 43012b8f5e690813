"""Receiving uploads: a file above the limit is not written to disk, and is told from a small one afterwards."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class OversizedUpload(SimpleUploadedFile):
    """Stands for a file that was larger than the limit; it has a name and a size, and no content."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name, b"")
        self.size = size


class LimitedFileUploadHandler(TemporaryFileUploadHandler):
    """Django's handler, which stops writing a file once it is larger than `UPLOAD_MAX_BYTES`."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting."""
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, or drop it where the file has become too large: the rest of the form is still read."""
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES:
            self.file.file.truncate(0)
            return
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return the file, or what stands for one that was too large."""
        if file_size > settings.UPLOAD_MAX_BYTES:
            self.file.close()
            return OversizedUpload(self.file_name or "", file_size)
        return super().file_complete(file_size)
