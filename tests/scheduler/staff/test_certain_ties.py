"""Whoever certainly sits keeps staff from duties, and that is known before the draw: ties to candidates, and staff who sit."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.draw import draw
from scheduler.duties.files import drawn_duties
from scheduler.problem import Room
from scheduler.rules import load_rules
from tests.scheduler.builders import (
    ITEM,
    ONE_PERSON,
    at,
    day,
    places,
    planned,
    problem,
    relation,
    seed,
    site,
    staff,
    trainee,
)
from tests.scheduler.replan.drawn import drawable_batches
from tests.scheduler.staffed_batches import staffed

INVIGILATOR = ("invigilator",)
SLOW = [HealthCheck.too_slow]


def batch(trainees, people, *, relations=(), seats=None, rooms=(), **rules):
    """Give a batch of public sites whose rooms need one invigilator each, and nobody else."""
    seats = seats or {at("S1"): 10}
    names = sorted({session.site_id for session in seats})
    numbers = {"invigilators_per_room": 1, "examiners_per_item": 0, "patrols_per_site": 0, **rules}
    made = problem(
        trainees, [site(name, kind="public") for name in names], seats=seats,
        rows=[places(name, 10) for name in names], people=people, relations=list(relations),
        rules=replace(load_rules(), cap=Fraction(1), **numbers),
    )  # fmt: skip
    return replace(made, rooms=tuple(rooms))


def foretold(made):
    """Give what planning foretells, held against five draws, and what it says of ties."""
    plan = planned(made)
    assert plan["vacant"] <= min(vacancies(plan, number) for number in range(5))
    return plan["vacant"], [one for one in plan["problems"] if "关联的考生" in one]


def vacancies(plan, number):
    return drawn_duties(plan, draw(plan, seed(number)), seed(number))[1].vacant


def note(free, vacant, told):
    return [
        (
            "考务人员不能监考、考评或巡考与自己有关联的考生（任职、任教、教过、亲属），本人考试时也不能担任考务，只因这一条"
            f"（只计肯定在场的考生），无人可派的至少由 {free} 人次增至 {vacant} 人次；{told}。请增加与考生没有关联的考务人员"
        )
    ]


@pytest.mark.parametrize(
    ("person", "tie", "told"),
    [
        (staff("W1", roles=INVIGILATOR, employer_id="I1"), [], "须回避考生的 1 人"),
        (staff("W1", roles=INVIGILATOR), [relation("taught", "W1", "T1")], "须回避考生的 1 人"),
        (staff("W1", roles=INVIGILATOR), [relation("relative", "T1", "W1")], "须回避考生的 1 人"),
        (staff("W1", roles=INVIGILATOR, id_number=ONE_PERSON), [], "本人也报考的 1 人"),
    ],
)
def test_the_only_invigilator_may_not_be_with_the_only_candidate(person, tie, told):
    """One trainee whose chance of the one session is 1, one room, one invigilator, who has to keep away or sits."""
    made = batch([trainee("T1", id_number=ONE_PERSON)], [person], relations=tie)
    assert foretold(made) == (1, note(0, 1, told))
    assert "监考员至少需要 1 人次，考务人员最多能出 0 人次，至少有 1 人次无人可派" in str(
        planned(made)["problems"]
    )


def test_groups_and_patrols_like_rooms():
    """The examiner of the only group and the patrol of the whole session, both of the candidate's institution."""
    people = [
        staff("W1", roles=("examiner",), items=(ITEM,), employer_id="I1"),
        staff("W2", roles=("patrol",), employer_id="I1"),
    ]
    numbers = {"invigilators_per_room": 0, "examiners_per_item": 1, "patrols_per_site": 1}
    assert foretold(batch([trainee("T1")], people, **numbers)) == (2, note(0, 2, "须回避考生的 2 人"))
    theory = batch([trainee("T1", part="theory"), trainee("T2", "I2", part="practical")], people, **numbers)
    assert foretold(theory)[0] == 1, "the group has none of theirs, the session as a whole does"


def test_somebody_else_may_be_there():
    others = [staff("W1", roles=INVIGILATOR, employer_id="I1"), staff("W2", roles=INVIGILATOR)]
    assert foretold(batch([trainee("T1")], others)) == (0, [])
    assert foretold(batch([trainee("T1")], others[:1], invigilators_per_room=0)) == (0, [])


def test_in_another_room_of_the_session():
    """Two rooms, one candidate of I1: whoever works there invigilates the other room, the other one theirs."""
    people = [staff("W1", roles=INVIGILATOR, employer_id="I1"), staff("W2", roles=INVIGILATOR)]
    two = [trainee("T1"), trainee("T2", "I2")]
    assert foretold(batch(two, people, room_size=1)) == (0, [])
    assert foretold(batch(two, people, rooms=[Room("S1", "101", 1, None, None), Room("S1", "102", 1, None, None)])) == (0, [])  # fmt: skip
    assert foretold(batch(two, people[:1], rooms=[Room("S1", "101", 2, None, None)])) == (
        1,
        note(0, 1, "须回避考生的 1 人"),
    )


