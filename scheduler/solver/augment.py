"""More flow in a network that has some already, by OR-Tools: what is there is moved about only where that makes room."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from ortools.graph.python import max_flow

from scheduler.errors import SolverError
from scheduler.numbers import Ints


def with_more(tails: Ints, heads: Ints, capacities: Ints, flow: Ints, given: Ints, sink: int) -> Ints | None:
    """Give a flow that brings to the sink what nodes give besides what flows already; None where there is none.

    Parameters
    ----------
    flow
        what each arc carries: a flow of other supplies.
    given
        what each node gives more.

    Raises
    ------
    SolverError
        the solver did not finish.
    """
    onward, back = np.flatnonzero(capacities > flow), np.flatnonzero(flow)
    more = greatest(
        np.concatenate([tails[onward], heads[back]]),
        np.concatenate([heads[onward], tails[back]]),
        np.concatenate([capacities[onward] - flow[onward], flow[back]]),
        given,
        sink,
    )
    if more.reached < given.sum():
        return None
    found = flow.copy()
    found[onward] += more.flow[: len(onward)]
    found[back] -= more.flow[len(onward) :]
    return found


class Greatest(NamedTuple):
    """How much comes to the sink, and what each arc carries of it."""

    reached: int
    flow: Ints


def greatest(tails: Ints, heads: Ints, capacities: Ints, given: Ints, sink: int) -> Greatest:
    """Bring to the sink as much as can be of what nodes give.

    Raises
    ------
    SolverError
        the solver did not finish.
    """
    starts = np.flatnonzero(given)
    source = np.full(len(starts), len(given))
    solver = max_flow.SimpleMaxFlow()
    arcs = solver.add_arcs_with_capacity(
        np.concatenate([tails, source]).astype(np.int32),
        np.concatenate([heads, starts]).astype(np.int32),
        np.concatenate([capacities, given[starts]]),
    )
    if solver.solve(len(given), sink) != solver.OPTIMAL:
        raise SolverError("求解器没有得到最大流。")
    return Greatest(solver.optimal_flow(), np.asarray(solver.flows(arcs), np.int64)[: len(tails)])
