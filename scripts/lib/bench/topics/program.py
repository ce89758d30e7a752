"""The program itself: how much memory its work needs, how fast it starts, how large it is."""

from statistics import median

from bench.commands import importing, resuming, validating
from bench.figures import Figure, Goal
from bench.measure import Contender, measure
from bench.servers import FixedServer
from bench.topics.checkpoint import finished_import
from bench.topics.emulator import EMULATOR, EXPORT, exporting_all, seeded

# Starting takes so little that there is time for more rounds.
STARTS = 25


def memory(bench):
    few, many = bench.rows(20_000), bench.rows(1_000_000)
    peaks = _of_imports(bench, few, many) | _of_validation(bench, few, many) | _of_exports(bench, few)
    goals = {("import", many): min(48, peaks["import", few] + 8), ("validate, XLSX", bench.rows(200_000)): 60}
    return [
        Figure("peak memory", what, "MB", [peak], rows=rows, goal=_at_most(goals.get((what, rows)), "MB"))
        for (what, rows), peak in sorted(peaks.items())
    ]


def _of_imports(bench, few, many):
    peaks = {}
    urls = {many: finished_import(bench, many)}
    with FixedServer(bench.folder / "nginx") as server:
        bench.once(importing(bench, server.fast, few))
        urls[few] = server.fast
    for rows, url in urls.items():
        peaks["import", rows] = bench.peak(importing(bench, url, rows))
        peaks["resume", rows] = bench.peak(resuming(bench, url, rows))
    return peaks


def _of_validation(bench, few, many):
    peaks = {}
    for kind, between in {"csv": [], "xlsx": [bench.rows(200_000)], "xml": []}.items():
        for rows in (few, *between, many):
            manifest, what = getattr(bench.inputs, kind)(rows), f"validate, {kind.upper()}"
            peaks[what, rows] = bench.peak(validating(bench, manifest, rows, f"purser {what}"))
    return peaks


def _of_exports(bench, few):
    """Those of an export, and of the emulator that it asks; to fill it with a million customers would take too long."""
    peaks = {}
    for rows in (few, bench.rows(200_000)):
        if (EMULATOR, rows) not in bench.peaks:
            with seeded(bench, rows) as server:
                bench.once(exporting_all(bench, server, rows))
                bench.note_peak(EMULATOR, rows, server.peak_memory())
        peaks["export", rows] = bench.peaks[EXPORT, rows]
        peaks["the emulator itself", rows] = bench.peaks[EMULATOR, rows]
    return peaks


def program(bench):
    contender = Contender("purser --version", 1, [bench.purser, "--version"], lambda told: told.count("purser "))
    runs = [measure(contender) for _ in range(STARTS)]
    size = bench.purser.stat().st_size / 1e6
    return [
        Figure(
            "the program",
            "start-up",
            "ms",
            [run.seconds * 1000 for run in runs],
            microseconds_of_cpu_per_row=median(run.cpu for run in runs) * 1e6,
            goal=_at_most(10, "ms"),
        ),
        Figure("the program", "memory of purser --version", "MB", [run.bytes / 1e6 for run in runs]),
        Figure("the program", "size, stripped, with Swift's library in it", "MB", [size]),
    ]


def _at_most(bound, unit):
    return None if bound is None else Goal("value", bound, unit, at_most=True)
