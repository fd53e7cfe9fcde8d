"""Spare times handed about: nothing is lost by it, somebody more may be placed, and what it reaches can be."""

from hypothesis import HealthCheck, assume, given, settings

from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.grouping import Grouping
from scheduler.several.overlaps import solve_without_overlaps
from scheduler.several.parting import Parting
from scheduler.several.person_times import PersonTimes
from scheduler.several.persons import same_persons
from scheduler.several.spare_times import handed_about
from scheduler.solver import packing
from scheduler.solver.side_by_side import SideBySide
from tests.scheduler.builders import ONE_PERSON, at, problem, site, trainee
from tests.scheduler.oracle import best
from tests.scheduler.strategies import batches


def _two_registrations(seats):
    """One person with two theory registrations, at one site."""
    people = [trainee(name, part="theory", id_number=ONE_PERSON) for name in ("T1", "T2")]
    return problem(people, [site("S1", kind="public")], seats=seats)


def _parting(batch, solvers):
    eligibility = Eligibility(batch, ConflictGraph(batch))
    grouping = Grouping(batch, eligibility)
    times = PersonTimes(grouping, eligibility.windows, same_persons(batch))
    return Parting(batch, grouping, times, 1, solvers)


def test_a_time_without_a_seat_is_exchanged_for_one_with():
    """T1 sits on the 2nd. T2 was given the morning of the 1st, which has no seat, and T1 the afternoon, which has one."""
    batch = _two_registrations({at("S1"): 0, at("S1", "1pm"): 1, at("S1", "2am"): 2})
    with SideBySide() as solvers:
        parting = _parting(batch, solvers)
        morning, afternoon, second = parting.times.of("T1")
        first = {"T1": frozenset([afternoon, second]), "T2": frozenset([morning])}
        assert parting.counted(first).score.placed == 1
        reached, wished = handed_about(parting, first, parting.unparted().score)
    assert reached.placed == 2
    assert {wished["T1"], wished["T2"]} == {afternoon, second}


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(batch=batches(most=4, sessions=5))
def test_rounds_lose_nothing_and_promise_nothing_that_cannot_be(batch):
    repeated = same_persons(batch)
    assume(repeated)
    with SideBySide() as solvers:
        parting = _parting(batch, solvers)
        first = parting.times.split({})
        reached, wished = handed_about(parting, first, parting.unparted().score)
        assert reached >= parting.counted(first).score
        assert parting.parted(wished).score >= reached
    assert tuple(reached) <= best(batch)
    for names in repeated:
        held = [wished[name] for name in names if name in wished]
        assert len(set(held)) == len(held), "nobody twice at one time"
        assert all(wished[name] in parting.times.of(name) for name in names if name in wished)


def test_what_a_linear_program_proves_is_not_searched(monkeypatch):
    """One session for two registrations of a person: the second can have no place, and the linear program alone says so."""
    batch = _two_registrations({at("S1"): 2})

    def refuse(*_given, **_more):
        raise AssertionError("a search")

    monkeypatch.setattr(packing, "_searched", refuse)
    found, notes = solve_without_overlaps(
        batch, Eligibility(batch, ConflictGraph(batch)), 60, only_counts=True
    )
    assert sum(one.unplaced for one in found.chances) == 60
    assert notes == ("一人报多科的时间错开后，可安排人数由 2 变为 1，公共考点人数由 2 变为 1",)
