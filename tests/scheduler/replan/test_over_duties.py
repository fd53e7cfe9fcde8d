"""Posts of sessions that are over: who did them is known, what was vacant stays so, and nobody is sent there afterwards.

A on the first day with T1 and T2, B on the third with T3; each has a room for two invigilators and one patrol, and W1 is the only one of
the staff, so each lacks somebody.
"""

import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import InputError
from scheduler.batch.kept_batch import read_kept
from scheduler.record import no_documents
from scheduler.replan.opening import draw_announced
from scheduler.replan.pipeline import announce_change
from scheduler.replan.request import Request
from scheduler.seed.announcement import Terms
from tests.scheduler.replan.changes.test_over import SECOND_DAY, folder  # noqa: F401 - a fixture
from tests.scheduler.replan.drawn import changed, drawable_batches, drawn, random_changes, rows, table
from tests.scheduler.replan.forging import refused, remade
from tests.scheduler.replan.test_chain import failures
from tests.scheduler.test_second_draw import second_draw

HELPER = {"change": "staff_added", "id": "W2", "roles": "invigilator;patrol"}
MOMENTS = (
    "2026-11-30T08:00:00+08:00",
    "2026-12-01T12:00:00+08:00",
    "2026-12-02T08:00:00+08:00",
    "2026-12-02T20:00:00+08:00",
)
OVER = "这一场在变更抽签时已经开考，不再补派"


def duties(path):
    return {(row["staff_id"], row["site_id"]) for row in rows(path / "duties.csv")}


def over(path):
    return json.loads((path / "plan.json").read_text(encoding="utf-8"))["change"].get("over")


def verified(path):
    assert failures(path) == []
    assert second_draw(path).returncode == 0


def test_nobody_is_sent_to_a_session_that_is_over(folder, tmp_path):  # noqa: F811
    one = tmp_path / "1"
    changed(folder, one, HELPER, moment=SECOND_DAY)
    assert duties(one) == {("W1", "A"), ("W1", "B"), ("W2", "B")}
    assert over(one) == [0]
    told = {row["site_id"]: row["reason"] for row in rows(one / "vacancies.csv")}
    assert told["A"] == OVER
    assert OVER not in told.get("B", "")
    assert not [row for row in rows(one / "substitutes.csv") if row["site_id"] == "A"]
    verified(one)


def test_before_it_begins_the_post_is_filled(folder, tmp_path):  # noqa: F811
    one = tmp_path / "1"
    changed(folder, one, HELPER)
    assert ("W2", "A") in duties(one)
    assert over(one) is None
    verified(one)


def test_of_an_announced_change_the_moment_of_its_public_value_counts(folder, tmp_path):  # noqa: F811
    """Announced before A begins, drawn after it: W2 could not come in time."""
    one = tmp_path / "1"
    when = dt.datetime.fromisoformat
    given = table(tmp_path / "1.csv", HELPER)
    terms = Terms("某彩票", when("2026-12-01T21:15:00+08:00"), "00 00")
    announce_change(Request(folder, one, given), lambda _: (), "0", terms, when("2026-11-30T08:00:00+08:00"))
    draw_announced(one, lambda _: (), "03 08", when(SECOND_DAY), no_documents)
    assert ("W2", "A") not in duties(one)
    assert over(one) == [0]
    verified(one)
    changed(one, tmp_path / "2", {**HELPER, "id": "W3"}, moment=SECOND_DAY)
    assert ("W3", "A") not in duties(tmp_path / "2")
    verified(tmp_path / "2")


@pytest.mark.parametrize("forged", [[0, 1], [1], [], [False], [0, 0]])
def test_which_sessions_are_over_is_verified(folder, tmp_path, forged):  # noqa: F811
    changed(folder, tmp_path / "1", HELPER, moment=SECOND_DAY)
    remade(tmp_path / "1", lambda plan: plan["change"].update(over=forged))
    refused(tmp_path / "1", "已经开考")


def test_a_folder_of_an_earlier_version_is_drawn_as_it_was(folder, tmp_path):  # noqa: F811
    """It says nothing of what is over, and its vacant posts were filled."""
    changed(folder, tmp_path / "1", HELPER, moment=SECOND_DAY)
    remade(tmp_path / "1", lambda plan: plan["change"].pop("over"))
    assert ("W2", "A") in duties(tmp_path / "1")
    verified(tmp_path / "1")


@given(st.data())
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_random_changes_while_the_days_pass(data):
    """Duties of what is over are those there were, unless their post or entry is gone; both programs agree on every link."""
    with tempfile.TemporaryDirectory() as name:
        path = drawn(data.draw(drawable_batches()), Path(name))
        made = 0
        for step, moment in enumerate(MOMENTS):
            sitting = {row["trainee_id"] for row in rows(path / "assignments.csv")}
            out = Path(name) / str(step + 1)
            try:
                given_rows = random_changes(data.draw, read_kept(path), sitting, step)
                changed(path, out, *given_rows, moment=moment)
            except InputError:  # a row is about what is over
                continue
            if moment > MOMENTS[0] and (out / "duties.csv").exists():
                assert _past(out, moment) <= _past(path, moment)
            path, made = out, made + 1
        if made:
            verified(path)


def _past(path, moment):
    """Give the duties of sessions that have begun, by person: the id may be another of the same."""
    if not (path / "duties.csv").exists():
        return set()
    plan = json.loads((path / "plan.json").read_text(encoding="utf-8"))
    person = {one["staff_id"]: one["person"] for one in plan["staff"]}
    return {
        (person[row["staff_id"]], row["role"], row["site_id"], row["date"], row["half"], row["room"])
        for row in rows(path / "duties.csv")
        if f"{row['date']}T{'09:00' if row['half'] == 'am' else '14:30'}:00+08:00" <= moment
    }
