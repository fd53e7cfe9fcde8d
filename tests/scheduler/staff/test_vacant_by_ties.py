"""That it is for whom the staff work that leaves duties to nobody is told with how many, and of which sites."""

from dataclasses import replace
from fractions import Fraction

from scheduler.rules import load_rules
from tests.scheduler.builders import at, planned, problem, site, staff, trainee


def told(people, sites=("S1",), **rules):
    """Give the notes on ties: ten people sit theory at S1 (of I9), or spread evenly over several sites, at one time."""
    made = problem(
        [trainee(f"T{n}", "I1", part="theory") for n in range(10 * len(sites))],
        [site(name, "I9") for name in sites],
        seats={at(name): 10 for name in sites},
        people=people,
        rules=replace(load_rules(), cap=Fraction(1), patrols_per_site=0, **rules),
    )
    content = planned(made)
    return content["vacant"], [one for one in content["problems"] if "回避" in one]


def invigilators(own, others):
    """Give so many who work for the owner, and so many who do not."""
    mine = [staff(f"W{n}", roles=("invigilator",), employer_id="I9") for n in range(own)]
    return [*mine, *(staff(f"X{n}", roles=("invigilator",)) for n in range(others))]


def sentence(free, vacant, sites):
    return [
        (
            f"考务人员不能到自己工作单位（或与其有关联的单位）所有的考点，只因这一条，无人可派的至少由 {free} 人次增至 {vacant} 人次；"
            f"须回避的人数：考点 {sites}。请增加其他单位的考务人员"
        )
    ]


def test_ties_leave_a_duty_to_nobody():
    """One room needs two; one of three may be there."""
    assert told(invigilators(2, 1)) == (1, sentence(0, 1, "S1（2 人）"))


def test_some_are_lacking_anyway():
    """One room needs three, and there are two in all, one of whom may be there."""
    assert told(invigilators(1, 1), invigilators_per_room=3) == (2, sentence(1, 2, "S1（1 人）"))


def test_nothing_is_told_where_ties_make_no_difference():
    assert told(invigilators(2, 2)) == (0, [])
    assert told(invigilators(0, 1)) == (1, [])
    assert told([]) == (0, [])
    away = [replace(one, max_duties=0) for one in invigilators(1, 0)]
    assert told([*away, *invigilators(0, 1)]) == (1, []), "who does no duties is not missed"


def test_many_sites():
    names = tuple(f"S{n}" for n in range(9))
    vacant, (note,) = told(invigilators(18, 0), names)
    assert vacant == 18
    assert "S0（18 人）、S1（18 人）" in note
    assert "S7（18 人） 等 9 个。" in note
