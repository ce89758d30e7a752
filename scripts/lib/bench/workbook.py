"""Writes a table as a workbook the way Excel does: a text stands once, in a part of its own, and cells have its number."""

import zipfile
from xml.sax.saxutils import escape

from bench.rows import COLUMNS

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KINDS = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "sharedStrings": "sharedStrings"}
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in KINDS.items()
    )
    + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}

# Their texts stand in one row each, so they are not looked for among the earlier ones.
UNIQUE = {COLUMNS.index(name) for name in ("externalId", "companyName", "domain", "email")}


class SharedStrings:
    """The texts of a workbook, in a file beside it until the sheet is written, as a zip is written part by part."""

    def __init__(self, path):
        self._path = path
        self._file = open(path, "w", encoding="utf-8")
        self._numbers = {}
        self._count = 0

    def number(self, text, is_unique):
        known = None if is_unique else self._numbers.get(text)
        if known is not None:
            return known
        self._file.write(f"<si><t>{escape(text)}</t></si>")
        if not is_unique:
            self._numbers[text] = self._count
        self._count += 1
        return self._count - 1

    def move_to(self, part):
        self._file.close()
        part.write(f'{DECLARATION}<sst xmlns="{SHEET}" uniqueCount="{self._count}">'.encode())
        with open(self._path, "rb") as file:
            while block := file.read(1 << 20):
                part.write(block)
        part.write(b"</sst>")
        self._path.unlink()


def write_xlsx(path, table, count):
    extent = f"A1:{chr(64 + len(COLUMNS))}{count + 1}"
    strings = SharedStrings(path.with_name(path.name + ".strings"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as workbook:
        for name, text in PARTS.items():
            workbook.writestr(name, DECLARATION + text)
        with workbook.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{DECLARATION}<worksheet xmlns="{SHEET}"><dimension ref="{extent}"/><sheetData>'.encode())
            sheet.write(_row(1, COLUMNS, strings))
            for number, cells in enumerate(table, 2):
                sheet.write(_row(number, cells, strings))
            sheet.write(b"</sheetData></worksheet>")
        with workbook.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            strings.move_to(part)


def _row(number, cells, strings):
    line = "".join(
        f'<c r="{chr(65 + column)}{number}" t="s"><v>{strings.number(text, column in UNIQUE)}</v></c>'
        for column, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{line}</row>'.encode()
