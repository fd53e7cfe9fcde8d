"""Whole people into places where a network flow does not say enough, by OR-Tools.

A linear program first: mostly its best is whole already, or becomes so where only what is in parts is searched, and then it
proves itself. What is left is searched exactly.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ortools.linear_solver import pywraplp

from scheduler.solver.searches import found, new_search

EFFORT = 30
"""Limit of a search in the solver's own measure of work, some seconds."""
_PARTS_EFFORT = 5
"""The same of the search among what a linear program leaves in parts."""
_EXACT = 1e-9  # how exact the worth of a linear program is, of all of it: a bound that is too small would prove what is not so
_NEARLY = 1e-6  # what a linear program calls whole


@dataclass(frozen=True, slots=True)
class Option:
    """One way for people of a kind: what each of them takes one of, and what it is worth."""

    kind: int
    takes: tuple[Hashable, ...]
    worth: int


class _Task(NamedTuple):
    sizes: Sequence[int]
    options: Sequence[Option]
    capacities: Mapping[Hashable, int]

    def worth(self, counts: Sequence[int]) -> int:
        """Give what counts are worth in all."""
        return sum(count * option.worth for count, option in zip(counts, self.options, strict=True))


_Bounds = Sequence[tuple[int, int]]


def pack(
    sizes: Sequence[int],
    options: Sequence[Option],
    capacities: Mapping[Hashable, int],
    effort: float,
    *,
    by_numbers: bool,
    known: int,
    whole: bool,
) -> list[int] | None:
    """Give how many use each option, of greatest worth in all; None where nothing was found in time, or nothing better is possible.

    Parameters
    ----------
    sizes
        how many people each kind has.
    options
        what they may do; who does none of it counts nothing.
    capacities
        how many may take each thing.
    effort
        where the search ends, in the solver's own measure of work: the same on every machine.
    by_numbers
        search with whole numbers only, without linear programs in floating point: of several optima every machine finds
        the same. Takes longer to prove the optimum of a large search.
    known
        what is known to be possible, or less than nothing: only what is worth more is looked for.
    whole
        search everything where a linear program, and what it leaves in parts, prove nothing; otherwise the best of those two.
    """
    task = _Task(sizes, options, capacities)
    bounds = [(0, sizes[option.kind]) for option in options]
    if by_numbers:
        return _searched(task, bounds, effort, level=0)
    values, most = _relaxed(task)
    if values and most <= known:
        return None
    near = [(max(0, math.floor(value + _NEARLY)), math.ceil(value - _NEARLY)) for value in values]
    rounded = _searched(task, near, min(effort, _PARTS_EFFORT), level=2) if values else None
    if not whole or (rounded is not None and task.worth(rounded) >= most):
        return rounded
    either = [one for one in (rounded, _searched(task, bounds, effort, level=2)) if one is not None]
    return max(either, key=task.worth, default=None)


def _relaxed(task: _Task) -> tuple[list[float], int]:
    """Give the best counts that need not be whole, and how much whole ones may be worth at most; none where it fails."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    counts = _modelled(
        solver, task, [solver.NumVar(0, task.sizes[option.kind], "") for option in task.options]
    )
    if solver.Solve() != solver.OPTIMAL:
        return [], 0
    value = solver.Objective().Value()
    return [count.solution_value() for count in counts], math.floor(value + 0.01 + _EXACT * value)


def _searched(task: _Task, bounds: _Bounds, effort: float, level: int) -> list[int] | None:
    """Search among whole counts within bounds; ``level`` says how much the search asks linear programs."""
    solver = new_search(effort, level)
    return found(solver, _modelled(solver, task, [solver.IntVar(least, most, "") for least, most in bounds]))


def _modelled(
    solver: pywraplp.Solver, task: _Task, counts: list[pywraplp.Variable]
) -> list[pywraplp.Variable]:
    """Put sizes, capacities and worths into a solver."""
    by_kind = defaultdict(list)
    taken = defaultdict(list)
    for count, option in zip(counts, task.options, strict=True):
        by_kind[option.kind].append(count)
        for thing in option.takes:
            taken[thing].append(count)
    for kind, listed in by_kind.items():
        solver.Add(solver.Sum(listed) <= task.sizes[kind])
    for thing, listed in taken.items():
        solver.Add(solver.Sum(listed) <= task.capacities[thing])
    worths = zip(counts, task.options, strict=True)
    solver.Maximize(solver.Sum([count * option.worth for count, option in worths]))
    return counts
