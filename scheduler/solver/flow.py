"""Minimum cost flows by OR-Tools, with several costs in strict order (lexicographic), exact.

Each level is solved to its optimum; then the arcs that no optimum may change are fixed (by reduced
cost, complementary slackness), and the next level chooses among what is left. No weights, so no
rounding and no overflow, however many levels there are.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from scheduler.errors import SolverError
from scheduler.numbers import Ints
from scheduler.solver.evenly import Even, even_out
from scheduler.solver.residual import Residual
from scheduler.solver.spreading import Spread, spread_out

Between = Even | Spread
"""A level that is no sum of costs."""

Hopes = Collection[int]
"""Numbers of levels whose least cost is probably nothing at all."""


@dataclass
class Network:
    """A network under construction: nodes are numbered as they come, arcs keep their order.

    ``costs`` holds one list a level; ``supply`` what each node gives (negative: takes).
    """

    levels: int
    supply: list[int] = field(default_factory=list)
    tails: array[int] = field(default_factory=lambda: array("q"))
    heads: array[int] = field(default_factory=lambda: array("q"))
    capacities: array[int] = field(default_factory=lambda: array("q"))
    costs: list[array[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.costs = [array("q") for _ in range(self.levels)]

    def node(self, supply: int = 0) -> int:
        """Add a node and give its number."""
        self.supply.append(supply)
        return len(self.supply) - 1

    def arc(self, tail: int, head: int, capacity: int, *costs: int) -> int:
        """Add an arc with its cost at each level (missing levels cost nothing); give its number."""
        self.tails.append(tail)
        self.heads.append(head)
        self.capacities.append(capacity)
        given = len(costs)
        for level, listed in enumerate(self.costs):
            listed.append(costs[level] if level < given else 0)
        return len(self.tails) - 1

    def solve(self, hopes: Hopes | None = None) -> list[int]:
        """Give each arc's flow in the lexicographic optimum; ``hopes`` as for ``solve_levels``.

        Raises
        ------
        SolverError
            no flow meets the supplies, or the solver did not finish.
        """
        costs = [np.asarray(listed, np.int64) for listed in self.costs]
        arrays = (self.tails, self.heads, self.capacities, self.supply)
        tails, heads, capacities, supply = (np.asarray(listed, np.int64) for listed in arrays)
        flows: list[int] = solve_levels(tails, heads, capacities, costs, supply, hopes).tolist()
        return flows


def solve_levels(
    tails: Ints,
    heads: Ints,
    capacities: Ints,
    costs: Sequence[Ints],
    supply: Ints,
    hopes: Hopes | None = None,
    between: Sequence[Between] = (),
) -> Ints:
    """Give each arc's flow in the lexicographic optimum of several costs, the first one first.

    Parameters
    ----------
    tails, heads, capacities
        the arcs, as numbers of nodes, and the most each may carry.
    costs
        of one unit on each arc, one array a level.
    supply
        what each node gives (negative: takes).
    hopes
        levels of no negative cost whose least may be nothing. Where it is, the arcs that cost something stay empty, and the
        next level is solved at once. Where it is not, the level is solved as all others: a wrong hope costs time and nothing else.
    between
        levels between the others: arcs whose flows are to be as even as can be. Of two that are before the same level the
        first one comes first.

    Raises
    ------
    SolverError
        no flow meets the supplies, or the solver did not finish.
    """
    levels = [(number, cost) for number, cost in enumerate(costs) if cost.any()]
    levels = levels or [(0, np.zeros(len(tails), np.int64))]
    steps: list[tuple[int, int, _Level]] = [
        (number, 1, _Step(cost, number in (hopes or ()))) for number, cost in levels
    ]
    steps += [(one.before, 0, one) for one in between]
    ordered = [step for *_, step in sorted(steps, key=itemgetter(0, 1))]
    return _solve(Residual.of(tails, heads, capacities, supply), ordered)


class _Step(NamedTuple):
    """A level: its costs, and whether its least is probably nothing."""

    cost: Ints
    hoped: bool


_Level = _Step | Between


def _solve(residual: Residual, steps: list[_Level]) -> Ints:
    while steps:
        hoped = sum(1 for _ in takewhile(lambda step: isinstance(step, _Step) and step.hoped, steps[:-1]))
        for count in range(hoped, -1, -1):
            trial = residual.copy() if count else residual
            for step in steps[:count]:
                if isinstance(step, _Step):
                    trial.fix(step.cost != 0, np.zeros_like(step.cost))
            rest = _next(trial, steps[count:])
            if rest is not None:
                residual, steps = trial, rest
                break
        else:
            raise SolverError("求解器没有得到可行解。请检查数据规模，或反馈给维护者。")
    return residual.last


def _next(residual: Residual, steps: Sequence[_Level]) -> list[_Level] | None:
    """Solve the next level and leave only what is as good; gives the levels after it. None where no flow meets the supplies."""
    step, *rest = steps
    if isinstance(step, Even) and step.idle(residual) and rest:
        step, *rest = rest
    if isinstance(step, Spread):
        return rest if spread_out(residual, step) else None
    if isinstance(step, Even):
        return rest if even_out(residual, step) else None
    flow = residual.cheapest(step.cost)
    if flow is not None and rest:
        residual.keep_optimal(step.cost, flow)
    return None if flow is None else rest
