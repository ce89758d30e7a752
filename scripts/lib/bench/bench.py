"""What the topics share: the program, the inputs, the folder, and how they measure."""

import shutil
import subprocess
import sys
from pathlib import Path

from bench.figures import figures_of_runs
from bench.inputs import Inputs
from bench.measure import Failure, measure, measure_in_turn

ROUNDS = 5
# Where somebody only wants to see that all of it works: so many rounds, and so many times fewer rows.
QUICK_ROUNDS = 2
QUICK_SHARE = 50


class Bench:
    def __init__(self, purser, folder, is_quick=False):
        self.purser = Path(purser).resolve()
        self.folder = Path(folder).resolve()
        self.python = self.folder / "python/bin/python3"
        self.inputs = Inputs(self.folder / "inputs")
        # The URL of the import that stays finished, once there is one.
        self.finished = None
        self._is_quick = is_quick
        # The most memory that each contender needed, in megabytes, by its name and its rows.
        self.peaks = {}

    def rows(self, count):
        return max(count // QUICK_SHARE, 200) if self._is_quick else count

    def scratch(self, name):
        """An empty folder for what a measurement writes."""
        folder = self.folder / "scratch" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def script(self, name):
        return Path(__file__).with_name("contenders") / name

    def run(self, *command):
        """Runs what a measurement needs beforehand."""
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failure(f"{Path(command[0]).name} ended with exit code {done.returncode}: {done.stderr[-500:]}")

    def tell(self, text):
        print(f"==> {text}", file=sys.stderr, flush=True)

    def compare(self, topic, contenders, goals=None, is_contest=True):
        """Measures contenders in turn and returns their figures, in a contest compared with the first one's."""
        rounds = QUICK_ROUNDS if self._is_quick else ROUNDS
        runs = measure_in_turn(contenders, rounds, lambda text: self.tell(f"{topic}: {text}"))
        for contender in contenders:
            self.note_peak(contender.name, contender.rows, *(run.bytes for run in runs[contender.name]))
        return figures_of_runs(topic, runs, goals or {}, is_contest)

    def once(self, contender):
        """Measures a contender once, and returns its run."""
        run = measure(contender)
        self.note_peak(contender.name, contender.rows, run.bytes)
        self.tell(f"{contender.name}: {run.count} rows in {run.seconds:.2f} s, {run.bytes / 1e6:.1f} MB")
        return run

    def note_peak(self, name, rows, *peaks):
        self.peaks[name, rows] = max(self.peaks.get((name, rows), 0), *(peak / 1e6 for peak in peaks))

    def peak(self, contender):
        """The most memory that a contender needed, in megabytes: as measured already, else by a run."""
        if (contender.name, contender.rows) not in self.peaks:
            self.once(contender)
        return self.peaks[contender.name, contender.rows]
