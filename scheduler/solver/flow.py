"""Minimum cost flows by OR-Tools, with several costs in strict order (lexicographic), exact.

Each level is solved to its optimum; then the arcs that no optimum may change are fixed (by reduced
cost, complementary slackness), and the next level chooses among what is left. No weights, so no
rounding and no overflow, however many levels there are.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from scheduler.errors import SolverError

Ints = NDArray[np.int64]


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

    def solve(self, hopes: Collection[int] = ()) -> list[int]:
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
    hopes: Collection[int] = (),
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
        levels, by number, whose least cost is probably nothing at all: the next level is tried at once without the
        arcs that cost something, which saves a solution; where that fails they are solved as all others.

    Raises
    ------
    SolverError
        no flow meets the supplies, or the solver did not finish.
    """
    return _Levels(tails, heads, capacities, costs, supply).solve(hopes)


class _Levels:
    """The state between levels: which arcs may still change, what is already fixed."""

    def __init__(
        self, tails: Ints, heads: Ints, capacities: Ints, costs: Sequence[Ints], supply: Ints
    ) -> None:
        self.tails, self.heads, self.capacity, self.costs = tails, heads, capacities, costs
        self.supply = supply.copy()
        self.flow = np.zeros(len(self.tails), np.int64)
        self.open = self.capacity > 0

    def solve(self, hopes: Collection[int] = ()) -> Ints:
        levels = [(cost, number in hopes) for number, cost in enumerate(self.costs) if cost.any()]
        levels = levels or [(np.zeros(len(self.tails), np.int64), False)]
        number = 0
        while number < len(levels):
            (cost, hoped), last = levels[number], len(levels) - 1
            solved = self._beyond(cost, levels[number + 1][0]) if hoped and number < last else None
            if solved is not None:
                number += 1
                cost = levels[number][0]
            else:
                solved = self._optimum(cost)
            if number < last:
                self._fix(cost, solved)
            else:
                self.flow[self.open] = solved[self.open]
            number += 1
        return self.flow

    def _beyond(self, cost: Ints, following: Ints) -> Ints | None:
        """Solve the following level without what costs anything at this one; None where not all can flow so.

        Where they can, nothing is the least cost of this level, and only flows that use no such arc have it.
        """
        if (cost < 0).any():
            return None
        before = self.open
        self.open = before & (cost == 0)
        solved = self._solve_level(following)
        if solved is None:
            self.open = before
        return solved

    def _optimum(self, cost: Ints) -> Ints:
        solved = self._solve_level(cost)
        if solved is None:
            raise SolverError("求解器没有得到可行解。请检查数据规模，或反馈给维护者。")
        return solved

    def _solve_level(self, cost: Ints) -> Ints | None:
        """Give a flow of least cost on the arcs that are open; None where no flow meets the supplies."""
        solver = min_cost_flow.SimpleMinCostFlow()
        arcs = np.flatnonzero(self.open)
        numbers = solver.add_arcs_with_capacity_and_unit_cost(
            self.tails[arcs],
            self.heads[arcs],
            self.capacity[arcs],
            cost[arcs],
        )
        solver.set_nodes_supplies(np.arange(len(self.supply)), self.supply)
        status = solver.solve()
        if status == solver.INFEASIBLE:
            return None
        if status != solver.OPTIMAL:
            raise SolverError(f"求解器没有得到最优解（状态 {status.name}）。请检查数据规模，或反馈给维护者。")
        flow = np.zeros(len(self.tails), np.int64)
        flow[arcs] = solver.flows(numbers)
        return flow

    def _fix(self, cost: Ints, flow: Ints) -> None:
        """Fix every arc whose reduced cost is not zero: no optimum of this level has it otherwise."""
        potential = self._potentials(cost, flow)
        reduced = cost + potential[self.tails] - potential[self.heads]
        fixed = self.open & (reduced != 0)
        self.flow[fixed] = flow[fixed]
        np.subtract.at(self.supply, self.tails[fixed], flow[fixed])
        np.add.at(self.supply, self.heads[fixed], flow[fixed])
        self.open &= ~fixed

    def _potentials(self, cost: Ints, flow: Ints) -> Ints:
        """Give shortest distances in the residual network of an optimum (Bellman and Ford)."""
        forward = self.open & (flow < self.capacity)
        backward = self.open & (flow > 0)
        starts = np.concatenate([self.tails[forward], self.heads[backward]])
        ends = np.concatenate([self.heads[forward], self.tails[backward]])
        lengths = np.concatenate([cost[forward], -cost[backward]])
        distance = np.zeros(len(self.supply), np.int64)
        for _ in range(len(self.supply) + 1):
            nearer = distance.copy()
            np.minimum.at(nearer, ends, distance[starts] + lengths)
            if np.array_equal(nearer, distance):
                return distance
            distance = nearer
        raise SolverError("求解结果不是最优（残余网络有负环）。请反馈给维护者。")
