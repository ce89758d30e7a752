"""Measures Purser beside what else one could pick, and prints a table; scripts/bench prepares what it needs."""

import argparse
import json
import os
import platform
import re
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from statistics import median

from bench.bench import Bench
from bench.figures import table
from bench.measure import Failure

# The topics by name, in the order in which they are measured: what is made for one is used by those after it.
TOPICS = {
    "import": "imports.import_at_once",
    "latency": "imports.import_with_latency",
    "throttled": "imports.import_throttled",
    "resume": "checkpoint.resume",
    "validate": "validation.validate",
    "export": "emulator.export",
    "emulator": "emulator.emulator",
    "program": "program.program",
    "memory": "program.memory",
}


def main():
    options = read_options()
    # The servers are stopped at the end of a `with`, so it has to come there.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    bench = Bench(options.purser, options.folder, options.quick)
    bench.scratch("")
    computer = machine(bench.folder)
    start = time.monotonic()
    figures, failures = [], []
    for name in options.only or TOPICS:
        try:
            figures += topic(name)(bench)
        except (Failure, OSError) as error:
            failures.append(f"{name}: {error}")
            print(f"bench: {failures[-1]}", file=sys.stderr)
    seconds = time.monotonic() - start
    if options.json:
        result = {"machine": computer, "seconds": seconds, "isQuick": options.quick, "failures": failures}
        print(json.dumps(result | {"figures": [figure.as_json() for figure in figures]}, indent=2))
    else:
        print(f"{table(figures)}\n\n{described(computer)}; {seconds / 60:.1f} minutes")
    sys.exit(1 if failures else 0)


def read_options():
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--purser", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", action="append", choices=list(TOPICS))
    return parser.parse_args()


def topic(name):
    module, function = TOPICS[name].split(".")
    return getattr(import_module(f"bench.topics.{module}"), function)


def machine(folder):
    """What the figures depend on; the load is that of others, before anything is measured."""
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return {
        "processor": model[1] if model else platform.machine(),
        "cores": os.cpu_count(),
        "memoryInGB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "kernel": platform.release(),
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
        "millisecondsOfSync": milliseconds_of_sync(folder),
        "loadAverage": os.getloadavg()[0],
    }


def milliseconds_of_sync(folder):
    """How long the disk takes to keep a little: what is durable can't be faster."""
    times = []
    with open(folder / "scratch" / "sync", "wb", buffering=0) as file:
        for _ in range(50):
            file.write(bytes(16_384))
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - start) * 1000)
    return round(median(times), 2)


def described(values):
    return (
        "{processor}, {cores} cores, {memoryInGB} GB, Linux {kernel}, {system}; "
        "a sync of its disk takes {millisecondsOfSync} ms; load {loadAverage:.1f}"
    ).format(**values)


main()
