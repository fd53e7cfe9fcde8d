"""What is wrong with a session as a whole is shown at its first people; why: a reader must find the rows in a long table."""

from dataclasses import replace

from scheduler.checker.check import check
from scheduler.rules import load_rules
from tests.scheduler.builders import at, placed, places, problem, schedule, site, trainee

SITES = [site("S1", kind="public"), site("S2", kind="public")]
OTHER = "高压电工作业"


def seen(where, *, seats=9, rows=None, limit=None, items=None, room_size=9):
    """Give codes with those who show each breach, of people T1, T2 and so on: a session each, or a session and what is given there."""
    people = [
        trainee(f"T{n}", item=(items or {}).get(f"T{n}", "低压电工作业")) for n in range(1, len(where) + 1)
    ]
    placements = []
    for one, stated in zip(people, where, strict=True):
        session, more = stated if isinstance(stated[1], dict) else (stated, {})
        placements.append(replace(placed(one.trainee_id, session), **more))
    sessions = {at(name, when): seats for name in ("S1", "S2") for when in ("1am", "1pm")}
    batch = problem(
        people,
        [replace(one, day_limit=limit) for one in SITES],
        seats=sessions,
        rows=rows or [places(name, 9, item) for name in ("S1", "S2") for item in ("低压电工作业", OTHER)],
        rules=replace(load_rules(), room_size=room_size),
    )
    codes = ("SEATS-EXCEEDED", "PLACES-EXCEEDED", "DAY-LIMIT-EXCEEDED", "ROOM-TOO-FULL", "GROUP-MIXED")
    return [(one.code, one.shown_by) for one in check(batch, schedule(*placements)) if one.code in codes]


AM, PM, ELSEWHERE = at("S1"), at("S1", "1pm"), at("S2")


def test_seats():
    assert seen([ELSEWHERE, AM, AM, ELSEWHERE, AM, PM], seats=2) == [("SEATS-EXCEEDED", ("T2", "T3", "T5"))]


def test_one_more_than_is_shown_says_that_there_are_more():
    assert seen([AM] * 6 + [ELSEWHERE] * 3, seats=2) == [
        ("SEATS-EXCEEDED", ("T1", "T2", "T3", "T4")),
        ("SEATS-EXCEEDED", ("T7", "T8", "T9")),
    ]


def test_places_of_an_item():
    rows = [places("S1", 1), places("S1", 9, OTHER), places("S2", 9)]
    found = seen([AM, AM, ELSEWHERE, AM], rows=rows, items={"T1": OTHER})
    assert found == [("PLACES-EXCEEDED", ("T2", "T4"))]


def test_a_day():
    assert seen([AM, ELSEWHERE, PM, AM], limit=2) == [("DAY-LIMIT-EXCEEDED", ("T1", "T3", "T4"))]


def test_a_room():
    first, second = {"room": "1"}, {"room": "2"}
    found = seen([(AM, first), (AM, second), (AM, second), (AM, second)], room_size=2)
    assert found == [("ROOM-TOO-FULL", ("T2", "T3", "T4"))]


def test_a_group_of_two_items_is_shown_at_the_first_of_each():
    group = {"group": "1"}
    where = [(ELSEWHERE, group), (AM, group), (AM, group), (AM, group), (AM, {"group": "2"})]
    assert seen(where, items={"T4": OTHER, "T5": OTHER}) == [("GROUP-MIXED", ("T2", "T4"))]
