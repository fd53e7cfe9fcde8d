"""The blank workbook is what the reader reads; why: a clerk who fills in a template must not be told that it is wrong."""

import io

import openpyxl
import pytest

from scheduler.batch.columns import TABLES, known_columns
from scheduler.batch.template import blank_batch
from scheduler.problem import Part
from scheduler.reading import read_batch

FILLED = {
    "考生": {"考生编号": "001", "姓名": "仿真甲", "培训机构编号": "I1", "考试项目": "低压电工作业", "考试科目": "理论和实操"},
    "机构": {"机构编号": "I1", "机构名称": "机构一", "机构类型": "培训机构"},
    "考点": {"考点编号": "S1", "考点名称": "考点一", "考点类型": "公共", "城市": "云州市", "地址": "仿真路1号"},
    "场次": {"考点编号": "S1", "日期": "2026-12-01", "半天": "上午", "座位数": 5},
    "工位": {"考点编号": "S1", "考试项目": "低压电工作业", "工位数": 5},
}  # fmt: skip


@pytest.fixture
def book():
    return openpyxl.load_workbook(io.BytesIO(blank_batch()))


def heads(sheet):
    return [cell.value for cell in sheet[1]]


def validations(sheet):
    """Give the validation of each column by its header."""
    found = {
        str(one.sqref).split(":")[0].rstrip("0123456789"): one
        for one in sheet.data_validations.dataValidation
    }
    return {cell.value: found[cell.column_letter] for cell in sheet[1]}


def test_every_table_and_column_is_there_and_the_same_bytes_every_time(book):
    assert blank_batch() == blank_batch()
    assert len(book.sheetnames) == len(TABLES)
    for sheet, table in zip(book, TABLES, strict=True):
        assert len(heads(sheet)) == len([name for name in known_columns()[table] if not name.startswith("_")])


def test_what_is_filled_in_is_read_without_a_fault_and_without_a_remark(book, tmp_path):
    for name, row in FILLED.items():
        book[name].append([row.get(head) for head in heads(book[name])])
    book.save(tmp_path / "批次.xlsx")
    read = read_batch(tmp_path / "批次.xlsx")
    assert list(read.remarks) == []
    assert read.trainees["001"].part is Part.BOTH
    assert read.sites["S1"].has_address
    assert sum(read.seats.values()) == 5


def test_an_empty_one_is_read_as_a_batch_of_nobody(book, tmp_path):
    book.save(tmp_path / "批次.xlsx")
    read = read_batch(tmp_path / "批次.xlsx")
    assert not read.trainees
    assert list(read.remarks) == []


def test_every_column_tells_what_it_holds_and_fixed_words_can_be_chosen_that_the_reader_knows(book, tmp_path):
    for sheet in book:
        told = validations(sheet)
        assert set(told) == set(heads(sheet))
        assert all(one.prompt and len(one.prompt) <= 255 and one.promptTitle for one in told.values())
    part = validations(book["考生"])["考试科目"]
    assert part.formula1 == '"理论,实操,理论和实操"'
    assert part.errorStyle == "warning"
    assert validations(book["考点"])["考点类型"].formula1 == '"公共,主管部门,学校,机构"'
    assert validations(book["考生"])["考生编号"].prompt.startswith("必填。本批次内不重复")


def test_ids_are_text_so_that_no_zero_is_lost(book):
    sheet = book["考生"]
    formats = {cell.value: sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]}
    assert formats["身份证号"] == formats["考生编号"] == "@"