def test_everybody_of_every_room_is_tied():
    """Two rooms with a candidate of I1 in each: whoever works there may be in neither."""
    both = [staff(name, roles=INVIGILATOR, employer_id="I1") for name in ("W1", "W2")]
    assert foretold(batch([trainee("T1"), trainee("T2")], both, room_size=1)) == (
        2,
        note(0, 2, "须回避考生的 2 人"),
    )


def test_all_of_one_group_but_not_of_the_session():
    """Two rooms, and who sits in which is drawn: everybody of the first item is of I1, nobody of the second."""
    people = [staff("W1", roles=INVIGILATOR, employer_id="I1"), staff("W2", roles=INVIGILATOR)]
    two = [trainee("T1", part="theory"), trainee("T2", "I2", item="焊工", part="theory")]
    made = batch(two, people, room_size=1)
    made = replace(made, places=(*made.places, places("S1", 10, "焊工")))
    assert foretold(made) == (0, [])


def test_tied_twice_to_one_candidate_is_tied_to_one():
    """Two candidates of I1 and I2, two sessions with one seat: in neither it is certain that the one of I1 sits there."""
    people = [staff("W1", roles=INVIGILATOR, employer_id="I1")]
    made = batch(
        [trainee("T1"), trainee("T2", "I2")], people,
        relations=[relation("taught", "W1", "T1")], seats={at("S1"): 1, at("S1", "2am"): 1},
    )  # fmt: skip
    assert foretold(made) == (0, [])


def test_one_of_a_group_whoever_it_is():
    """Two of I1 and two sessions with one seat: in each sits one of them."""
    people = [staff("W1", roles=INVIGILATOR, employer_id="I1")]
    seats = {at("S1"): 1, at("S1", "2am"): 1}
    assert foretold(batch([trainee("T1"), trainee("T2")], people, seats=seats)) == (
        2,
        note(0, 2, "须回避考生的 1 人"),
    )
    # of three who are alike two are of I1: where two sit there is one of them, where one sits there need not be
    three = [trainee("T1"), trainee("T2"), trainee("T3", "I2")]
    assert foretold(batch(three, people, seats={at("S1"): 2, at("S1", "2am"): 1})) == (
        1,
        note(0, 1, "须回避考生的 1 人"),
    )


def test_ties_that_begin_later_do_not_count_yet():
    tie = relation("employs", "I1", "W1", since=day(2))
    people = [staff("W1", roles=INVIGILATOR)]
    assert foretold(batch([trainee("T1")], people, relations=[tie])) == (0, [])
    later = {at("S1", "2am"): 1}
    assert foretold(batch([trainee("T1")], people, relations=[tie], seats=later)) == (
        1,
        note(0, 1, "须回避考生的 1 人"),
    )


def test_whoever_sits_at_one_of_two_sites_is_at_neither_on_duty():
    """Two candidates, two sites at one time: where each of them sits is drawn, and that they sit then is certain."""
    seats = {at("S1"): 1, at("S2"): 1}
    two = [trainee("T1", id_number=ONE_PERSON), trainee("T2")]
    people = [staff("W1", roles=INVIGILATOR, id_number=ONE_PERSON), staff("W2", roles=INVIGILATOR)]
    assert foretold(batch(two, people, seats=seats)) == (1, note(0, 1, "本人也报考的 1 人"))
    # in the morning or in the afternoon: nothing is certain of either
    seats = {at("S1"): 1, at("S1", "1pm"): 1}
    assert foretold(batch(two, people[:1], seats=seats)) == (0, [])


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(made=staffed(most=5, sessions=3, several=True), size=st.sampled_from([1, 2, 30]))
def test_what_is_foretold_comes_in_every_draw(made, size):
    plan = planned(replace(made, rules=replace(made.rules, room_size=size)))
    assert plan["vacant"] <= min(vacancies(plan, number) for number in range(4))


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(made=drawable_batches(), employer=st.sampled_from(["I1", "I2", "I4"]))
def test_it_comes_with_rooms_of_any_size(made, employer):
    """Rooms as stated, and staff half of whom work for one institution."""
    people = {
        name: replace(one, employer_id=employer if number % 2 else one.employer_id)
        for number, (name, one) in enumerate(made.staff.items())
    }
    plan = planned(replace(made, staff=people))
    assert plan["vacant"] <= min(vacancies(plan, number) for number in range(3))
