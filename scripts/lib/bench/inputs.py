"""Writes the manifests that are measured: CSV, XLSX and XML with the same rows. Those that are there are kept."""

import csv
import os
import sys
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from bench.rows import COLUMNS, rows
from bench.workbook import write_xlsx

PHONE = COLUMNS.index("phoneNumber")
NAMESPACE = "urn:purser:customers:1"


class Inputs:
    """The manifests of a folder."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def csv(self, count, phones=True):
        """The path of a CSV file with so many rows, with or without phone numbers."""
        path = self.folder / f"customers-{count}.csv"
        self._made(path, lambda part: write_csv(part, rows(count)))
        if phones:
            return path
        plain = path.with_stem(f"{path.stem}-without-phones")
        return self._made(plain, lambda part: write_csv(part, _without_phones(_read(path))))

    def xlsx(self, count):
        """The path of a workbook with so many rows, as Excel saves it."""
        source = self.csv(count)
        return self._made(source.with_suffix(".xlsx"), lambda part: write_xlsx(part, _read(source), count))

    def xml(self, count):
        """The path of an XML manifest with so many customers."""
        source = self.csv(count)
        return self._made(source.with_suffix(".xml"), lambda part: write_xml(part, _read(source)))

    def _made(self, path, write):
        if not path.exists():
            print(f"==> write {path.name}", file=sys.stderr)
            part = path.with_name(path.name + ".part")
            write(part)
            os.replace(part, path)
        return path


def _without_phones(table):
    for cells in table:
        cells[PHONE] = ""
        yield cells


def _read(path):
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


def write_csv(path, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(table)


BILLING = "email culture language firstName lastName".split()
ADDRESS = (
    "addressLine1 addressLine2 addressLine3 city district state region postalCode country phoneNumber "
    "firstName middleName lastName"
).split()


def write_xml(path, table):
    def elements(names, customer):
        return "".join(f"<{name}>{escape(customer[name])}</{name}>" for name in names if customer[name])

    with open(path, "w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<customers xmlns="{NAMESPACE}">\n')
        for cells in table:
            customer = dict(zip(COLUMNS, cells))
            name = elements(["companyName"], customer)
            file.write(
                f"  <customer externalId={quoteattr(customer['externalId'])}>\n"
                f"    <companyProfile>{name}{elements(['domain'], customer)}</companyProfile>\n"
                f"    <billingProfile>{name}{elements(BILLING, customer)}\n"
                f"      <defaultAddress>{elements(ADDRESS, customer)}</defaultAddress>\n"
                f"    </billingProfile>\n    {elements(['associatedPartnerId'], customer)}\n  </customer>\n"
            )
        file.write("</customers>\n")
