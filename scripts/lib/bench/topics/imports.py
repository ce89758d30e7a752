"""Import against a server that answers at once, late, or with 429: Purser whole beside scripts that check and record nothing."""

from bench.commands import IN_FLIGHT, importing, lines, loading
from bench.figures import Goal
from bench.measure import Contender
from bench.servers import FixedServer


def import_at_once(bench):
    rows, fewer = bench.rows(200_000), bench.rows(50_000)
    with FixedServer(bench.folder / "nginx") as server:
        contenders = [
            importing(bench, server.fast, rows),
            script(bench, "pycurl", server.fast, rows),
            script(bench, "aiohttp", server.fast, fewer),
            curl(bench, server.fast, fewer),
            loading("wrk, the ceiling", "create.lua", server.fast, 2),
        ]
        goals = {"pycurl multi": Goal("ratio", 1), "aiohttp on uvloop": Goal("ratio", 3)}
        return bench.compare("import, answered at once", contenders, goals)


def import_with_latency(bench):
    rows = bench.rows(2_000)
    with FixedServer(bench.folder / "nginx") as server:
        contenders = [
            importing(bench, server.slow, rows),
            script(bench, "pycurl", server.slow, rows),
            script(bench, "aiohttp", server.slow, rows),
            curl(bench, server.slow, rows),
        ]
        return bench.compare("import, answered after 50 ms", contenders)


def import_throttled(bench):
    rows = bench.rows(3_000)
    with FixedServer(bench.folder / "nginx") as server:
        contenders = [
            importing(bench, server.throttled, rows),
            script(bench, "pycurl", server.throttled, rows),
            script(bench, "aiohttp", server.throttled, rows),
        ]
        return bench.compare("import, 429 beyond 500 requests a second", contenders)


NAMES = {"pycurl": "pycurl multi", "aiohttp": "aiohttp on uvloop"}


def script(bench, library, url, rows):
    """A script of ours that reads, maps, keys, sends and writes a result."""
    results = bench.folder / "scratch" / f"{library}.csv"
    command = [bench.python, bench.script(f"import_with_{library}.py"), bench.inputs.csv(rows), url, results, IN_FLIGHT]
    return Contender(NAMES[library], rows, command, lambda _: created(results), lambda: results.unlink(missing_ok=True))


def created(results):
    with open(results, encoding="utf-8") as file:
        return sum(",created," in line for line in file)


def curl(bench, url, rows):
    """curl with all requests prepared: it reads, maps and keys nothing."""
    configuration = bench.folder / "scratch" / f"curl-{rows}.conf"
    bench.run(bench.python, bench.script("prepare_for_curl.py"), bench.inputs.csv(rows), url, configuration, IN_FLIGHT)
    command = ["curl", "--no-progress-meter", "--parallel", "--parallel-max", IN_FLIGHT, "--config", configuration]
    return Contender("curl --parallel", rows, command, lambda told: told.count("201,"))
