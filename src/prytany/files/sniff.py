"""What a file truly is, by its content: names and declared types are only compared with it."""

import re
import zipfile
from typing import BinaryIO

import filetype

from prytany.files.archives import BadArchive, inspect, read_member
from prytany.files.encodings import Undecodable, decode
from prytany.files.kinds import BY_ENDING, IMAGES, KINDS, TEXTS, Kind
from prytany.files.names import split_ending
from prytany.files.refusals import FileRefused

HEAD = 8192
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\x00asm",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"dex\n",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"MSCF", b"\x28\xb5\x2f\xfd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SVG = re.compile(rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE\s+svg[^>]*>\s*)?<svg[\s>]", re.DOTALL | re.I)
_HTML = re.compile(
    rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|script|iframe)[\s>]",
    re.DOTALL | re.I,
)
_PDF_ENCRYPTED = re.compile(rb"/Encrypt(\s+\d+\s+\d+\s+R|\s*<<)")


def sniff(file: BinaryIO, name: str) -> Kind:
    """Return the kind of `file` by content; FileRefused where it is not taken or its name says otherwise.

    `file` is left at its start. A PDF that is locked or torn is found by the caller (see `extraction.check_pdf`).
    """
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise FileRefused("empty", name)
    try:
        found = _by_content(file, head, name)
    finally:
        file.seek(0)
    return _agree(found, name)


def _by_content(file: BinaryIO, head: bytes, name: str) -> Kind:
    if head.startswith(_PROGRAMS):
        raise FileRefused("program", name)
    if head.startswith(_ARCHIVES):
        raise FileRefused("archive", name)
    if head.startswith(_OLE):
        raise FileRefused("encrypted" if _holds(file, "EncryptedPackage".encode("utf-16-le")) else "old_office", name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _container(file, name)
    if b"%PDF-" in head[:1024]:
        return KINDS["pdf"]
    if head.startswith((b"{\\rtf", b"%!PS")):
        raise FileRefused("not_allowed", name)
    if image := _image(head, name):
        return image
    return _text(file, head, name)


def _image(head: bytes, name: str) -> Kind | None:
    guess = filetype.guess(head)
    if guess is None:
        return None
    kind = {"png": "png", "jpg": "jpeg", "webp": "webp", "apng": "png"}.get(guess.extension)
    if kind:
        return KINDS[kind]
    if guess.extension in {"heic", "avif"}:
        raise FileRefused("photo_format", name)
    if guess.mime.startswith("image/"):
        raise FileRefused("image_format", name)
    raise FileRefused("archive" if guess.extension in {"zip", "tar", "rar", "7z", "gz"} else "not_allowed", name)


def _container(file: BinaryIO, name: str) -> Kind:
    try:
        with inspect(file) as archive:
            return _office(archive, name)
    except BadArchive as error:
        raise FileRefused(str(error), name) from error


def _office(archive: zipfile.ZipFile, name: str) -> Kind:
    members = set(archive.namelist())
    if any(member.lower().endswith("vbaproject.bin") for member in members):
        raise FileRefused("macros", name)
    if "[Content_Types].xml" in members:
        types = read_member(archive, "[Content_Types].xml", 4 * 1024 * 1024)
        if b"macroEnabled" in types:
            raise FileRefused("macros", name)
        if "word/document.xml" in members:
            return KINDS["docx"]
        if "xl/workbook.xml" in members:
            return KINDS["xlsx"]
        raise FileRefused("not_allowed", name)
    if "mimetype" in members:
        return _opendocument(archive, members, name)
    raise FileRefused("program" if members & {"META-INF/MANIFEST.MF", "AndroidManifest.xml"} else "archive", name)


def _opendocument(archive: zipfile.ZipFile, members: set[str], name: str) -> Kind:
    media_type = read_member(archive, "mimetype", 200).decode("ascii", "replace").strip()
    kind = {
        "application/vnd.oasis.opendocument.text": KINDS["odt"],
        "application/vnd.oasis.opendocument.spreadsheet": KINDS["ods"],
    }.get(media_type)
    if kind is None or "content.xml" not in members:
        raise FileRefused("not_allowed", name)
    if "META-INF/manifest.xml" in members:
        manifest = read_member(archive, "META-INF/manifest.xml", 4 * 1024 * 1024)
        if b"encryption-data" in manifest:
            raise FileRefused("encrypted", name)
    modules = {m for m in members if m.startswith(("Basic/", "Scripts/")) and not m.endswith("/")}
    if any(not m.endswith(("script-lc.xml", "script-lb.xml")) for m in modules):
        raise FileRefused("macros", name)
    return kind


def _text(file: BinaryIO, head: bytes, name: str) -> Kind:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if _SVG.match(plain):
        raise FileRefused("drawing", name)
    if _HTML.match(plain):
        return KINDS["html"]
    file.seek(0)
    try:
        start = decode(file.read(256 * 1024), whole=False).text
    except Undecodable as error:
        binary = b"\x00" in head or sum(b < 9 or 13 < b < 32 for b in head) > len(head) / 50
        raise FileRefused("not_allowed" if binary else "encoding", name) from error
    if _SVG.match(start[:HEAD].encode()):
        raise FileRefused("drawing", name)
    if _HTML.match(start[:HEAD].encode()):
        return KINDS["html"]
    return KINDS["csv"] if split_ending(name)[1] in KINDS["csv"].endings else KINDS["txt"]


def _agree(found: Kind, name: str) -> Kind:
    """Return `found`, unless the ending of `name` promises something else than the content holds."""
    ending = split_ending(name)[1]
    named = BY_ENDING.get(ending)
    if not ending or named is found or (named and {named.code, found.code} <= IMAGES):
        return found
    if named and named.code in TEXTS and found.code in TEXTS:
        return named  # text is what its name says, whatever tags stand in it: none of the three is sent as a page
    if named is None and found.code in TEXTS:
        raise FileRefused("not_allowed", name)
    raise FileRefused("disguised", name, found=found.label)


def true_name(name: str, kind: Kind) -> str:
    """Return `name` with an ending that fits `kind`: added where there is none, corrected between kinds of image."""
    stem, ending = split_ending(name)
    if ending in kind.endings:
        return name
    if BY_ENDING.get(ending) is None:
        return f"{name}{kind.endings[0]}"
    return f"{stem}{kind.endings[0]}" if kind.code in IMAGES else name


def looks_locked_or_torn(file: BinaryIO) -> bool:
    """Tell whether a PDF has to be opened to know that it can be: it names a lock, or has no proper end."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(size - 4096, 0))
    torn = b"startxref" not in file.read()
    locked = torn or _holds(file, _PDF_ENCRYPTED)
    file.seek(0)
    return torn or locked


def _holds(file: BinaryIO, needle: bytes | re.Pattern[bytes]) -> bool:
    """Tell whether `needle` occurs in `file`, reading it in pieces."""
    file.seek(0)
    tail = b""
    while piece := file.read(1024 * 1024):
        window = tail + piece
        if needle in window if isinstance(needle, bytes) else needle.search(window):
            return True
        tail = window[-64:]
    return False
