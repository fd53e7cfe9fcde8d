"""Sites first, then times: nothing is lost by it, and where something would be it says so."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.capacity import plan_chances
from scheduler.chances.network import solve
from scheduler.chances.network_facts import NetworkFacts
from scheduler.chances.score import score
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.grouping import Grouping
from scheduler.several import overlaps
from scheduler.sites_first.solve import bound_of, solve_sites_first
from scheduler.sites_first.whole_sites import Alike, whole_sites
from scheduler.solver.side_by_side import SideBySide
from tests.scheduler.builders import ITEM, at, day, places, problem, site, trainee
from tests.scheduler.limits import assert_limits_are_kept
from tests.scheduler.strategies import batches

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
UNITS = 12


@pytest.fixture(autouse=True)
def _large():
    """Every batch is a large one here."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("scheduler.chances.size.LARGE", 0)
        yield


@pytest.fixture(params=[0, 10**9], ids=["some sites", "all at once"], scope="module")
def _dear(request):
    """Where some site cannot hold who comes, some sites are solved at once wherever that is enough, or never."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("scheduler.sites_first.making_room.DEAR", request.param)
        yield


def groups_of(batch):
    return Grouping(batch, Eligibility(batch, ConflictGraph(batch))).groups({})


def sites_first(batch, groups):
    with SideBySide() as solvers:
        return solve_sites_first(batch, groups, UNITS * batch.rules.cap.denominator, solvers)


def above(batch, groups, chances, unit):
    """Give how much goes to sites above the cap, in persons times units."""
    found = 0
    for group, one in zip(groups, chances, strict=True):
        by_site = defaultdict(int)
        for session, count in one.counts.items():
            by_site[session.site_id] += count
        cap = len(group.trainees) * unit * batch.rules.cap
        found += sum(max(count - cap, 0) for count in by_site.values())
    return found


@pytest.mark.usefixtures("_dear")
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=30, sessions=12, several=False))
def test_what_is_reached_is_the_optimum_of_all_at_once(batch):
    """One network of everything is the judge. The cities that fail are solved at once; the bound may then be out of reach."""
    groups, unit = groups_of(batch), UNITS * batch.rules.cap.denominator
    found = sites_first(batch, groups)
    with SideBySide() as solvers:
        whole = solve(batch, groups, unit, solvers, coarse=True)
        assert bound_of(batch, groups, solvers) == found.bound
    best = score(batch, groups, whole, unit)
    assert found.reached == score(batch, groups, found.chances, unit) == best <= found.bound
    assert above(batch, groups, found.chances, unit) == above(batch, groups, whole, unit)


@pytest.mark.usefixtures("_dear")
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=30, sessions=12))
def test_every_limit_is_kept(batch):
    groups, unit = groups_of(batch), UNITS * batch.rules.cap.denominator
    assert_limits_are_kept(batch, groups, sites_first(batch, groups).chances, unit)


def test_solved_at_once_a_shortage_is_the_same_for_people_who_differ_only_in_their_dates():
    """Ninety may come on day 1, thirty on any day; 80 seats and 10: 30 of 120 stay away, a quarter of each."""
    people = [trainee(f"E{number}", latest=day(1)) for number in range(90)]
    people += [trainee(f"A{number}") for number in range(30)]
    seats = {at("S1"): 40, at("S2"): 40, at("S1", "2am"): 10}
    rows = [places("S1", 99), places("S2", 99)]
    batch = problem(people, [site("S1"), site("S2")], seats=seats, rows=rows)
    groups = groups_of(batch)
    with SideBySide() as solvers:
        found = solve(batch, groups, UNITS, solvers, coarse=True)
    few, many = sorted((len(group.trainees), one.unplaced) for group, one in zip(groups, found, strict=True))
    # in whole persons, which are the portions of so many: 22.5 and 7.5 of them
    assert (few[0], many[0]) == (30, 90)
    assert {few[1] // UNITS, many[1] // UNITS} in ({7, 23}, {8, 22})


def test_a_whole_site_takes_what_its_days_and_places_let_in():
    """Two halves of 5 seats on day 1 with a limit of 7, one of 4 on day 2: 11 seats; of the item 3 + 3 and 2 places."""
    seats = {at("S1"): 5, at("S1", "1pm"): 5, at("S1", "2am"): 4}
    rows = [places("S1", 3), places("S1", 2, ITEM, "2am")]
    people = [trainee(f"T{number:02}") for number in range(20)]
    batch = problem(people, [site("S1", day_limit=7)], seats=seats, rows=rows)
    whole = whole_sites(NetworkFacts(batch, UNITS))
    assert whole.seats == {at("S1"): 11}
    assert whole.places_for(at("S1"), ITEM) == 8
    assert whole.day_limit("S1", day(1)) is None


def test_people_who_differ_only_in_their_times_go_together():
    """Early, late and any time are three groups at the same two sites: one, while there are no times. Nobody is lost."""
    people = [
        trainee("T1", latest=day(1)),
        trainee("T2", earliest=day(2)),
        trainee("T3"),
        trainee("T4", "I2"),
    ]
    seats = {at(name, when): 2 for name in ("S1", "S2") for when in ("1am", "2am")}
    batch = problem(
        people, [site("S1", "I2"), site("S2")], seats=seats, rows=[places("S1", 2), places("S2", 2)]
    )
    groups = groups_of(batch)
    found = Alike(batch, whole_sites(NetworkFacts(batch, UNITS)), groups)
    names = sorted(sorted(group.trainees) for group in found.groups)
    assert names == [["T1", "T2", "T3"], ["T4"]]
    assert sorted(number for part in found.parts for number in part) == list(range(len(groups)))


def test_people_who_differ_only_by_an_exception_go_together():
    """A student may sit at the own school's site by exception, somebody else without one: no aim sees the difference."""
    people = [trainee("T1", "SCH", school_id="SCH"), trainee("T2"), trainee("T3", "SCH")]
    batch = problem(people, [site("S1", "SCH"), site("S2")])
    found = Alike(batch, whole_sites(NetworkFacts(batch, UNITS)), groups_of(batch))
    assert sorted(sorted(group.trainees) for group in found.groups) == [["T1", "T2"], ["T3"]]


