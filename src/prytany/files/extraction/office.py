"""Text of DOCX and OpenDocument files, read from their XML. Runs in the child process only."""

from collections.abc import Iterator

from lxml import etree

from prytany.files.archives import BadArchive, inspect, read_member
from prytany.files.extraction.normalise import normalise

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def _tree(archive_path: str, member: str) -> etree._Element:
    """Return the root of one XML part; BadArchive `broken` where it is missing, torn, or declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with open(archive_path, "rb") as file, inspect(file) as archive:
        data = read_member(archive, member)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadArchive("broken") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadArchive("broken")
    return root


def read_docx(path: str) -> list[str]:
    """Return the text of a DOCX file as one page: a line a paragraph, a line a table row, cells apart by tabs."""
    body = _tree(path, "word/document.xml").find(f"{_W}body")
    lines = list(_docx_blocks(body)) if body is not None else []
    return [normalise("\n".join(lines))]


def _docx_blocks(parent: etree._Element) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _docx_paragraph(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = (" ".join(_docx_blocks(cell)).strip() for cell in row.findall(f"{_W}tc"))
                yield "\t".join(cells)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _docx_blocks(child)


_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_MC}Fallback", f"{_W}pPr", f"{_W}rPr"}


def _docx_paragraph(node: etree._Element) -> str:
    parts: list[str] = []
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        else:
            if child.tag == f"{_W}p":  # a text box inside the paragraph
                parts.append("\n")
            parts.append(_docx_paragraph(child))
    return "".join(parts)


def read_odt(path: str) -> list[str]:
    """Return the text of an ODT file as one page, laid out as `read_docx` does."""
    text = _tree(path, "content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    lines = list(_odt_blocks(text)) if text is not None else []
    return [normalise("\n".join(lines))]


def _odt_blocks(parent: etree._Element) -> Iterator[str]:
    for child in parent:
        if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            yield _odt_inline(child)
        elif child.tag == f"{_TABLE}table":
            for row in child.iter(f"{_TABLE}table-row"):
                cells = row.findall(f"{_TABLE}table-cell")
                yield "\t".join(" ".join(_odt_blocks(cell)).strip() for cell in cells)
        elif child.tag not in {f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_OFFICE}annotation"}:
            yield from _odt_blocks(child)


def _odt_inline(node: etree._Element) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 100))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag not in {f"{_OFFICE}annotation", f"{_TEXT}note"}:
            parts.append(_odt_inline(child))
        parts.append(child.tail or "")
    return "".join(parts)
