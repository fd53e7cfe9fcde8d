"""Rooms, needs and stations of a batch; why: a room that takes fewer than are sent there shows on the day."""

import itertools
import subprocess
import sys
from dataclasses import replace

import pytest

from common.resources import DATA
from scheduler.batch.facts_digest import facts_digest
from scheduler.doubts.room_doubts import room_doubts
from scheduler.draw import draw
from scheduler.errors import BadBatchError
from scheduler.problem import Room
from scheduler.reading import read_batch
from scheduler.record import result_files
from tests.scheduler.builders import planned, problem, seed, site, trainee
from tests.scheduler.files import CHINESE, TABLES, write_folder, write_workbook

HEADER = ["site_id", "room", "seats", "columns", "accessible"]


def faults(tmp_path, rooms, **changed):
    with pytest.raises(BadBatchError) as error:
        read_batch(write_folder(tmp_path / "batch", rooms=[HEADER, *rooms], **changed))
    return [
        (one.code, one.location.file, one.location.row, one.location.column) for one in error.value.findings
    ]


def test_rooms_are_sorted_by_their_numbers_however_the_rows_stand(tmp_path):
    rows = [["S1", name, "9", "", ""] for name in ("第10考场", "第2考场", "第1考场")]
    for number, order in enumerate(itertools.permutations(rows)):
        found = read_batch(write_folder(tmp_path / str(number), rooms=[HEADER, *order]))
        assert [room.room for room in found.rooms] == ["第1考场", "第2考场", "第10考场"]


@pytest.mark.parametrize("need", ["无障碍", "轮椅"])
def test_chinese_headers_needs_and_stations(tmp_path, need):
    rooms = [["考点编号", "考场编号", "座位数", "列数", "无障碍座位数"], ["S1", "101", "30", "5", "2"]]
    people = [[*CHINESE["考生"][0], "特殊需要"], [*CHINESE["考生"][1], need], [*CHINESE["考生"][2], ""]]
    places = [[*CHINESE["工位"][0], "同时工位数"], *([*row, "1"] for row in CHINESE["工位"][1:])]
    book = write_workbook(tmp_path / "b.xlsx", CHINESE, 考场=rooms, 考生=people, 工位=places)
    found = read_batch(book)
    assert found.rooms == (Room("S1", "101", 30, 5, 2),)
    assert found.trainees["T1"].needs == ("accessible",)
    assert {row.stations for row in found.places} == {1}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["S9", "一", "9", "", ""], ("BATCH-UNKNOWN-ID", "rooms.csv", 2, 1)),
        (["S1", "", "9", "", ""], ("BATCH-EMPTY", "rooms.csv", 2, 2)),
        (["S1", "一", "x", "", ""], ("BATCH-NUMBER", "rooms.csv", 2, 3)),
        (["S1", "一", "9", "0", ""], ("BATCH-NUMBER", "rooms.csv", 2, 4)),
        (["S1", "一", "9", "", "10"], ("BATCH-NUMBER", "rooms.csv", 2, 5)),
    ],
)
def test_faults_of_a_room_are_located(tmp_path, row, fault):
    assert fault in faults(tmp_path, [row])


def test_a_room_twice(tmp_path):
    row = ["S1", "一", "9", "", ""]
    assert ("BATCH-DUPLICATE", "rooms.csv", 3, 0) in faults(tmp_path, [row, row])


def test_rooms_that_hold_fewer_than_a_session_may_take(tmp_path):
    """S1 takes two in a session, both trainees sit theory, its only room has one seat."""
    assert faults(tmp_path, [["S1", "一", "1", "", ""]]) == [("BATCH-ROOMS", "seats.csv", 2, 4)]
    assert read_batch(write_folder(tmp_path / "more", rooms=[HEADER, ["S1", "一", "2", "", ""]])).rooms


