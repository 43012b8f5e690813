"""Photographs and scans, written anew: upright, without position, device or comment data, within a pixel limit."""

import threading
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from prytany.files.refusals import FileRefused

PIXELS = 50_000_000
SCALED_FROM = 26_000_000  # above this a JPEG is decoded at half size: enough for A4 at 400 dpi
# The limit above takes the place of Pillow's own, which would cut off before a large photograph can be scaled.
Image.MAX_IMAGE_PIXELS = None
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}
_UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)
# One picture at a time is held in memory, however many are being uploaded.
_one_at_a_time = threading.Lock()


def rewrite(source: BinaryIO, target: Path, kind: str, name: str) -> None:
    """Write the image in `source` to `target` as the same kind of file with pixels and colour profile only.

    FileRefused with `broken` or `image_too_large`.
    """
    with _one_at_a_time:
        try:
            _rewrite(source, target, _FORMATS[kind], name)
        except _UNREADABLE as error:
            raise FileRefused("broken", name) from error


def _rewrite(source: BinaryIO, target: Path, image_format: str, name: str) -> None:
    source.seek(0)
    with Image.open(source, formats=[image_format]) as image:
        across, down = image.size
        scaled = image_format == "JPEG" and across * down > SCALED_FROM
        if across * down > (4 * PIXELS if scaled else PIXELS):
            raise FileRefused("image_too_large", name)
        if scaled:
            image.draft(image.mode, (across // 2, down // 2))
        untouched = not scaled and image.getexif().get(0x0112, 1) == 1
        image.load()
        profile = image.info.get("icc_profile")
        upright = image if untouched else ImageOps.exif_transpose(image)
        options: dict[str, Any] = {"icc_profile": profile} if profile else {}
        if image_format == "JPEG":
            # The tables of the original keep an unturned photograph from losing anything by being written again.
            options |= {"quality": "keep", "subsampling": "keep"} if untouched else {"quality": 88}
            options |= {"optimize": True, "comment": b"", "exif": b"", "xmp": b""}
        elif image_format == "WEBP":
            options |= {"quality": 85, "method": 4, "exif": b"", "xmp": b""}
        else:
            options |= {"exif": b""}
        upright.info = {}
        upright.save(target, image_format, **options)
