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

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from scheduler.errors import SolverError

Ints = NDArray[np.int64]
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

    Raises
    ------
    SolverError
        no flow meets the supplies, or the solver did not finish.
    """
    return _Levels(tails, heads, capacities, costs, supply).solve(hopes or ())


class _Levels:
    """The state between levels: which arcs may still change, what is already fixed."""

    def __init__(
        self, tails: Ints, heads: Ints, capacities: Ints, costs: Sequence[Ints], supply: Ints
    ) -> None:
        self.tails, self.heads, self.capacity, self.costs = tails, heads, capacities, costs
        self.supply = supply.copy()
        self.flow = np.zeros(len(self.tails), np.int64)
        self.open = self.capacity > 0

    def solve(self, hopes: Hopes) -> Ints:
        levels = [(number, cost) for number, cost in enumerate(self.costs) if cost.any()]
        levels = levels or [(0, np.zeros(len(self.tails), np.int64))]
        while levels:
            solved, levels = self._as_hoped(levels, hopes)
            cost = levels[0][1]
            if solved is None:
                solved = self._optimum(cost)
            levels = levels[1:]
            if levels:
                prices = self._prices(cost, solved)
                self._fix(cost + prices[self.heads] - prices[self.tails], solved)
            else:
                self.flow[self.open] = solved[self.open]
        return self.flow

    def _as_hoped(
        self, levels: list[tuple[int, Ints]], hopes: Hopes
    ) -> tuple[Ints | None, list[tuple[int, Ints]]]:
        """Pass as many hoped levels as possible; gives a solution of the one behind them, and the levels from it on."""
        hoped = sum(1 for _ in takewhile(lambda level: level[0] in hopes, levels[:-1]))
        for count in range(hoped, 0, -1):
            before = self.open, self.flow.copy(), self.supply.copy()
            for _, cost in levels[:count]:
                self._fix(cost, np.zeros_like(cost))
            solved = self._solve_level(levels[count][1])
            if solved is not None:
                return solved, levels[count:]
            self.open, self.flow, self.supply = before
        return None, levels

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

    def _prices(self, cost: Ints, flow: Ints) -> Ints:
        arcs = np.flatnonzero(self.open)
        listed = (self.tails, self.heads, self.capacity, cost, flow)
        return prices(*(one[arcs] for one in listed), nodes=len(self.supply))

    def _fix(self, reduced: Ints, flow: Ints) -> None:
        """Fix every arc whose reduced cost is not zero: no optimum of this level has it otherwise."""
        fixed = self.open & (reduced != 0)
        self.flow[fixed] = flow[fixed]
        np.subtract.at(self.supply, self.tails[fixed], flow[fixed])
        np.add.at(self.supply, self.heads[fixed], flow[fixed])
        self.open = self.open & ~fixed


def prices(tails: Ints, heads: Ints, capacities: Ints, costs: Ints, flow: Ints, *, nodes: int) -> Ints:
    """Give optimal prices of the nodes for a flow of least cost.

    They are an optimal solution of the dual program: no arc with room is dearer at its tail than its cost and its head.
    Of several they are those by the cheapest ways to each node. Others would be as good for every level, but of several
    flows that cost the same another one would be found, and plans would not stay what they were.

    Raises
    ------
    SolverError
        the flow is not optimal.
    """
    forward, backward = flow < capacities, flow > 0
    starts = np.concatenate([tails[forward], heads[backward]])
    ends = np.concatenate([heads[forward], tails[backward]])
    lengths = np.concatenate([costs[forward], -costs[backward]])
    way = np.zeros(nodes, np.int64)
    for _ in range(nodes + 1):  # Bellman and Ford
        cheaper = way.copy()
        np.minimum.at(cheaper, ends, way[starts] + lengths)
        if np.array_equal(cheaper, way):
            return -way
        way = cheaper
    raise SolverError("求解结果不是最优（残余网络有负环）。请反馈给维护者。")
