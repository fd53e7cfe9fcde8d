"""Lists printed side by side on one sheet: each is read by itself, in its columns and with its rows."""

import pytest

from tests.certcheck.lists import LI, ZHANG, codes_of, entries_of, judge, number, roster, xlsx
from tests.certcheck.lists import read as read_file

HALF = ["姓名", "身份证号", "准操项目", "有效期至"]
WANG, ZHAO = number("1985-06-15"), number("1986-06-15")
A = ["仿真张三", ZHANG, "低压电工作业", "2031-04-30"]
B = ["仿真李四", LI, "高压电工作业", "2031-04-30"]
C = ["仿真王五", WANG, "低压电工作业", "2031-04-30"]
NEXT = ["", "", "登高架设作业", "2025-04-30"]
NONE = ["", "", "", ""]


def read(*rows, gap=()):
    """Give row, name and item of every entry of two halves a row."""
    table = [[*left, *gap, *right] for left, right in [(HALF, HALF), *rows]]
    return [(e.source.row, e.person.name, e.claim and e.claim.item) for e in entries_of(roster(table))]


PLAIN = [(2, "仿真张三", "低压电工作业"), (2, "仿真李四", "高压电工作业")]


@pytest.mark.parametrize("gap", [(), ("",)])
def test_each_continues_its_own(gap):
    """A row without name and number is the next certificate of the person above it in its own list."""
    assert read((A, B), (NEXT, NONE), gap=gap) == [*PLAIN, (3, "仿真张三", "登高架设作业")]
    assert read((A, B), (NONE, NEXT), gap=gap) == [*PLAIN, (3, "仿真李四", "登高架设作业")]
    assert read((A, B), (C, NEXT), (NEXT, NONE), gap=gap) == [
        *PLAIN, (3, "仿真王五", "低压电工作业"), (3, "仿真李四", "登高架设作业"), (4, "仿真王五", "登高架设作业"),
    ]  # fmt: skip
    assert read((A, B), (NEXT, NEXT), gap=gap)[2:] == [
        (3, "仿真张三", "登高架设作业"),
        (3, "仿真李四", "登高架设作业"),
    ]


def test_nobody_above_is_told():
    assert read((NEXT, B)) == [(2, "", "登高架设作业"), (2, "仿真李四", "高压电工作业")]


def test_a_foot_ends_one_list_only():
    """合计 in the left half, or a note, is nobody; a person of the right half without a number is told."""
    rows = [[*HALF, *HALF], [*A, *B], ["合计：1人", "", "", "", "仿真赵六", "", "", ""]]
    assert [(row.source.row, row.person["name"]) for row in roster(rows).rows[2:]] == [(3, "仿真赵六")]
    signed = ["制表人：", "仿真王五", "", "审核人：", "仿真赵六", "", "", ""]
    assert len(roster([*rows[:2], signed]).rows) == 2
    assert len(roster([*rows[:2], ["合计：1人", "", "", "", "合计：1人", "", "", ""]]).rows) == 2


@pytest.mark.parametrize("gap", [(), ("",)])
def test_no_column_is_looked_for_in_the_neighbours_list(gap):
    """岗位 of the right list holds names of items; the left list's certificates are not there."""
    head = ["姓名", "身份证号", "岗位"]
    left = [["仿真张三", ZHANG, "低压电工"], ["仿真王五", WANG, "文员"]]
    right = [["仿真李四", LI, "低压电工"], ["仿真赵六", ZHAO, "高压电工"]]
    rows = [[*head, *gap, *head], *([*one, *gap, *two] for one, two in zip(left, right, strict=True))]
    found = judge(entries_of(roster(rows)))
    assert {one.entry.person.name: one.entry.claim for one in found} == dict.fromkeys(
        ["仿真张三", "仿真王五", "仿真李四", "仿真赵六"]
    )
    assert [codes_of(one) for one in found] == [["CERT-MISSING"], ["CERT-MISSING"], [], ["CERT-MISSING"]]


def test_unnamed_columns_are_each_lists_own(tmp_path):
    """持证情况 in both lists is found in each by what it holds, and nowhere twice."""
    head = ["姓名", "身份证号", "持证情况"]
    rows = [[*head, *head], ["仿真张三", ZHANG, "低压电工作业", "仿真李四", LI, "高压电工作业"]]
    lists = read_file(xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert [entry.claim.item for entry in lists.entries] == ["低压电工作业", "高压电工作业"]


def test_a_post_beside_is_no_item(tmp_path):
    """With the catalogue at hand: what stands in the other list is no column of items of this one."""
    head = ["姓名", "身份证号", "岗位"]
    rows = [[*head, "", *head], ["仿真张三", ZHANG, "文员", "", "仿真李四", LI, "低压电工作业"]]
    lists = read_file(xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert [entry.claim for entry in lists.entries] == [None, None]
