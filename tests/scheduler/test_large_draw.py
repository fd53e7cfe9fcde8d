"""The draw on arrays gives the bytes of the plain draw, whatever the plan; why: two forms of one draw must not differ."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.documents.page import documents
from scheduler.large_draw import draw as large
from scheduler.large_draw import tickets
from scheduler.large_draw.segments import Grid, ranked
from scheduler.large_draw.tickets import ranked_meanwhile
from scheduler.large_draw.tickets import ranks as ticket_ranks
from scheduler.plan_checks import contradiction
from scheduler.record import draw_and_write, plainly, write_plan
from scheduler.rounding import Dice, round_flow
from scheduler.seats.neighbours import alike_pairs
from scheduler.seats.order import ranks, second_last
from scheduler.seed.seed_origin import GIVEN
from scheduler.verifying import verify
from tests.scheduler.builders import ITEM, at, places, planned, problem, seed, site, trainee
from tests.scheduler.seated_batches import seated_batches

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
VECTORS = Path(__file__).resolve().parents[2] / "docs" / "draw-vectors.json"
ODD_NAMES = ("甲,1", '乙"2', "丙\n3", "𠀀4", " 5", "a;b", "é", "00", "=1+1", "'x")


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    monkeypatch.setattr(large, "LARGE", 0)


def same(plan, number=1):
    """Draw in both forms and hold everything against each other; gives the large one."""
    plain, drawn = plainly(plan, seed(number)), large.drawn(plan, seed(number))
    assert drawn.files == plain.files
    assert drawn.seating == plain.seating
    assert dict(drawn.schedule.placements) == dict(plain.schedule.placements)
    assert drawn.schedule.unplaced == plain.schedule.unplaced
    assert drawn.schedule.tally(plan["groups"]) == plain.schedule.tally(plan["groups"])
    assert drawn.schedule.with_exception() == plain.schedule.with_exception()
    return drawn


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(batch=seated_batches(), number=st.integers(0, 1000))
def test_both_forms_give_the_same_bytes(batch, number):
    same(planned(batch), number)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(batch=seated_batches(), data=st.data())
def test_ids_and_exceptions_that_need_quotes(batch, data):
    names = data.draw(st.permutations(ODD_NAMES))
    renamed = {
        (names[number] if number < len(names) else name): replace(
            one, trainee_id=names[number] if number < len(names) else name
        )
        for number, (name, one) in enumerate(batch.trainees.items())
    }
    same(planned(replace(batch, trainees=renamed)))


def test_some_thousand_people_in_rooms_of_all_sizes():
    """Rooms are full, institutions crowd, and some sessions have people who need an accessible seat."""
    people = [
        trainee(
            f"T{number:05d}", f"I{number % 7 * (number % 3)}", part=("both", "theory", "practical")[number % 3],
            item=(ITEM, "焊接")[number % 5 == 0], class_id=f"{number % 4}班" if number % 6 else "",
            needs=("accessible",) if number % 501 == 0 else (),
        )
        for number in range(3000)
    ]  # fmt: skip
    sites = [site(f"S{number}") for number in range(4)]
    seats = {at(one.site_id, when): 120 for one in sites for when in ("1am", "1pm", "2am", "2pm", "3am")}
    rows = [places(one.site_id, 90, item) for one in sites for item in (ITEM, "焊接")]
    drawn = same(planned(problem(people, sites, seats=seats, rows=rows)))
    assert drawn.seating["rooms"] > 50
    assert drawn.schedule.unplaced  # or the reasons were not compared


@pytest.mark.parametrize("factor", [1, 5, 2**50, 2**61, 2**100])
def test_chances_in_very_small_portions(factor):
    """A plan may count in any portion up to one of 2^128; arrays hold no such numbers."""
    people = [trainee(f"T{number}", district="甲区") for number in range(7)]
    plan = planned(
        problem(
            people, [site("S1"), site("S2")], seats={at("S1"): 3, at("S2"): 3}, districts={"甲区": "云州市"}
        )
    )
    plan["denominator"] *= factor
    for group in plan["groups"]:
        group["unplaced"] *= factor
        for cell in group["cells"]:
            cell["count"] *= factor
    assert contradiction(plan) == ""
    same(plan)


def test_the_vectors_of_the_specification():
    for vector in json.loads(VECTORS.read_text(encoding="utf-8")):
        drawn = large.drawn(vector["plan"], vector["seed"])
        for name, content in drawn.files.items():
            assert content.decode("utf-8-sig") == vector["files"][name]


def test_a_folder_drawn_one_way_verifies_the_other(tmp_path):
    people = [trainee(f"T{number}", district="甲区") for number in range(30)]
    batch = problem(people, [site("S1"), site("S2")], seats={at("S1"): 20, at("S2"): 9},
                    rows=[places("S1", 12), places("S2", 9)], districts={"甲区": "云州市"})  # fmt: skip
    for number, (drawing, other) in enumerate([(large.drawn, plainly), (plainly, large.drawn)]):
        folder = tmp_path / str(number)
        write_plan(folder, planned(batch))
        draw_and_write(folder, seed(3), GIVEN, "2026-12-01T08:00:00+08:00", documents, drawing=drawing)
        assert all(good for good, _ in verify(folder, other))
    pages = [(tmp_path / name / "schedule.html").read_bytes() for name in "01"]
    assert pages[0] == pages[1]


def test_equal_beginnings_of_tickets_are_decided_by_the_whole_ticket(monkeypatch):
    """Tickets that agree in 8 bytes never come up by themselves; here all do, and then the rest, then the name decides."""

    class Told:
        def __init__(self, text=b""):
            self.text = text

        def copy(self):
            return Told(self.text)

        def update(self, more):
            self.text = more

        def digest(self):
            return b"\0" * 24 + (b"12345678" if self.text in (b"b", b"a") else b"00000000")

    monkeypatch.setattr("scheduler.large_draw.tickets.hashlib.sha256", Told)
    assert [rank.tolist() for rank in ticket_ranks("bac", [b""], b"")] == [[2, 1, 0]]


def _cannot_start(_loading):
    raise BlockingIOError


@pytest.mark.parametrize("process", [tickets.OtherProcess, _cannot_start])
def test_tickets_are_ranked_by_another_process_where_one_can_be_had(monkeypatch, process):
    """The order of the digests of two tags, by hand; names of any letters come back as they went."""
    names, tags, key = (*ODD_NAMES, *map(str, range(200))), (b"one", b"other"), b"key"
    monkeypatch.setattr(tickets, "OtherProcess", process)
    with ranked_meanwhile(names, tags, key, many=0) as ranked_there:
        found = ranked_there.result()
    for tag, rank in zip(tags, found, strict=True):
        ticket = {name: hashlib.sha256(tag + b"\0" + key + b"\0" + name.encode()).digest() for name in names}
        assert [names[one] for one in np.argsort(rank)] == sorted(names, key=ticket.__getitem__)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 3)), min_size=1))
@settings(deadline=None)
def test_ranks_of_all_parts_at_once_are_those_of_each_part(rows):
    rows.sort(key=lambda row: row[0])
    part, values = (np.array(listed, np.int64) for listed in zip(*rows, strict=True))
    found = ranked(part, values)
    for number in set(part.tolist()):
        own = ranks([value for one, value in rows if one == number])
        assert found.rank[part == number].tolist() == [own[value] for one, value in rows if one == number]
        spread = second_last(own)
        assert found.spread()[part == number].tolist() == [
            spread[value] for one, value in rows if one == number
        ]


@given(
    st.lists(st.tuples(st.lists(st.integers(0, 2), max_size=12), st.integers(1, 5)), min_size=1, max_size=5)
)
@settings(deadline=None)
def test_neighbours_of_all_rooms_at_once_are_those_of_each_room(rooms):
    sizes, columns = np.array([len(values) for values, _ in rooms]), np.array([wide for _, wide in rooms])
    values = np.array([value for listed, _ in rooms for value in listed], np.int64)
    assert Grid(sizes, columns).alike(values).tolist() == [
        alike_pairs(listed, wide) for listed, wide in rooms
    ]


@given(st.lists(st.integers(0, 11), min_size=2, max_size=6), st.integers(0, 50), st.integers(0, 3))
@settings(deadline=None)
def test_arcs_that_carry_whole_persons_change_no_rounding(parts, number, extra):
    """A bundle of arcs between two nodes, some of them whole: left out or in, the others come out alike."""
    parts = [*parts, -sum(parts) % 12]
    units = [12 * extra + part for part in parts]
    every = round_flow([0] * len(units), [1] * len(units), units, 12, Dice(b"t", bytes([number])))
    some = [index for index, one in enumerate(units) if one % 12]
    rounded = round_flow(
        [0] * len(some), [1] * len(some), [units[one] % 12 for one in some], 12, Dice(b"t", bytes([number]))
    )
    assert [every[one] - units[one] // 12 for one in some] == rounded


def test_the_plain_draw_loads_nothing_but_the_standard_library():
    code = (
        "import sys, scheduler.draw, scheduler.seats.summary, scheduler.duties.draw\n"
        "print([name for name in ('numpy', 'polars', 'orjson', 'ortools') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
