"""Sessions that have begun: nobody is drawn into them, nobody leaves them, no row and no remedy speaks of them.

Two sites of two seats: A on the first day, B on the third. The change is made on the second day.
"""

import datetime as dt

import pytest

from common.errors import InputError
from scheduler.errors import BadChangesError
from scheduler.replan.pipeline import announce_change
from scheduler.replan.request import Request
from scheduler.seed.announcement import Terms
from tests.scheduler.builders import ITEM, at, places, problem, site, staff, trainee
from tests.scheduler.replan.drawn import changed, drawn, rows, table
from tests.scheduler.replan.test_chain import failures
from tests.scheduler.test_second_draw import second_draw

SECOND_DAY = "2026-12-02T08:00:00+08:00"
PAST, AHEAD = {"date": "2026-12-01", "half": "am"}, {"date": "2026-12-03", "half": "am"}
NEW = {"change": "trainee_added", "institution_id": "I1", "item": ITEM}


@pytest.fixture
def folder(tmp_path):
    """T1 and T2 sit at A on the first day, T3 at B on the third: their dates leave no other way."""
    people = [
        *(trainee(name, latest=dt.date(2026, 12, 1)) for name in ("T1", "T2")),
        trainee("T3", earliest=dt.date(2026, 12, 2)),
    ]
    duty = staff("W1", roles=("invigilator",))
    sites = [site("A", kind="public"), site("B", kind="public")]
    made = problem(people, sites, seats={at("A"): 2, at("B", "3am"): 2}, rows=[places("A", 2), places("B", 2)],
                   people=[duty])  # fmt: skip
    return drawn(made, tmp_path)


def where(folder):
    return {row["trainee_id"]: row["site_id"] for row in rows(folder / "assignments.csv")}


def verified(folder):
    assert failures(folder) == []
    assert second_draw(folder).returncode == 0


def test_the_seat_of_somebody_who_withdraws_from_a_session_that_is_over_is_nobodys(folder, tmp_path):
    out = tmp_path / "1"
    done = changed(folder, out, {"change": "trainee_withdrawn", "id": "T2"}, {**NEW, "id": "N1"}, {**NEW, "id": "N2"},
                   moment=SECOND_DAY)  # fmt: skip
    sitting = where(out)
    assert {name: sitting.get(name) for name in ("T1", "T3")} == {"T1": "A", "T3": "B"}
    assert [sitting[name] for name in ("N1", "N2") if name in sitting] == ["B"]
    assert [row["trainee_id"] for row in rows(out / "unassigned.csv")] in (["N1"], ["N2"])
    closing = rows(out / "changes.csv")[-1]
    assert (closing["change"], closing["id"], closing["date"], closing["value"]) == (
        "seats",
        "A",
        PAST["date"],
        "1",
    )
    assert any("2026-12-01 上午" in told and "不再安排" in told for told in done.remarks)
    assert any("T2" in told and "已经开考" in told for told in done.remarks)
    for one in done.remedies["bottlenecks"][0]["remedies"]:
        assert PAST["date"] not in str(one), "what is over helps nobody"
    verified(out)


def test_before_they_begin_the_seats_are_free(folder, tmp_path):
    changed(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T2"}, {**NEW, "id": "N1"}, {**NEW, "id": "N2"},
            moment="2026-12-01T08:59:59+08:00")  # fmt: skip
    assert len(where(tmp_path / "1")) == 4
    assert "seats" not in {row["change"] for row in rows(tmp_path / "1" / "changes.csv")}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"change": "site_closed", "id": "A"}, "已经开考"),
        ({"change": "site_closed", "id": "A", "date": "2026-12-01", "until": "2026-12-03"}, "已经开考"),
        ({"change": "session_cancelled", "id": "A", **PAST}, "已经开考"),
        ({"change": "session_added", "id": "B", "value": 2, **PAST}, "已经开考"),
        ({"change": "session_added", "id": "A", "value": 2, "date": "2020-01-06", "half": "am"}, "已经开考"),
        ({"change": "seats", "id": "A", "value": 3, **PAST}, "已经开考"),
        ({"change": "places", "id": "A", "item": ITEM, "value": 3, **PAST}, "已经开考"),
        ({"change": "trainee_moved", "id": "T1"}, "T1 的场次"),
        ({"change": "trainee_dates", "id": "T1", "earliest": "2026-12-03", "latest": "2026-12-05"}, "T1 的场次"),
        ({"change": "staff_unavailable", "id": "W1"}, "W1"),
    ],
)  # fmt: skip
def test_rows_about_what_is_over_are_refused(folder, tmp_path, row, told):
    with pytest.raises(BadChangesError, match=told):
        changed(folder, tmp_path / "1", row, moment=SECOND_DAY)


