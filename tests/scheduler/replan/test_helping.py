"""What would help after a change: the next change does what is promised, and moves nobody who has a place."""

import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.batch.batch_files import write_batch
from scheduler.batch.kept_batch import read_kept
from scheduler.documents.remedies import in_short
from scheduler.plan import Limit
from scheduler.problem import Half, Session
from scheduler.remedy.changes import Growth, OneSession, OtherCities, OwnSchool
from tests.scheduler.builders import ITEM, at, day, places, problem, site, trainee
from tests.scheduler.replan.drawn import changed, drawable_batches, drawn, rows, rules_toml

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def sitting(folder):
    return {row["trainee_id"]: tuple(row.values()) for row in rows(folder / "assignments.csv")}


def change_of(kind, stated):
    """Give the change that a remedy of remedies.json states."""
    if kind == "growth":
        day = dt.date.fromisoformat
        return Growth(
            {Limit(one["site_id"], day(one["date"]), one["half"], one["item"]): one["more"] for one in stated}
        )
    (one,) = stated
    if kind == "session":
        session = Session(one["site_id"], dt.date.fromisoformat(one["date"]), Half(one["half"]))
        return OneSession(session, one["seats"], one["places"])
    if kind == "in_school":
        return OwnSchool(one["school_id"], tuple(one["trainees"]))
    return OtherCities(one["cross_city.items"])


def carried_out(folder, out, change):
    """Make the next change of a folder: the batch corrected as a remedy says."""
    corrected = change.applied(read_kept(folder))
    batch = out.with_name(f"{out.name}-batch")
    batch.mkdir()
    write_batch(corrected, batch)
    (batch / "rules.toml").write_text(rules_toml(corrected), encoding="utf-8")
    return changed(folder, out, batch=batch)


def one_seat_too_few():
    """Three people of another institution, two sites of two seats: one site closed, one person is left."""
    people = [trainee(f"T{number}") for number in (1, 2, 3)]
    sites = [site("S1", kind="public"), site("S2", kind="public")]
    seats = {at("S1"): 2, at("S2"): 2}
    return problem(people, sites, seats=seats, rows=[places("S1", 5), places("S2", 5)])


def test_a_closed_site_and_the_seat_that_is_missing(tmp_path):
    """Two of three sit at S1, or are drawn there; the third needs one seat more there, and nobody moves for it."""
    folder = drawn(one_seat_too_few(), tmp_path)
    done = changed(folder, tmp_path / "1", {"change": "site_closed", "id": "S2"})
    data = json.loads((tmp_path / "1" / "remedies.json").read_text(encoding="utf-8"))
    assert data == done.remedies
    assert (data["change"], data["trainees"], data["unplaced"]) == (1, 3, 1)
    (one,) = data["bottlenecks"]
    assert (one["people"], one["places"], one["shortage"]) == (1, 0, 1)
    assert one["groups"][0]["trainees"] == list(done.schedule.unplaced)
    first, other = one["remedies"]
    assert first["changes"] == [
        {"site_id": "S1", "date": "2026-12-01", "half": "am", "item": "", "more": 1},
    ]
    assert first["smallest"]
    assert other["kind"] == "session"
    lines = list(in_short(data))
    assert lines[0].startswith("未能全部安排 1 人：名额不足")
    assert "保存的批次（batch）名单第" in lines[0]
    assert lines[1].startswith("  可以再办一次变更：增加座位 1 个")
    page = (tmp_path / "1" / "remedies.html").read_text(encoding="utf-8")
    assert "第 1 次变更抽签之后" in page
    after = changed(
        tmp_path / "1",
        tmp_path / "2",
        {"change": "seats", "id": "S1", "date": "2026-12-01", "half": "am", "value": 3},
    )
    assert after.remedies is None
    assert not (tmp_path / "2" / "remedies.json").exists()
    before = sitting(tmp_path / "1")
    assert before.items() <= sitting(tmp_path / "2").items()


def test_a_session_that_would_end_an_exemption_is_no_help(tmp_path):
    """S1 is the only site that can examine the item, so T1 may sit at the site of its own institution.

    A session at S2 would end that: T1 would have to move there, and whoever has no place would take the seat.
    """
    people = [trainee("T1", "I1"), trainee("T2", "I2"), trainee("T3", "I2")]
    sites = [site("S1", owner="I1"), site("S2", owner="I3", suspended=True, suspended_to=day(1))]
    batch = problem(people, sites, seats={at("S1"): 3, at("S2"): 1}, rows=[places("S1", 3), places("S2", 3)])
    fewer = {"change": "seats", "id": "S1", "date": "2026-12-01", "half": "am", "value": 2}
    for number in range(20):  # until the lot leaves T1 where it is
        space = tmp_path / str(number)
        done = changed(drawn(batch, space, number), space / "1", fewer)
        if "T1" in done.schedule.placements:
            break
    assert done.schedule.placements["T1"].exceptions == ("sole_site",)
    (one,) = done.remedies["bottlenecks"]
    sessions = [change for change in one["remedies"] if change["kind"] == "session"]
    assert [change["changes"][0]["site_id"] for change in sessions] == ["S1"]


