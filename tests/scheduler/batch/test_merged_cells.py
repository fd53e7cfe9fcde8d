"""A merged cell says the same of every row that it spans; why: a leave that only the first of five has would put four on duty."""

import openpyxl
import pytest

from scheduler.errors import BadBatchError
from scheduler.reading import read_batch
from tests.scheduler.files import TABLES, write_workbook

STAFF = ["staff_id", "name", "employer_id", "roles", "unavailable"]


def merged(path, areas, **changed):
    """Write a workbook and merge areas of its sheets, as a spreadsheet does: only the first cell keeps its value."""
    write_workbook(path, **changed)
    book = openpyxl.load_workbook(path)
    for sheet, area in areas:
        book[sheet].merge_cells(area)
    book.save(path)
    return path


def test_leave_and_employer_of_several_staff(tmp_path):
    staff = [STAFF, ["W1", "甲", "I1", "patrol", "2026-12-07"]]
    staff += [[name, f"姓名{name}", "", "patrol", ""] for name in ("W2", "W3")]
    problem = read_batch(merged(tmp_path / "b.xlsx", [("staff", "C2:C3"), ("staff", "E2:E4")], staff=staff))
    assert [one.employer_id for one in problem.staff.values()] == ["I1", "I1", ""]
    assert all(one.unavailable == problem.staff["W1"].unavailable != () for one in problem.staff.values())
    assert "b.xlsx staff 有合并单元格：其中每一行都按合并的内容读入（补入 3 格）" in problem.remarks


def test_trainees_are_read_in_columns_and_know_it_too(tmp_path):
    head, first, second = TABLES["trainees"]
    people = [head, [*first[:6], "2026-12-01", ""], [*second[:6], "", ""]]
    problem = read_batch(merged(tmp_path / "b.xlsx", [("trainees", "G2:G3")], trainees=people))
    assert len({one.earliest for one in problem.trainees.values()} - {None}) == 1
    assert None not in {one.earliest for one in problem.trainees.values()}


def test_a_day_of_two_halves(tmp_path):
    """By the letter of the file the second row would be every day of the site."""
    head, _, other_site = TABLES["places"]
    places = [
        head,
        ["S1", "2026-12-01", "am", "低压电工作业", "2"],
        ["S1", "", "pm", "低压电工作业", "3"],
        other_site,
    ]
    problem = read_batch(merged(tmp_path / "b.xlsx", [("places", "B2:B3")], places=places))
    assert problem.places[0].day == problem.places[1].day is not None


def test_ids_merged_over_two_rows_are_one_id_twice(tmp_path):
    with pytest.raises(BadBatchError) as caught:
        read_batch(merged(tmp_path / "b.xlsx", [("trainees", "A2:A3")]))
    assert {one.code for one in caught.value.findings} == {"BATCH-DUPLICATE"}


def test_a_cell_over_two_columns_is_no_value_of_either(tmp_path):
    head, first, second = TABLES["trainees"]
    people = [head, [*first[:6], "2026-12-01", ""], second]
    with pytest.raises(BadBatchError) as caught:
        read_batch(merged(tmp_path / "b.xlsx", [("trainees", "G2:H2")], trainees=people))
    (fault,) = caught.value.findings
    assert (fault.code, fault.location.row, fault.location.column) == ("BATCH-MERGED", 2, 7)
    assert "“最早日期”、“最晚日期”" in fault.message


def test_titles_headers_and_totals_are_left_alone(tmp_path):
    path = merged(tmp_path / "b.xlsx", [])
    book = openpyxl.load_workbook(path)
    book["seats"].insert_rows(1)
    book["seats"]["A1"] = "场次一览"
    book["seats"].merge_cells("A1:D1")
    book["seats"].append(["合计", None, None, 4])
    book["seats"].merge_cells("A5:C5")
    book["sites"].merge_cells("H2:H3")  # beyond the columns that are known
    book.save(path)
    with pytest.raises(BadBatchError) as caught:
        read_batch(path)
    (fault,) = caught.value.findings
    assert (fault.code, fault.location.sheet, fault.location.row) == ("BATCH-EMPTY", "seats", 5)
    assert "合计" in fault.message
