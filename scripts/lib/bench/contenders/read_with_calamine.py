"""Reads the first sheet of a workbook, row by row: read_with_calamine.py FILE."""

import sys

import python_calamine

sheet = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
print(sum(1 for _ in sheet.iter_rows()) - 1, "rows")
