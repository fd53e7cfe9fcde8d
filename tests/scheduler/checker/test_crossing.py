"""Rules 2 and 3: own and connected sites, other cities, and the exceptions that must be named."""

from dataclasses import replace

import pytest

from scheduler.checker.check import check
from scheduler.checker.crossing import NamingSchedule
from scheduler.rules import load_rules
from tests.scheduler.builders import (
    ITEM,
    at,
    codes,
    day,
    placed,
    places,
    problem,
    relation,
    schedule,
    site,
    trainee,
)

T1 = trainee("T1", "I1")
OWN, OTHER = site("S1", "I1"), site("S2", "I2")
HERE = schedule(placed("T1", at("S2")))
CROSSING = replace(load_rules(), cross_city_items=(ITEM,))


def test_not_at_the_own_institutions_site():
    # why: the very heart of cross-examination
    found = check(problem([T1], [OWN, OTHER]), schedule(placed("T1", at("S1"))))
    assert codes(found) == ["OWN-SITE"]
    assert "考生 T1" in found[0].message
    assert "I1" in found[0].message


@pytest.mark.parametrize(
    ("relations", "connected"),
    [
        ([("controls", "I1", "I2", "1/4")], True),  # a quarter is enough
        ([("controls", "I1", "I2", "2499/10000")], False),  # less is not
        ([("controls", "I1", "I2", None)], True),  # not stated counts as control
        ([("controls", "I2", "I1", "1")], True),  # the other way round
        ([("controls", "C", "I1", "1"), ("controls", "C", "I2", "1")], True),  # one controller of both
        ([("controls", "C", "I1", "1"), ("controls", "B", "C", "1"), ("controls", "B", "I2", "1")], True),
        (
            [("controls", "I1", "C", "1"), ("controls", "I2", "C", "1")],
            False,
        ),  # a common daughter ties nobody
        ([("owns", "I1", "S2", "1/4")], True),  # a part of the site itself
        ([("owns", "I1", "S2", "1/5")], False),
        ([("owns", "C", "S2", "1/2"), ("controls", "C", "I1", "1")], True),  # through a part owner
    ],
)
def test_connected_institutions(relations, connected):
    # why: connected means that "itself and all its controllers" of both have something in common
    third = site("S3", "I3")  # so that S2 is not the only site
    batch = problem([T1], [OTHER, third], relations=[relation(*one) for one in relations])
    found = codes(check(batch, HERE))
    assert bool(found) == connected
    assert set(found) <= {"OWN-SITE", "CONNECTED-SITE"}


@pytest.mark.parametrize(("since", "until", "counts"), [(1, 1, True), (2, None, False), (None, 1, True)])
def test_relations_count_on_the_day_of_the_session(since, until, counts):
    # why: what was sold last year no longer ties, what is bought tomorrow does not tie yet
    tie = relation("controls", "I1", "I2", since=since and day(since), until=until and day(until))
    batch = problem([T1], [OTHER, site("S3", "I3")], relations=[tie])
    assert codes(check(batch, HERE)) == (["CONNECTED-SITE"] if counts else [])


def test_the_only_site_of_a_city_may_be_ones_own():
    # why: where nobody else examines the item, crossing is impossible
    result = schedule(placed("T1", at("S1"), "sole_site"))
    assert check(problem([T1], [OWN]), result) == []
    full = problem([T1], [OWN, OTHER], seats={at("S1"): 1, at("S2"): 0})
    assert "OWN-SITE" in codes(check(full, result)), "a full site still counts"


@pytest.mark.parametrize(
    "idle",
    [
        {"seats": {at("S1"): 1}},  # no session in this batch
        {"rows": [places("S1", 1), places("S2", 0)]},  # no places for the item
        {"sites": [OWN, replace(OTHER, suspended=True)]},  # never open
        {"sites": [OWN, replace(OTHER, city="海州市")], "districts": {"东区": "云州市"}},  # another city
    ],
)
def test_sites_that_do_not_examine_the_item_do_not_count(idle):
    # why: sole_site counts sites able to examine the item in this batch and this city
    one = replace(T1, district="东区")
    batch = problem([one], idle.pop("sites", [OWN, OTHER]), **idle)
    assert check(batch, schedule(placed("T1", at("S1"), "sole_site"))) == []


