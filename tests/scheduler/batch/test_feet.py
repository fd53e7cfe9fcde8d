"""Totals and signatures below a table: one message a row, wherever they stand; no row of the table is taken for one."""

import pytest

from scheduler.batch.feet import foot_mark
from scheduler.errors import BadBatchError
from scheduler.reading import read_batch
from tests.scheduler.files import CHINESE, write_folder, write_workbook


def told(path):
    with pytest.raises(BadBatchError) as caught:
        read_batch(path)
    return [
        (one.location.file, one.location.sheet, one.location.row, one.message)
        for one in caught.value.findings
    ]


def foot(mark, table):
    return f"这一行像是合计、签名或说明（“{mark}”），不是{table}表的数据：请删去这一行"


NUMBERED = [
    ["序号", *CHINESE["考生"][0]],
    *([number, *row] for number, row in enumerate(CHINESE["考生"][1:], 1)),
]
FEET = [
    ["合计", "", "60人", "", "", "", "", "", ""],
    ["填表人：仿真甲", "", "", "", "审核：仿真乙", "", "", "", "填表日期：2026年11月25日"],
]


def test_below_the_trainees_of_a_workbook(tmp_path):
    """The word stands in the column of the serial number, which nobody reads."""
    path = write_workbook(tmp_path / "b.xlsx", CHINESE, 考生=[*NUMBERED, *FEET])
    assert told(path) == [
        ("b.xlsx", "考生", 4, foot("合计", "考生")),
        ("b.xlsx", "考生", 5, foot("填表", "考生")),
    ]


def test_below_the_trainees_of_a_plain_file(tmp_path):
    """Read in columns, as a million people are."""
    folder = write_folder(tmp_path, {**CHINESE, "考生": None})
    lines = [",".join(map(str, row)) for row in [*NUMBERED, *FEET]]
    (folder / "考生.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert told(folder) == [
        ("考生.csv", "", 4, foot("合计", "考生")),
        ("考生.csv", "", 5, foot("填表", "考生")),
    ]


@pytest.mark.parametrize(
    ("table", "row", "mark"),
    [
        ("工位", ["小计", "", "", "", 4], "小计"),
        ("工位", ["S2 小计：", "", "", "低压电工作业", 4], "小计"),
        ("场次", ["合计", "", "", 4], "合计"),
        ("机构", ["合计", "2家", ""], "合计"),
        ("机构", ["制表人：仿真甲", "审核人：仿真乙", ""], "制表"),
        ("考点", ["共计 2 个", "", "", "", "", ""], "共计"),
        ("考点", ["单位（盖章）：", "", "", "", "", ""], "单位（"),
    ],
)
def test_below_other_tables(tmp_path, table, row, mark):
    """Where the row has all that is needed, too: an institution or a member of the staff would be called so."""
    rows = [*CHINESE[table], row]
    path = write_workbook(tmp_path / "b.xlsx", CHINESE, **{table: rows})
    assert told(path) == [("b.xlsx", table, len(rows), foot(mark, table))]


@pytest.mark.parametrize(
    "text", ["T1", "总部", "小计算机公司", "联系", "说明书", "60人", "注册安全工程师：甲", "审核"]
)
def test_what_is_a_row_of_the_table(text):
    assert foot_mark(0, text, text) == ""


def test_a_row_that_lacks_something_is_told_as_such(tmp_path):
    """The remark in front of it is no reason to take it for a note."""
    rows = [["备注", *CHINESE["工位"][0]], ["审核通过", "S1", "", "", "", 4]]
    (one,) = told(write_workbook(tmp_path / "b.xlsx", CHINESE, 工位=rows))
    assert one[3] == "“考试项目”不能为空"
