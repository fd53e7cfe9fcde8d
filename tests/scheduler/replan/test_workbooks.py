"""Tables of changes as workbooks: no sheet and no hidden row is left out, or carried out, in silence."""

import datetime as dt

import openpyxl
import pytest

from scheduler.errors import BadChangesError
from scheduler.replan.changes.over import Moments
from scheduler.replan.changes.over_rows import Before
from scheduler.replan.changes.table import read_changes
from tests.scheduler.builders import at, problem, site, trainee

HEADER = ["change", "id", "reason"]


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read(path):
    now = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    facts = problem([trainee("T1"), trainee("T2")], [site("A")], seats={at("A"): 2})
    return read_changes(path, facts, Before({}, {}, Moments(now, now)), "")


def withdrawn(changes):
    return [row[1] for row in changes.rows]


@pytest.mark.parametrize("header", ["change", "变更"])
@pytest.mark.parametrize("hidden", [True, False])
def test_a_second_sheet_of_changes_is_refused_by_name(tmp_path, header, hidden):
    path = workbook(
        tmp_path / "c.xlsx",
        考点=[HEADER, ["trainee_withdrawn", "T1"]],
        考生=[["一月的变更"], [header, "id"], ["trainee_withdrawn", "T2"]],
    )
    book = openpyxl.load_workbook(path)
    book["考生"].sheet_state = "hidden" if hidden else "visible"
    book.save(path)
    with pytest.raises(BadChangesError) as caught:
        read(path)
    (found,) = caught.value.findings
    assert str(found.location) == "c.xlsx 工作表“考生”"
    assert "只能有一张" in found.message
    assert ("隐藏" in found.message) == hidden


def test_other_sheets_are_told_and_empty_ones_are_not(tmp_path):
    path = workbook(
        tmp_path / "c.xlsx", 说明=[["请逐行填写"]], 一览=[HEADER, ["trainee_withdrawn", "T1"]], Sheet3=[]
    )
    changes = read(path)
    assert withdrawn(changes) == ["T1"]
    (told,) = changes.remarks
    assert "没有读 c.xlsx 说明" in told


def test_a_sheet_named_by_an_identity_number_is_told_with_the_number_masked(tmp_path):
    path = workbook(
        tmp_path / "c.xlsx",
        **{"000000199001010018": [["其他"]], "一览": [HEADER, ["trainee_withdrawn", "T1"]]},
    )
    (told,) = read(path).remarks
    assert "000000********0018" in told


def test_hidden_rows_and_columns_are_carried_out_and_told(tmp_path):
    rows = [HEADER, ["trainee_withdrawn", "T1"], ["trainee_withdrawn", "T2"]]
    book = openpyxl.load_workbook(workbook(tmp_path / "c.xlsx", 变更=rows))
    book["变更"].row_dimensions[3].hidden = True
    book["变更"].column_dimensions["C"].hidden = True
    book.save(tmp_path / "c.xlsx")
    changes = read(tmp_path / "c.xlsx")
    assert withdrawn(changes) == ["T1", "T2"]
    (told,) = changes.remarks
    assert "隐藏了1 行（第 3 行）、1 列" in told.replace(" ", " ")
