"""Ids and sessions that are not there: what they were probably meant to be, and what became of them.

T1 and T2 sit at S01 on the first day; W1 is on the staff.
"""

import openpyxl
import pytest

from scheduler.errors import BadChangesError
from scheduler.record import no_documents
from scheduler.replan.pipeline import replan
from scheduler.replan.request import Request
from tests.scheduler.builders import ITEM, at, places, problem, site, staff, trainee
from tests.scheduler.replan.drawn import MOMENT, changed, drawn

FIRST, SECOND = {"date": "2026-12-01", "half": "am"}, {"date": "2026-12-02", "half": "am"}


@pytest.fixture
def folder(tmp_path):
    made = problem(
        [trainee("T1"), trainee("0012")],
        [site("S1", kind="public")],
        seats={at("S1"): 2, at("S1", "2am"): 2},
        rows=[places("S1", 2)],
        people=[staff("W1", roles=("invigilator",))],
    )
    return drawn(made, tmp_path)


def told(folder, out, row):
    with pytest.raises(BadChangesError) as caught:
        changed(folder, out, row)
    (one,) = caught.value.findings
    return one.message


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"change": "seats", "id": "s1", **FIRST, "value": 1}, "“s1”没有在考点表中定义；是不是“S1”？"),
        ({"change": "trainee_withdrawn", "id": "t1"}, "“t1”没有在考生表中定义；是不是“T1”？"),
        ({"change": "trainee_withdrawn", "id": "12"}, "“12”没有在考生表中定义；是不是“0012”？"),
        (
            {"change": "trainee_withdrawn", "id": "W1"},
            "“W1”没有在考生表中定义；这是考务人员的编号，请核对变更类型",
        ),
        (
            {"change": "trainee_withdrawn", "id": "T1、0012"},
            "“T1、0012”没有在考生表中定义；一行只写一个编号，请分成几行",
        ),
        ({"change": "site_closed", "id": "考点S1"}, "“考点S1”没有在考点表中定义；是不是“S1”？"),
        (
            {"change": "trainee_added", "id": "N1", "institution_id": "i1", "item": ITEM},
            "“i1”没有在机构表中定义；是不是“I1”？",
        ),
        (
            {"change": "staff_added", "id": "W2", "roles": "监考", "employer_id": "机构I1"},
            "“机构I1”没有在机构表中定义；是不是“I1”？",
        ),
        (
            {"change": "seats", "id": "S1", **FIRST, "value": "+5"},
            "“+5”应为不小于 0 的整数（最多九位）；请填改后一共多少，不是增减多少",
        ),
        ({"change": "trainee_moved", "id": "T9"}, "“T9”没有在考生表中定义"),
    ],
)
def test_what_was_probably_meant(folder, tmp_path, row, words):
    assert told(folder, tmp_path / "1", row) == words


def test_what_became_of_it_in_an_earlier_change(folder, tmp_path):
    changed(
        folder,
        tmp_path / "1",
        {"change": "trainee_withdrawn", "id": "T1"},
        {"change": "session_cancelled", "id": "S1", **SECOND},
    )
    changed(
        tmp_path / "1",
        tmp_path / "2",
        {"change": "session_added", "id": "S1", **SECOND, "half": "pm", "value": 1},
    )
    out = tmp_path / "3"
    assert told(tmp_path / "2", out, {"change": "trainee_withdrawn", "id": "T1"}).endswith(
        "：第 1 次变更已退考"
    )
    assert told(tmp_path / "2", out, {"change": "seats", "id": "S1", **SECOND, "value": 1}).endswith(
        "：第 1 次变更已取消"
    )
    again = {"change": "session_added", "id": "S1", **SECOND, "half": "pm", "value": 1}
    assert told(tmp_path / "2", out, again).endswith("：第 2 次变更已增加")


def test_a_fault_that_names_a_hidden_row_says_that_rows_are_hidden(folder, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["变更", "编号"], ["退考", "T1"], ["退考", "T1"]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "c.xlsx")
    with pytest.raises(BadChangesError) as caught:
        replan(Request(folder, tmp_path / "1", tmp_path / "c.xlsx"), lambda _: (), "0", MOMENT, no_documents)
    assert "在本表第 2 行已退考" in str(caught.value)
    assert "隐藏了1 行（第 2 行）" in str(caught.value)
