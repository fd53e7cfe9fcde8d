"""Rows at the foot of a list or between two tables whose words stand in the columns of names and numbers."""

import pytest

from tests.certcheck.lists import LI, ZHANG, codes_of, entries_of, judge, roster

HEAD = ["姓名", "性别", "身份证号", "岗位"]
ONE = ["仿真张三", "男", ZHANG, "文员"]
TURNED = ["身份证号", "姓名", "岗位"]

FEET = [
    ["制表人：仿真王五", "", "日期：2026年11月3日", ""],
    ["制表人：仿真王五", "", "2026年11月3日", ""],
    ["制表人", "", "2026-11-03", ""],
    ["制表人：仿真王五", "", "电话：13800000000", ""],
    ["制表人：仿真王五", "", "13800000000", ""],
    ["填报单位：某公司", "", "填报日期：2026年11月3日", ""],
    ["", "", "填报日期：2026年11月3日", ""],
    ["", "", "说明：本表于2026年11月20日统计，共120人", ""],
    ["", "", "2026年11月3日", ""],
    ["", "", "2026-11-03", ""],
    ["2026年11月3日", "", "", ""],
    ["审核：", "", "联系电话：0000-12345678", ""],
]
TITLES = [
    "二车间特种作业人员名册（2026年）", "二车间特种作业人员名册（2026年11月3日）", "特种作业人员台账(第二批)", "2026年第二批取证",
    "二车间名册【2026年度】", "二车间花名册2026", "二车间名册（一）（续）",
]  # fmt: skip


@pytest.mark.parametrize("foot", FEET, ids="|".join)
def test_signatures_in_the_column_of_numbers(foot):
    """The digits of a date or a telephone are no identity number."""
    reading = roster([HEAD, ONE, foot])
    assert ([row.source.row for row in reading.rows], reading.skipped) == ([2], 1)


@pytest.mark.parametrize("foot", ["说明：本表于2026年11月20日统计", "制表日期：2026-11-20", "2026年11月20日"])
def test_a_note_under_a_first_column_of_numbers(foot):
    reading = roster([TURNED, [ZHANG, "仿真张三", "文员"], [foot, "", ""]])
    assert ([row.source.row for row in reading.rows], reading.skipped) == ([2], 1)


@pytest.mark.parametrize("head", [HEAD, TURNED, ["序号", "姓名", "身份证号"]])
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_titles_between_tables(head, title, at):
    """One text with a year, or a list's word and what is noted behind it, names what follows."""
    person = ["仿真张三" if one == "姓名" else ZHANG if one == "身份证号" else "" for one in head]
    row = [title if index == at else "" for index in range(len(head))]
    assert [one.source.row for one in roster([head, person, row, head, person]).rows] == [2, 5]


def test_a_title_with_its_date_beside_it():
    rows = [HEAD, ONE, ["二车间人员名册", "", "2026年11月", ""], HEAD, ONE]
    assert [one.source.row for one in roster(rows).rows] == [2, 5]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", "", "身份证：00000019900101", ""], "ID-FORMAT"),
        (["仿真王五", "", "2026-11-03", ""], None),
        (["仿真王五", "", "日期：2026年11月3日", ""], "ID-FORMAT"),
        (["", "", "20261103", ""], "NAME-MISSING"),
        (["", "", "电话13800000000", ""], "ID-FORMAT"),
        (["", "", f"联系人：{LI}", ""], "NAME-MISSING"),
        (["制表人：仿真王五", "", LI, ""], None),
        (["制表人：仿真王五", "", f"{LI[:6]} {LI[6:14]} {LI[14:]}", ""], None),
        (["制表人：仿真王五", "", f"日期：{LI}", ""], None),
        (["仿真王五", "", "", ""], "ID-MISSING"),
        (["仿真王五（2026年入职）", "", "", ""], "ID-MISSING"),
        (["仿真王五", "", "2026年", ""], "ID-FORMAT"),
    ],
)
def test_somebody_all_the_same(row, code):
    """What may be a person is told: a name beside a date, digits without a word, a whole number behind any word."""
    outcomes = judge(entries_of(roster([HEAD, ONE, row])))
    assert [one.entry.source.row for one in outcomes] == [2, 3]
    assert code is None or code in codes_of(outcomes[1])
