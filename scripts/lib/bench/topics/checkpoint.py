"""A finished import of a million rows: run again, and asked what it holds."""

import json

from bench.commands import importing, resuming
from bench.figures import Goal
from bench.measure import Contender
from bench.servers import FixedServer


def resume(bench):
    rows = bench.rows(1_000_000)
    contender = resuming(bench, finished_import(bench, rows), rows)
    checkpoint = bench.folder / "scratch" / f"import-{rows}" / "checkpoint"
    asking = Contender(
        "purser status",
        rows,
        [bench.purser, "status", "--format", "json", "--checkpoint", checkpoint],
        lambda told: sum(manifest["rows"] for manifest in json.loads(told)["manifests"]),
    )
    goals = {contender.name: Goal("rate", 200_000)}
    return bench.compare("resume of a finished import", [contender], goals) + bench.compare("status", [asking])


def finished_import(bench, rows):
    """Finishes an import, once in a run of the benchmark, and returns the URL that it was made with.

    The keys in the checkpoint are made from the URL; nothing is sent there any more.
    """
    if bench.finished is None:
        with FixedServer(bench.folder / "nginx") as server:
            bench.once(importing(bench, server.fast, rows))
            bench.finished = server.fast
    return bench.finished
