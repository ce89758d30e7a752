"""Purser's commands as contenders: each is counted by what it says, or wrote, itself."""

import json
import re
import shutil
from pathlib import Path

from bench.measure import Contender, Failure

# What Purser signs in with: nginx does not look at it, and the emulator takes it.
ENVIRONMENT = {"PURSER_TOKEN": "emulator"}
IN_FLIGHT = 32


def importing(bench, url, rows, name="purser", checkpoints=None):
    """An import from nothing: every row must be created, and stand in the results."""
    folder = bench.folder / "scratch" / f"import-{rows}"
    checkpoint = Path(checkpoints or folder) / "checkpoint"

    def clear():
        shutil.rmtree(folder, ignore_errors=True)
        for left in checkpoint.parent.glob("checkpoint*"):
            left.unlink()

    def count(_):
        return counted(folder, bench.inputs.csv(rows), "created")

    command = import_command(bench, url, bench.inputs.csv(rows), checkpoint, folder)
    return Contender(name, rows, command, count, clear, ENVIRONMENT)


def resuming(bench, url, rows):
    """An import of what an earlier one finished: every row must be unchanged."""
    folder = bench.folder / "scratch" / f"import-{rows}"
    manifest = bench.inputs.csv(rows)
    command = import_command(bench, url, manifest, folder / "checkpoint", folder)
    return Contender(
        "purser import", rows, command, lambda _: counted(folder, manifest, "unchanged"), environment=ENVIRONMENT
    )


def import_command(bench, url, manifest, checkpoint, reports):
    return [
        *(bench.purser, "import", manifest, "--endpoint", url, "--checkpoint", checkpoint, "--reports", reports),
        *("--report-formats", "csv", "--max-in-flight", IN_FLIGHT, "--requests-per-minute", 0, "--quiet"),
    ]


def counted(reports, manifest, status):
    """How many rows the run's summary has with a status, where the results have as many lines."""
    counts = json.loads((reports / "summary.json").read_text(encoding="utf-8"))["counts"]
    results = reports / f"{manifest.name}.results.csv"
    if lines(results) != counts[status] + 1:
        raise Failure(f"{results} has {lines(results)} lines, and the summary {counts[status]} rows {status}")
    return counts[status]


def lines(path):
    """How many lines a file has; no cell of the inputs has a line break."""
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def validating(bench, manifest, rows, name="purser validate", prefix=()):
    """A check of a manifest in which there is nothing to find."""

    def count(told):
        return first_number(r"rows: (\d+), with errors: 0; errors: 0, warnings: 0", told)

    return Contender(name, rows, [*prefix, bench.purser, "validate", manifest], count)


def exporting(bench, url, rows, name, *options):
    """An export of all customers to CSV."""
    file = bench.folder / "scratch" / "export.csv"

    def clear():
        for left in file.parent.glob("export.csv*"):
            left.unlink()

    command = [bench.purser, "export", "--to", file, "--endpoint", url, "--requests-per-minute", 0, "--quiet", *options]
    return Contender(name, rows, command, lambda _: lines(file) - 1, clear, ENVIRONMENT)


def loading(name, script, url, seconds, connections=IN_FLIGHT, environment=None):
    """wrk, which sends what a script makes for so many seconds; every answer must be a success."""

    def count(told):
        if "Non-2xx" in told or "Socket errors" in told:
            raise Failure(f"{name} got other answers than it should: {told}")
        return first_number(r"(\d+) requests in", told)

    script = Path(__file__).with_name("contenders") / script
    command = ["wrk", "--threads", 1, "--connections", connections, "--duration", f"{seconds}s", "--script", script, url]
    return Contender(name, None, command, count, environment=environment or {})


def first_number(pattern, told):
    found = re.search(pattern, told)
    if not found:
        raise Failure(f"what it wrote does not say how many rows it did: {told[-500:]}")
    return int(found[1])