def test_what_was_given_up_is_not_proposed(tmp_path):
    """The morning at S1 was cancelled: its afternoon is no help, the next day is. S2 is closed for good."""
    people = [trainee(f"T{number}") for number in (1, 2, 3, 4)]
    sites = [site("S1", kind="public"), site("S2", kind="public")]
    seats = {at("S1"): 2, at("S1", "2am"): 1, at("S2"): 1}
    batch = problem(people, sites, seats=seats, rows=[places(name, 5) for name in ("S1", "S2")])
    folder = drawn(batch, tmp_path)
    when = {"date": "2026-12-01", "half": "am"}
    first = changed(folder, tmp_path / "1", {"change": "site_closed", "id": "S2"})
    assert first.remedies is not None
    then = changed(tmp_path / "1", tmp_path / "2", {"change": "session_cancelled", "id": "S1", **when})
    (one,) = then.remedies["bottlenecks"]
    sessions = [change["changes"][0] for change in one["remedies"] if change["kind"] == "session"]
    assert [(change["site_id"], change["date"], change["half"]) for change in sessions] == [
        ("S1", "2026-12-02", "pm"),
    ]


@pytest.mark.parametrize(
    "cut",
    [
        {"change": "seats", "id": "S1", "date": "2026-12-01", "half": "am", "value": "1"},
        {"change": "places", "id": "S1", "item": ITEM, "date": "2026-12-01", "value": "1"},
        {"change": "day_limit", "id": "S1", "value": "1"},
    ],
)
def test_seats_places_and_days_that_were_given_up_do_not_grow_again(tmp_path, cut):
    """Two of three computers broke: whoever lost the place is not told to repair them."""
    batch = problem(
        [trainee(name) for name in ("T1", "T2", "T3")],
        [site("S1", kind="public"), site("S2", kind="public")],
        seats={at("S1"): 3, at("S2", "2am"): 1},
        rows=[places("S1", 5), places("S2", 5)],
    )
    folder = drawn(batch, tmp_path)
    done = changed(folder, tmp_path / "1", cut)
    (one,) = done.remedies["bottlenecks"]
    grown = {
        change["site_id"]
        for remedy in one["remedies"]
        if remedy["kind"] == "growth"
        for change in remedy["changes"]
    }
    assert grown == {"S2"}
    # nor after a further change that has nothing to do with it
    then = changed(
        tmp_path / "1",
        tmp_path / "2",
        {"change": "trainee_withdrawn", "id": next(iter(done.schedule.placements))},
    )
    for one in (then.remedies or {"bottlenecks": []})["bottlenecks"]:
        for remedy in one["remedies"]:
            assert "S1" not in {
                change["site_id"] for change in remedy["changes"] if remedy["kind"] == "growth"
            }


@given(st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=SLOW)
def test_the_next_change_does_what_is_promised(data):
    """Sessions are cancelled, so that mostly somebody has no place."""
    batch = data.draw(drawable_batches())
    with tempfile.TemporaryDirectory() as name:
        folder = drawn(batch, Path(name))
        first = Path(name) / "1"
        gone = data.draw(st.lists(st.sampled_from(sorted(batch.seats)), min_size=1, max_size=3, unique=True))
        cancelled = [
            {"change": "session_cancelled", "id": site_id, "date": str(when), "half": str(half)}
            for site_id, when, half in gone
        ]
        done = changed(folder, first, *cancelled)
        assume(done.remedies is not None and done.remedies["bottlenecks"])
        before = sitting(first)
        offered = [one for bottleneck in done.remedies["bottlenecks"] for one in bottleneck["remedies"]]
        for number, one in enumerate(offered):
            assert one["gain"] > 0
            then = carried_out(first, Path(name) / f"then{number}", change_of(one["kind"], one["changes"]))
            assert then.record["placed"] >= done.record["placed"] + one["gain"]
            after = sitting(Path(name) / f"then{number}")
            assert all(after[who][:4] == row[:4] for who, row in before.items())
