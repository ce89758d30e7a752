"""The emulator: creates and reads under wrk, and an export of all that it holds."""

from bench.commands import exporting, importing, loading
from bench.figures import Goal
from bench.servers import Emulator

SECONDS = 4


def emulator(bench):
    with seeded(bench, bench.rows(20_000)) as server:
        ids = identifiers(bench, server)
        creates, reads = "creates, each durable", "reads"
        contenders = [
            loading(creates, "create.lua", server.url, SECONDS),
            loading(reads, "read.lua", server.url, SECONDS, {"IDS": str(ids)}),
        ]
        goals = {creates: Goal("rate", 10_000), reads: Goal("rate", 30_000)}
        return bench.compare("emulator under wrk", contenders, goals, is_contest=False)


def export(bench):
    rows = bench.rows(200_000)
    with seeded(bench, rows) as server:
        contenders = exports(bench, server, rows)
        return bench.compare("export from the emulator", contenders, is_contest=False)


def exports(bench, server, rows):
    return [
        exporting(bench, server.url, rows, "purser export --details off", "--details", "off"),
        exporting(bench, server.url, rows, "purser export"),
    ]


def seeded(bench, rows):
    """An emulator that holds so many customers, in a file."""
    server = Emulator(bench.purser, bench.scratch("emulator") / "store")
    bench.once(importing(bench, server.url, rows, "purser import into the emulator"))
    return server


def identifiers(bench, server):
    """A file with the identifiers of the customers that are there."""
    file = bench.folder / "scratch" / "identifiers"
    bench.once(exporting(bench, server.url, bench.rows(20_000), "export"))
    with open(file.with_name("export.csv"), encoding="utf-8") as customers, open(file, "w", encoding="utf-8") as ids:
        next(customers)
        ids.writelines(customer.split(",", 1)[0] + "\n" for customer in customers)
    return file