def early_and_late(seats):
    """Make two people who may come on day 1 only, and one who may come any day."""
    people = [trainee("T1", latest=day(1)), trainee("T2", latest=day(1)), trainee("T3")]
    return problem(people, [site("S1")], seats=seats, rows=[places("S1", 9)])


def test_where_times_do_not_suffice_everything_is_looked_at_together():
    """Three seats for three people, but only one on day 1: who needs it cannot be seen without the times."""
    batch = early_and_late({at("S1"): 1, at("S1", "2am"): 2})
    groups = groups_of(batch)
    found = sites_first(batch, groups)
    assert (found.reached.placed, found.bound.placed) == (2, 3)
    plan = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
    assert plan.unplaced == 1


def test_only_the_city_where_times_do_not_suffice_is_solved_again():
    """Nothing is to be found out of the other city: its people are not in the network that is solved at once."""
    tight = early_and_late({at("S1"): 1, at("S1", "2am"): 2})
    batch = replace(
        tight,
        trainees=tight.trainees | {"T9": trainee("T9", item="焊工")},
        sites=tight.sites | {"S9": site("S9")},
        seats=tight.seats | {at("S9"): 1},
        places=(*tight.places, places("S9", 1, "焊工")),
    )
    asked = []

    def watched(problem, groups, *rest, **named):
        asked.append(sorted(name for group in groups for name in group.trainees))
        return solve(problem, groups, *rest, **named)

    with patch("scheduler.sites_first.solve.solve", watched):
        sites_first(batch, groups_of(batch))
    assert asked == [["T1", "T2", "T3", "T9"], ["T1", "T2", "T3"]]


