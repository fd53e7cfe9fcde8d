"""Faults in words: each located; what is the same in very many rows of a column is told once, with the first of its rows."""

from common.finding import Finding, Location, Severity
from scheduler.errors import BadBatchError, BadChangesError


def fault(row, message, column=4, sheet="考生"):
    return Finding("ID-UNKNOWN", Severity.VIOLATION, message, location=Location("b.xlsx", sheet, row, column))


def test_a_few_faults_have_a_line_each():
    few = [fault(row, "“甲”没有在机构表中定义") for row in range(2, 10)]
    told = str(BadBatchError(few)).splitlines()
    assert told[0] == "考试批次有 8 处问题，改正后再计划："
    assert told[1:] == [
        f"  b.xlsx 工作表“考生” 第 {row} 行 D 列：“甲”没有在机构表中定义" for row in range(2, 10)
    ]


def test_what_is_the_same_in_very_many_rows_is_told_once():
    """A column of names where ids should be: a line for each of 800 people would hide what else is wrong."""
    many = [fault(row, "“甲”没有在机构表中定义") for row in range(2, 802, 2)]
    others = [fault(3, "“乙”没有在机构表中定义"), fault(4, "“甲”没有在机构表中定义", column=9)]
    error = BadBatchError([many[0], others[0], *many[1:], others[1]], ["没有读 说明"])
    assert str(error).splitlines() == [
        "考试批次有 402 处问题，改正后再计划：",
        "  b.xlsx 工作表“考生” 第 2、4、6、8、10、12、14、16 行等 400 行 D 列：“甲”没有在机构表中定义",
        "  b.xlsx 工作表“考生” 第 3 行 D 列：“乙”没有在机构表中定义",
        "  b.xlsx 工作表“考生” 第 4 行 I 列：“甲”没有在机构表中定义",
        "请核对：没有读 说明",
    ]
    assert len(error.findings) == 402


def test_faults_of_files_have_a_line_each_and_so_have_those_of_a_table_of_changes_without_a_column():
    files = [
        Finding("BATCH-FILE", Severity.VIOLATION, "读不了", location=Location(f"{number}.csv"))
        for number in range(9)
    ]
    assert len(str(BadBatchError(files)).splitlines()) == 10
    rows = [fault(row, "没有这个考点", column=0, sheet="") for row in range(2, 12)]
    (line,) = str(BadChangesError(rows)).splitlines()[1:]
    assert line == "  b.xlsx 第 2、3、4、5、6、7、8、9 行等 10 行：没有这个考点"
