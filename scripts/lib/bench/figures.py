"""Figures: what was measured, what it is beside others, and whether the goal is reached."""

from dataclasses import asdict, dataclass
from statistics import median


@dataclass
class Goal:
    """What is to be reached: a bound on the figure's rate, on its ratio, or on its value."""

    of: str
    bound: float
    unit: str = ""
    at_most: bool = False

    def is_reached(self, figure):
        value = {"rate": figure.rate, "ratio": figure.ratio, "value": figure.median}[self.of]
        return value <= self.bound if self.at_most else value >= self.bound

    def __str__(self):
        sign = "≤" if self.at_most else "≥"
        return f"{sign} {self.bound:,.10g}{ {'rate': '/s', 'ratio': '×'}.get(self.of, ' ' + self.unit) }"


@dataclass
class Figure:
    """One line of the table: the values of all rounds, in a unit, and what follows from them."""

    topic: str
    what: str
    unit: str
    values: list
    rows: int | None = None
    rate: float | None = None
    # Of the contender alone: what the server needs is not in it.
    microseconds_of_cpu_per_row: float | None = None
    # How many times the rows a second of the other Purser does; of the rounds' ratios this is the median.
    ratio: float | None = None
    goal: Goal | None = None

    @property
    def median(self):
        return median(self.values)

    @property
    def is_reached(self):
        return None if self.goal is None else self.goal.is_reached(self)

    def as_json(self):
        goal = None if self.goal is None else asdict(self.goal) | {"reached": self.is_reached}
        values = {"median": self.median, "min": min(self.values), "max": max(self.values)}
        return asdict(self) | values | {"goal": goal}


def figures_of_runs(topic, runs, goals, is_contest):
    """The figures of contenders that were measured in turn; in a contest all are compared with the first.

    `goals` are by contender.
    """
    first = next(iter(runs.values()))
    figures = []
    for name, own in runs.items():
        ratios = [one.rate / run.rate for one, run in zip(first, own)]
        figures.append(
            Figure(
                topic,
                name,
                "s",
                [run.seconds for run in own],
                rows=int(median(run.count for run in own)),
                rate=median(run.rate for run in own),
                microseconds_of_cpu_per_row=median(run.cpu / run.count for run in own) * 1e6,
                ratio=median(ratios) if is_contest and own is not first else None,
                goal=goals.get(name),
            )
        )
    return figures


HEADINGS = ["what", "rows", "median", "min – max", "rows/s", "CPU µs/row", "Purser is", "goal", "reached"]


def table(figures):
    """The figures as a table, with a line before each topic."""
    lines = [HEADINGS, *map(_cells, figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = [_line(lines[0], widths), "-" * (sum(widths) + 2 * len(widths) - 2)]
    topic = None
    for figure, line in zip(figures, lines[1:]):
        if figure.topic != topic:
            topic = figure.topic
            text.append(f"{topic}:")
        text.append(_line(line, widths))
    return "\n".join(text)


def _cells(figure):
    number = "{:,.2f}" if figure.unit == "s" else "{:,.1f}"
    values = [number.format(value) for value in (figure.median, min(figure.values), max(figure.values))]
    return [
        figure.what,
        _optional(figure.rows, "{:,}"),
        f"{values[0]} {figure.unit}",
        f"{values[1]} – {values[2]}" if len(figure.values) > 1 else "",
        _optional(figure.rate, "{:,.0f}"),
        _optional(figure.microseconds_of_cpu_per_row, "{:,.1f}"),
        _optional(figure.ratio, "{:.2f}×"),
        _optional(figure.goal, "{}"),
        {None: "", True: "yes", False: "no"}[figure.is_reached],
    ]


def _optional(value, pattern):
    return "" if value is None else pattern.format(value)


def _line(cells, widths):
    first = f"{cells[0]:<{widths[0]}}"
    return "  ".join([first, *(f"{cell:>{width}}" for cell, width in zip(cells[1:], widths[1:]))]).rstrip()
