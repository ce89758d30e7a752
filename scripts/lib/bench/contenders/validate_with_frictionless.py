"""Checks a table with frictionless, by a schema that says what such a schema can:
validate_with_frictionless.py FILE COLUMN,...
"""

import os
import sys

from frictionless import Resource, Schema, fields

REQUIRED = {"companyName", "domain", "email", "culture", "language", "addressLine1", "city", "country"}
LENGTHS = {"companyName": 255, "addressLine1": 255, "city": 255, "firstName": 40, "lastName": 40}
PATTERNS = {
    "domain": r"[a-z0-9][a-z0-9-]{0,26}\.onmicrosoft\.com",
    "culture": r"[a-z]{2}-[A-Z]{2}",
    "language": r"[a-z]{2}",
    "country": r"[A-Z]{2}",
    "phoneNumber": r"\+?[0-9 ()-]{4,20}",
    "associatedPartnerId": r"[0-9]+",
}
UNIQUE = {"externalId", "domain"}


def field(name):
    constraints = {"required": True} if name in REQUIRED else {}
    if name in LENGTHS:
        constraints["maxLength"] = LENGTHS[name]
    if name in PATTERNS:
        constraints["pattern"] = PATTERNS[name]
    if name in UNIQUE:
        constraints["unique"] = True
    return fields.StringField(name=name, format="email" if name == "email" else "default", constraints=constraints)


folder, file = os.path.split(sys.argv[1])
schema = Schema(fields=[field(name) for name in sys.argv[2].split(",")])
report = Resource(path=file, basepath=folder, schema=schema).validate()
if not report.valid:
    sys.exit(str(report.to_summary()))
print(report.tasks[0].stats["rows"], "rows")
