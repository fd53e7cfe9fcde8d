"""One good schedule that uses every rule once; the damage tests break it."""

from dataclasses import replace

from scheduler.problem import Problem
from scheduler.rules import load_rules
from scheduler.schedule import Schedule
from tests.scheduler.builders import (
    ANOTHER_PERSON,
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

WELDING, HEIGHTS, COOLING = "熔化焊接与热切割作业", "登高架设作业", "制冷与空调设备运行操作作业"
DISTRICTS = {"东区": "云州市", "西区": "云州市", "南区": "海州市"}


def good_problem() -> Problem:
    """Give a batch of two cities with a public site, a sole site, a school and a crossing item."""
    people = [
        trainee("T01", "I1"),
        trainee("T02", "I2"),
        trainee("T03", "I1", id_number=ONE_PERSON),
        trainee("T04", "I2", part="practical"),
        trainee("T05", "I3"),
        trainee("T06", "X", school_id="X", latest=day(2)),
        trainee("T07", "I1", HEIGHTS),
        trainee("T08", "I1", COOLING),
        trainee("T09", "I1", WELDING, part="theory", earliest=day(1)),
        trainee("T10", "I1", part="theory"),
        trainee("T11", "I1", WELDING, part="theory", id_number=ONE_PERSON),
        trainee("T12", "I1", "危险化学品安全作业"),
        trainee("T13", "I1", id_number=ANOTHER_PERSON),
        trainee("T14", "I1"),
    ]
    return problem(
        [replace(one, district="东区") for one in people],
        [
            site("P1", "A1", kind="public", district="东区"),
            site("S1", "I1", district="西区"),
            site("S2", "I2", district="西区", day_limit=4),
            site("X1", "X", kind="school", city="", district="东区"),
            site("H1", "I9", city="海州市", district="南区"),
        ],
        seats={
            at("P1"): 2,
            at("S1"): 3,
            at("S1", "1pm"): 2,
            at("S2"): 3,
            at("S2", "2am"): 4,
            at("X1"): 2,
            at("H1"): 2,
        },
        rows=[
            places("P1", 2),
            places("S1", 2),
            places("S1", 2, HEIGHTS),
            places("S2", 9),
            places("S2", 2, when="1am"),
            places("S2", 2, when="2am"),
            places("S2", 0, WELDING),
            places("X1", 2),
            places("H1", 2, COOLING),
        ],
        relations=[
            relation("controls", "C1", "I3", "1/2"),
            relation("controls", "C1", "I2"),
            relation("controls", "C2", "I1", "1/5"),
            relation("controls", "C2", "I2", "1"),
            relation("owns", "I1", "S2", "1", until=day(1).replace(month=11)),
        ],
        districts=DISTRICTS,
        people=[staff("K1", employer_id="A1")],
        rules=replace(load_rules(), cross_city_items=(COOLING,)),
    )


def good_schedule() -> Schedule:
    """Give a schedule of that batch that keeps rules 1 to 4."""
    return schedule(
        placed("T01", at("P1")),
        placed("T02", at("P1")),
        placed("T03", at("S2")),
        placed("T04", at("S1")),
        placed("T05", at("S1")),
        placed("T06", at("X1"), "in_school"),
        placed("T07", at("S1", "1pm"), "sole_site"),
        placed("T08", at("H1"), "cross_city"),
        placed("T09", at("S2")),
        placed("T10", at("S2", "2am")),
        placed("T11", at("S2", "2am")),
        placed("T13", at("S2", "2am"), chance="1/4", site_chance="1/2"),
        placed("T14", at("S2", "2am"), chance="1/4", site_chance="1/2"),
        unplaced=("T12",),
    )
