"""Rows of one table of changes that contradict or repeat each other are told with both rows; rows that only add up are not.

Two sites of two seats, on two mornings, and three trainees.
"""

import pytest

from scheduler.errors import BadChangesError
from tests.scheduler.builders import ITEM, at, places, problem, site, staff, trainee
from tests.scheduler.replan.drawn import changed, drawn

FIRST, SECOND = {"date": "2026-12-01", "half": "am"}, {"date": "2026-12-02", "half": "am"}
SEATS = {"change": "seats", "id": "A", **FIRST}
ADDED = {"change": "session_added", "id": "A", "date": "2026-12-03", "half": "am", "value": 2}
CANCELLED = {"change": "session_cancelled", "id": "A", **FIRST}
CLOSED, LIMIT = {"change": "site_closed", "id": "A"}, {"change": "day_limit", "id": "A"}
PLACES = {"change": "places", "id": "A", "item": ITEM}
NEW = {"change": "trainee_added", "id": "N1", "institution_id": "I1", "item": ITEM}
DATES, MOVED = {"change": "trainee_dates", "id": "T1"}, {"change": "trainee_moved", "id": "T1"}
GONE = {"change": "trainee_withdrawn", "id": "T1"}
AWAY, HELPER = (
    {"change": "staff_unavailable", "id": "W1"},
    {"change": "staff_added", "id": "W2", "roles": "监考"},
)
DAYS = {"date": "2026-12-01", "until": "2026-12-02"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    seats = {at(name, day): 2 for name in "AB" for day in ("1am", "2am")}
    made = problem(
        [trainee(name) for name in ("T1", "T2", "T3")],
        [site("A", kind="public"), site("B", kind="public")],
        seats=seats,
        rows=[places("A", 2), places("B", 2)],
        people=[staff("W1", roles=("invigilator",))],
    )
    return drawn(made, tmp_path_factory.mktemp("drawn"))


def faults(folder, out, *changes):
    with pytest.raises(BadChangesError) as caught:
        changed(folder, out / "1", *changes)
    return [(one.code, one.location.row, one.message) for one in caught.value.findings]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ({**SEATS, "value": 1}, {**SEATS, "value": 3}, "第 2 行写 1，这一行写 3"),
        ({**ADDED, "value": 1}, {**ADDED, "value": 3}, "第 2 行写 1，这一行写 3"),
        (ADDED, {**ADDED, "change": "seats", "value": 4}, "第 2 行写 2，这一行写 4"),
        ({**SEATS, "value": 1}, CANCELLED, "一行取消这一场，一行写它的座位数"),
        (CANCELLED, {**SEATS, "value": 1}, "一行取消这一场，一行写它的座位数"),
        (CANCELLED, {**ADDED, **FIRST}, "一行取消这一场，一行写它的座位数"),
        (CLOSED, {**SEATS, "value": 1}, "考点在这一天关闭"),
        ({**SEATS, "value": 1}, {**CLOSED, "date": "2026-12-01"}, "考点在这一天关闭"),
        (CLOSED, ADDED, "只关几天的，请填日期和截止日期"),
        ({**CLOSED, **DAYS}, {**PLACES, **FIRST, "value": 1}, "考点在这一天关闭"),
        (CLOSED, {**PLACES, "value": 1}, "考点关闭"),
        ({**LIMIT, "value": 3}, CLOSED, "考点关闭"),
        (CANCELLED, {**PLACES, **FIRST, "value": 1}, "取消"),
        ({**LIMIT, "value": 3}, {**LIMIT, "value": 4}, "第 2 行写 3，这一行写 4"),
        ({**PLACES, "value": 3}, {**PLACES, "value": 4}, "第 2 行写 3，这一行写 4"),
        ({**PLACES, **FIRST, "value": 3}, {**PLACES, "value": 4}, "先写管所有日子的，再写管某一场的"),
        (
            {**PLACES, "half": "am", "value": 3},
            {**PLACES, "date": "2026-12-01", "value": 4},
            "再写管某一场的",
        ),
        ({**DATES, "latest": "2026-12-02"}, {**DATES, "latest": "2026-12-03"}, "最晚日期"),
        ({**NEW, "latest": "2026-12-02"}, {**DATES, "id": "N1", "latest": "2026-12-03"}, "最晚日期"),
        ({**DATES, "latest": "2026-12-02"}, GONE, "退考"),
        (MOVED, GONE, "退考"),
        (HELPER, {**AWAY, "id": "W2"}, "整个考试期间都不能到岗"),
    ],
)
def test_two_rows_that_cannot_both_be_meant(folder, tmp_path, one, other, told):
    ((code, row, message),) = faults(
        folder, tmp_path, one, {"change": "day_limit", "id": "B", "value": 9}, other
    )
    assert (code, row) == ("CHANGE-CONFLICT", 4)
    assert "第 2 行" in message
    assert told in message
    assert "请" in message, "what is to be done"
    assert not (tmp_path / "1").exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({**SEATS, "value": 1}, {**SEATS, "value": 1, "reason": "又写一遍"}),
        (ADDED, ADDED),
        (CANCELLED, CANCELLED),
        (CLOSED, {**CLOSED, "date": "2026-12-01"}),
        ({**CLOSED, "date": "2026-12-01"}, {**CLOSED, **DAYS}),
        (CLOSED, CANCELLED),
        ({**LIMIT, "value": 3}, {**LIMIT, "value": 3}),
        ({**PLACES, "value": 3}, {**PLACES, "value": 3}),
        (NEW, NEW),
        (NEW, {**NEW, "item": "焊接"}),
        (MOVED, MOVED),
        (GONE, GONE),
        ({**DATES, "latest": "2026-12-02"}, {**DATES, "latest": "2026-12-02"}),
        (AWAY, AWAY),
        (AWAY, {**AWAY, "date": "2026-12-01"}),
        ({**AWAY, **FIRST}, {**AWAY, "date": "2026-12-01"}),
        (HELPER, HELPER),
    ],
)
def test_one_thing_stated_twice(folder, tmp_path, one, other):
    ((code, row, message),) = faults(folder, tmp_path, one, other)
    assert (code, row) == ("CHANGE-DUPLICATE", 3)
    assert "第 2 行" in message
    assert "请" in message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({**SEATS, "value": 1}, {**SEATS, **SECOND, "value": 1}),
        ({**CLOSED, "date": "2026-12-01"}, {**SEATS, **SECOND, "value": 1}),
        ({**CLOSED, "date": "2026-12-01"}, ADDED),
        (CANCELLED, CLOSED),
        ({**PLACES, "value": 1}, {**PLACES, **FIRST, "value": 2}),
        ({**DATES, "earliest": "2026-12-01"}, {**DATES, "latest": "2026-12-02"}),
        (NEW, {**DATES, "id": "N1", "latest": "2026-12-02"}),
        (MOVED, {**DATES, "latest": "2026-12-02"}),
        ({**AWAY, **FIRST}, {**AWAY, **SECOND}),
        (HELPER, {**AWAY, "id": "W2", "date": "2026-12-01"}),
        (NEW, {**GONE, "id": "N1"}),
    ],
)
def test_rows_that_add_up(folder, tmp_path, one, other):
    changed(folder, tmp_path / "1", one, other)


def test_who_is_named_before_being_added_is_told_so(folder, tmp_path):
    for one, other in (
        ({**AWAY, "id": "W2", "date": "2026-12-01"}, HELPER),
        ({**DATES, "id": "N1", "latest": "2026-12-02"}, NEW),
    ):
        ((code, row, message),) = faults(folder, tmp_path, one, other)
        assert (code, row) == ("CHANGE-UNKNOWN-ID", 2)
        assert "第 3 行才增加" in message
