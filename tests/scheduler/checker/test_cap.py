"""A chance above the cap is a breach where it could have been avoided at no loss, and nowhere else."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.checker import cap
from scheduler.checker.changed import Changed
from scheduler.checker.check import check, judge
from scheduler.checker.facts import Facts
from scheduler.draw import draw
from scheduler.rules import load_rules
from scheduler.schedule import Schedule
from tests.scheduler.builders import (
    CITY,
    at,
    codes,
    placed,
    places,
    planned,
    problem,
    schedule,
    seed,
    site,
    trainee,
)
from tests.scheduler.strategies import batches

S2, S3, PUBLIC = site("S2", "I2"), site("S3", "I3"), site("P1", kind="public")
PAIR = [trainee("T1", "I1"), trainee("T2", "I1")]
SURE = {"chance": "1", "site_chance": "1"}


def at_one_site(site_id, **chances):
    return schedule(*(placed(one.trainee_id, at(site_id), **chances) for one in PAIR))


def found_at(batch, result):
    return [one.as_data()["trainee_id"] for one in check(batch, result) if one.code == "CHANCE-ABOVE-CAP"]


def test_two_who_could_have_gone_to_either_site():
    # why: each could have had 1/2 and 1/2; the two places at S3 stay empty
    batch = problem(PAIR, [S2, S3])
    found = check(batch, at_one_site("S2", **SURE))
    assert codes(found) == ["CHANCE-ABOVE-CAP"] * 2
    assert found[0].rule == 4
    assert "考生 T1" in found[0].message
    assert "超过上限 1/2" in found[0].message
    assert check(batch, at_one_site("S2", chance="1/2", site_chance="1/2")) == []
    assert check(batch, at_one_site("S2")) == [], "what is not stated is not judged"


def test_one_place_elsewhere_takes_two_halves():
    # why: a lottery needs no whole place for each: S3 has one, which is 1/2 for each of the two
    one, none = (problem(PAIR, [S2, S3], seats={at("S2"): 2, at("S3"): free}) for free in (1, 0))
    assert found_at(one, at_one_site("S2", **SURE)) == ["T1", "T2"]
    assert found_at(none, at_one_site("S2", **SURE)) == []


def test_places_and_days_of_the_other_site_count():
    # why: a free seat is no place where the machines or the day are full
    for full in ({"rows": [places("S2", 9), places("S3", 0)]}, {}):
        other = S3 if full else replace(S3, day_limit=0)
        assert found_at(problem(PAIR, [S2, other], **full), at_one_site("S2", **SURE)) == []
    limited = problem(PAIR, [S2, replace(S3, day_limit=1)], rows=[places("S2", 9), places("S3", 1)])
    assert found_at(limited, at_one_site("S2", **SURE)) == ["T1", "T2"]


def test_public_places_go_before_the_cap():
    # why: the law wants them used first; only where the city says otherwise could the two have gone elsewhere
    batch = problem(PAIR, [PUBLIC, S3])
    assert found_at(batch, at_one_site("P1", **SURE)) == []
    freely = problem(PAIR, [PUBLIC, S3], rules=replace(load_rules(), public_first=False))
    assert found_at(freely, at_one_site("P1", **SURE)) == ["T1", "T2"]
    two = problem(PAIR, [PUBLIC, site("P2", kind="authority"), S3])
    assert found_at(two, at_one_site("P1", **SURE)) == ["T1", "T2"]


def test_others_are_not_pushed_above_the_cap_for_it():
    # why: T3 may only go to S3 and S4, so half a place at S3 is T3's; the other half leaves 3/4 at S2 to each of the two
    third, there = trainee("T3", "I2"), placed("T3", at("S3"), chance="1/2", site_chance="1/2")
    result = Schedule({**at_one_site("S2", **SURE).placements, "T3": there}, {})
    for limit, avoidable in ((Fraction(1, 2), []), (Fraction(3, 4), ["T1", "T2"])):
        batch = problem(
            [*PAIR, third],
            [S2, S3, site("S4", "I1")],
            seats={at("S2"): 2, at("S3"): 1, at("S4"): 1},
            rules=replace(load_rules(), cap=limit),
        )
        assert found_at(batch, result) == avoidable


def test_one_may_be_avoidable_where_another_is_not():
    # why: T3, whose institution owns S2, has only S3; the two have both
    third = trainee("T3", "I2")
    batch = problem([*PAIR, third], [S2, S3])
    sure = placed("T3", at("S3"), **SURE)
    result = at_one_site("S2", **SURE)
    assert found_at(batch, Schedule({**result.placements, "T3": sure}, {})) == ["T1", "T2"]


def test_people_alike_who_state_unlike_chances_are_told_of_that_alone():
    result = schedule(placed("T1", at("S2"), **SURE), placed("T2", at("S2"), chance="3/4", site_chance="3/4"))
    assert set(codes(check(problem(PAIR, [S2, S3]), result))) == {"CHANCE-UNEQUAL"}


def test_people_of_two_institutions_need_not_have_one_chance():
    """Sent apart because of past meetings: what one institution states is not taken for what the other has."""
    people = [trainee("T1", "I1"), trainee("T2", "I1"), trainee("T3", "I4")]
    batch = problem(people, [S2, S3])
    sits = [
        placed("T1", at("S2"), **SURE),
        placed("T2", at("S2"), **SURE),
        placed("T3", at("S2"), chance="1/2", site_chance="1/2"),
    ]
    assert found_at(batch, Schedule({one.trainee_id: one for one in sits}, {})) == ["T1", "T2"], (
        "1/2 each would do"
    )
    alone = {one.trainee_id: one for one in sits[:2]}
    assert found_at(problem(people[:2], [S2, S3]), Schedule(alone, {})) == ["T1", "T2"]


def test_who_needs_an_exception_is_not_alike():
    """X13 may sit at S1 as a student of its owner, X9 like anybody: two groups, whose chances at P1 are 5/6 and 2/3.

    P1 is full (nine of twelve people), so whatever somebody has less there somebody else has more. Where X9 is drawn to S1
    its chance at P1 stands nowhere; taken to be that of X13, it left room that is not there, and X14 was told of.
    """
    low, high = "低压电工作业", "高压电工作业"
    stated = [
        ("X01", "T1", high, "theory", "西"), ("X03", "T2", high, "both", "西"), ("X04", "T0", high, "both", "西"),
        ("X05", "T4", low, "practical", "西"), ("X06", "T0", high, "both", "东"), ("X07", "T0", high, "theory", "西"),
        ("X08", "T3", high, "theory", "西"), ("X09", "T3", low, "practical", "东"), ("X11", "T2", high, "both", "东"),
        ("X13", "SC", low, "practical", "东"), ("X14", "T3", high, "practical", "西"), ("X15", "T3", high, "both", "东"),
    ]  # fmt: skip
    people = [
        trainee(name, whose, item, part, district=district, school_id="SC" if whose == "SC" else "")
        for name, whose, item, part, district in stated
    ]
    whens = {"P1": ("1am", "1pm", "2am"), "S1": ("1am", "3am", "3pm")}
    batch = problem(
        people,
        [PUBLIC, site("S1", "SC", "school")],
        seats={at(name, when): 3 for name, listed in whens.items() for when in listed},
        rows=[places(name, 3, item) for name in whens for item in (low, high)],
        districts={"东": CITY, "西": CITY},
    )
    plan = planned(batch)
    assert any(draw(plan, seed(number)).placements["X09"].session.site_id == "S1" for number in range(12))
    for number in range(12):
        assert check(batch, draw(plan, seed(number))) == []


def test_what_is_not_judged_is_said(monkeypatch):
    # why: silence would be taken for a proof
    batch, result = problem(PAIR, [S2, S3]), at_one_site("S2", **SURE)
    assert judge(batch, result).open == []
    assert judge(batch, at_one_site("S2"), Changed(frozenset(), {})).open == []
    (told,) = judge(batch, result, Changed(frozenset(), {})).open
    assert "没有判断" in told
    assert check(batch, result, Changed(frozenset(), {})) == []
    monkeypatch.setattr(cap, "MOST", 1)
    assert found_at(batch, result) == []
    assert len(judge(batch, result).open) == 1
    # who has one site only has no lower chance of it: nothing is open
    alone = problem(PAIR, [S2])
    assert judge(alone, at_one_site("S2", **SURE), Changed(frozenset(), {})).open == []


SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(several=False), number=st.integers(0, 99))
def test_no_draw_of_a_plan_has_a_chance_that_was_avoidable(batch, number):
    """The plan has the least excess above the cap; two programs that share nothing agree on it."""
    assert found_at(batch, draw(planned(batch), seed(number))) == []


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(several=False), data=st.data())
def test_a_chance_raised_above_the_cap_is_found_wherever_a_plan_keeps_the_cap(batch, data):
    plan, limit = planned(batch), batch.rules.cap
    result = draw(plan, seed(1))
    assume(limit < 1 and result.placements and not batch.rules.cross_city_items)
    assume(all((one.site_chance or 0) <= limit for one in result.placements.values()))
    assume(not any("超过上限" in note for note in plan["problems"]))
    name = data.draw(st.sampled_from(sorted(result.placements)))
    group = next(one["trainees"] for one in plan["groups"] if name in one["trainees"])
    # whoever needs an exception for the same sessions is another group of the plan, and alike to the checker, which then
    # judges nothing
    facts, own = Facts(batch), batch.trainees[name]
    alike = {
        other.trainee_id
        for other in batch.trainees.values()
        if (other.item, other.part, other.district) == (own.item, own.part, own.district)
        and facts.allowed(other) is facts.allowed(own)
    }
    assume(alike <= set(group))
    there = result.placements[name].session.site_id
    raised = {
        one: replace(place, site_chance=(1 + limit) / 2)
        for one, place in result.placements.items()
        if one in group and place.session.site_id == there
    }
    found = found_at(batch, Schedule({**result.placements, **raised}, result.unplaced))
    assert set(found) == set(raised)


@pytest.mark.parametrize("cap_of", [Fraction(1, 3), Fraction(2, 7)])
def test_shares_are_exact(cap_of):
    # why: with the cap 1/3 three sites are just enough, with 2/7 they are not
    sites = [S2, S3, site("S4", "I4")]
    batch = problem(PAIR, sites, rules=replace(load_rules(), cap=cap_of))
    expected = ["T1", "T2"] if cap_of == Fraction(1, 3) else []
    assert found_at(batch, at_one_site("S2", chance="1/2", site_chance="1/2")) == expected
