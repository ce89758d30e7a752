"""Import against a server that answers at once, late, or with 429: Purser whole beside scripts that check nothing."""

from bench.commands import IN_FLIGHT, counted, importing, loading
from bench.figures import Goal
from bench.measure import Contender
from bench.servers import FixedServer

GOALS = {
    "purser without its checkpoint": Goal("ratio", 0.75),
    "pycurl multi": Goal("ratio", 1),
    "aiohttp on uvloop": Goal("ratio", 3),
}


def import_at_once(bench):
    rows, half, fewer = bench.rows(200_000), bench.rows(100_000), bench.rows(20_000)
    with FixedServer(bench.folder / "nginx") as server:
        contenders = [
            importing(bench, server.fast, rows),
            without_checkpoint(bench, server.fast, bench.rows(50_000)),
            pycurl(bench, server.fast, half),
            aiohttp(bench, server.fast, fewer // 2),
            curl(bench, server.fast, fewer),
            loading("wrk, the ceiling", "create.lua", server.fast, 1),
        ]
        return bench.compare("import, answered at once", contenders, GOALS)


def import_with_latency(bench):
    rows = bench.rows(1_000)
    with FixedServer(bench.folder / "nginx") as server:
        contenders = [make(bench, server.slow, rows) for make in (importing, pycurl, aiohttp, curl)]
        return bench.compare("import, answered after 50 ms", contenders)


def import_throttled(bench):
    rows = bench.rows(1_000)
    with FixedServer(bench.folder / "nginx") as server:
        contenders = [make(bench, server.throttled, rows) for make in (importing, pycurl, aiohttp)]
        return bench.compare("import, 429 beyond 500 requests a second", contenders)


def without_checkpoint(bench, url, rows):
    """Purser's own import but for the checkpoint: nothing is recorded before a request or after it."""
    reports, manifest = bench.folder / "scratch" / "without-checkpoint", bench.inputs.csv(rows)
    command = [bench.folder / "ImportWithoutCheckpoint", manifest, url, reports, IN_FLIGHT]
    return Contender(
        "purser without its checkpoint",
        rows,
        command,
        lambda _: counted(reports, manifest, "created"),
        lambda: bench.scratch(reports.name),
    )


def pycurl(bench, url, rows):
    return _script(bench, "pycurl multi", "import_with_pycurl.py", url, rows)


def aiohttp(bench, url, rows):
    return _script(bench, "aiohttp on uvloop", "import_with_aiohttp.py", url, rows)


def _script(bench, name, script, url, rows):
    """A script of ours that reads, maps, keys, sends and writes a result, and nothing more."""
    results = bench.folder / "scratch" / "results.csv"

    def count(_):
        with open(results, encoding="utf-8") as file:
            return sum(",created," in line for line in file)

    command = [bench.python, bench.script(script), bench.inputs.csv(rows), url, results, IN_FLIGHT]
    return Contender(name, rows, command, count, lambda: results.unlink(missing_ok=True))


def curl(bench, url, rows):
    """curl with all requests prepared: it reads, maps and keys nothing."""
    configuration = bench.folder / "scratch" / f"curl-{rows}.conf"
    bench.run(bench.python, bench.script("prepare_for_curl.py"), bench.inputs.csv(rows), url, configuration, IN_FLIGHT)
    command = ["curl", "--no-progress-meter", "--parallel", "--parallel-max", IN_FLIGHT, "--config", configuration]
    return Contender("curl --parallel", rows, command, lambda told: told.count("201,"))
