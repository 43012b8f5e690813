"""Files made for the tests: real workbooks and documents, and some that are not what they seem."""

import datetime
import io
import zipfile

import docx
import openpyxl
import xlsxwriter


def workbook(sheets, *, hidden=(), merge=(), formats=None):
    """Return an .xlsx of {name: rows}; `merge` holds (sheet, first row, first column, last row, last column)."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    code = book.add_format({"num_format": "00000"})
    pages = {}
    for name, rows in sheets.items():
        pages[name] = page = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, datetime.datetime | datetime.date):
                    page.write_datetime(i, j, value, date)
                elif isinstance(value, tuple):
                    page.write_number(i, j, value[0], code)
                elif value is not None:
                    page.write(i, j, value)
        if name in hidden:
            page.hide()
    for name, top, start, bottom, end in merge:
        pages[name].merge_range(top, start, bottom, end, sheets[name][top][start])
    book.close()
    return buffer.getvalue()


def openpyxl_workbook(fill):
    """Return an .xlsx written by the other library, as `fill(workbook)` filled it."""
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def document(*tables, before="Phụ lục"):
    """Return a .docx with `tables`, each a list of rows."""
    paper = docx.Document()
    for rows in tables:
        paper.add_paragraph(before)
        table = paper.add_table(rows=len(rows), cols=len(rows[0]))
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                table.cell(i, j).text = value
    return save(paper)


def save(paper):
    """Return the bytes of a python-docx document."""
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def zip_of(parts):
    """Return a zip of {name: text}."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def raw_workbook(sheet_xml, strings="", styles=""):
    """Return the smallest .xlsx around the XML inside <worksheet>."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": f'<worksheet xmlns="{main}">{sheet_xml}</worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    return zip_of(parts)
