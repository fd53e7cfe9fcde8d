"""A site where nobody of a role may be on duty, because all of them work for its owner, is told before the draw."""

from dataclasses import replace

import pytest

from scheduler.doubts.all_doubts import doubts
from scheduler.problem import PlaceRow
from scheduler.rules import load_rules
from tests.scheduler.builders import (
    ITEM,
    ONE_PERSON,
    addressed,
    at,
    day,
    places,
    problem,
    relation,
    site,
    staff,
    trainee,
)

ABLE = {"roles": ("invigilator", "examiner", "patrol"), "items": (ITEM,)}
WHY = "工作单位全都是考点的所有者或与其有关联，不能在那里担任考务；请增加其他单位的考务人员"


def told(people, *relations, trainees=(), when=("1am", "2am"), rows=None, **rules):
    """Give what is told of S1, which I9 owns, and the public P1; people of I1 sit there unless others are given."""
    made = problem(
        list(trainees) or [trainee("T1", "I1")],
        [site("S1", "I9"), site("P1", kind="public")],
        seats={at(name, one): 10 for name in ("S1", "P1") for one in when},
        rows=rows or [places("S1", 5), places("P1", 5)],
        people=people,
        relations=list(relations),
        rules=replace(load_rules(), **rules),
    )
    return [one for one in doubts(addressed(made)) if "考务" in one and "回避" not in one]


def of_the_owner(count=3, **more):
    return [staff(f"W{n}", employer_id="I9", **{**ABLE, **more}) for n in range(count)]


def test_everybody_works_for_the_owner():
    assert told(of_the_owner()) == [
        f"考点 S1（考点S1）派不出人：监考员 3 人、考评员（{ITEM}） 3 人、巡考员 3 人，{WHY}"
    ]


def test_one_role_only():
    others = [staff("W8", roles=("invigilator", "patrol")), staff("W9", roles=("examiner",), items=("焊工",))]
    assert told([*of_the_owner(), *others]) == [f"考点 S1（考点S1）派不出人：考评员（{ITEM}） 3 人，{WHY}"]


@pytest.mark.parametrize(
    "people",
    [
        [],
        [*of_the_owner(), staff("W9", **ABLE)],
        [staff("W9", **ABLE)],
        [staff("W9", roles=("invigilator",), employer_id="I1")],
    ],
)
def test_nothing_is_told_where_somebody_may_go_or_nobody_is_tied(people):
    assert told(people) == []


def test_who_is_connected_with_the_owner():
    people = [staff("W1", employer_id="I1", roles=("patrol",)), staff("W2", roles=("patrol",))]
    ties = [
        relation("controls", "C1", "I1"),
        relation("controls", "C1", "I9"),
        relation("employs", "I9", "W2"),
    ]
    assert told(people, *ties) == [f"考点 S1（考点S1）派不出人：巡考员 2 人，{WHY}"]
    assert told(people, *ties[1:]) == []
    past = relation("employed", "I9", "W2")
    assert told(people, *ties[:2], past) == [], "past employment closes no site"


def test_on_some_days():
    people = [staff("W1", employer_id="I9", roles=("patrol",)), staff("W2", roles=("patrol",))]
    tie = relation("employs", "I9", "W2", since=day(2))
    assert told(people, tie) == [f"考点 S1（考点S1） 2026-12-02 派不出人：巡考员 2 人，{WHY}"]
    assert told(people, tie, when=("1am", "2am", "3pm")) == [
        f"考点 S1（考点S1） 2026-12-02 等 2 个考试日派不出人：巡考员 2 人，{WHY}"
    ]


def test_what_the_site_does_not_need():
    """Nobody sits theory, or the practical part of what S1 holds; or the rules want nobody there."""
    sat = {part: [trainee("T1", "I1", part=part)] for part in ("theory", "practical")}
    assert told(of_the_owner(), trainees=sat["theory"], patrols_per_site=0) == [
        f"考点 S1（考点S1）派不出人：监考员 3 人，{WHY}"
    ]
    assert told(of_the_owner(), trainees=sat["practical"], patrols_per_site=0) == [
        f"考点 S1（考点S1）派不出人：考评员（{ITEM}） 3 人，{WHY}"
    ]
    none = {"invigilators_per_room": 0, "examiners_per_item": 0, "patrols_per_site": 0}
    assert told(of_the_owner(), **none) == []
    for rows in ([places("P1", 5)], [PlaceRow("S1", ITEM, 0), places("P1", 5)]):
        assert told(of_the_owner(), rows=rows) == []


def test_two_ids_are_one_person():
    people = of_the_owner(1, id_number=ONE_PERSON, roles=("patrol",))
    people.append(staff("W5", id_number=ONE_PERSON, roles=("patrol",)))
    assert told(people) == [f"考点 S1（考点S1）派不出人：巡考员 1 人，{WHY}"]


def test_who_may_be_on_duty_nowhere_does_not_count():
    """I1 trains and its people do no exam work at all: who is left of the patrols works for the owner, a school."""
    people = [
        staff("W1", employer_id="I9", roles=("patrol",)),
        staff("W2", employer_id="I1", roles=("patrol",)),
    ]
    made = problem(
        [trainee("T1")],
        [site("S1", "I9")],
        people=people,
        rules=replace(load_rules(), training_staff="never"),
    )
    school = {**made.institutions, "I9": replace(made.institutions["I9"], kind="school")}
    sentence = f"考点 S1（考点S1）派不出人：巡考员 1 人，{WHY}"
    assert sentence in list(doubts(replace(made, institutions=school)))
    assert sentence not in list(doubts(made)), "nobody is left who could go anywhere"


def test_many_sites_are_counted():
    sites = [site(f"S{n}", "I9") for n in range(9)]
    found = list(doubts(problem([trainee("T1")], sites, people=of_the_owner(1, roles=("patrol",)))))
    assert found[-1] == "某一岗位的人全都须回避的考点，连同以上共 9 处"
    assert len([one for one in found if "派不出人" in one]) == 8
