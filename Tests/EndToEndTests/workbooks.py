"""Writes, fills in and looks into workbooks for the tests.

usage: workbooks.py write TABLE.json    the table as openpyxl.xlsx, as xlsxwriter.xlsx, and as wide.xlsx, see below
       workbooks.py fill TEMPLATE ROWS.json OUT    a template with rows below its header, each a map by column
       workbooks.py lists WORKBOOK    the drop-down lists of its first sheet: title, range and number of values
"""

import json
import sys

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.dimensions import ColumnDimension


def put(sheet, row, column, text):
    """Puts a text into a cell as text, whatever it looks like."""
    if text:
        cell = sheet.cell(row, column)
        cell.value = text
        cell.data_type = "s"


def widen(sheet, first):
    """Gives the columns that are not used several widths.

    LibreOffice writes as many alike columns as a sheet has into Excel 2003 XML by a recursion that goes too deep.
    """
    for number, start in enumerate(range(first, 16385, 1000)):
        letter = get_column_letter(start)
        end = min(start + 999, 16384)
        sheet.column_dimensions[letter] = ColumnDimension(
            sheet, index=letter, min=start, max=end, width=10 + number, customWidth=True
        )


def write(table):
    rows = json.load(open(table, encoding="utf-8"))
    book = openpyxl.Workbook()
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            put(book.active, row, column, text)
    book.save("openpyxl.xlsx")
    widen(book.active, len(rows[0]) + 1)
    book.save("wide.xlsx")
    book = xlsxwriter.Workbook("xlsxwriter.xlsx")
    sheet = book.add_worksheet()
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text:
                sheet.write_string(row, column, text)
    book.close()


def fill(template, rows, out):
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    for row, cells in enumerate(json.load(open(rows, encoding="utf-8")), 2):
        for title, text in cells.items():
            put(sheet, row, titles.index(title) + 1, text)
    book.save(out)


def lists(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for validation in sheet.data_validations.dataValidation:
        cells = min(validation.sqref.ranges, key=lambda area: area.bounds)
        source = validation.formula1.lstrip("=")
        if source in book.defined_names:
            source = book.defined_names[source].attr_text
        name, area = source.rsplit("!", 1)
        first, top, last, bottom = range_boundaries(area)
        values = [row[0] for row in book[name.strip("'")].iter_rows(top, bottom, first, last, values_only=True)]
        title = sheet.cell(1, cells.min_col).value
        print(title, validation.type, cells.min_row, len(values), *values[:2])


if __name__ == "__main__":
    {"write": write, "fill": fill, "lists": lists}[sys.argv[1]](*sys.argv[2:])
