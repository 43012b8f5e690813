"""Small files that stand behind answers, papers and the tray: made on the spot, without any picture of anybody."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def letter(name: str, lines: Sequence[str]) -> SimpleUploadedFile:
    """Return a .docx with one paragraph a line."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            # A fixed time keeps the bytes, and so the stored file, the same for the same words.
            archive.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), text)
    return SimpleUploadedFile(name, buffer.getvalue())


def minutes(name: str, lines: Sequence[str]) -> SimpleUploadedFile:
    """Return a one-page PDF with `lines` in plain letters."""
    shown = [line.replace("\\", "").replace("(", "\\(").replace(")", "\\)") for line in lines]
    text = "BT /F1 13 Tf 60 770 Td 20 TL " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text.encode("ascii", "replace")),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    data += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return SimpleUploadedFile(name, data)


def photograph(name: str, number: int) -> SimpleUploadedFile:
    """Return a small picture of a notice board: shapes only."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only the loading of the demo pays for it

    picture = Image.new("RGB", (640, 480), (214, 219, 210))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 330, 640, 480), fill=(168, 160, 146))
    draw.rectangle((110, 70, 530, 350), fill=(122, 92, 66))
    draw.rectangle((126, 86, 514, 334), fill=(236, 232, 222))
    for sheet in range(6):
        left, top = 146 + sheet % 3 * 124, 106 + sheet // 3 * 114
        draw.rectangle((left, top, left + 100, top + 94), fill=(255, 255, 255), outline=(190, 190, 186))
        for line in range(2 + (sheet + number) % 4):
            draw.line((left + 12, top + 18 + line * 14, left + 88 - line * 9, top + 18 + line * 14), (120, 124, 130), 3)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return SimpleUploadedFile(name, buffer.getvalue())


def evidence(number: int) -> SimpleUploadedFile:
    """Return one of a dozen files: lists, minutes, photographs."""
    kind = number % 3
    if kind == 0:
        lines: tuple[str, ...] = (
            "BIEN BAN KIEM TRA",
            f"So: {number:02d}",
            "Thanh phan: dai dien don vi, theo chuc vu",
            "Ket qua: dat",
        )
        return minutes(f"Biên bản {number:02d}.pdf", lines)
    if kind == 1:
        lines = (f"Danh mục kèm báo cáo số {number:02d}", *(f"{row}. Hồ sơ {number * 10 + row}" for row in range(1, 9)))
        return letter(f"Danh mục {number:02d}.docx", lines)
    return photograph(f"Ảnh {number:02d}.png", number)
