"""Flows that are spread as evenly as can be, against trying every flow there is."""

import itertools
from fractions import Fraction
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.solver.flow import solve_levels
from scheduler.solver.spreading import Spread
from tests.scheduler.builders import at, day, places, problem, site, trainee

END = 0


@st.composite
def crowds(draw):
    """Give groups whose units go to sites: who sends how many, which site takes how many, what counts besides."""
    people = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    rooms = draw(st.lists(st.integers(0, 8), min_size=1, max_size=3))
    pairs = list(itertools.product(range(len(people)), range(len(rooms))))
    ways = [pair for pair in pairs if draw(st.integers(0, 4))]
    used = [draw(st.sampled_from([0, 0, 0, 1, 3])) for _ in ways]
    return people, rooms, ways, used


def spread(crowd):
    """Place as many as possible, then spread them; gives the flow of each way, None where a group has none at all."""
    people, rooms, ways, used = crowd
    many, owners = len(people), np.array([group for group, _ in ways], np.int64)
    arcs = [(1 + group, 1 + many + place, people[group], 0) for group, place in ways]
    arcs += [(1 + many + place, END, room, 0) for place, room in enumerate(rooms)]
    arcs += [(1 + group, END, size, 1) for group, size in enumerate(people)]
    tails, heads, widths, cost = np.array(arcs).T
    supply = np.array([-sum(people), *people, *[0] * len(rooms)])
    sizes = np.array(people, np.int64)[owners]
    among = np.bincount(owners, minlength=many)[owners]
    level = Spread(1, np.arange(len(ways)), owners, among, sizes, np.array(used, np.int64))
    return solve_levels(tails, heads, widths, [cost], supply, (), (level,))[: len(ways)].tolist()


def squares(crowd, flow):
    people, _, ways, used = crowd
    return sum(
        Fraction((had + units) ** 2, people[group])
        for (group, _), had, units in zip(ways, used, flow, strict=True)
    )


def every(crowd):
    """Give every flow that places as many as any does."""
    people, rooms, ways, _ = crowd
    found = []
    for flow in itertools.product(*(range(min(people[group], rooms[place]) + 1) for group, place in ways)):
        gone, come = [0] * len(people), [0] * len(rooms)
        for (group, place), units in zip(ways, flow, strict=True):
            gone[group] += units
            come[place] += units
        if all(map(int.__le__, gone, people)) and all(map(int.__le__, come, rooms)):
            found.append(flow)
    most = max(map(sum, found))
    return [flow for flow in found if sum(flow) == most]


@pytest.mark.parametrize("near", [1, 5])
@settings(max_examples=200, deadline=None)
@given(crowd=crowds().filter(lambda crowd: len(crowd[2]) <= 6))
def test_no_flow_that_places_as_many_is_more_even(crowd, near):
    """With one step beside each flow instead of five, as many units come of chords as in large batches."""
    with patch("scheduler.solver.spreading._NEAR", near):
        flow = spread(crowd)
    known = every(crowd)
    assert tuple(flow) in known
    assert squares(crowd, flow) == min(squares(crowd, one) for one in known)


def test_flows_far_from_their_even_shares_are_found():
    """600 units, and a site that takes 7: the others share 593, and one of them has one more than the other."""
    assert sorted(spread(([600], [7, 600, 600], [(0, 0), (0, 1), (0, 2)], [0, 0, 0]))) == [7, 296, 297]


def test_what_counts_besides_counts():
    # why: in another way to part people's times they have 40 at the first site already
    assert spread(([60], [60, 60], [(0, 0), (0, 1)], [40, 0])) == [10, 50]


def test_of_two_groups_each_has_as_much_in_proportion():
    """Both may go to the small site; a group twice as large gets two thirds of it."""
    ways = list(itertools.product(range(2), range(2)))
    assert spread(([200, 400], [150, 900], ways, [0] * 4)) == [50, 150, 100, 300]


def test_nothing_to_spread_is_no_fault():
    assert spread(([3], [0], [], [])) == []
    assert spread(([3], [0], [(0, 0)], [0])) == [0]


def test_finely_written_caps_and_many_people_do_not_overflow():
    """Three million units of 3,000 people each: a tenth fits at the small site, the other two share the rest."""
    whole = 9_000_000_000
    flow = spread(([whole], [whole // 10, whole, whole], [(0, 0), (0, 1), (0, 2)], [0, 0, 0]))
    assert flow[0] == whole // 10
    assert sum(flow) == whole
    assert abs(flow[1] - flow[2]) * 2**25 <= whole  # finer parts of a chance are not told apart


def test_a_group_of_one_beside_a_very_large_one_is_told_apart_as_finely():
    """Both get a quarter of the small site's chances: its room is a quarter of all units."""
    one, many = 4_000_000, 8_000_000_000
    room = (one + many) // 4
    ways = list(itertools.product(range(2), range(2)))
    flow = spread(([one, many], [room, one + many], ways, [0] * 4))
    assert flow[0] + flow[2] == room
    assert abs(flow[0] * 4 - one) * 2**20 <= one


def test_ids_do_not_decide_what_is_even():
    """One of seven may go to the school's site and the public one; whose id comes first does not matter.

    26 of 60 units are hers and 102 of 240 those of four others. Of the public site's 8 units that are left she has 2 and they 6
    (24² + 2² + (96² + 6²) / 4 = 2893), and not 0 and 8 (26² + (94² + 8²) / 4 = 2901).
    """

    def chances(ids: str) -> list[tuple[tuple[str, int], ...]]:
        stated = [("theory", 3), ("both", 3), ("both", 0), *[("theory", 0)] * 4]
        people = [
            trainee(name, part=part, latest=day(last) if last else None)
            for name, (part, last) in zip(ids.split(), stated, strict=True)
        ]
        seats = {at("A", "5am"): 2, at("B"): 1}
        sites = [site("A", kind="school"), site("B", kind="public")]
        batch = problem(people, sites, seats=seats, rows=[places("A", 2), places("B", 2)])
        found = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
        return sorted(
            tuple((session.site_id, units) for session, units in one.counts.items()) for one in found.chances
        )

    right = [(("A", 24), ("B", 2)), (("A", 96), ("B", 6)), (("B", 26),), (("B", 26),)]
    assert chances("T0 T2 T3 T6 T5 T4 T1") == chances("T4 T2 T1 T0 T5 T3 T6") == right
