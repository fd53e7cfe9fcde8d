"""One good schedule with duties that uses rules 5 and 6; the damage tests break it."""

from dataclasses import replace

from scheduler.checker.on_duty.duties import Duties, Duty
from scheduler.problem import Institution, Problem
from scheduler.schedule import Schedule
from tests.scheduler.builders import (
    ANOTHER_PERSON,
    ITEM,
    ONE_PERSON,
    at,
    day,
    placed,
    places,
    problem,
    relation,
    schedule,
    site,
    staff,
    trainee,
)

WELDING = "熔化焊接与热切割作业"
EXAMINING = {"roles": ("examiner",), "items": (ITEM,)}


def good_problem() -> Problem:
    """Give two sites and three half-days; every tie is there and harmless."""
    made = problem(
        [
            trainee("T1", "I1"),
            trainee("T2", "I2", part="theory"),
            trainee("T3", "I3", WELDING, part="practical"),
            trainee("T4", "I2", id_number=ONE_PERSON),
            trainee("T5", "I4"),
        ],
        [site("P1", "", kind="public"), site("S1", "I9")],
        seats={at("P1"): 5, at("P1", "1pm"): 5, at("S1", "2am"): 5},
        rows=[places("P1", 5), places("P1", 5, WELDING), places("S1", 5)],
        people=[
            staff("A1", roles=("invigilator",), employer_id="I3", id_number=ANOTHER_PERSON),
            staff("A2", roles=("invigilator", "patrol"), max_duties=2),
            staff("B1", **EXAMINING, licence_to=day(2)),
            staff("B2", roles=("examiner",), items=(WELDING, ITEM), unavailable=((day(1), day(1), "pm"),)),
            staff("C1", roles=("patrol",)),
            staff("D1", roles=("invigilator",), id_number=ONE_PERSON),
        ],
        relations=[
            relation("employed", "I4", "A1", until=day(1).replace(year=2023)),
            relation("employed", "I9", "A1", until=day(1).replace(year=2026)),
            relation("teaches", "A1", "I2", until=day(30).replace(month=11)),
            relation("taught", "B1", "T3"),
            relation("relative", "T4", "B2"),
            relation("employs", "I9", "C1", until=day(1)),
            relation("controls", "C", "I9", "1/5"),
            relation("controls", "C", "I3", "1"),
        ],
    )
    rules = replace(made.rules, invigilators_per_room=1, examiners_per_item=1, patrols_per_site=1)
    return replace(
        made,
        rules=rules,
        institutions={**made.institutions, "C": Institution("C", "机构C", "enterprise")},
    )


def good_schedule() -> Schedule:
    return schedule(
        placed("T1", at("P1")),
        placed("T2", at("P1")),
        placed("T3", at("P1")),
        placed("T4", at("P1", "1pm")),
        placed("T5", at("S1", "2am")),
    )


def good_duties() -> Duties:
    return Duties(
        (
            duty("A1", "invigilator", at("P1"), "1"),
            duty("A2", "invigilator", at("P1"), "2"),
            duty("B1", "examiner", at("P1"), "1"),
            duty("B2", "examiner", at("P1"), "2"),
            duty("C1", "patrol", at("P1")),
            duty("A1", "invigilator", at("P1", "1pm"), "1"),
            duty("B1", "examiner", at("P1", "1pm"), "1"),
            duty("C1", "patrol", at("P1", "1pm")),
            duty("A1", "invigilator", at("S1", "2am"), "1"),
            duty("B2", "examiner", at("S1", "2am"), "1"),
            duty("C1", "patrol", at("S1", "2am")),
        ),
        rooms={"T1": "1", "T2": "2", "T4": "1", "T5": "1"},
        groups={"T1": "1", "T3": "2", "T4": "1", "T5": "1"},
    )


def duty(staff_id, role, session, room="") -> Duty:
    return Duty(staff_id, role, session, room, 0)
