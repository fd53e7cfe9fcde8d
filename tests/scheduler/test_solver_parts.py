"""A network that falls into parts at the sink costs as much part by part as all at once."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.solver.flow import solve_levels
from scheduler.solver.parts import SHARED, solve_parts


@st.composite
def parted(draw):
    """Draw a few parts of two or three nodes, each with a way to the sink (node 0) that takes everything."""
    parts, supply, arcs = [SHARED], [0], []
    for part in draw(st.lists(st.integers(0, 5), unique=True, max_size=4)):
        nodes = [len(parts) + number for number in range(draw(st.integers(2, 3)))]
        parts += [part] * len(nodes)
        supply += [draw(st.integers(0, 3)), *[0] * (len(nodes) - 1)]
        for tail in nodes:
            arcs.append((tail, 0, 9, 5, 5))
            arcs += [
                (tail, head, draw(st.integers(0, 3)), draw(st.integers(0, 4)), draw(st.integers(0, 4)))
                for head in draw(st.lists(st.sampled_from([0, *nodes]), max_size=3))
                if head != tail
            ]
    supply[0] = -sum(supply)
    return np.array(parts), np.array(supply), np.array(draw(st.permutations(arcs)), np.int64).reshape(-1, 5).T


@settings(deadline=None)
@given(parted())
def test_parts_one_by_one_cost_what_all_costs_at_once(drawn):
    parts, supply, (tails, heads, capacities, *costs) = drawn
    flow = solve_parts(parts, tails, heads, capacities, costs, supply)
    once = solve_levels(tails, heads, capacities, costs, supply)
    assert [int(cost @ flow) for cost in costs] == [int(cost @ once) for cost in costs]
    balance = supply.copy()
    np.subtract.at(balance, tails, flow)
    np.add.at(balance, heads, flow)
    assert not balance.any()
    assert ((flow >= 0) & (flow <= capacities)).all()
