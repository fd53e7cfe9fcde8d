"""What is said of one trainee: everything follows from the published files, and agrees with the draw."""

import json
import shutil
import tempfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import InputError
from scheduler.batch.kept_batch import read_kept
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.explaining import explained
from scheduler.record import write_plan
from tests.scheduler.builders import ITEM, at, places, planned, problem, relation, site, trainee
from tests.scheduler.replan.drawn import changed, drawable_batches, drawn, random_changes, rows

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def two_schools():
    """Three people of I1, which owns S1 (one controls I1, too), and one of I2; S1 to S3 have seats for all."""
    people = [trainee(f"T{number}", "I1") for number in (1, 2, 3)] + [trainee("T4", "I2")]
    sites = [site("S1", "I1"), site("S2", "I9", kind="public"), site("S3", "I9")]
    return problem(
        people,
        sites,
        seats={at(name, when): 4 for name in ("S1", "S2", "S3") for when in ("1am", "1pm")},
        rows=[places(name, 4) for name in ("S1", "S2", "S3")],
        relations=[relation("controls", "I9", "I2", share=Fraction(1, 2))],
    )


def test_what_is_closed_and_why(tmp_path):
    """I1 may not sit at its own S1; I2, which I9 controls, not at those of I9."""
    write_plan(tmp_path, planned(two_schools()))
    one, other = explained(tmp_path, ["T1", "T4"])
    assert [(shut.site_id, shut.rule) for shut in one.closed] == [("S1", 2)]
    assert "属于" in one.closed[0].reason
    assert "其他考试点" in one.closed[0].article
    assert [(shut.site_id, shut.rule) for shut in other.closed] == [("S2", 2), ("S3", 2)]
    assert all("控制" in shut.reason for shut in other.closed)
    assert (one.size, one.drawn, one.item) == (3, None, ITEM)


def test_chances_are_those_of_the_plan(tmp_path):
    """T4 may go to S1 alone, for sure; half of it in the morning."""
    write_plan(tmp_path, planned(two_schools()))
    (one,) = explained(tmp_path, ["T4"])
    (only,) = one.open
    assert (only.site_id, only.chance, one.unplaced) == ("S1", 1, 0)
    assert sum(chance for _, chance in only.sessions) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(batch=drawable_batches())
def test_everything_said_agrees_with_the_draw(batch):
    """Whoever has rank r of a group sits in the session that the first r of it fill; chances are those of assignments.csv."""
    with tempfile.TemporaryDirectory() as name:
        folder = drawn(batch, Path(name))
        told = {one.trainee_id: one for one in explained(folder, list(batch.trainees))}
        seated = {row["trainee_id"]: row for row in rows(folder / "assignments.csv")}
    allowed = Eligibility(batch, ConflictGraph(batch))
    for name, one in told.items():
        known = {open_.site_id for open_ in one.open} | {site.site_id for site in one.without_chance}
        ruled = {shut.site_id for shut in one.closed if "本人的其他科目" not in shut.reason}
        taken = {shut.site_id for shut in one.closed if "本人的其他科目" in shut.reason}
        may = allowed.of(batch.trainees[name]).allowed.by_site.keys()
        assert known <= may <= known | taken
        assert taken - may <= ruled, "reasons of a group are told to all of it"
        assert len(known) == len(one.open) + len(one.without_chance)
        places = [session for session, number in one.drawn.filled for _ in range(number)]
        assert len(places) == one.size
        mine = places[one.drawn.rank - 1]
        assert one.unplaced + sum(open_.chance for open_ in one.open) == 1
        assert all(open_.chance == sum(chance for _, chance in open_.sessions) for open_ in one.open)
        assert {shut.site_id for shut in one.closed}.isdisjoint(open_.site_id for open_ in one.open)
        if name not in seated:
            assert (mine, one.drawn.row) == (None, {})
            continue
        row = seated[name]
        assert one.drawn.row == row
        assert [mine.site_id, mine.day.isoformat(), mine.half.value] == [
            row["site_id"],
            row["date"],
            row["half"],
        ]
        (at_site,) = [open_ for open_ in one.open if open_.site_id == row["site_id"]]
        assert str(at_site.chance) == row["site_chance"]
        assert str(dict(at_site.sessions)[mine]) == row["chance"]
        assert set(at_site.exceptions) == set(filter(None, row["exception"].split(";")))


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_after_changes_the_draw_that_gave_the_place_is_told(data):
    with tempfile.TemporaryDirectory() as name:
        folder, left, were = drawn(data.draw(drawable_batches()), Path(name)), {}, []
        for step in range(1, data.draw(st.integers(1, 3)) + 1):
            out = Path(name) / str(step)
            sitting = {row["trainee_id"] for row in rows(folder / "assignments.csv")}
            changed(folder, out, *random_changes(data.draw, read_kept(folder), sitting, step))
            before = {row["trainee_id"]: row for row in rows(folder / "assignments.csv")}
            were.append(before)
            for row in rows(out / "assignments.csv"):
                same = before.get(row["trainee_id"]) == row and row["trainee_id"] in left
                left[row["trainee_id"]] = left[row["trainee_id"]] if same else step
            folder = out
        last = rows(folder / "assignments.csv")
        for row in last:
            (one,) = explained(folder, [row["trainee_id"]])
            assert one.change + one.changes == step
            assert one.change <= left[row["trainee_id"]]
            assert one.drawn.row == row
            steps = [*(before.get(row["trainee_id"]) for before in were), row]
            touched = {told.change: told for told in one.history}
            for number in range(1, step + 1):
                earlier, later = (_seat(each) for each in steps[number - 1 : number + 1])
                if number in touched:
                    told = touched[number]
                    assert (_seat(told.before), _seat(told.after)) == (earlier, later)
                else:
                    assert earlier == later
            assert {name: one.drawn.row[name] for name in ("site_id", "date", "half")} == {
                name: row[name] for name in ("site_id", "date", "half")
            }


