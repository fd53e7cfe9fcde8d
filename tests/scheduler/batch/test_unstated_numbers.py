"""Words and damaged numbers in the column of identity numbers join nobody and are told; documents of all kinds join."""

import openpyxl
import pytest

from scheduler.doubts.namesakes import undecided
from scheduler.reading import read_batch
from scheduler.several.one_person import persons
from tests.scheduler.files import TABLES, write_folder, write_workbook


def tables(written, staff_too=False):
    """Two trainees of one name, and a member of staff, with the same in the cell of the number."""
    header, *rows = TABLES["trainees"]
    people = [[row[0], "王一", written, *row[3:]] for row in rows]
    staff = [["staff_id", "name", "id_number"], ["W1", "赵二", written if staff_too else ""]]
    return {"trainees": [header, *people], "staff": staff}


def together(problem):
    return [(one.staff_ids, one.trainee_ids) for one in persons(problem) if one.trainee_ids]


@pytest.mark.parametrize(
    ("written", "why"),
    [(one, "写的不是号码") for one in ("待补", "不详", "未知", "后补", "未提供", "NA", "n/a.", "0", "0" * 18, "?", "？？")]
    + [(one, "有遮盖") for one in ("000000********0018", "000000××××××××0018", "***", "000000XXXXXXXX0018", "＊")]
    + [("8.10E+17", "科学计数"), ("8E+17", "科学计数"), ("8.10001e17", "科学计数")],
)  # fmt: skip
def test_what_states_no_number_joins_nobody_and_is_told(tmp_path, written, why):
    read = read_batch(write_folder(tmp_path, **tables(written, staff_too=True)))
    assert together(read) == []
    assert [[one.person_id for one in group] for group in undecided(read)] == [["T1", "T2"]]
    first, second = (one for one in read.remarks if "按没有填身份证号计" in one)
    assert why in first
    assert first.startswith("考生表 2 行的")
    assert first.endswith("：第 2、3 行")
    assert second.startswith("考务人员表 1 行的")
    assert second.endswith("：第 2 行")
    assert ("设为文本" in first) == (why != "写的不是号码")


@pytest.mark.parametrize("written", ["无", "暂无", "-", "/"])
def test_an_empty_cell_is_told_no_more_than_before(tmp_path, written):
    assert read_batch(write_folder(tmp_path, **tables(written))).remarks == ()


@pytest.mark.parametrize(
    "written",
    ["000000199001010018", "E12345678", "EA1234567", "H12345678", "12345678", "XX1234567", "C01XX0T47", "1E1234567",
     "ABC123456789012", "810000199001010019", "00000019900101001X", "123"],
)  # fmt: skip
def test_documents_join_as_before(tmp_path, written):
    read = read_batch(write_folder(tmp_path, **tables(written, staff_too=True)))
    assert together(read) == [(("W1",), ("T1", "T2"))]
    assert not [one for one in read.remarks if "没有填" in one]


def test_a_zero_in_a_workbook_is_no_number(tmp_path):
    path = write_workbook(tmp_path / "b.xlsx", TABLES)
    book = openpyxl.load_workbook(path)
    for row in (2, 3):
        book["trainees"].cell(row, 3).value = 0
    book.save(path)
    read = read_batch(path)
    assert together(read) == []
    assert len(read.remarks) == 1
