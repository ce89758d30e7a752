"""The emulator: creates and reads under wrk, and an export of all that it holds."""

import csv
from contextlib import contextmanager
from dataclasses import replace

from bench.commands import exporting, importing, loading
from bench.figures import Goal
from bench.measure import Failure
from bench.servers import Emulator

SECONDS = 2
# What is on its way together is saved together, so that this many show what it can do, not what one sync takes.
CONNECTIONS = 128


def emulator(bench):
    rows = bench.rows(20_000)
    with seeded(bench, rows) as server:
        ids = identifiers(bench, server, rows)
        creating = loading("creates, each durable", "create.lua", server.url, SECONDS, CONNECTIONS)
        reading = loading("reads", "read.lua", server.url, SECONDS, CONNECTIONS, {"IDS": str(ids)})
        created = []
        contenders = [replace(creating, count=lambda told: _noted(creating.count(told), created)), reading]
        goals = {creating.name: Goal("rate", 10_000), reading.name: Goal("rate", 30_000)}
        figures = bench.compare("emulator under wrk", contenders, goals, is_contest=False)
        held = bench.once(exporting_all(bench, server, None)).count
    if held < rows + sum(created):
        raise Failure(f"the emulator holds {held} customers after {rows + sum(created)} creates")
    return figures


def _noted(count, counts):
    counts.append(count)
    return count


# What the peaks of memory go by.
EMULATOR = "purser emulator"
EXPORT = "purser export --details off"
# An export asks for each customer's details; those that begin with this are enough to tell how fast.
BEGINNING = "bak"


def export(bench):
    rows = bench.rows(200_000)
    with open(bench.inputs.csv(rows), newline="", encoding="utf-8") as file:
        fewer = sum(row["domain"].startswith(BEGINNING) for row in csv.DictReader(file))
    with seeded(bench, rows) as server:
        contenders = [
            exporting_all(bench, server, rows),
            exporting(bench, server.url, fewer, "purser export, with details", "--filter-domain", BEGINNING),
        ]
        figures = bench.compare("export from the emulator", contenders, is_contest=False)
        bench.note_peak(EMULATOR, rows, server.peak_memory())
    return figures


def exporting_all(bench, server, rows):
    return exporting(bench, server.url, rows, EXPORT, "--details", "off")


@contextmanager
def seeded(bench, rows):
    """An emulator that holds so many customers, in a file."""
    with Emulator(bench.purser, bench.scratch("emulator") / "store") as server:
        bench.once(importing(bench, server.url, rows, "purser import into the emulator"))
        yield server


def identifiers(bench, server, rows):
    """A file with the identifiers of the customers that are there."""
    file = bench.folder / "scratch" / "identifiers"
    bench.once(exporting_all(bench, server, rows))
    with open(file.with_name("export.csv"), encoding="utf-8") as customers, open(file, "w", encoding="utf-8") as ids:
        next(customers)
        ids.writelines(customer.split(",", 1)[0] + "\n" for customer in customers)
    return file
