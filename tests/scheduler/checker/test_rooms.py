"""Rule 6: every damage to the rooms and groups of a good schedule must be found; none is seen where there is none."""

import csv
from dataclasses import replace

import pytest

from scheduler.checker.check import check
from scheduler.checker.codes import CODES
from scheduler.checker.schedule.reading import read_all
from scheduler.problem import Room
from scheduler.schedule import Schedule
from tests.scheduler.builders import at
from tests.scheduler.checker.good import good_problem, good_schedule


def roomed():
    """Give the good schedule with a room of its own number and a group for everybody whose part is due."""
    batch, result = good_problem(), good_schedule()
    found, used = {}, {}
    for name, one in sorted(result.placements.items()):
        part, item = batch.trainees[name].part, batch.trainees[name].item
        seat = used[one.session] = used.get(one.session, 0) + 1
        group = {"room": "1", "seat": str(seat)} if part != "practical" else {}
        if part != "theory":
            group |= {"group": item, "place": str(seat)}
        found[name] = replace(one, **group)
    return Schedule(found, result.unplaced)


def give(trainee_id, **changes):
    def damage(batch, result):
        changed = {**result.placements, trainee_id: replace(result.placements[trainee_id], **changes)}
        return batch, Schedule(changed, result.unplaced)

    return damage


def size(number):
    return lambda batch, result: (replace(batch, rules=replace(batch.rules, room_size=number)), result)


def rooms(*seats):
    listed = tuple(Room("S2", str(number), count) for number, count in enumerate(seats, start=101))
    return lambda batch, result: (replace(batch, rooms=listed), result)


def both(one, other):
    return lambda batch, result: other(*one(batch, result))


DAMAGES = {
    "no room for one who sits theory": (give("T10", room="", seat=""), "ROOM-MISSING"),
    "no room for one who sits both": (give("T01", room="", seat=""), "ROOM-MISSING"),
    "a room and no seat": (give("T10", seat=""), "ROOM-MISSING"),
    "a seat and no room": (give("T10", room=""), "ROOM-MISSING"),
    "no group for one who sits practical": (give("T04", group="", place=""), "GROUP-MISSING"),
    "a group and no place": (give("T01", place=""), "GROUP-MISSING"),
    "two people on one seat": (give("T11", seat="1"), "SEAT-SHARED"),
    "two people at one place": (give("T02", place="1"), "PLACE-SHARED"),
    "a group with two items": (give("T09", group="低压电工作业", place="9"), "GROUP-MIXED", "GROUP-NEEDLESS"),
    "a seat below the first one": (give("T10", seat="0"), "SEAT-RANGE"),
    "a seat with a sign": (give("T10", seat="-1"), "SEAT-RANGE"),
    "a room below the first one": (give("T10", room="-3"), "SEAT-RANGE"),
    "a place below the first one": (give("T04", place="0"), "PLACE-RANGE"),
    "a group below the first one": (give("T04", group="-1"), "PLACE-RANGE"),
    "a place for one who sits theory alone": (give("T10", group="7", place="1"), "GROUP-NEEDLESS"),
    "a room with more people than a room may have": (size(3), "ROOM-TOO-FULL"),
    "a room with more people than its table says": (rooms(3, 30), "ROOM-TOO-FULL"),
    "a seat beyond those of the room": (both(rooms(12), give("T10", seat="99")), "SEAT-UNKNOWN"),
    "a seat beyond those of the room of that name": (
        both(rooms(12), give("T10", room="101", seat="13")),
        "SEAT-UNKNOWN",
    ),
    "a room beyond those of the site": (both(rooms(12), give("T10", room="7")), "ROOM-UNKNOWN"),
}


def test_the_undamaged_schedule_is_good():
    assert check(good_problem(), roomed()) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_and_nothing_else(name):
    damage, *codes = DAMAGES[name]
    found = check(*damage(good_problem(), roomed()))
    assert {(one.code, one.rule) for one in found} == {(code, 6) for code in codes}
    assert all(CODES[code].rules == (6,) for code in codes)
    assert all("规则 6：" in one.message and "None" not in one.message for one in found)


@pytest.mark.parametrize(
    "damage",
    [
        give("T10", seat="77"),
        give("T10", room="A-3", seat="12"),
        give("T01", place="99"),
        give("T04", room="1", seat="9"),
        size(4),
        rooms(4),
        rooms(4, 1),
        both(rooms(12), give("T10", seat="12")),
        both(rooms(12), give("T10", seat="A3")),
        both(rooms(12), give("T10", room="实训楼")),
        both(rooms(4, 12), give("T10", room="102", seat="12")),
        both(rooms(12), give("T05", room="7", seat="99")),
        both(size(3), both(rooms(12), give("T10", room="2"))),
    ],
)
def test_what_is_no_fault(damage):
    """Gaps, names instead of numbers, a seat for one who sits practical only, a room that is just full.

    The last ones: a room by its name, a site of which the batch states no rooms, a further room where those stated hold 3 of 4.
    """
    assert check(*damage(good_problem(), roomed())) == []


def test_a_schedule_that_states_no_rooms_is_not_judged_for_them():
    bare = {
        name: replace(one, room="", seat="", group="", place="") for name, one in roomed().placements.items()
    }
    assert check(good_problem(), Schedule(bare, roomed().unplaced)) == []
    groups_only = {name: replace(one, room="", seat="") for name, one in roomed().placements.items()}
    assert check(good_problem(), Schedule(groups_only, roomed().unplaced)) == []


def test_seats_may_be_left_out_altogether():
    """A schedule that says the room and leaves the seat to the door is complete."""
    without = {name: replace(one, seat="") for name, one in roomed().placements.items()}
    assert check(good_problem(), Schedule(without, roomed().unplaced)) == []


def test_a_stranger_in_a_room_counts_as_a_person():
    result = roomed()
    stranger = replace(result.placements["T10"], trainee_id="T99", seat="9")
    placed = {**result.placements, "T99": stranger}
    found = check(*size(4)(good_problem(), Schedule(placed, result.unplaced)))
    assert ("ROOM-TOO-FULL", 6) in {(one.code, one.rule) for one in found}
    assert stranger.session == at("S2", "2am")


@pytest.mark.parametrize(
    "header",
    [
        ["room", "seat", "group", "place"],
        ["考场", "座位", "工位组", "工位"],
        ["考场", "座位", "组", "组内顺序号"],
        ["考场号", "座位号", "实操组", "顺序号"],
        ["考场", "座位", "实操组", "次序"],
        ["考场", "座位", "实操组", "组内次序"],
    ],
)
def test_rooms_are_read_from_the_file(tmp_path, header):
    with (tmp_path / "assignments.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["trainee_id", "site_id", "date", "half", *header])
        writer.writerow(["T1", "S1", "2026-12-01", "am", "１", "12", "2", "3"])
    (one,) = read_all(tmp_path).schedule.placements.values()
    assert (one.room, one.seat, one.group, one.place) == ("1", "12", "2", "3")
