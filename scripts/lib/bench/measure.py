"""Runs contenders in turn and measures each run."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


class Failure(Exception):
    """A contender that failed, or that did not do its work: its time must not count."""


@dataclass
class Run:
    """What one run took, and how many rows it did."""

    seconds: float
    cpu: float
    bytes: int
    count: int

    @property
    def rate(self):
        return self.count / self.seconds


@dataclass
class Contender:
    """A command that works on `rows` rows, or, where that is None, for as long as it likes.

    `count` reads from what it wrote how many rows it really did.
    """

    name: str
    rows: int | None
    command: list
    count: Callable[[str], int]
    before: Callable[[], None] = lambda: None
    environment: dict = field(default_factory=dict)


def measure(contender):
    """Runs a contender once.

    What others wrote is brought to the disk first, so that nobody pays for another's writing.
    """
    contender.before()
    os.sync()
    with tempfile.TemporaryDirectory() as folder:
        usage, output = Path(folder, "usage"), Path(folder, "output")
        launcher = Path(__file__).with_name("launch.py")
        command = [sys.executable, "-I", "-S", launcher, usage, *contender.command]
        with open(output, "wb") as file:
            _run([str(word) for word in command], file, os.environ | contender.environment)
        told = output.read_text(encoding="utf-8", errors="replace")
        if not usage.exists():
            raise Failure(f"{contender.name} can't be started: {told.strip()[-500:]}")
        used = json.loads(usage.read_text(encoding="utf-8"))
    code = used.pop("code")
    if code != 0:
        raise Failure(f"{contender.name} ended with exit code {code}: {told.strip()[-500:]}")
    count = contender.count(told)
    if contender.rows is not None and count != contender.rows:
        raise Failure(f"{contender.name} did {count} rows of {contender.rows}: {told.strip()[-500:]}")
    return Run(count=count, **used)


def _run(command, output, environment):
    """Runs a command to its end; where the benchmark is ended before, the command is, with all that it started."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


def measure_in_turn(contenders, rounds, tell):
    """Runs each contender once a round, so that a slow minute of the machine hits all of them.

    Returns their runs, by name.
    """
    runs = {contender.name: [] for contender in contenders}
    for number in range(1, rounds + 1):
        for contender in contenders:
            run = measure(contender)
            runs[contender.name].append(run)
            tell(f"round {number} of {rounds}, {contender.name}: {run.count} rows in {run.seconds:.2f} s")
    return runs
