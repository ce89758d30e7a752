"""Turns regular expressions over digits into one small automaton, so that Purser needs no regular expressions."""

import itertools
import re._constants as token
import re._parser as parser

DIGITS = range(10)


class _Nondeterministic:
    """States, their steps by digit, and which of them end an expression."""

    def __init__(self):
        self.free, self.steps, self.ends = [], [], {}

    def state(self):
        self.free.append(set())
        self.steps.append([])
        return len(self.free) - 1

    def read(self, tree, start):
        """Adds a parsed expression behind a state and returns the state where it ends."""
        for kind, value in tree:
            start = self.read_part(kind, value, start)
        return start

    def read_part(self, kind, value, start):
        if kind in (token.LITERAL, token.IN):
            members = [(kind, value)] if kind is token.LITERAL else value
            end = self.state()
            self.steps[start].append((set().union(*(_digits(*member) for member in members)), end))
        elif kind is token.BRANCH:
            end = self.state()
            for branch in value[1]:
                first = self.state()
                self.free[start].add(first)
                self.free[self.read(branch, first)].add(end)
        elif kind is token.SUBPATTERN:
            end = self.read(value[3], start)
        elif kind is token.MAX_REPEAT:
            least, most, part = value
            end = self.state()
            for count in range(most + 1):
                if count >= least:
                    self.free[start].add(end)
                if count < most:
                    start = self.read(part, start)
        else:
            raise ValueError(f"{kind} in a pattern of digits")
        return end

    def closure(self, states):
        found = set(states)
        waiting = list(found)
        while waiting:
            new = self.free[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        return frozenset(found)

    def mark(self, states):
        return max((self.ends[state] for state in states if state in self.ends), default="")


def _digits(kind, value):
    if kind is token.LITERAL:
        return {int(chr(value))}
    if kind is token.RANGE:
        return set(range(int(chr(value[0])), int(chr(value[1])) + 1))
    if kind is token.CATEGORY and value is token.CATEGORY_DIGIT:
        return set(DIGITS)
    raise ValueError(f"{kind} in a class of digits")


def automaton(expressions):
    """The smallest automaton for expressions, each with the mark of the texts it takes.

    It is a list of states in the order in which they are met; each is its mark and the state behind each digit, or None.
    """
    source = _Nondeterministic()
    source.state()
    for expression, mark in expressions:
        first = source.state()
        source.free[0].add(first)
        source.ends[source.read(parser.parse(expression), first)] = mark
    order = [source.closure([0])]
    known = {order[0]: 0}
    table = []
    for states in order:
        row = []
        for digit in DIGITS:
            after = source.closure(end for s in states for digits, end in source.steps[s] if digit in digits)
            if after and after not in known:
                known[after] = len(order)
                order.append(after)
            row.append(known[after] if after else None)
        table.append(row)
    return _minimal([source.mark(states) for states in order], table)


def _minimal(marks, table):
    """Joins the states that nothing tells apart, and numbers what is left breadth first."""
    group, count = marks, len(set(marks))
    while True:
        keys = [(group[i], *(None if t is None else group[t] for t in row)) for i, row in enumerate(table)]
        numbers = {}
        group = [numbers.setdefault(key, len(numbers)) for key in keys]
        if len(numbers) == count:
            break
        count = len(numbers)
    member = {g: i for i, g in reversed(list(enumerate(group)))}
    order, number, result = [group[0]], {group[0]: 0}, []
    for current in order:
        row = []
        for target in table[member[current]]:
            if target is not None and group[target] not in number:
                number[group[target]] = len(order)
                order.append(group[target])
            row.append(None if target is None else number[group[target]])
        result.append((marks[member[current]], row))
    return result


def written(states):
    """An automaton as text: states parted by spaces, each its mark and what is behind 0 to 9, as runs `state*count`."""

    def run(target, members):
        count = len(list(members))
        return ("" if target is None else str(target)) + ("" if count == 1 else f"*{count}")

    return " ".join(mark + ",".join(run(t, g) for t, g in itertools.groupby(row)) for mark, row in states)


def texts(expression, most):
    """All digits that an expression takes, shortest first; nothing where there are more than a number of them."""

    def every(tree):
        found = [""]
        for kind, value in tree:
            if kind in (token.LITERAL, token.IN):
                members = [(kind, value)] if kind is token.LITERAL else value
                parts = [str(d) for d in sorted(set().union(*(_digits(*member) for member in members)))]
            elif kind is token.BRANCH:
                parts = [text for branch in value[1] for text in every(branch)]
            elif kind is token.SUBPATTERN:
                parts = every(value[3])
            elif kind is token.MAX_REPEAT and value[1] <= 1:
                parts = ([""] if value[0] == 0 else []) + every(value[2])
            else:
                raise ValueError(f"{kind} in a prefix")
            found = [before + part for before in found for part in parts]
            if len(found) > most:
                raise ValueError("too many")
        return found

    try:
        return sorted(set(every(parser.parse(expression))) - {""}, key=lambda text: (len(text), text))
    except ValueError:
        return []
