"""Whole people into places where a network flow does not say enough, by OR-Tools' exact search.

One thread, a fixed seed and a limit on work instead of time: the same on every run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

EFFORT = 30
"""Limit of a search in the solver's own measure of work, some seconds."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way for people of a kind: what each of them takes one of, and what it is worth."""

    kind: int
    takes: tuple[Hashable, ...]
    worth: int


def pack(
    sizes: Sequence[int],
    options: Sequence[Option],
    capacities: Mapping[Hashable, int],
    effort: float = EFFORT,
    *,
    by_numbers: bool = False,
) -> list[int] | None:
    """Give how many use each option, of greatest worth in all; None where nothing was found in time.

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
    """
    solver = pywraplp.Solver.CreateSolver("SAT")
    solver.SetSolverSpecificParametersAsString(
        f"num_workers:1 random_seed:0 max_deterministic_time:{effort}"
        f" linearization_level:{0 if by_numbers else 1}"
    )
    counts = [solver.IntVar(0, sizes[option.kind], "") for option in options]
    by_kind = defaultdict(list)
    taken = defaultdict(list)
    for count, option in zip(counts, options, strict=True):
        by_kind[option.kind].append(count)
        for thing in option.takes:
            taken[thing].append(count)
    for kind, listed in by_kind.items():
        solver.Add(solver.Sum(listed) <= sizes[kind])
    for thing, listed in taken.items():
        solver.Add(solver.Sum(listed) <= capacities[thing])
    worths = zip(counts, options, strict=True)
    solver.Maximize(solver.Sum([count * option.worth for count, option in worths]))
    if solver.Solve() not in (solver.OPTIMAL, solver.FEASIBLE):
        return None
    return [round(count.solution_value()) for count in counts]
