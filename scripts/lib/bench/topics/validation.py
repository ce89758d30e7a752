"""Validation of CSV, XLSX and XML beside what else checks, or only reads, such files."""

from bench.commands import first_number, validating
from bench.figures import Goal
from bench.measure import Contender
from bench.rows import COLUMNS

# One core, whichever it is.
ONE_CORE = ("taskset", "--cpu-list", "0")


def validate(bench):
    return [*_csv(bench), *_xlsx(bench), *_xml(bench)]


def _csv(bench):
    rows, fewer = bench.rows(1_000_000), bench.rows(20_000)
    manifest, plain = bench.inputs.csv(rows), bench.inputs.csv(rows, phones=False)
    alone = "purser validate, no phone numbers, one core"
    contenders = [
        validating(bench, manifest, rows, "purser validate, CSV"),
        validating(bench, plain, rows, alone, ONE_CORE),
        frictionless(bench, "CSV", bench.inputs.csv(fewer), fewer),
        other(bench, "polars, reading only, CSV", "read_with_polars.py", manifest, rows),
    ]
    goals = {alone: Goal("rate", 300_000), "frictionless validate, CSV": Goal("ratio", 10)}
    return bench.compare("validate, CSV", contenders, goals)


def _xlsx(bench):
    rows, fewer = bench.rows(200_000), bench.rows(5_000)
    manifest = bench.inputs.xlsx(rows)
    contenders = [
        validating(bench, manifest, rows, "purser validate, XLSX"),
        frictionless(bench, "XLSX", bench.inputs.xlsx(fewer), fewer),
        other(bench, "python-calamine, reading only", "read_with_calamine.py", manifest, rows),
    ]
    return bench.compare("validate, XLSX", contenders, {"purser validate, XLSX": Goal("rate", 100_000)})


def _xml(bench):
    rows = bench.rows(1_000_000)
    manifest, schema = bench.inputs.xml(rows), bench.folder / "scratch" / "customers.xsd"
    bench.run(bench.purser, "template", "--format", "xsd", "--to", schema)
    # It says only whether all of the document is right.
    command = ["xmllint", "--noout", "--stream", "--schema", schema, manifest]
    contenders = [
        validating(bench, manifest, rows, "purser validate, XML"),
        Contender("xmllint --stream --schema", rows, command, lambda told: rows if "validates" in told else 0),
    ]
    return bench.compare("validate, XML", contenders, {"xmllint --stream --schema": Goal("ratio", 0.6)})


def frictionless(bench, kind, manifest, rows):
    name = f"frictionless validate, {kind}"
    return other(bench, name, "validate_with_frictionless.py", manifest, rows, ",".join(COLUMNS))


def other(bench, name, script, manifest, rows, *arguments):
    """A script that prints how many rows it went through."""
    command = [bench.python, bench.script(script), manifest, *arguments]
    return Contender(name, rows, command, lambda told: first_number(r"^(\d+) rows", told))