def test_students_may_sit_at_their_own_school():
    # why: the notice exempts full-time students at the site of their school
    student = replace(T1, school_id="I1")
    batch = problem([student], [OWN, OTHER])
    assert check(batch, schedule(placed("T1", at("S1"), "in_school"))) == []
    stranger = problem([replace(T1, school_id="I7")], [OWN, OTHER])
    assert codes(check(stranger, schedule(placed("T1", at("S1"), "in_school")))) == [
        "EXCEPTION-FALSE",
        "OWN-SITE",
    ]


@pytest.mark.parametrize("names", [("sole_site",), ("in_school",), ("sole_site", "in_school")])
def test_either_of_two_true_exceptions_is_enough(names):
    # why: the contract asks for the exception's name, not for all that would do
    batch = problem([replace(T1, school_id="I1")], [OWN])
    assert check(batch, schedule(placed("T1", at("S1"), *names))) == []


def test_a_schedule_without_the_column_owes_no_names():
    # why: a list made by hand has four columns, and is judged by what it does
    batch = problem([T1], [OWN])
    assert check(batch, schedule(placed("T1", at("S1")))) == []
    with_column = NamingSchedule({"T1": placed("T1", at("S1"))}, {})
    assert codes(check(batch, with_column)) == ["EXCEPTION-UNNAMED"]
    drawn = schedule(placed("T1", at("S1"), chance="1", site_chance="1"))
    assert codes(check(batch, drawn)) == ["EXCEPTION-UNNAMED"], "whoever states chances owes the names"


def test_names_that_are_not_needed_or_not_true():
    # why: an exception claimed for nothing hides the next one claimed for something
    batch = problem([T1], [OWN, OTHER])
    assert codes(check(batch, schedule(placed("T1", at("S2"), "sole_site")))) == ["EXCEPTION-FALSE"]
    assert codes(check(batch, schedule(placed("T1", at("S2"), "cross_city")))) == ["EXCEPTION-FALSE"]
    unknown = check(batch, schedule(placed("T1", at("S2"), "张三同意")))
    assert codes(unknown) == ["EXCEPTION-UNKNOWN"]
    assert "张三" not in unknown[0].message


def test_a_wrong_name_is_no_name():
    # why: the true exception still has to be told
    found = check(problem([T1], [OWN]), schedule(placed("T1", at("S1"), "in_school")))
    assert codes(found) == ["EXCEPTION-FALSE", "EXCEPTION-UNNAMED"]


def _two_cities(rules=None):
    far = site("S2", "I2", city="海州市")
    return problem(
        [replace(T1, district="东区")],
        [OWN, far],
        rows=[places("S2", 5)],
        districts={"东区": "云州市"},
        rules=rules,
    )


def test_other_cities_only_for_listed_items():
    # why: people sit in their own city unless the item's list says otherwise
    assert codes(check(_two_cities(), HERE)) == ["OTHER-CITY"]
    assert check(_two_cities(CROSSING), schedule(placed("T1", at("S2"), "cross_city"))) == []
    assert check(_two_cities(CROSSING), HERE) == [], "no column, no name owed"
    named = NamingSchedule(HERE.placements, {})
    assert codes(check(_two_cities(CROSSING), named)) == ["EXCEPTION-UNNAMED"]


def test_an_unknown_city_is_told_and_not_guessed():
    # why: without a district in a batch of two cities nobody can say whether rule 3 is kept
    batch = problem([T1], [OTHER, site("S3", city="海州市")])
    assert codes(check(batch, HERE)) == ["CITY-UNKNOWN"]


def test_sites_take_the_city_of_their_district():
    # why: a site may state its district only
    near = replace(OTHER, city="", district="西区")
    batch = problem([replace(T1, district="东区")], [near], districts={"东区": "云州市", "西区": "云州市"})
    assert check(batch, HERE) == []


def test_sites_without_any_city_are_one_city():
    # why: a small batch need not speak of cities at all
    assert check(problem([T1], [replace(OTHER, city="")]), HERE) == []
