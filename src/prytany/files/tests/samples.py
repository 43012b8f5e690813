"""Files made for tests: in six languages, whole, torn, locked and disguised."""

import io
import zipfile
from functools import cache
from importlib.metadata import files as files_of

import docx
import pypdf
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

SENTENCES = {
    "vi": "Văn phòng Tỉnh ủy đề nghị các xã hoàn thành số hóa hồ sơ trước ngày 15/12/2026.",
    "en": "The office asks every commune to finish its files before 15 December 2026.",
    "fr": "Le bureau demande à chaque commune d’achever ses dossiers avant le 15 décembre 2026.",
    "hi": "कार्यालय सभी समुदायों से 15 दिसंबर 2026 से पहले कार्य पूरा करने को कहता है।",
    "ar": "يطلب المكتب من جميع البلديات إنجاز الملفات قبل نهاية العام.",
    "ur": "دفتر تمام کمیونز سے کہتا ہے کہ وہ فائلیں سال کے آخر تک مکمل کریں۔",
}
# Fonts whose PDF text can be read back (stack.md 4).
FONTS = {"hi": "Mukta", "ar": "Amiri", "ur": "Amiri"}
RTL = {"ar", "ur"}


@cache
def _font_folders():
    packages = ("fontpkg-be-vietnam-pro", "fontpkg-amiri", "fontpkg-mukta")
    return sorted({str(f.locate().parent) for p in packages for f in files_of(p) if str(f).endswith("-Regular.ttf")})


@cache
def pdf(*paragraphs, language="vi"):
    """A PDF with one paragraph a page."""
    font = FONTS.get(language, "Be Vietnam Pro")
    direction = "rtl" if language in RTL else "ltr"
    body = "\n#pagebreak()\n".join(f"#sys.inputs.p{n}" for n in range(len(paragraphs)))
    source = f'#set text(font: "{font}", lang: "{language}", dir: {direction}, size: 12pt)\n{body}'
    inputs = {f"p{n}": text for n, text in enumerate(paragraphs)}
    return typst.compile(
        source.encode(), font_paths=_font_folders(), ignore_system_fonts=True, sys_inputs=inputs, format="pdf"
    )


def locked_pdf(user="secret", owner="owner"):
    """A PDF that needs the password `user` to be opened; with an empty one, only printing is forbidden."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(SENTENCES["vi"])))
    writer.encrypt(user_password=user, owner_password=owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf():
    """A PDF whose only page is a picture."""
    out = io.BytesIO()
    Image.new("L", (300, 400), 255).save(out, "PDF")
    return out.getvalue()


def docx_of(*paragraphs, rows=()):
    """A Word file with paragraphs and a table."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(members, *, compression=zipfile.ZIP_DEFLATED):
    """A zip file of `{name: content}`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def odt_of(*paragraphs, manifest=""):
    """An OpenDocument text."""
    office, text = "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zipped(members | ({"META-INF/manifest.xml": manifest} if manifest else {}))


def photograph(image_format="JPEG", size=(120, 80), orientation=6):
    """A photograph lying on its side, with position, device and comment."""
    image = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[2] = (21.0, 51.0, 0.0)
    out = io.BytesIO()
    extra = {"comment": b"taken at home", "xmp": b"<x:xmpmeta>home</x:xmpmeta>"} if image_format == "JPEG" else {}
    image.save(out, image_format, exif=exif, **extra)
    return out.getvalue()


def upload(name, content, media_type="application/octet-stream"):
    """An upload as a form gives it."""
    return SimpleUploadedFile(name, content, media_type)