def test_two_sites_trade_where_that_is_enough_and_all_at_once_would_be_dear():
    """Of four early people and four others half come to each of two sites, but S1 has one seat on day 1, and S2 three.

    One of the early goes to S2 for one of the others: S1 and S2 are solved at once, and nobody is lost.
    """
    people = [trainee(f"E{number}", latest=day(1)) for number in range(4)]
    people += [trainee(f"A{number}") for number in range(4)]
    seats = {at("S1"): 1, at("S1", "2am"): 3, at("S2"): 3, at("S2", "2am"): 1}
    batch = problem(people, [site("S1"), site("S2")], seats=seats, rows=[places("S1", 9), places("S2", 9)])
    batch = replace(batch, rules=replace(batch.rules, cap=Fraction(1)))
    groups = groups_of(batch)
    with (
        patch("scheduler.sites_first.making_room.DEAR", 0),
        patch("scheduler.sites_first.solve.solve", wraps=solve) as watched,
    ):
        found = sites_first(batch, groups)
    assert watched.call_count == 1  # the sites without times
    assert found.reached == found.bound == (8, 0)
    early = next(
        one for group, one in zip(groups, found.chances, strict=True) if group.trainees[0].startswith("E")
    )
    assert early.counts == {at("S1"): UNITS, at("S2"): 3 * UNITS}


def test_several_registrations_of_one_person_are_planned_without_a_network_of_everything():
    """Two registrations of one person at two halves of a day: a morning and an afternoon, found at once."""
    people = [
        trainee("T1", id_number="000000199001010018"),
        trainee("T2", item="焊工", id_number="000000199001010018"),
    ]
    seats = {at(name, when): 2 for name in ("S1", "S2") for when in ("1am", "1pm")}
    rows = [places(name, 2, item) for name in ("S1", "S2") for item in (ITEM, "焊工")]
    batch = problem(people, [site("S1"), site("S2")], seats=seats, rows=rows)
    with patch.object(overlaps, "solve", side_effect=AssertionError):
        plan = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
    times = [{(one.day, one.half) for one in chances.counts} for chances in plan.chances]
    assert times[0].isdisjoint(times[1])
    assert plan.unplaced == 0


def test_a_public_site_is_one_site_for_people_of_another_city_too():
    """B is public for A1 and A2 alone, and full with one of them. E1 cannot wait for C's seat, and finds none at B."""
    people = [trainee(name, district="东区", part="theory") for name in ("A1", "A2")]
    people += [trainee("E1", district="南区", part="theory", latest=day(1))]
    empty = [at("A"), at("A", "1pm"), at("A", "2am"), at("B"), at("B", "2am"), at("C"), at("D")]
    seats = dict.fromkeys(empty, 0) | {at("B", "1pm"): 1, at("C", "2am"): 1}
    sites = [site(name, kind="school" if name == "C" else "public") for name in "ABCD"]
    rows = [places(name, 0) for name in "ABCD"]
    batch = problem(people, sites, seats=seats, rows=rows, districts={"东区": "云州市", "南区": "海州市"})
    batch = replace(batch, rules=replace(batch.rules, cross_city_items=(ITEM,), cap=Fraction(1, 2)))
    groups = groups_of(batch)
    with patch("scheduler.sites_first.making_room.DEAR", 0):
        found = sites_first(batch, groups)
    assert_limits_are_kept(batch, groups, found.chances, UNITS * 2)


def test_solved_at_once_the_sessions_are_shared_by_who_comes_and_not_by_who_might_have():
    """Fifty may sit at A and all sit at public B: the twenty of A get its morning and its afternoon, half of them each.

    C has one seat on day 1 for two who cannot come later, so that the city is solved at once.
    """
    people = [trainee(f"M{number}", "OB", part="theory") for number in range(20)]
    people += [trainee(f"P{number}", part="theory") for number in range(50)]
    people += [trainee(f"E{number}", "OA", part="theory", latest=day(1)) for number in range(2)]
    sites = [site("A", "OA"), site("B", "OB", "public"), site("C", "OB")]
    seats = {at("A"): 40, at("A", "1pm"): 40, at("B", "2am"): 50, at("C"): 1, at("C", "2am"): 1}
    batch = problem(people, sites, seats=seats, rows=[places(name, 0) for name in "ABC"])
    batch = replace(batch, rules=replace(batch.rules, cap=Fraction(1)))
    groups = groups_of(batch)
    found = sites_first(batch, groups)
    assert found.reached == (71, 50)
    assert found.bound.placed == 72
    (counts,) = [
        one.counts
        for group, one in zip(groups, found.chances, strict=True)
        if group.trainees[0].startswith("M")
    ]
    assert counts == {at("A"): 10 * UNITS, at("A", "1pm"): 10 * UNITS}
