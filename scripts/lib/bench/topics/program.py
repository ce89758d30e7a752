"""The program itself: how much memory its work needs, how fast it starts, how large it is."""

from bench.commands import importing, resuming, validating
from bench.figures import Figure, Goal
from bench.measure import Contender, measure
from bench.servers import FixedServer
from bench.topics.checkpoint import finished_import
from bench.topics.emulator import exports, seeded

# Starting takes so little that there is time for more rounds.
STARTS = 25


def memory(bench):
    few, many, customers = bench.rows(20_000), bench.rows(1_000_000), bench.rows(200_000)
    peaks = {}

    def take(what, contender):
        peaks[what, contender.rows] = bench.peak(contender)

    with FixedServer(bench.folder / "nginx") as server:
        bench.once(importing(bench, server.fast, few))
        take("import", importing(bench, server.fast, few))
        take("resume", resuming(bench, server.fast, few))
        url = finished_import(bench, many)
    take("import", importing(bench, url, many))
    take("resume", resuming(bench, url, many))
    for kind in ("csv", "xlsx", "xml"):
        for rows in (few, many):
            manifest = getattr(bench.inputs, kind)(rows)
            take(f"validate, {kind.upper()}", validating(bench, manifest, rows, f"purser validate, {kind.upper()}"))
    for rows in (few, customers):
        with seeded(bench, rows) as server:
            take("export", exports(bench, server, rows)[1])
            peaks["the emulator itself", rows] = server.peak_memory() / 1e6
    goals = {
        ("import", many): min(48, peaks["import", few] + 8),
        ("validate, XLSX", many): 60,
    }
    return [
        Figure("peak memory", what, "MB", [peak], rows=rows, goal=_at_most(goals.get((what, rows)), "MB"))
        for (what, rows), peak in sorted(peaks.items())
    ]


def program(bench):
    contender = Contender("purser --version", None, [bench.purser, "--version"], lambda told: told.count("purser "))
    runs = [measure(contender) for _ in range(STARTS)]
    size = bench.purser.stat().st_size / 1e6
    return [
        Figure("the program", "start-up", "ms", [run.seconds * 1000 for run in runs], goal=_at_most(10, "ms")),
        Figure("the program", "memory of purser --version", "MB", [run.bytes / 1e6 for run in runs]),
        Figure("the program", "size, stripped, with Swift's library in it", "MB", [size]),
    ]


def _at_most(bound, unit):
    return None if bound is None else Goal("value", bound, unit, at_most=True)
