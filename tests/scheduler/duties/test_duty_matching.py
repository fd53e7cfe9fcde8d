"""Matching: as many duties as possible, then loads as even as possible, against brute force and a flow."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.graph.python import min_cost_flow

from scheduler.duties.crowds import crowd, persons_of
from scheduler.duties.matching import Matching


@st.composite
def tables(draw, posts=6, people=4, times=3, need=2):
    """Draw posts with their number, time and who fits, and each person's most duties."""
    count, persons = draw(st.integers(1, posts)), draw(st.integers(1, people))
    fits = [crowd(draw(st.sets(st.integers(0, persons - 1)))) for _ in range(count)]
    return Matching(
        [draw(st.integers(1, need)) for _ in range(count)],
        [draw(st.integers(0, times - 1)) for _ in range(count)],
        fits,
        [draw(st.integers(0, times)) for _ in range(persons)],
    )


def filled(matching) -> int:
    return sum(map(len, matching.holders))


def squares(matching) -> int:
    return sum(len(duties) ** 2 for duties in matching.duties)


def check(matching):
    """Nobody twice at a time, nobody who does not fit, nobody too often, no post with too many."""
    for post, holders in enumerate(matching.holders):
        assert len(set(holders)) == len(holders) <= matching.needed[post]
        assert set(holders) <= set(persons_of(matching.fits[post]))
    taken = Counter((one, matching.times[post]) for post, hold in enumerate(matching.holders) for one in hold)
    assert set(taken.values()) <= {1}
    loads = Counter(one for holders in matching.holders for one in holders)
    assert all(loads[one] == len(duties) <= matching.most[one] for one, duties in enumerate(matching.duties))


def best(matching) -> tuple[int, int]:
    """Try every way: the most duties, and the least sum of squares with so many."""
    slots = [post for post, needed in enumerate(matching.needed) for _ in range(needed)]
    found = (0, 0)
    for way in product(*([None, *persons_of(matching.fits[post])] for post in slots)):
        held = [(one, matching.times[post]) for one, post in zip(way, slots, strict=True) if one is not None]
        loads = Counter(one for one, _ in held)
        if len(set(held)) == len(held) and all(loads[one] <= matching.most[one] for one in loads):
            found = max(found, (len(held), -sum(count**2 for count in loads.values())))
    return found[0], -found[1]


@settings(deadline=None, max_examples=150)
@given(tables(posts=4, people=3, need=2))
def test_nothing_is_better_among_all_ways(matching):
    # why: people are owed the proof that nobody works more than need be, and no duty is left open needlessly
    matching.match()
    check(matching)
    assert (filled(matching), squares(matching)) == best(matching)


def by_flow(matching) -> tuple[int, int]:
    """Give the same by a minimum cost flow with convex costs (OR-Tools), for sizes beyond brute force."""
    flow, nodes = min_cost_flow.SimpleMinCostFlow(), {}

    def arc(tail, head, capacity, cost):
        ends = [nodes.setdefault(one, len(nodes)) for one in (tail, head)]
        return flow.add_arc_with_capacity_and_unit_cost(*ends, capacity, cost)

    vacancies = []
    for post, needed in enumerate(matching.needed):
        arc("source", ("post", post), needed, 0)
        vacancies.append(arc(("post", post), "sink", needed, 1_000_000))
        for one in persons_of(matching.fits[post]):
            arc(("post", post), ("at", one, matching.times[post]), 1, 0)
    for node in [node for node in nodes if node[0] == "at"]:
        arc(node, ("person", node[1]), 1, 0)
    for one, most in enumerate(matching.most):
        for load in range(most):
            arc(("person", one), "sink", 1, 2 * load + 1)
    whole = sum(matching.needed)
    flow.set_node_supply(nodes["source"], whole)
    flow.set_node_supply(nodes["sink"], -whole)
    assert flow.solve() == flow.OPTIMAL
    vacant = sum(int(flow.flow(one)) for one in vacancies)
    return whole - vacant, int(flow.optimal_cost()) - 1_000_000 * vacant


@settings(deadline=None, max_examples=150)
@given(tables(posts=40, people=15, times=8, need=3))
def test_a_flow_finds_nothing_better(matching):
    matching.match()
    check(matching)
    assert (filled(matching), squares(matching)) == by_flow(matching)


def test_one_vacancy_may_be_exchanged_for_another():
    # why: person 0 alone could do posts 0 and 1 (2 duties), but post 2 left to person 1 instead of post 1
    # left to person 0 is as full and more even
    matching = Matching([1, 1, 1], [0, 1, 1], [0b01, 0b01, 0b10], [2, 2])
    matching.needed = [1, 1, 1]
    matching.match()
    assert (filled(matching), squares(matching)) == (3, 5)
    tight = Matching([1, 2, 1], [0, 1, 1], [0b01, 0b01, 0b10], [2, 1])
    tight.match()
    assert (filled(tight), squares(tight)) == by_flow(tight)


def test_nobody_at_all():
    matching = Matching([2], [0], [0], [])
    matching.match()
    assert matching.vacant(0) == 2
