"""Dates, places and staff that the tables of a chain state bind its plans: forgeries are refused by both implementations."""

import shutil
from pathlib import Path

import pytest

from scheduler.errors import BadChangesError
from scheduler.replan.chain.published import COLUMNS
from scheduler.replan.chain.so_far import SoFar
from tests.scheduler.builders import trainee
from tests.scheduler.replan.drawn import changed, drawn, rows
from tests.scheduler.replan.forging import A_FIRST, batch, refused, remade
from tests.scheduler.replan.test_chain import failures
from tests.scheduler.test_second_draw import second_draw

ITEM = trainee("T").item
DATES, PLACES, STAFF, TABLE = "变更表所写日期以外", "工位数来自", "考务人员来自", "变更表的写法"
NEW = {"id": "B", "date": "2026-12-03", "half": "am"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A session goes and another comes, people and staff come, one who can sit there only; in a second change somebody is moved."""
    work = tmp_path_factory.mktemp("tables")
    drawn(batch(), work)
    second = [
        row["trainee_id"] for row in rows(work / "0" / "assignments.csv") if row["date"] == "2026-12-02"
    ]
    changed(
        work / "0",
        work / "1",
        {"change": "session_cancelled", **A_FIRST},
        {"change": "session_added", **NEW, "value": 4},
        {"change": "places", **NEW, "item": ITEM, "value": 4},
        {"change": "trainee_dates", "id": second[0], "earliest": "2026-12-02"},
        {"change": "trainee_added", "id": "N1", "institution_id": "I1", "item": ITEM, "earliest": "2026-12-02"},
        {"change": "trainee_added", "id": "N2", "institution_id": "I1", "item": ITEM},
        {"change": "trainee_withdrawn", "id": "N2"},
        {"change": "trainee_added", "id": "N3", "institution_id": "I1", "item": ITEM, "earliest": NEW["date"]},
        {"change": "staff_added", "id": "W9", "roles": "监考、考评", "items": f"{ITEM}；高压电工作业",
         "unavailable": "2026-12-01上午；2026-12-02至2026-12-03"},
        {"change": "staff_unavailable", "id": "W9", "date": "2026-12-01"},
    )  # fmt: skip
    changed(work / "1", work / "2", {"change": "trainee_moved", "id": second[0]})
    for number in "12":
        assert failures(work / number) == []
        assert second_draw(work / number).returncode == 0
    return work


@pytest.fixture
def one(made, tmp_path):
    return Path(shutil.copytree(made / "1", tmp_path / "one"))


@pytest.fixture
def two(made, tmp_path):
    return Path(shutil.copytree(made / "2", tmp_path / "two"))


def stated(table, change):
    return next(row for row in table if row["change"] == change)


def with_row(**cells):
    return lambda table: [*table, dict.fromkeys(COLUMNS, "") | cells]


def altered(change, **cells):
    def alter(table):
        stated(table, change).update(cells)
        return table

    return alter


def test_lists_are_published_in_one_form(made):
    row = stated(rows(made / "1" / "changes.csv"), "staff_added")
    assert row["roles"] == "invigilator;examiner"
    assert (row["item"], row["items"]) == ("", f"{ITEM};高压电工作业")
    assert row["unavailable"] == "2026-12-01 am;2026-12-02..2026-12-03"


def test_who_stays_can_come_on_the_day(one):
    """The table lets somebody come from the second day on, who is kept on the first."""
    first = next(row["trainee_id"] for row in rows(one / "assignments.csv")
                 if row["date"] == "2026-12-01" and row["chance"])  # fmt: skip
    remade(one, table=with_row(change="trainee_dates", id=first, earliest="2026-12-02"))
    assert any(DATES in told for told in failures(one))
    assert second_draw(one).returncode == 1


def test_who_comes_is_not_drawn_before_the_day(one):
    remade(one, table=altered("trainee_added", earliest="2026-12-04"))
    refused(one, DATES)


def test_dates_hold_for_later_changes(two):
    """Who is moved in the second change was stated to come from the second day on in the first."""

    def earlier(plan):
        group = next(one for one in plan["groups"] if "kept" not in one)
        free = next(n for n, one in enumerate(plan["sessions"]) if one["date"] == "2026-12-01")
        for cell in group["cells"]:
            cell["session"] = free
        group["cells"][:] = [{**group["cells"][0], "count": plan["denominator"], "chance": "1"}]

    remade(two, earlier)
    assert any(DATES in told for told in failures(two))
    assert second_draw(two).returncode == 1


def test_no_more_are_drawn_than_places(one):
    """A session that nobody is kept in stands in no ``change.places``: the row of the table counts."""
    place = stated(rows(one / "changes.csv"), "places")
    remade(one, table=altered("places", value="0"))
    assert place["value"] == "4"
    refused(one, PLACES)


def test_places_hold_for_later_changes(two, made):
    """The new session has four places by the table before; in the second change nobody says so again."""
    so_far = SoFar()
    so_far.take(rows(made / "1" / "changes.csv"))
    where = (NEW["id"], NEW["date"], NEW["half"])
    assert so_far.places(where, ITEM) == 4
    assert so_far.places(("A", *where[1:]), ITEM) is None
    so_far.take([dict.fromkeys(COLUMNS, "") | {"change": "facts", "value": "ab" * 32}])
    assert (so_far.places(where, ITEM), so_far.windows) == (None, {})

    def crowded(plan):
        for one in plan["change"]["places"]:
            if plan["sessions"][one["session"]]["date"] == NEW["date"]:
                one["places"] += 1

    remade(two, crowded)
    refused(two, PLACES)


@pytest.mark.parametrize(
    ("table", "seen"),
    [
        (altered("staff_added", items=ITEM), STAFF),
        (altered("staff_added", items=""), STAFF),
        (altered("staff_added", unavailable="2026-12-01 am"), STAFF),
        (altered("staff_added", unavailable="2026-12-01 am;2026-12-02..2026-12-03;2026-12-05"), STAFF),
        *(
            (altered("staff_added", **cells), TABLE)
            for cells in (
                {"unavailable": "明天"}, {"unavailable": "2026-12-01am;2026-12-02..2026-12-03"},
                {"unavailable": "2026-12-01 am;2026-12-03..2026-12-02"}, {"items": f"{ITEM}；高压电工作业"},
                {"items": f"{ITEM};{ITEM}"}, {"roles": "examiner;examiner"}, {"roles": "chief"}, {"until": "2026-12-01"},
                {"earliest": "2026-12-01"}, {"item": ITEM}, {"reason": "停\u202e电"}, {"reason": "\u200b"},
            )
        ),
        *(
            (altered("session_cancelled", **cells), TABLE)
            for cells in ({"until": "2026-12-01"}, {"value": "4"}, {"reason": " 停电"})
        ),
        (altered("trainee_dates", earliest=""), TABLE),
        (altered("trainee_dates", latest="2026-12-01"), TABLE),
        (altered("staff_unavailable", half="am", until="2026-12-02"), TABLE),
        (altered("staff_unavailable", half="am", date=""), TABLE),
        (altered("staff_unavailable", until="2026-11-30"), TABLE),
        (altered("staff_unavailable", until="2026-12-02", date=""), TABLE),
        (altered("places", value="1234567890"), TABLE),
        (altered("trainee_withdrawn", date="2026-12-01"), TABLE),
    ],
)  # fmt: skip
def test_a_table_in_another_form_is_refused(one, table, seen):
    remade(one, table=table)
    assert any(seen in told for told in failures(one))
    ran = second_draw(one)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert any(seen in line for line in ran.stdout.splitlines() if line.startswith("不同"))


def test_a_half_of_one_day_may_say_so_twice(made, tmp_path):
    """Until the same day is one day; so is a site closed from a day to that day."""
    changed(
        made / "1",
        tmp_path / "2",
        {
            "change": "staff_unavailable",
            "id": "W1",
            "date": "2026-12-02",
            "until": "2026-12-02",
            "half": "am",
        },
        {"change": "site_closed", "id": "A", "date": "2026-12-02", "until": "2026-12-02"},
    )
    assert failures(tmp_path / "2") == []
    assert second_draw(tmp_path / "2").returncode == 0


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"roles": ";"}, "须填"),
        ({"roles": "监考", "items": ITEM, "item": "高压电工作业"}, "只填一个"),
        ({"roles": "监考", "unavailable": "2026-12-03..2026-12-01"}, "应写成"),
    ],
)
def test_what_no_table_may_say_is_refused_before_it_is_made(made, tmp_path, cells, told):
    with pytest.raises(BadChangesError, match=told):
        changed(made / "1", tmp_path / "2", {"change": "staff_added", "id": "W8", **cells})


def test_a_single_item_stands_with_the_items(made, tmp_path):
    row = {"change": "staff_added", "id": "W8", "roles": "考评", "item": ITEM, "reason": "  增援\u200b "}
    changed(made / "1", tmp_path / "2", row)
    (stated_so,) = rows(tmp_path / "2" / "changes.csv")
    assert (stated_so["item"], stated_so["items"], stated_so["reason"]) == ("", ITEM, "增援")
    assert failures(tmp_path / "2") == []
    assert second_draw(tmp_path / "2").returncode == 0
