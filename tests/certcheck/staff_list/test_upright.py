"""Lists on their side and cards: each person is read, with the row of the sheet that names it."""

import pytest

from certcheck.staff_list.header_words import load_headers
from certcheck.staff_list.upright import stood_up
from tests.certcheck.lists import LI, ZHANG, entries_of, number, roster, sheet

SIDE = [
    ["特种作业人员登记", "", ""],
    ["姓名", "张三", "李四"],
    ["身份证号", ZHANG, LI],
    ["准操项目", "低压电工作业", "高压电工作业"],
    ["有效期至", "2027-04-30", "2028.5.1"],
]
CARDS = [
    ["人员登记卡", "", "", ""],
    ["姓名：", "张三", "性别", "男"],
    ["身份证号", ZHANG, "", ""],
    ["准操项目", "低压电工作业", "有效期至", "2027-04-30"],
    ["准操项目", "高压电工作业", "有效期至", "2028-05-01"],
    ["", "", "", ""],
    ["姓名：李四", "", "身份证号", LI],
    ["准操项目", "", "有效期至", ""],
]


def read(rows):
    """Give name, row, certificate, item and end of every entry."""
    return [
        (e.person.name, e.source.row, e.claim and e.claim.item, str(e.claim and e.claim.valid_to))
        for e in entries_of(roster(rows))
    ]


def test_on_its_side():
    """The labels stand in the first column and the people beside each other: the row is that of the names."""
    assert read(SIDE) == [
        ("张三", 2, "低压电工作业", "2027-04-30"), ("李四", 2, "高压电工作业", "2028-05-01"),
    ]  # fmt: skip
    assert [entry.person.number for entry in entries_of(roster(SIDE))] == [ZHANG, LI]


def test_cards():
    """Each 姓名 begins a person; 准操项目 that comes again is the person's next certificate, and keeps its row."""
    assert read(CARDS) == [
        ("张三", 2, "低压电工作业", "2027-04-30"), ("张三", 5, "高压电工作业", "2028-05-01"), ("李四", 7, None, "None"),
    ]  # fmt: skip
    assert [entry.person.number for entry in entries_of(roster(CARDS))] == [ZHANG, ZHANG, LI]


def test_one_person_on_its_side_is_a_card():
    rows = [[label, value] for label, value, _ in SIDE[1:]]
    assert read(rows) == [("张三", 1, "低压电工作业", "2027-04-30")]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("third", [[], [["初领日期", "2024-05-01", "发证机关", "某局"]]])
def test_cards_of_few_rows(count, blank, third):
    """准操项目 beside 有效期至 looks like the header of the next card's rows: who is read decides, dates are no numbers."""
    people = [(f"仿真{who}", number(f"1985-06-1{at}")) for at, who in enumerate("甲乙丙丁戊"[:count])]
    rows = []
    for name, its in people:
        rows += [
            ["姓名", name, "身份证号", its],
            ["准操项目", "低压电工作业", "有效期至", "2030-04-30"],
            *third,
        ]
        rows += [["", "", "", ""]] if blank else []
    found = entries_of(roster(rows))
    assert [(e.person.name, e.person.number) for e in found] == people
    assert {(e.claim.item, str(e.claim.valid_to)) for e in found} == {("低压电工作业", "2030-04-30")}


def test_a_form_over_a_table_of_numbers():
    """Whoever filled the list in stands above it with name and number; the people below have no names."""
    rows = [["填表人姓名", "王五", "姓名：王五", "身份证号：" + LI], ["身份证号", "岗位", "", ""],
            *([number(f"1985-06-1{at}"), "电工", "", ""] for at in range(3))]  # fmt: skip
    assert len([e for e in entries_of(roster(rows)) if e.person.number != LI]) == 3


def test_a_table_stays_a_table():
    """What stands as a table is never turned, and a sheet of notes is nobody."""
    assert len(roster([["姓名", "身份证号"], ["张三", ZHANG]]).rows) == 1
    for rows in ([], [["说明：本表由安全部填写"]], [["姓名", "备注"]], [["姓名：", ""], ["单位", "某厂"]]):
        assert stood_up(sheet(rows), load_headers()) is None


def test_a_form_over_a_table_hides_nobody():
    """Who filled the list in stands above it with a number; the one person of the table is still read."""
    rows = [["姓名：王五", "身份证号：" + LI], ["姓名", "身份证号", "岗位"], ["张三", ZHANG, "电工"]]
    assert "张三" in [entry.person.name for entry in entries_of(roster(rows))]