def test_a_closed_site_with_a_session_that_is_over_says_which_days_are_left(folder, tmp_path):
    first = changed(folder, tmp_path / "1", {"change": "session_added", "id": "A", "value": 2, **AHEAD},
                    moment=SECOND_DAY)  # fmt: skip
    assert first.record["placed"] == 3
    with pytest.raises(BadChangesError, match="日期填 2026-12-03、截止日期填 2026-12-03"):
        changed(tmp_path / "1", tmp_path / "2", {"change": "site_closed", "id": "A"}, moment=SECOND_DAY)
    changed(
        tmp_path / "1",
        tmp_path / "2",
        {"change": "site_closed", "id": "A", "date": "2026-12-03"},
        moment=SECOND_DAY,
    )
    verified(tmp_path / "2")


@pytest.mark.parametrize(
    "row",
    [
        {"change": "places", "id": "A", "item": ITEM, "value": 1},
        {"change": "day_limit", "id": "A", "value": 1},
    ],
)
def test_nobody_leaves_what_is_over(folder, tmp_path, row):
    with pytest.raises(InputError, match="已经开考的场次里有人要离开"):
        changed(folder, tmp_path / "1", row, moment=SECOND_DAY)
    assert not (tmp_path / "1").exists()


def test_sessions_that_begin_before_the_public_value_are_closed_too(folder, tmp_path):
    """Announced on the last day of November for the evening of the second: A takes nobody more, but it can still be cancelled."""
    when = dt.datetime.fromisoformat
    terms = Terms("某彩票", when("2026-12-02T21:15:00+08:00"))
    now = when("2026-11-30T08:00:00+08:00")
    given = table(
        tmp_path / "1.csv",
        {"change": "trainee_withdrawn", "id": "T2"},
        {**NEW, "id": "N1"},
        {**NEW, "id": "N2"},
    )
    plan = announce_change(Request(folder, tmp_path / "1", given), lambda _: (), "0", terms, now).plan
    (free,) = [one for one in plan["groups"] if "kept" not in one]
    assert {plan["sessions"][cell["session"]]["site_id"] for cell in free["cells"]} == {"B"}
    assert rows(tmp_path / "1" / "changes.csv")[-1]["value"] == "1"
    gone = table(tmp_path / "2.csv", {"change": "session_cancelled", "id": "A", **PAST})
    plan = announce_change(Request(folder, tmp_path / "2", gone), lambda _: (), "0", terms, now).plan
    assert {one["trainee_id"] for one in plan["change"]["touched"]} == {"T1", "T2"}


def test_a_corrected_batch_opens_nothing_that_is_over(folder, tmp_path):
    """Three seats at A on the first day, by a corrected batch: two people sit there, and nobody comes."""
    given = tmp_path / "given"
    seats = given / "seats.csv"
    seats.write_text(
        seats.read_text(encoding="utf-8-sig").replace("A,2026-12-01,am,2", "A,2026-12-01,am,3"),
        encoding="utf-8",
    )
    changed(folder, tmp_path / "1", batch=given, moment=SECOND_DAY)
    assert [row["change"] for row in rows(tmp_path / "1" / "changes.csv")] == ["facts", "seats"]
    verified(tmp_path / "1")
    changed(tmp_path / "1", tmp_path / "2", batch=given, moment=SECOND_DAY)
    verified(tmp_path / "2")


def test_a_public_value_after_every_session_is_told(folder, tmp_path):
    """A year too late: nobody could be placed any more."""
    when = dt.datetime.fromisoformat
    now = when("2026-11-30T08:00:00+08:00")
    given = table(tmp_path / "1.csv", {**NEW, "id": "N1"})
    for year, expected in ((2026, 0), (2027, 1)):
        terms = Terms("某彩票", when(f"{year}-12-02T21:15:00+08:00"))
        done = announce_change(Request(folder, tmp_path / str(year), given), lambda _: (), "0", terms, now)
        assert sum("全部 2 场开考之后才产生" in one for one in done.remarks) == expected
