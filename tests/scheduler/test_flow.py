"""Several costs in strict order, against trying every flow there is."""

import itertools
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.errors import SolverError
from scheduler.solver.flow import Network
from scheduler.solver.packing import EFFORT, Option, pack
from scheduler.solver.residual import Residual, prices


def every_flow(network):
    for flow in itertools.product(*(range(room + 1) for room in network.capacities)):
        balance = list(network.supply)
        for tail, head, units in zip(network.tails, network.heads, flow, strict=True):
            balance[tail] -= units
            balance[head] += units
        if not any(balance):
            yield flow


def cost(network, flow):
    return tuple(sum(c * units for c, units in zip(level, flow, strict=True)) for level in network.costs)


@st.composite
def networks(draw):
    nodes, levels = draw(st.integers(2, 4)), draw(st.integers(1, 4))
    network = Network(levels)
    supply = [draw(st.integers(0, 2)) for _ in range(nodes - 1)]
    for one in [*supply, -sum(supply)]:
        network.node(one)
    for _ in range(draw(st.integers(1, 7))):
        tail, head = draw(st.permutations(range(nodes)))[:2]
        network.arc(tail, head, draw(st.integers(0, 2)), *(draw(st.integers(0, 3)) for _ in range(levels)))
    return network


@settings(max_examples=400, deadline=None)
@given(network=networks(), hopes=st.sets(st.integers(0, 3)))
def test_the_lexicographic_optimum(network, hopes):
    """Whatever is hoped of the levels: a hope that fails costs time and nothing else."""
    possible = [cost(network, flow) for flow in every_flow(network)]
    if not possible:
        with pytest.raises(SolverError):
            network.solve(hopes)
        return
    found = network.solve(hopes)
    assert tuple(found) in set(every_flow(network))
    assert cost(network, found) == min(possible)


def test_a_level_that_costs_nothing_is_not_solved_by_itself():
    """Two ways, one free at both levels: with the right hope the solver is asked once, without it twice."""
    for hopes, asked in (((0,), 1), ((), 2)):
        network = Network(2)
        start, end = network.node(1), network.node(-1)
        free = network.arc(start, end, 1)
        network.arc(start, end, 1, 1, 1)
        with patch.object(Residual, "cheapest", autospec=True, side_effect=Residual.cheapest) as solving:
            assert network.solve(hopes)[free] == 1
        assert solving.call_count == asked


def test_of_several_prices_those_by_the_ways_to_each_node_are_given():
    """[0, -1] would be as good; but of flows that cost the same another one would be found, and plans would change."""
    ways = np.array([0, 0]), np.array([1, 1]), np.array([1, 1]), np.array([5, 1])
    assert prices(*ways, np.array([0, 1]), nodes=2).tolist() == [1, 0]


def test_prices_of_a_flow_that_costs_too_much_are_refused():
    ways = np.array([0, 0]), np.array([1, 1]), np.array([1, 1]), np.array([5, 1])
    with pytest.raises(SolverError, match="不是最优"):
        prices(*ways, np.array([1, 0]), nodes=2)


def test_a_later_level_never_costs_an_earlier_one():
    network = Network(2)
    start, end = network.node(1), network.node(-1)
    cheap = network.arc(start, end, 1, 0, 1_000_000)
    network.arc(start, end, 1, 1, 0)
    assert network.solve()[cheap] == 1


def test_missing_costs_are_nothing_and_an_empty_network_is_fine():
    network = Network(3)
    network.node()
    assert network.solve() == []
    end = network.node(-2)
    network.supply[0] = 2
    network.arc(0, end, 5)
    assert network.solve() == [2]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_packing_against_trying_everything(data):
    sizes = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=3))
    things = {name: data.draw(st.integers(0, 2)) for name in "pqr"}
    options = [
        Option(
            data.draw(st.integers(0, len(sizes) - 1)),
            tuple(data.draw(st.lists(st.sampled_from("pqr"), unique=True, max_size=2))),
            data.draw(st.integers(1, 9)),
        )
        for _ in range(data.draw(st.integers(1, 5)))
    ]

    def fits(counts):
        pairs = list(zip(counts, options, strict=True))
        return all(
            sum(n for n, one in pairs if one.kind == kind) <= size for kind, size in enumerate(sizes)
        ) and all(sum(n for n, one in pairs if name in one.takes) <= room for name, room in things.items())

    def worth(counts):
        return sum(n * one.worth for n, one in zip(counts, options, strict=True))

    found = pack(sizes, options, things, EFFORT, by_numbers=False, known=-1, whole=True)
    assert found is not None
    assert fits(found)
    ways = itertools.product(*(range(sizes[one.kind] + 1) for one in options))
    assert worth(found) == max(worth(counts) for counts in ways if fits(counts))
