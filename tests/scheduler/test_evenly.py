"""A shortage that everybody shares, against trying every flow there is."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.solver.evenly import Even
from scheduler.solver.flow import solve_levels

END = 0


@st.composite
def shortages(draw):
    """Give groups that go to sites or stay away: a network, and which arcs are those of who stays."""
    groups, sites = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    people = [draw(st.integers(1, 4)) for _ in range(groups)]
    arcs = [(1 + group, END, people[group], 1, 0) for group in range(groups)]
    for group, site in itertools.product(range(groups), range(sites)):
        if draw(st.booleans()):
            arcs.append((1 + group, 1 + groups + site, draw(st.integers(1, 3)), 0, draw(st.integers(0, 2))))
    arcs += [(1 + groups + site, END, draw(st.integers(0, 3)), 0, 0) for site in range(sites)]
    used = [draw(st.integers(0, 3)) for _ in range(groups)]
    return (
        np.array(arcs),
        np.array([-sum(people), *people, *[0] * sites]),
        np.array(used),
        draw(st.integers(1, 2)),
    )


def solved(shortage, hopes=()):
    arcs, supply, used, ways = shortage
    many = len(used)
    even = Even(1, np.arange(many), supply[1 : many + 1] * ways, used, np.ones(many, np.int64))
    return solve_levels(arcs[:, 0], arcs[:, 1], arcs[:, 2], list(arcs[:, 3:].T), supply, hopes, (even,))


def stays(shortage):
    """Give who may stay away, and how many of each, as few as possible in all: every such way there is."""
    arcs, supply, used, _ = shortage
    many = len(used)
    found = set()
    ways = [(arc[0], arc[1], arc[2]) for arc in arcs[many:] if arc[1] != END]
    room = {arc[0]: arc[2] for arc in arcs if arc[0] > many}
    for flow in itertools.product(*(range(limit + 1) for *_, limit in ways)):
        gone, come = np.zeros(many + 1, int), dict.fromkeys(room, 0)
        for (tail, head, _), units in zip(ways, flow, strict=True):
            gone[tail] += units
            come[head] += units
        left = supply[1 : many + 1] - gone[1:]
        if (left >= 0).all() and all(come[site] <= room[site] for site in room):
            found.add(tuple(left.tolist()))
    least = min(map(sum, found))
    return {left for left in found if sum(left) == least}


@settings(max_examples=300, deadline=None)
@given(shortage=shortages(), hopes=st.sampled_from([(), (0,)]))
def test_nobody_could_take_over_one_and_still_have_less(shortage, hopes):
    """Of two, who has more after giving one away than the other has with it should have given it: then it is the most even."""
    _, supply, used, ways = shortage
    left = solved(shortage, hopes)[: len(used)]
    possible = stays(shortage)
    assert tuple(left.tolist()) in possible
    for giver, taker in itertools.permutations(range(len(used)), 2):
        other = left.copy()
        other[[giver, taker]] += [-1, 1]
        has, would = ((used[one] + other[one]) / (supply[1 + one] * ways) for one in (giver, taker))
        assert has <= would or tuple(other.tolist()) not in possible


def test_who_can_all_do_with_less_have_equally_much():
    """Nine who may come on day 1 only, three on any; 8 seats and 1: 3 of 12 stay away, a quarter of each, in twelfths."""
    arcs = [
        (1, END, 108, 1),
        (2, END, 36, 1),
        (1, 3, 108, 0),
        (2, 3, 36, 0),
        (2, 4, 36, 0),
        (3, END, 96, 0),
        (4, END, 12, 0),
    ]
    left = solved((np.array(arcs), np.array([-144, 108, 36, 0, 0]), np.zeros(2, int), 1))[:2]
    assert left.tolist() == [27, 9]


def test_who_cannot_be_helped_share_among_themselves():
    """Site 1 has no seat for 4 of six; the other two groups, 2 and 4 people at a site of 3 seats, lose half of themselves each."""
    arcs = [
        (1, END, 6, 1),
        (2, END, 2, 1),
        (3, END, 4, 1),
        (1, 4, 6, 0),
        (2, 5, 2, 0),
        (3, 5, 4, 0),
        (4, END, 2, 0),
        (5, END, 3, 0),
    ]
    left = solved((np.array(arcs), np.array([-12, 6, 2, 4, 0, 0]), np.zeros(3, int), 1))[:3]
    assert left.tolist() == [4, 1, 2]


def test_whole_portions_are_shared():
    """Five of ten stay away, in portions of 2: 2 and 2, and the odd one falls to somebody."""
    arcs = np.array([(1, END, 5, 1), (2, END, 5, 1), (1, 3, 5, 0), (2, 3, 5, 0), (3, END, 5, 0)])
    even = Even(1, np.arange(2), np.array([5, 5]), np.zeros(2, int), np.array([2, 2]))
    left = solve_levels(
        arcs[:, 0], arcs[:, 1], arcs[:, 2], [arcs[:, 3]], np.array([-10, 5, 5, 0]), (), (even,)
    )[:2]
    assert sorted(left.tolist()) == [2, 3]
