"""A change and people with several registrations: who is one person is known from all facts, not from the touched alone."""

import csv

import pytest

from scheduler.batch.kept_batch import read_kept
from scheduler.checker.check import check
from tests.scheduler.builders import ONE_PERSON, at, day, places, problem, relation, site, staff, trainee
from tests.scheduler.replan.drawn import changed, drawn, rows

LATE = day(10)
SESSION = {"change": "session_added", "id": "S1", "date": LATE.isoformat(), "half": "am", "value": 2}


def chain(*ties, number="", people=()):
    """Give X1 and X3, who can sit late only, and X2, who sits early, at a site with no late session yet."""
    registered = [
        trainee("X1", earliest=LATE),
        trainee("X2", id_number=number),
        trainee("X3", earliest=LATE, id_number=number),
    ]
    return problem(
        registered, [site("S1")], seats={at("S1"): 2}, rows=[places("S1", 2)], people=people,
        relations=[relation("same_person", *tie) for tie in ties],
    )  # fmt: skip


@pytest.mark.parametrize(
    "batch",
    [
        chain(("X1", "X2"), ("X2", "X3")),
        chain(("X1", "X2"), number=ONE_PERSON),
        chain(("X1", "K1"), ("K1", "X3"), people=[staff("K1")]),
    ],
    ids=["two relations", "a relation and a number", "a member of the staff"],
)
def test_two_who_are_one_person_through_somebody_kept_never_sit_at_one_time(tmp_path, batch):
    """X2 keeps its session and is what joins X1 and X3: only one of these may get the one late half-day."""
    first = drawn(batch, tmp_path)
    assert [row["trainee_id"] for row in rows(first / "assignments.csv")] == ["X2"]
    done = changed(first, tmp_path / "1", SESSION)
    placed = set(done.schedule.placements)
    assert placed in ({"X1", "X2"}, {"X2", "X3"})
    assert not [one for one in check(read_kept(tmp_path / "1"), done.schedule) if one.code == "TIME-CLASH"]
    (unplaced,) = done.schedule.unplaced.values()
    assert "同一时间只能考一科" in unplaced


def test_ids_that_staff_and_trainees_share_join_nobody(tmp_path):
    """Staff X1 is another person than trainee X1; that trainee X1 and X3 are one must not join staff X1's other tie to X9."""
    batch = chain(("X1", "X2"), ("X2", "X3"))
    others = {**batch.trainees, "X9": trainee("X9", earliest=LATE, id_number="000000198512319995")}
    batch = problem(
        list(others.values()), [site("S1")], seats={at("S1"): 2}, rows=[places("S1", 2)],
        people=[staff("X8", id_number="000000198512319995")], relations=batch.relations,
    )  # fmt: skip
    done = changed(drawn(batch, tmp_path), tmp_path / "1", SESSION)
    assert "X9" in done.schedule.placements
    assert len(done.schedule.placements) == 3


def test_who_sits_something_else_at_the_only_time_is_told_so(tmp_path):
    """There is a session and a free seat, but the same person is kept there: "no session in this batch" would be untrue."""
    people = [trainee("X1", id_number=ONE_PERSON), trainee("X2", id_number=ONE_PERSON)]
    batch = problem(people, [site("S1")], seats={at("S1"): 2}, rows=[places("S1", 2)])
    done = changed(drawn(batch, tmp_path), tmp_path / "1", {"change": "day_limit", "id": "S1", "value": 5})
    (reason,) = done.schedule.unplaced.values()
    assert "没有考点场次" not in reason
    assert "S1" in reason
    assert "本人的其他科目" in reason
    told = (tmp_path / "1" / "unassigned.csv").read_text(encoding="utf-8-sig")
    assert next(csv.DictReader(told.splitlines()))["reason"] == reason


def test_who_cannot_come_and_who_sits_something_else_read_each_their_own_reason(tmp_path):
    """TA was moved from the only session; TC is TB, who is kept there: alike on paper, and shut out for reasons of their own."""
    people = [trainee("TA"), trainee("TB", id_number=ONE_PERSON), trainee("TC", id_number=ONE_PERSON)]
    batch = problem(people, [site("S1")], seats={at("S1"): 3}, rows=[places("S1", 3)])
    done = changed(drawn(batch, tmp_path), tmp_path / "1", {"change": "trainee_moved", "id": "TA"})
    told = dict(done.schedule.unplaced)
    own = told.pop("TA")
    assert "按变更表已不能再用" in own
    assert "本人的其他科目" not in own
    (other,) = told.values()
    assert "本人的其他科目" in other
    assert sorted(one["people"] for one in done.remedies["bottlenecks"]) == [1, 1]