def test_a_need_or_a_number_that_nobody_knows(tmp_path):
    people = [[*TABLES["trainees"][0], "needs"], [*TABLES["trainees"][1], "翅膀"]]
    places = [[*TABLES["places"][0], "stations"], *([*row, "0"] for row in TABLES["places"][1:])]
    found = faults(tmp_path, [], trainees=people, places=places)
    assert ("BATCH-VALUE", "trainees.csv", 2, 9) in found
    assert ("BATCH-NUMBER", "places.csv", 2, 6) in found


def test_every_new_fact_is_in_the_digest_of_the_list(tmp_path):
    people = [
        [*TABLES["trainees"][0], "needs"],
        [*TABLES["trainees"][1], "无障碍"],
        [*TABLES["trainees"][2], ""],
    ]
    places = [[*TABLES["places"][0], "stations"], *([*row, "1"] for row in TABLES["places"][1:])]
    batches = [
        write_folder(tmp_path / "a"),
        write_folder(tmp_path / "b", trainees=people),
        write_folder(tmp_path / "c", places=places),
        write_folder(tmp_path / "d", rooms=[HEADER, ["S1", "一", "9", "", ""]]),
        write_folder(tmp_path / "e", rooms=[HEADER, ["S1", "一", "9", "3", ""]]),
    ]
    assert len({facts_digest(read_batch(batch)) for batch in batches}) == len(batches)


def test_the_order_of_rows_changes_no_byte_of_the_result(tmp_path):
    people = [
        [
            f"T{n:02}",
            "",
            "",
            f"I{1 + n % 2}",
            "低压电工作业",
            ("both", "theory", "practical")[n % 3],
            "",
            "",
            f"{n % 4}班",
        ]
        for n in range(60)
    ]
    head = [*TABLES["trainees"][0], "class_id"]
    rooms = [["S1", str(n), "25", "4", "1"] for n in range(9, 12)]
    seats = [TABLES["seats"][0], ["S1", "2026-12-01", "am", "60"]]
    places = [TABLES["places"][0], ["S1", "", "", "低压电工作业", "60"]]
    results = []
    for name, step in (("a", 1), ("b", -1)):
        more = {
            "trainees": [head, *people[::step]],
            "rooms": [HEADER, *rooms[::step]],
            "seats": seats,
            "places": places,
        }
        plan = planned(read_batch(write_folder(tmp_path / name, **more)))
        results.append((plan["digest"], result_files(draw(plan, seed(1)))))
    assert results[0] == results[1]
    assert b",am,2," in results[0][1]["assignments.csv"]  # forty people sit in the second room, too


def test_rooms_that_state_no_accessible_seats_beside_others_are_told():
    """Of three rooms one states 2, one 0, one nothing: the last one has none, which is asked where anybody needs one."""
    rooms = (Room("S1", "一", 9, None, 2), Room("S1", "二", 9, None, 0), Room("S1", "三", 9))
    for needs, told in ((("accessible",), ["S1 三"]), ((), [])):
        batch = problem([trainee("T1", needs=needs)], [site("S1")])
        found = list(room_doubts(replace(batch, rooms=rooms)))
        assert [one.rpartition("：")[2] for one in found] == told
        assert list(room_doubts(replace(batch, rooms=rooms[2:]))) == []


def test_who_sits_without_an_accessible_seat_is_told_at_the_draw(tmp_path):
    """Through the program: one room, 0 accessible seats, one person who needs one."""
    rooms = [HEADER, ["S1", "一", "9", "", "0"], ["S2", "一", "9", "", "0"]]
    people = [
        [*TABLES["trainees"][0], "needs"],
        [*TABLES["trainees"][1], "无障碍"],
        [*TABLES["trainees"][2], ""],
    ]
    batch = write_folder(tmp_path / "batch", rooms=rooms, trainees=people)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "cli.py", "exam", "run", batch, "--out", tmp_path / "out", "--seed", "0" * 64],
        capture_output=True, encoding="utf-8", check=True, cwd=DATA.parent,
    )  # fmt: skip
    assert "有 1 名需要无障碍座位的考生没有坐上（T1）" in done.stdout
