"""What is still open in a network: the arcs that may change, after what no optimum so far has otherwise was fixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from scheduler.errors import SolverError
from scheduler.numbers import Bools, Ints


@dataclass
class Residual:
    """A network, the flow that is fixed on its arcs, how much more each may carry, and what its nodes still give.

    ``last`` is the flow found last, with what is fixed of it.
    """

    tails: Ints
    heads: Ints
    room: Ints
    supply: Ints
    fixed: Ints
    last: Ints

    @classmethod
    def of(cls, tails: Ints, heads: Ints, capacities: Ints, supply: Ints) -> Residual:
        """Give a network of which nothing is fixed."""
        nothing = np.zeros(len(tails), np.int64)
        return cls(tails, heads, capacities.copy(), supply.copy(), nothing, nothing.copy())

    def copy(self) -> Residual:
        """Give one that changes by itself."""
        return Residual(
            self.tails, self.heads, self.room.copy(), self.supply.copy(), self.fixed.copy(), self.last
        )

    def cheapest(self, cost: Ints) -> Ints | None:
        """Give a flow of least cost on what is open, and note it; None where no flow meets the supplies.

        Raises
        ------
        SolverError
            the solver did not finish.
        """
        arcs = np.flatnonzero(self.room)
        found = cheapest(self.tails[arcs], self.heads[arcs], self.room[arcs], cost[arcs], self.supply)
        if found is None:
            return None
        flow = np.zeros(len(self.tails), np.int64)
        flow[arcs] = found
        self.last = self.fixed + flow
        return flow

    def keep_optimal(self, cost: Ints, flow: Ints) -> Ints:
        """Fix what every flow of least cost has as ``flow``, which is one (complementary slackness); gives the nodes' prices.

        Raises
        ------
        SolverError
            the flow is not one of least cost.
        """
        arcs = np.flatnonzero(self.room)
        listed = (self.tails, self.heads, self.room, cost, flow)
        price = prices(*(one[arcs] for one in listed), nodes=len(self.supply))
        self.fix(cost + price[self.heads] - price[self.tails] != 0, flow)
        return price

    def fix(self, which: Bools, flow: Ints) -> None:
        """Fix these arcs, where they are open, at what they carry in ``flow``."""
        arcs = np.flatnonzero(which & (self.room > 0))
        self.fixed[arcs] += flow[arcs]
        self.room[arcs] = 0
        np.subtract.at(self.supply, self.tails[arcs], flow[arcs])
        np.add.at(self.supply, self.heads[arcs], flow[arcs])


def cheapest(tails: Ints, heads: Ints, capacities: Ints, cost: Ints, supply: Ints) -> Ints | None:
    """Give each arc's flow of least cost by OR-Tools; None where no flow meets the supplies.

    Raises
    ------
    SolverError
        the solver did not finish.
    """
    solver = min_cost_flow.SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, cost)
    solver.set_nodes_supplies(np.arange(len(supply)), supply)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise SolverError(f"求解器没有得到最优解（状态 {status.name}）。请检查数据规模，或反馈给维护者。")
    flow: Ints = solver.flows(numbers)
    return flow


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
