"""Transport problems on plain arrays by OR-Tools: least cost, or the cut that shows why there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from scheduler.errors import SolverError
from scheduler.numbers import Ints


@dataclass(frozen=True)
class Transport:
    """Rows that give, columns that take between ``low`` and ``high``, and pairs that may carry so much.

    ``pair_rows``, ``pair_columns``, ``pair_limits`` and ``pair_costs`` list the allowed pairs.
    """

    demand: Ints
    low: Ints
    high: Ints
    pair_rows: Ints
    pair_columns: Ints
    pair_limits: Ints
    pair_costs: Ints

    @property
    def first_column(self) -> int:
        """Give the node of the first column; rows come before."""
        return len(self.demand)

    @property
    def spare(self) -> int:
        """Give the node that takes what columns take beyond their least load."""
        return len(self.demand) + len(self.low)


@dataclass(frozen=True)
class Cut:
    """Why a transport is impossible.

    With ``too_many`` the rows must send more than the columns, and what else the rows may use, can
    take; without it the columns must take more than the rows, and what else reaches the columns, can
    give. ``shortage`` is by how much.
    """

    rows: Ints
    columns: Ints
    shortage: int
    too_many: bool


def least_cost(problem: Transport) -> Ints | Cut:
    """Give what each pair carries at least total cost, or the minimum cut where no flow fits.

    Raises
    ------
    OverflowError
        the costs are too large for exact 64-bit work on a problem of this size.
    """
    impossible = _cut(problem)
    if impossible is not None:
        return impossible
    columns = np.arange(len(problem.low), dtype=np.int64) + problem.first_column
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([problem.pair_rows, columns]),
        np.concatenate([problem.pair_columns + problem.first_column, np.full_like(columns, problem.spare)]),
        np.concatenate([_usable(problem), problem.high - problem.low]),
        np.concatenate([problem.pair_costs, np.zeros_like(columns)]),
    )
    spare = int(problem.demand.sum() - problem.low.sum())
    supply = np.concatenate([problem.demand, -problem.low, [-spare]])
    solver.set_nodes_supplies(np.arange(len(supply)), supply)
    status = solver.solve()
    if status in (solver.BAD_COST_RANGE, solver.BAD_CAPACITY_RANGE):
        raise OverflowError("costs or capacities are too large for exact 64-bit work")
    if status != solver.OPTIMAL:
        raise SolverError(f"求解器没有得到最优解（状态 {status.name}）。")
    flows: Ints = np.asarray(solver.flows(arcs), np.int64)
    return flows[: len(problem.pair_rows)]


def _usable(problem: Transport) -> Ints:
    """Give how much each pair can carry at all: a limit that stands for none would overflow the sums of capacities."""
    either = np.minimum(problem.demand[problem.pair_rows], problem.high[problem.pair_columns])
    usable: Ints = np.minimum(problem.pair_limits, either)
    return usable


def _cut(problem: Transport) -> Cut | None:
    """Find out by a maximum flow whether all demands and least loads can be met."""
    rows, columns = len(problem.demand), len(problem.low)
    total, needed = int(problem.demand.sum()), int(problem.low.sum())
    source, sink = problem.spare + 1, problem.spare + 2
    column_nodes = np.arange(columns, dtype=np.int64) + problem.first_column
    solver = max_flow.SimpleMaxFlow()
    parts = (
        (np.full(rows, source), np.arange(rows), problem.demand),
        (problem.pair_rows, problem.pair_columns + problem.first_column, problem.pair_limits),
        (column_nodes, np.full(columns, sink), problem.low),
        (column_nodes, np.full(columns, problem.spare), problem.high - problem.low),
        (np.array([problem.spare]), np.array([sink]), np.array([max(total - needed, 0)])),
    )
    for tails, heads, capacities in parts:
        if len(tails):
            solver.add_arcs_with_capacity(
                np.asarray(tails, np.int32),
                np.asarray(heads, np.int32),
                np.asarray(capacities, np.int64),
            )
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise SolverError("求解器没有得到最大流。")
    flow = solver.optimal_flow()
    wanted = max(total, needed)
    if flow == wanted:
        return None
    side = np.zeros(sink + 1, bool)
    side[source] = True
    side[np.asarray(solver.get_source_side_min_cut(), np.int64)] = True
    # with more least load than demand the arc from the spare node is empty, so it may join the side
    too_many = needed <= total and not side[problem.spare]
    row_side, column_side = side[:rows], side[rows : rows + columns]
    if not too_many:
        row_side, column_side = ~row_side, ~column_side
    return Cut(np.flatnonzero(row_side), np.flatnonzero(column_side), wanted - flow, too_many)
