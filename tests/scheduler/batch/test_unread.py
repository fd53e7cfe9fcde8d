"""What nobody reads is told, and what resembles something that is missing stops planning."""

import csv

import openpyxl
import pytest

from common.text import key
from scheduler.batch.columns import TABLES as NAMES
from scheduler.batch.columns import known_columns, other_words
from scheduler.batch.unread import resembled
from scheduler.errors import BadBatchError
from scheduler.reading import read_batch
from tests.scheduler.files import CHINESE, TABLES, write_folder, write_workbook


def refused(path):
    with pytest.raises(BadBatchError) as caught:
        read_batch(path)
    return [(one.code, str(one.location), one.message) for one in caught.value.findings]


def table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_a_sheet_under_another_name_is_not_left_out_in_silence(tmp_path):
    """Without its relations a batch would be planned against the rule of cross-examination, and nobody would know."""
    rows = [["关系类型", "起始编号", "目标编号"], ["controls", "I1", "I2"]]
    (code, where, message), *more = refused(write_workbook(tmp_path / "b.xlsx", CHINESE, 关系一览=rows))
    assert (code, where, more) == ("BATCH-TABLE-UNKNOWN", "b.xlsx 工作表“关系一览”", [])
    assert "是不是“关系”表" in message


def test_what_is_not_read_is_told_beside_the_faults(tmp_path):
    """Five ids that are not defined do not say that the sheet which defines them was not read."""
    tables = {**CHINESE, "关系": [["关系类型", "起始编号", "目标编号"], ["聘用", "I1", "JK05"]]}
    path = write_workbook(tmp_path / "b.xlsx", tables, 人员一览=[["编号"], ["JK05"]])
    with pytest.raises(BadBatchError) as caught:
        read_batch(path)
    first, fault, told = str(caught.value).splitlines()
    assert first == "考试批次有 1 处问题，改正后再计划："
    assert "“JK05”没有在" in fault
    assert told == "请核对：没有读 b.xlsx 人员一览：批次里没有这样的表"


@pytest.mark.parametrize("name", ["机构关系.csv", "relations.txt", "考务人员总表.csv", "关系.xlsx"])
def test_a_file_under_another_name_or_in_another_form_is_not_left_out_in_silence(tmp_path, name):
    folder = write_folder(tmp_path)
    table(folder / name, [["kind", "from_id", "to_id"]])
    (found,) = refused(folder)
    assert found[:2] == ("BATCH-TABLE-UNKNOWN", name)


def test_a_column_under_another_name_is_not_left_out_in_silence(tmp_path):
    rows = [[*TABLES["sites"][0][:3], "owner", *TABLES["sites"][0][4:]], *TABLES["sites"][1:]]
    assert TABLES["sites"][0][3] == "owner_id"
    (found,) = refused(write_folder(tmp_path, sites=rows))
    assert found[:2] == ("BATCH-COLUMN-UNKNOWN", "sites.csv 第 1 行 D 列")
    assert "是不是“所属机构编号”" in found[2]


def test_what_resembles_nothing_is_told_and_planned_without(tmp_path):
    rows = [[*TABLES["trainees"][0], "联系电话"], *([*row, "无"] for row in TABLES["trainees"][1:])]
    folder = write_folder(tmp_path, trainees=rows)
    table(folder / "说明.csv", [["填表说明"]])
    (folder / "照片.jpg").write_bytes(b"")
    assert read_batch(folder).remarks == (
        "没有读 trainees.csv 的列“联系电话”：没有这样的列",
        "没有读 说明.csv：批次里没有这样的表",
    )


def test_what_is_hidden_in_a_workbook_is_read_and_told(tmp_path):
    path = write_workbook(tmp_path / "b.xlsx", CHINESE)
    book = openpyxl.load_workbook(path)
    book["考点"].row_dimensions[3].hidden = True
    book["考点"].column_dimensions["F"].hidden = True
    book.save(path)
    read = read_batch(path)
    assert read.remarks == ("b.xlsx 考点 隐藏了1 行（第 3 行）、1 列，与其他的一样读入",)
    assert set(read.sites) == {"S1", "S2"}


@pytest.mark.parametrize(
    ("written", "names", "meant"),
    [
        ("所属机构", ["所属机构编号", "城市"], "所属机构编号"),
        ("截至日期", ["截止日期", "日期"], "截止日期"),
        ("最晚考试日期", ["最晚日期"], "最晚日期"),
        ("day-limits", ["day_limit", "每日上限"], "day_limit"),
        ("联系电话", ["姓名", "身份证号"], ""),
        ("remark", ["name", "row"], ""),
        ("号", ["身份证号"], ""),
    ],
)
def test_what_resembles_what(written, names, meant):
    assert resembled(written, names) == meant


def test_no_name_of_a_table_is_taken_for_another_one():
    """All tables are there: each is found by its own names, and none is told."""

    def all_names(table):
        return (*known_columns()[table]["_table"], *other_words()[table].get("_table", ()))

    words = {word: name for name in NAMES for word in all_names(name)}
    assert len({key(word) for word in words}) == len(words)