def _seat(place):
    """Give what of a place a change may change."""
    return place and [place[name] for name in ("site_id", "date", "half", "room", "seat", "group", "place")]


def test_why_a_site_has_no_chance(tmp_path):
    """Of I1: S1 is public and takes everybody; S2 has no seats, S3 is an institution's and has some; S4 is their own."""
    batch = problem(
        [trainee("T1", "I1"), trainee("T2", "I1")],
        [
            site("S1", "I9", kind="public"),
            site("S2", "I9", kind="public"),
            site("S3", "I9"),
            site("S4", "I1"),
        ],
        seats={at("S1"): 2, at("S2"): 0, at("S3"): 5, at("S4"): 5},
        rows=[places(name, 5) for name in ("S1", "S2", "S3", "S4")],
    )
    write_plan(tmp_path, planned(batch))
    (one,) = explained(tmp_path, ["T1"])
    assert [open_.site_id for open_ in one.open] == ["S1"]
    assert [(each.site_id, each.why) for each in one.without_chance] == [
        ("S2", "各场座位数都是 0"),
        ("S3", "本市公共考点先排满"),
    ]
    assert [shut.site_id for shut in one.closed] == ["S4"]


def test_a_site_that_a_change_closed_is_told_as_gone(tmp_path):
    """T1 sits at S1 or S2, each with a seat; the site is closed and the other one takes them."""
    batch = problem([trainee("T1", "I1")], [site("S1", "I9"), site("S2", "I9")])
    folder = drawn(batch, tmp_path)
    (before,) = rows(folder / "assignments.csv")
    change = {"change": "site_closed", "id": before["site_id"], "reason": "停电"}
    changed(folder, tmp_path / "1", change)
    changed(tmp_path / "1", tmp_path / "2", {"change": "trainee_added", "id": "T2", "institution_id": "I1",
                                             "item": ITEM, "part": "both"})  # fmt: skip
    (one,) = explained(tmp_path / "2", ["T1"])
    assert [(shut.site_id, shut.rule, shut.reason) for shut in one.closed] == [
        (before["site_id"], 1, "第 1 次变更取消了这里的全部场次")
    ]
    assert (one.change, one.changes) == (1, 1)
    (only,) = one.history
    assert (only.change, only.kind, only.reason) == (1, "gone", "原场次取消（停电）")
    assert only.before["site_id"] == before["site_id"] != only.after["site_id"]
    assert one.names == {"S1": "考点S1", "S2": "考点S2"}
    (new,) = explained(tmp_path / "2", ["T2"])
    assert [(each.kind, each.before) for each in new.history] == [("added", None)]
    assert new.closed == ()


def test_who_is_not_in_the_plan(tmp_path):
    write_plan(tmp_path, planned(two_schools()))
    with pytest.raises(InputError, match="没有考生“t4”；是不是“T4”？"):
        list(explained(tmp_path, ["t4"]))
    with pytest.raises(InputError) as caught:
        list(explained(tmp_path, ["000000199001010018"]))
    assert "000000199001010018" not in str(caught.value)


def test_a_record_of_another_plan_and_damaged_files_are_told(tmp_path):
    folder = drawn(two_schools(), tmp_path)
    record = json.loads((folder / "draw.json").read_text(encoding="utf-8"))
    (folder / "draw.json").write_text(json.dumps({**record, "plan_digest": "0" * 64}), encoding="utf-8")
    with pytest.raises(InputError, match="不是这份"):
        list(explained(folder, ["T1"]))
    (folder / "draw.json").write_text(json.dumps({**record, "seed": "x"}), encoding="utf-8")
    with pytest.raises(InputError, match="内容不对"):
        list(explained(folder, ["T1"]))
    (folder / "draw.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / "assignments.csv").unlink()
    with pytest.raises(InputError, match="没有这个文件"):
        list(explained(folder, ["T1"]))
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    (folder / "draw.json").unlink()
    (folder / "plan.json").write_text(
        json.dumps({**plan, "groups": [{"trainees": ["T1"]}]}), encoding="utf-8"
    )
    with pytest.raises(InputError, match="内容不对"):
        list(explained(folder, ["T1"]))


def test_published_files_are_enough(tmp_path):
    folder = drawn(two_schools(), tmp_path)
    public = tmp_path / "public"
    public.mkdir()
    for name in ("plan.json", "draw.json", "assignments.csv"):
        shutil.copy(folder / name, public / name)
    assert list(explained(public, ["T1"])) == list(explained(folder, ["T1"]))
