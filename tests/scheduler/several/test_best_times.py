"""The best times of people with several registrations: nobody twice at one time, and never fewer than is possible."""

import datetime as dt
import itertools
from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.chances.score import Score
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.grouping import Grouping
from scheduler.problem import Half
from scheduler.several.best_times import best_times
from scheduler.several.one_by_one import one_by_one
from scheduler.several.persons import same_persons
from scheduler.solver import packing
from scheduler.solver.packing import Option, pack
from tests.scheduler.builders import ONE_PERSON, at, places, planned, problem, site, trainee
from tests.scheduler.checker.good import WELDING
from tests.scheduler.strategies import batches

NOTHING = Score(-1, -1)
TIMES = [(dt.date(2026, 12, day), half) for day in (1, 2) for half in (Half.AM, Half.PM)]


@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(1, 9), st.integers(1, 4))
def test_numbers_are_shared_out_to_people(data, people, registrations):
    """Whatever people do together can be counted, and what is counted so can be shared out again, if not in the same way."""
    counted = [Counter() for _ in range(registrations)]
    for _ in range(people):
        times = data.draw(st.permutations(TIMES))
        for registration in range(registrations):
            if data.draw(st.booleans()):
                counted[registration][times[registration]] += 1
    shared = one_by_one(counted, people)
    assert len(shared) == people
    assert all(len(set(held.values())) == len(held) for held in shared), "nobody twice at one time"
    for registration, times in enumerate(counted):
        assert Counter(held[registration] for held in shared if registration in held) == times


def test_two_change_about_where_nobody_is_free():
    """Three people, three registrations, three times, twice each: given greedily, the last pairs find nobody who lacks both."""
    times = TIMES[:3]
    wanted = [dict.fromkeys(times, 1) for _ in range(3)]
    shared = one_by_one(wanted, 3)
    assert all(sorted(held) == [0, 1, 2] and len(set(held.values())) == 3 for held in shared)


def _most(batch, names_of):
    """Give by trying everything how many can be placed, and how many of them at public sites."""
    eligibility = Eligibility(batch, ConflictGraph(batch))
    people = sorted(batch.trainees)
    options = [[None, *eligibility.of(batch.trainees[name]).allowed] for name in people]
    best = (0, 0)
    for chosen in itertools.product(*options):
        sits = {name: where for name, where in zip(people, chosen, strict=True) if where is not None}
        if _is_legal(batch, sits, names_of):
            public = sum(
                batch.sites[where.site_id].kind in ("public", "authority") for where in sits.values()
            )
            best = max(best, (len(sits), public))
    return best


def _is_legal(batch, sits, names_of):
    seats = Counter(sits.values())
    places = Counter(
        (where, batch.trainees[name].item)
        for name, where in sits.items()
        if batch.trainees[name].part != "theory"
    )
    days = Counter((where.site_id, where.day) for where in sits.values())
    times = [
        Counter((sits[name].day, sits[name].half) for name in names if name in sits) for names in names_of
    ]
    return (
        all(count <= batch.seats[where] for where, count in seats.items())
        and all(count <= (batch.places_for(*key) or 0) for key, count in places.items())
        and all((most := batch.day_limit(*key)) is None or count <= most for key, count in days.items())
        and all(count == 1 for one in times for count in one.values())
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(batch=batches(most=4, sessions=5))
def test_the_search_finds_what_trying_everything_finds(batch):
    repeated = same_persons(batch)
    assume(repeated and not batch.rules.cross_city_items and batch.rules.public_first)
    eligibility = Eligibility(batch, ConflictGraph(batch))
    groups = Grouping(batch, eligibility).groups({}, by_district=False)
    times = best_times(batch, groups, repeated, packing.EFFORT, NOTHING, relaxed=True)
    assert times is not None
    for names in repeated:
        held = [times[name] for name in names if name in times]
        assert len(set(held)) == len(held)
    placed, _ = _most(batch, repeated)
    assert len(batch.trainees) - int(planned(batch)["unplaced"]) == placed


def test_hundreds_of_people_alike_are_numbers_to_the_search(monkeypatch):
    """150 persons with the same two registrations, morning and afternoon of one site: one kind, and nothing to search."""
    people = [
        trainee(f"T{number:03d}{item[0]}", item=item, id_number=f"{ONE_PERSON[:14]}{number:04d}")
        for number in range(150)
        for item in ("焊工", WELDING)
    ]
    seats = {at("S1"): 100, at("S1", "1pm"): 100}
    rows = [places("S1", 60, item) for item in ("焊工", WELDING)]
    batch = problem(people, [site("S1", "I9")], seats=seats, rows=rows)
    sizes = []
    monkeypatch.setattr(
        "scheduler.several.best_times.pack",
        lambda *given, **more: sizes.append(len(given[1])) or pack(*given, **more),
    )
    groups = Grouping(batch, Eligibility(batch, ConflictGraph(batch))).groups({}, by_district=False)
    times = best_times(batch, groups, same_persons(batch), packing.EFFORT, NOTHING, relaxed=True)
    assert sizes == [4], "two registrations, two sessions"
    assert len(times) == 200


def packed(sizes, options, capacities, *, by_numbers=False, known=-1, whole=True):
    return pack(sizes, options, capacities, packing.EFFORT, by_numbers=by_numbers, known=known, whole=whole)


@pytest.mark.parametrize("level", [0, 2])
def test_where_the_linear_program_is_not_whole_the_search_goes_on(level):
    """Three things, of which each option takes two: halves are worth 3 by parts, whole ones 2."""
    options = [Option(kind, takes, 2) for kind, takes in enumerate(("pq", "qr", "pr"))]
    counts = packed([1, 1, 1], options, dict.fromkeys("pqr", 1), by_numbers=level == 0)
    assert sum(counts) == 1


def test_only_what_is_better_than_what_is_known_is_looked_for():
    """Two things for three people: two of them at most, so who knows of two is told nothing, and who knows of one finds two."""
    options = [Option(kind, (thing,), 1) for kind in range(3) for thing in "pq"]
    things = dict.fromkeys("pq", 1)
    assert packed([1, 1, 1], options, things, known=2) is None
    assert sum(packed([1, 1, 1], options, things, known=1)) == 2


def test_without_a_whole_search_the_linear_program_and_its_parts_are_all_there_is(monkeypatch):
    """As above: the linear program is worth 3 by halves, so it proves nothing, and only what it left in parts is searched."""
    searched = []
    search = packing._searched
    monkeypatch.setattr(
        packing, "_searched", lambda *given, **more: searched.append(1) or search(*given, **more)
    )
    options = [Option(kind, takes, 2) for kind, takes in enumerate(("pq", "qr", "pr"))]
    for whole, times in ((False, 1), (True, 2)):
        searched.clear()
        assert sum(packed([1, 1, 1], options, dict.fromkeys("pqr", 1), whole=whole)) == 1
        assert len(searched) == times


@pytest.mark.parametrize("worth", [1, 10**6, 10**8])
def test_the_bound_of_a_linear_program_is_never_below_the_best(worth):
    """Two of three people, each worth as much: what is known to be one less is not taken for the best, however large the worth."""
    options = [Option(kind, (thing,), worth) for kind in range(3) for thing in "pq"]
    task = packing._Task([1, 1, 1], options, dict.fromkeys("pq", 1))
    assert packing._relaxed(task)[1] == 2 * worth
    assert packed([1, 1, 1], options, dict.fromkeys("pq", 1), known=2 * worth - 1) is not None
