"""Computes the idempotency keys of a manifest again, from the contract alone, and compares them with the results."""

import csv
import hashlib
import json
import sys
import unicodedata
import uuid

COMPANY = ["domain", "organizationRegistrationNumber"]
BILLING = ["email", "culture", "language", "firstName", "lastName"]
ADDRESS = ["addressLine1", "addressLine2", "addressLine3", "city", "district", "state", "region", "postalCode",
           "country", "phoneNumber", "firstName", "middleName", "lastName"]


def payload(row):
    """The canonical JSON of a row's request."""

    def members(names):
        cells = {name: unicodedata.normalize("NFC", row.get(name) or "").strip() for name in names}
        return {name: cell for name, cell in cells.items() if cell}

    customer = members(["associatedPartnerId"])
    customer["companyProfile"] = members(COMPANY + ["companyName"])
    customer["billingProfile"] = members(BILLING + ["companyName"])
    address = members(ADDRESS)
    if address:
        customer["billingProfile"]["defaultAddress"] = address
    return json.dumps(customer, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def key(row, endpoint, version):
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, f"{endpoint}/{version}/customers")
    identity = (row.get("externalId") or "").strip() or row["domain"].strip().lower()
    return str(uuid.uuid5(namespace, f"{identity}\n{hashlib.sha256(payload(row)).hexdigest()}\n0"))


def main(manifest, results, endpoint):
    with open(manifest, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    compared = different = 0
    with open(results, encoding="utf-8", newline="") as file:
        for result in csv.DictReader(file):
            if result["status"] in ("created", "unchanged"):
                compared += 1
                different += key(rows[int(result["row"]) - 1], endpoint, "v1") != result["idempotencyKey"]
    print(f"{compared} compared, {different} different")


main(*sys.argv[1:])
