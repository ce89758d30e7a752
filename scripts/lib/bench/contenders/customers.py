"""What the import scripts share: read a row, map it to the request, make its key, write its result."""

import csv
import hashlib
import json
import sys
import uuid

BILLING = ("companyName", "culture", "email", "firstName", "language", "lastName")
ADDRESS = (
    *("addressLine1", "addressLine2", "addressLine3", "city", "country", "district", "firstName", "lastName"),
    *("middleName", "phoneNumber", "postalCode", "region", "state"),
)
COMPANY = ("companyName", "domain", "organizationRegistrationNumber")
HEADERS = {"Authorization": "Bearer emulator", "Content-Type": "application/json", "Accept": "application/json"}

manifest, endpoint, results, in_flight = *sys.argv[1:4], int(sys.argv[4])
url = f"{endpoint}/v1/customers"
_namespace = uuid.uuid5(uuid.NAMESPACE_URL, url)


def requests():
    """Yields row number, domain, key and body of every row: the same keys and bodies as Purser's."""
    with open(manifest, newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            body = _payload(row)
            identity = row["externalId"] or row["domain"].lower()
            digest = hashlib.sha256(body).hexdigest()
            yield number, row["domain"], str(uuid.uuid5(_namespace, f"{identity}\n{digest}\n0")), body


def _payload(row):
    billing = {name: row[name] for name in BILLING if row[name]}
    billing["defaultAddress"] = {name: row[name] for name in ADDRESS if row[name]}
    customer = {"companyProfile": {name: row[name] for name in COMPANY if row[name]}, "billingProfile": billing}
    if row["associatedPartnerId"]:
        customer["associatedPartnerId"] = row["associatedPartnerId"]
    return json.dumps(customer, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


class Results:
    """The file of results, one line a row."""

    def __enter__(self):
        self._file = open(results, "w", newline="", encoding="utf-8")
        self._writer = csv.writer(self._file)
        self._writer.writerow(["row", "status", "customerId", "domain", "idempotencyKey", "httpStatus"])
        return self

    def write(self, number, domain, key, status, answer):
        if status == 201:
            self._writer.writerow([number, "created", json.loads(answer)["id"], domain, key, status])
        else:
            self._writer.writerow([number, "failed", "", domain, key, status])

    def __exit__(self, *_):
        self._file.close()
