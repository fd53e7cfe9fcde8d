"""People of one name on the list of one room; why: whoever lets them in must know which of them sits where."""

from dataclasses import replace

import pytest

from scheduler.papers.facts import read_facts
from scheduler.papers.lists import doors, records, sign_in
from scheduler.papers.people import People
from scheduler.papers.rooms import rooms
from scheduler.reading import read_batch
from tests.scheduler.papers.drawn import NAMES, drawn


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two called 仿真甲六, of whom the batch knows no number; all staff is called 仿真考务."""
    return drawn(tmp_path_factory.mktemp("drawn") / "exam")


@pytest.fixture(scope="module")
def read(folder):
    facts, problem = read_facts(folder), read_batch(folder / "batch")
    listed = rooms(facts)
    room = next(one for one in listed if len(one.sittings) > 1)
    same = [one.trainee_id for one in room.sittings[:2]]
    trainees = {
        name: replace(one, name="仿真甲六", id_number="") if name in same else one
        for name, one in problem.trainees.items()
    }
    staff = {name: replace(one, name="仿真考务") for name, one in problem.staff.items()}
    changed = replace(problem, trainees=trainees, staff=staff)
    return (
        facts,
        People(facts, changed, show_id=False),
        replace(room, keepers=("W1", "W4"), patrols=("W3",)),
        same,
    )


def test_those_of_one_name_stand_with_their_ticket_numbers_and_nobody_else(read):
    facts, people, room, same = read
    for make in (sign_in, lambda *given: [{"batches": [("", pairs(one))]} for one in doors(*given)]):
        (sheet,) = make(facts, people, [room])
        told = [row for _, rows in sheet["batches"] for row in rows]
        assert [row[2] for row in told if row[1] == "仿真甲六"] == [
            f"未登记\n准考证号 {name}" for name in same
        ]
        assert not [row for row in told if row[1] in NAMES and "准考证号" in row[2]]


def test_staff_of_one_name_stand_with_their_ids_where_they_keep_watch_together(read):
    facts, people, room, _ = read
    (record,) = records(facts, people, [room])
    assert record["staff"] == "仿真考务（编号 W1）、仿真考务（编号 W4）"
    assert record["patrols"] == "仿真考务"


def pairs(door):
    return [row for page in door["pages"] for lot in page for pair in lot["rows"] for row in pair if row]
