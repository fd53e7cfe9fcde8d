"""The draw: repeatable, within every limit, with the chances that were announced."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from common.resources import DATA
from scheduler.draw import draw, seed_bytes
from scheduler.record import result_files
from tests.scheduler import oracle
from tests.scheduler.builders import at, planned, problem, seed, site, trainee
from tests.scheduler.checker.good import good_problem
from tests.scheduler.strategies import batches

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
ROOT = DATA.parent


def ways(plan, seeds=200):
    for number in range(seeds):
        schedule = draw(plan, seed(number))
        yield {name: one.session for name, one in schedule.placements.items()}


def test_same_plan_and_seed_same_bytes_and_another_seed_another_schedule():
    plan = planned(good_problem())
    again = json.loads(json.dumps(plan))
    assert result_files(draw(plan, seed(1))) == result_files(draw(again, seed(1)))
    assert result_files(draw(plan, seed(1))) == result_files(draw(plan, seed(1).upper()))
    assert len({result_files(draw(plan, seed(number)))["assignments.csv"] for number in range(20)}) > 10


def test_another_plan_another_draw_with_the_same_seed():
    batch = problem([trainee(f"T{number}") for number in range(20)], [site("S1"), site("S2")])
    changed = replace(batch, trainees={**batch.trainees, "T0": trainee("T0", class_id="C")})
    one, other = (draw(planned(each), seed(1)) for each in (batch, changed))
    assert {n: p.session for n, p in one.placements.items()} != {
        n: p.session for n, p in other.placements.items()
    }


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=25, sessions=10))
def test_limits_persons_and_totals_hold_in_200_draws(batch):
    plan, totals = planned(batch), set()
    people = oracle.persons(batch)
    plain = replace(
        batch, relations=(), trainees={n: replace(t, id_number="") for n, t in batch.trainees.items()}
    )
    for way in ways(plan):
        assert oracle.fits(plain, way)
        for ids in people:
            times = [way[name][1:] for name in ids if name in way]
            assert len(times) == len(set(times))
        totals.add(oracle.score(batch, way))
    assert len(totals) == 1


def test_frequencies_are_near_the_stated_chances():
    people = [trainee("T0", "I1"), trainee("T1", "I2"), *(trainee(f"T{n}", "I3") for n in range(2, 9))]
    sites = [site("S1", "I1"), site("S2", "I2"), site("S3"), site("P1", kind="public")]
    seats = {at("S1"): 3, at("S2", "1pm"): 3, at("S3"): 2, at("P1"): 2, at("S3", "2am"): 4}
    plan = planned(problem(people, sites, seats=seats))
    chances = {
        (name, cell["session"]): Fraction(cell["chance"])
        for group in plan["groups"]
        for name in group["trainees"]
        for cell in group["cells"]
    }
    numbers = {(s["site_id"], s["date"], s["half"]): n for n, s in enumerate(plan["sessions"])}
    draws, seen = 2000, Counter()
    for way in ways(plan, draws):
        for name, session in way.items():
            seen[name, numbers[session.site_id, session.day.isoformat(), str(session.half)]] += 1
    assert set(seen) <= set(chances)
    for key, chance in chances.items():
        assert abs(seen[key] / draws - float(chance)) < 0.06  # five standard deviations at 1/2


def test_each_placement_states_its_chance_of_the_session_and_of_the_site():
    plan = planned(
        problem(
            [trainee("T1")], [site("S1"), site("S2")], seats={at("S1"): 1, at("S1", "1pm"): 1, at("S2"): 1}
        )
    )
    for number in range(10):
        one = draw(plan, seed(number)).placements["T1"]
        assert one.site_chance == Fraction(1, 2)
        assert one.chance in (Fraction(1, 4), Fraction(1, 2))


def test_nobody_to_draw_and_nowhere_to_go():
    assert draw(planned(problem([], [site("S1")])), seed(1)).placements == {}
    schedule = draw(planned(problem([trainee("T1")], [site("S1", "I1"), site("S2", suspended=True)],
                                    seats={at("S2"): 1})), seed(1))  # fmt: skip
    assert schedule.placements == {}
    assert schedule.unplaced["T1"]


@pytest.mark.parametrize("bad", ["", "00", "g" * 64, "00 " * 32, "0" * 66, " " + "0" * 63])
def test_what_is_no_seed(bad):
    with pytest.raises(ValueError, match="hex"):
        seed_bytes(bad)


@pytest.mark.parametrize(
    "module", ["scheduler.draw", "scheduler.rounding", "scheduler.record", "scheduler.verifying"]
)
def test_drawing_and_verifying_load_no_solver_and_no_database(module):
    code = (
        f"import sys, {module}\n"
        "heavy = {'numpy', 'ortools', 'sqlalchemy', 'pandas', 'requests', 'click', 'jinja2', 'python_calamine'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
