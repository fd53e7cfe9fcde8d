"""A network that falls into parts which have only the sink in common: each is solved by itself, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.numbers import Ints
from scheduler.solver.flow import Hopes, solve_levels

SHARED = -1
"""The part of the nodes that all parts have in common, and of numbers that no node has."""


def solve_parts(
    parts: Ints,
    tails: Ints,
    heads: Ints,
    capacities: Ints,
    costs: Sequence[Ints],
    supply: Ints,
    hopes: Hopes = (),
) -> Ints:
    """Give each arc's flow in the lexicographic optimum of several costs, as ``solve_levels`` would.

    Parameters
    ----------
    parts
        of each node its part. Node 0 is the sink, which is in none (``SHARED``); all arcs begin in a part, and end there or in
        the sink. What a part gives the sink takes.
    """
    flow = np.zeros(len(tails), np.int64)
    own = _apart(parts)
    if len(own) and parts[own[0][0]] == SHARED:
        del own[0]
    number = np.zeros(len(parts), np.int64)
    for nodes, arcs in zip(own, _apart(parts[tails]), strict=True):
        number[nodes] = np.arange(len(nodes)) + 1
        given = np.concatenate([[-supply[nodes].sum()], supply[nodes]])
        listed = (number[tails[arcs]], number[heads[arcs]], capacities[arcs])
        flow[arcs] = solve_levels(*listed, [cost[arcs] for cost in costs], given, hopes)
    return flow


def _apart(labels: Ints) -> list[Ints]:
    """Give the places of each label, in order."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(labels) else []
