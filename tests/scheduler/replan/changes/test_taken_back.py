"""A corrected batch that knows nothing of earlier changes does not undo them in silence."""

import shutil

import pytest

from common.errors import InputError
from scheduler.errors import BadChangesError
from scheduler.record import no_documents
from scheduler.replan.pipeline import replan
from scheduler.replan.request import Request
from tests.scheduler.builders import at, day, places, problem, site, staff, trainee
from tests.scheduler.replan.drawn import MOMENT, changed, drawn, rows, table

CHANGES = (
    {"change": "trainee_withdrawn", "id": "T1"},
    {"change": "trainee_added", "id": "T9", "institution_id": "I1", "item": "电工"},
    {"change": "trainee_dates", "id": "T2", "latest": "2026-12-02"},
    {"change": "session_cancelled", "id": "S1", "date": "2026-12-01", "half": "pm"},
    {"change": "session_added", "id": "S1", "date": "2026-12-03", "half": "am", "value": "5"},
    {"change": "seats", "id": "S1", "date": "2026-12-01", "half": "am", "value": "9"},
    {"change": "site_closed", "id": "S2", "date": "2026-12-02"},
    {"change": "places", "id": "S2", "item": "电工", "date": "2026-12-01", "value": "8"},
    {"change": "day_limit", "id": "S1", "value": "12"},
    {"change": "staff_unavailable", "id": "W1", "date": "2026-12-01", "half": "am"},
    {"change": "staff_unavailable", "id": "W2"},
    {"change": "staff_added", "id": "W9", "roles": "invigilator"},
)


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """A batch drawn and changed once in every way: the folder before, the folder after."""
    folder = tmp_path_factory.mktemp("drawn")
    people = [trainee(f"T{number}", item="电工") for number in range(4)]
    times = ("1am", "1pm", "2am")
    batch = problem(
        people,
        [site("S1", kind="public"), site("S2", kind="public")],
        seats={at(name, when): 5 for name in ("S1", "S2") for when in times},
        rows=[places(name, 9, "电工") for name in ("S1", "S2")],
        people=[
            staff("W1", roles=("invigilator",)),
            # away on a day without exams: that is not what W2's change says
            staff("W2", roles=("invigilator",), unavailable=((day(28), day(28), None),)),
        ],
    )
    first = drawn(batch, folder)
    changed(first, folder / "1", *CHANGES)
    return folder


def test_the_first_batch_takes_every_change_back_and_is_refused(twice):
    with pytest.raises(InputError) as caught:
        changed(twice / "1", twice / "2", batch=twice / "given")
    told = str(caught.value)
    assert f"（{len(CHANGES)} 项）" in told
    assert "考生 T1 退考" in told
    assert "现在什么都没有改" in told
    assert "--take-back" in told
    assert not (twice / "2").exists()


def test_who_is_away_without_dates_is_away_on_days_added_later(twice):
    """Nobody named a day when W2 fell out; S1 held a session more on a day that was none then."""
    later = {"change": "session_added", "id": "S1", "date": "2026-12-05", "half": "am", "value": "9"}
    more = {
        "change": "trainee_added",
        "id": "T8",
        "institution_id": "I1",
        "item": "电工",
        "earliest": "2026-12-05",
    }
    changed(twice / "1", twice / "5", later, more)
    assert {row["date"] for row in rows(twice / "5" / "duties.csv")} >= {"2026-12-05"}
    assert "W2" not in {row["staff_id"] for row in rows(twice / "5" / "duties.csv")}


def test_the_batch_after_the_last_change_takes_nothing_back(twice):
    done = changed(twice / "1", twice / "3", batch=twice / "1" / "batch")
    assert done.record["change_number"] == 2


def test_who_says_so_may_take_changes_back(twice):
    request = Request(twice / "1", twice / "4", None, twice / "given", take_back=True)
    replan(request, lambda _: (), "0", MOMENT, no_documents)
    assert "T1" in {row["trainee_id"] for row in rows(twice / "4" / "assignments.csv")}


def test_without_the_last_facts_every_earlier_change_counts(twice, tmp_path):
    shutil.copytree(twice / "1", tmp_path / "1")
    shutil.rmtree(tmp_path / "1" / "batch")
    with pytest.raises(InputError, match="会撤回以前的变更"):
        changed(tmp_path / "1", tmp_path / "2", batch=twice / "given")


def faults(twice, tmp_path, *changes):
    path = table(tmp_path / "c.csv", *changes)
    with pytest.raises(BadChangesError) as caught:
        replan(Request(twice / "0", tmp_path / "out", path), lambda _: (), "0", MOMENT, no_documents)
    return [(one.code, one.location.row, one.message) for one in caught.value.findings]


def test_who_withdraws_twice_reads_where_the_first_time_was(twice, tmp_path):
    one = {"change": "trainee_withdrawn", "id": "T1"}
    ((code, row, message),) = faults(twice, tmp_path, one, one)
    assert (code, row, message) == (
        "CHANGE-DUPLICATE",
        3,
        "考生 T1 在本表第 2 行已退考，请只留一行",
    )


def test_nobody_inherits_the_place_of_whoever_withdrew_under_one_id(twice, tmp_path):
    """Whoever is added is drawn; the id of one who withdrew in the same table would have kept the seat without a draw."""
    ((code, row, message),) = faults(
        twice,
        tmp_path,
        {"change": "trainee_withdrawn", "id": "T1"},
        {"change": "trainee_added", "id": "T1", "institution_id": "I1", "item": "电工"},
    )
    assert (code, row) == ("CHANGE-DUPLICATE", 3)
    assert "请换一个编号" in message


@pytest.mark.parametrize("reason", ["身份证 000000199001010018 填错", "电话 138 0000 0000 打不通"])
def test_no_number_gets_into_the_published_reason(twice, tmp_path, reason):
    ((code, _, message),) = faults(
        twice, tmp_path, {"change": "trainee_withdrawn", "id": "T1", "reason": reason}
    )
    assert code == "CHANGE-PRIVATE"
    assert "变更表会公布" in message


def test_a_column_of_changes_under_another_name_stops_them(twice, tmp_path):
    """A site closed until a day that nobody read would be closed on the first day only, and the code be spent."""
    path = tmp_path / "c.csv"
    path.write_text("变更,编号,日期,截至日期\nsite_closed,S1,2026-12-01,2026-12-02\n", encoding="utf-8")
    with pytest.raises(BadChangesError) as caught:
        replan(Request(twice / "0", tmp_path / "out", path), lambda _: (), "0", MOMENT, no_documents)
    assert [one.code for one in caught.value.findings] == ["BATCH-COLUMN-UNKNOWN"]


def test_a_cell_that_is_missing_is_told_in_words_that_people_write(twice, tmp_path):
    ((_, _, message),) = faults(
        twice, tmp_path, {"change": "session_cancelled", "id": "S1", "date": "2026-12-01"}
    )
    assert message == "场次取消（session_cancelled）须填“半天”"
