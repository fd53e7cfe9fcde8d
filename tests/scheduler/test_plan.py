"""Plan, draw and the independent checker on random batches: the most important tests of this half."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.checker.check import check
from scheduler.draw import draw
from scheduler.problem import Problem
from tests.scheduler import oracle
from tests.scheduler.builders import planned, seed
from tests.scheduler.strategies import batches

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def told(batch: Problem, schedule) -> list[str]:
    return [f"{one.code} {one.message}" for one in check(batch, schedule)]


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(), number=st.integers(0, 99))
def test_the_independent_checker_finds_no_breach(batch, number):
    assert told(batch, draw(planned(batch), seed(number))) == []


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=60, sessions=16), number=st.integers(0, 99))
def test_the_independent_checker_finds_no_breach_in_larger_batches(batch, number):
    assert told(batch, draw(planned(batch), seed(number))) == []


@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=6, sessions=5), number=st.integers(0, 99))
def test_as_many_placed_and_then_as_many_public_as_trying_everything_finds(batch, number):
    plan = planned(batch)
    schedule = draw(plan, seed(number))
    way = {name: one.session for name, one in schedule.placements.items()}
    assert oracle.fits(batch, way)
    assert all(oracle.may_sit(batch, batch.trainees[name], session) for name, session in way.items())
    assert oracle.score(batch, way) == oracle.best(batch)
    assert plan["unplaced"] == str(len(batch.trainees) - len(way))


def test_a_plan_is_canonical_and_without_floats():
    from common.canonical import digest
    from tests.scheduler.checker.good import good_problem

    plan = json.loads(json.dumps(planned(good_problem())))
    assert digest({name: value for name, value in plan.items() if name != "digest"}) == plan["digest"]
