"""A paper as DOCX, for an office that goes on editing. Import this module only in a job: the library is heavy."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from prytany.reporting.papers.paper import FSI, LRI, PDI, Annex, Block, Column, Paper

# The font that the layout rules name; for other scripts the common fonts of office programs.
LATIN_FONT = "Times New Roman"
COMPLEX_FONTS = {"hi": "Nirmala UI", "ar": "Times New Roman", "ur": "Times New Roman"}
LOCALES = {"vi": "vi-VN", "en": "en-GB", "fr": "fr-FR", "hi": "hi-IN", "ar": "ar-SA", "ur": "ur-PK"}
PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
LRM = "\u200e"
_ISOLATES = re.compile(f"{LRI}([^{PDI}]*){PDI}")


def _order(names: str) -> list[str]:
    return names.split()


# Office programs insist on the order of these elements (ISO/IEC 29500-1, 17.3.1.26, 17.3.2.28 and 17.4.60).
PARAGRAPH = _order(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
)
RUN = _order(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
    "em lang"
)
TABLE = _order(
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook"
)
_CENTRE, _START, _JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
_END = WD_ALIGN_PARAGRAPH.RIGHT


def render(paper: Paper) -> bytes:
    """Return the DOCX; the same paper gives the same bytes."""
    return _Writer(paper).write()


class _Writer:
    """Writes one paper. Office programs know no isolates: what is isolated becomes a run of its own direction."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document = Document()
        self.slanted = paper.language not in COMPLEX_FONTS

    def write(self) -> bytes:
        self._page()
        self._head()
        self._addressees()
        for block in self.paper.blocks:
            self._block(block)
        if self.paper.signers:
            self._signatures()
        else:
            self._signature()
        if self.paper.annex is not None:
            self._annex(self.paper.annex)
        return self._bytes()

    def _size(self, name: str) -> int:
        return self.paper.layout[f"{name}_size"]

    def _caps(self, text: str) -> str:
        return text.upper() if self.slanted else text

    # Page, properties

    def _page(self) -> None:
        paper, section = self.paper, self.document.sections[0]
        section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
        section.top_margin, section.bottom_margin = Mm(paper.layout["margin_top"]), Mm(paper.layout["margin_bottom"])
        start, end = Mm(paper.layout["margin_start"]), Mm(paper.layout["margin_end"])
        section.left_margin, section.right_margin = (end, start) if paper.right_to_left else (start, end)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        self._number_pages(section.header.paragraphs[0])
        style = self.document.styles["Normal"]
        style.font.name = LATIN_FONT
        style.font.size = Pt(self._size("body"))
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for name in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(name), LATIN_FONT)
        fonts.set(qn("w:cs"), COMPLEX_FONTS.get(paper.language, LATIN_FONT))
        locale = LOCALES.get(paper.language, paper.language)
        _place(properties, "lang", RUN, val=locale, bidi=locale)
        core = self.document.core_properties
        made_at = datetime.datetime.fromisoformat(paper.made_at).astimezone(datetime.UTC).replace(tzinfo=None)
        core.title, core.author, core.language = paper.name, paper.author, locale
        core.created = core.modified = made_at
        core.last_modified_by, core.comments = paper.author, ""

    def _number_pages(self, paragraph: Any) -> None:
        """Put the page number into the header, centred; the first page's header stays empty."""
        paragraph.alignment = _CENTRE
        run = paragraph.add_run()
        run.font.size = Pt(self._size("page"))
        for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.set(qn("xml:space"), "preserve")
                mark.text = text
            run._r.append(mark)

    # Paragraphs

    def _paragraph(
        self,
        parent: Any,
        text: str,
        *,
        size: int | None = None,
        bold: bool = False,
        italic: bool = False,
        align: Any = _START,
        indent: bool = False,
        before: int = 0,
        after: int = 0,
        first: bool = False,
    ) -> Any:
        """Add a paragraph (`first`: fill the empty one that a cell begins with)."""
        paragraph = parent.paragraphs[0] if first else parent.add_paragraph()
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        if indent:
            form.first_line_indent = Cm(1.27)
        if self.paper.right_to_left:
            # In a right-to-left paragraph "left" means the start side, which is the right one.
            _place(paragraph._p.get_or_add_pPr(), "bidi", PARAGRAPH)
        for piece, is_ltr in _pieces(text):
            self._run(paragraph, piece, size, bold, italic and self.slanted, is_ltr=is_ltr)
        return paragraph

    def _run(self, paragraph: Any, text: str, size: int | None, bold: bool, italic: bool, *, is_ltr: bool) -> None:
        if self.paper.right_to_left and is_ltr:
            text = f"{LRM}{text}"  # or 118-TB is shown as TB-118 where the number comes first
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        run.font.cs_bold, run.font.cs_italic = bold or None, italic or None
        if size is not None:
            run.font.size = Pt(size)
            _place(run._r.get_or_add_rPr(), "szCs", RUN, val=str(size * 2))
        if self.paper.right_to_left and not is_ltr:
            run.font.rtl = True
        elif self.paper.language == "hi":
            run.font.complex_script = True

    def _rule(self, parent: Any, share: float) -> None:
        """Draw a rule over a share of the width: an empty paragraph with a border, indented on both sides."""
        paragraph = self._paragraph(parent, "", size=2, align=_CENTRE)
        width = 16.5 / 2 if parent is not self.document else 16.5
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(width * (1 - share) / 2)
        borders = _place(paragraph._p.get_or_add_pPr(), "pBdr", PARAGRAPH)
        _place(borders, "top", ["top"], val="single", sz="6", space="1", color="000000")

    # Head, addressees, signature

    def _grid(self, shares: Sequence[float], *, borders: bool = False) -> Any:
        """Return a one-row table over the whole width."""
        table = self.document.add_table(rows=1, cols=len(shares))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        if borders:
            table.style = "Table Grid"
        if self.paper.right_to_left:
            _place(table._tbl.tblPr, "bidiVisual", TABLE)
        self._widths(table, shares)
        return table

    def _widths(self, table: Any, shares: Sequence[float]) -> None:
        section = self.document.sections[-1]
        room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(room * share / sum(shares))

    def _head(self) -> None:
        head = self.paper.head
        table = self._grid((4, 5))
        body, state = table.rows[0].cells
        first = True
        if head.superior:
            self._paragraph(body, self._caps(head.superior), size=self._size("superior"), align=_CENTRE, first=True)
            first = False
        self._paragraph(body, self._caps(head.issuer), size=self._size("issuer"), bold=True, align=_CENTRE, first=first)
        if head.asterisk:
            self._paragraph(body, "*", size=self._size("issuer"), align=_CENTRE)
        else:
            self._rule(body, 0.4)
        self._paragraph(body, head.number, size=self._size("number"), align=_CENTRE, before=2)
        if head.subject:
            self._paragraph(
                body, head.subject, size=self._size("subject"), italic=head.asterisk, align=_CENTRE, before=6
            )
        self._paragraph(state, head.title, size=self._size("title"), bold=True, align=_CENTRE, first=True)
        if head.motto:
            self._paragraph(state, head.motto, size=self._size("motto"), bold=True, align=_CENTRE)
        if head.title:
            self._rule(state, 0.62)
        self._paragraph(state, head.place_date, size=self._size("place"), italic=True, align=_CENTRE, before=4)
        self._paragraph(self.document, "", size=6)
        if head.kind:
            self._paragraph(
                self.document, self._caps(head.kind), size=self._size("kind"), bold=True, align=_CENTRE, before=6
            )
            self._paragraph(self.document, head.summary, size=self._size("summary"), bold=True, align=_CENTRE)
            self._rule(self.document, 0.25)

    def _addressees(self) -> None:
        paper = self.paper
        if len(paper.to) == 1:
            self._paragraph(self.document, f"{paper.to_label} {paper.to[0]}", align=_CENTRE, before=6, after=8)
        elif paper.to:
            for number, text in enumerate((paper.to_label, *(f"– {one}" for one in paper.to))):
                paragraph = self._paragraph(self.document, text, before=0 if number else 6)
                paragraph.paragraph_format.left_indent = Cm(3 if number else 2)
            paragraph.paragraph_format.space_after = Pt(8)

    def _signature(self) -> None:
        paper = self.paper
        self._paragraph(self.document, "", size=8)
        start, end = self._grid((1, 1)).rows[0].cells
        if paper.recipients:
            self._paragraph(
                start, paper.recipients_label, size=self._size("recipients"), bold=True, italic=True, first=True
            )
            for one in paper.recipients:
                self._paragraph(start, f"- {one}", size=self._size("list"))
        size = self._size("signer")
        lines = [line for line in (paper.authority, paper.signer_title) if line]
        for number, line in enumerate(lines):
            self._paragraph(end, self._caps(line), size=size, bold=True, align=_CENTRE, first=number == 0)
        for _line in range(4):
            self._paragraph(end, "", size=size, align=_CENTRE)
        self._paragraph(end, paper.signer_name, size=size, bold=True, align=_CENTRE)
        for cell in (start, end):
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True

    def _signatures(self) -> None:
        """Set several signatures side by side, the recipients under them."""
        paper, size = self.paper, self._size("signer")
        self._paragraph(self.document, "", size=8)
        for cell, signer in zip(self._grid((1,) * len(paper.signers)).rows[0].cells, paper.signers, strict=True):
            self._paragraph(cell, self._caps(signer.title), size=size, bold=True, align=_CENTRE, first=True)
            for _line in range(4):
                self._paragraph(cell, "", size=size, align=_CENTRE)
            self._paragraph(cell, signer.name, size=size, bold=True, align=_CENTRE)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        if paper.recipients:
            self._paragraph(self.document, "", size=8)
            self._paragraph(
                self.document, paper.recipients_label, size=self._size("recipients"), bold=True, italic=True
            )
            for one in paper.recipients:
                self._paragraph(self.document, f"- {one}", size=self._size("list"))

    # Text

    def _block(self, block: Block) -> None:
        if block.kind == "heading":
            paragraph = self._paragraph(self.document, block.text, bold=True, before=10, after=4)
            paragraph.paragraph_format.keep_with_next = True
        elif block.kind == "paragraph":
            self._paragraph(self.document, block.text, align=_JUSTIFIED, indent=True, before=6)
        elif block.kind == "items":
            for item in block.items:
                self._paragraph(self.document, f"– {item}", align=_JUSTIFIED, indent=True, before=4)
        elif block.kind == "table":
            self._table(block.columns, block.rows, 9 if len(block.columns) > 6 else self._size("body") - 2)
            self._paragraph(self.document, "", size=6)

    def _table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], size: int) -> Any:
        table = self._grid([column.share for column in columns], borders=True)
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self._paragraph(cell, column.title, size=size, bold=True, align=_CENTRE, first=True)
        self._repeat(table.rows[0])
        for row in rows:
            self._row(table, columns, row, size)
        self._widths(table, [column.share for column in columns])
        return table

    def _row(self, table: Any, columns: Sequence[Column], row: Sequence[str], size: int) -> None:
        cells = table.add_row().cells
        for cell, column, text in zip(cells, columns, row, strict=True):
            self._paragraph(cell, text, size=size, align=_END if column.figures else _START, first=True)

    @staticmethod
    def _repeat(row: Any) -> None:
        """Let the head row stand on every page."""
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))

    def _annex(self, annex: Annex) -> None:
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = PAGE_HEIGHT, PAGE_WIDTH
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin, section.bottom_margin = Mm(20), Mm(15)
        section.different_first_page_header_footer = False
        self._paragraph(
            self.document, self._caps(annex.title), size=self._size("kind"), bold=True, align=_CENTRE, after=2
        )
        if annex.note:
            self._paragraph(self.document, annex.note, size=self._size("list"), italic=True, align=_CENTRE, after=4)
        table = self._table(annex.columns, (), 10)
        for group in annex.groups:
            if group.title:
                cells = table.add_row().cells
                heading = cells[0].merge(cells[-1])
                self._paragraph(heading, group.title, size=10, bold=True, first=True)
                for paragraph in heading.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
            for row in group.rows:
                self._row(table, annex.columns, row, 10)
        self._widths(table, [column.share for column in annex.columns])
        if annex.foot:
            self._paragraph(self.document, annex.foot, size=8, before=4)

    def _bytes(self) -> bytes:
        """Return the file packed with a fixed date, so that a reprint is the same to the byte."""
        packed = io.BytesIO()
        self.document.save(packed)
        steady = io.BytesIO()
        with zipfile.ZipFile(packed) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))
        return steady.getvalue()


def _place(parent: Any, name: str, order: Sequence[str], **attributes: str) -> Any:
    """Add the element `w:<name>` to `parent` at its place in `order`; return it."""
    element = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    later = {qn(f"w:{other}") for other in order[order.index(name) + 1 :]}
    for position, child in enumerate(parent):
        if child.tag in later:
            parent.insert(position, element)
            return element
    parent.append(element)
    return element


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Return the text in pieces, those in a left-to-right isolate marked; the isolates themselves are left out."""
    pieces, last = [], 0
    for match in _ISOLATES.finditer(text):
        pieces += [(text[last : match.start()], False), (match[1], True)]
        last = match.end()
    pieces.append((text[last:], False))
    return [(_bare(piece), is_ltr) for piece, is_ltr in pieces if _bare(piece)]


def _bare(text: str) -> str:
    return text.replace(FSI, "").replace(LRI, "").replace(PDI, "")
