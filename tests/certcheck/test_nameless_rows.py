"""Rows without name and number under a header: somebody's next certificate or a person told, never a part of the header."""

import pytest

from tests.certcheck.lists import LI, ZHANG, codes_of, entries_of, judge, roster

HEAD = ["姓名", "身份证号", "岗位", "作业类别", "准操项目", "有效期至", "发证机关"]
ONE = ["仿真张三", ZHANG, "低压电工", "电工作业", "低压电工作业", "2031-04-30", "某局"]
TWO = ["仿真李四", LI, "低压电工", "电工作业", "低压电工作业", "2031-04-30", "某局"]


def read(rows, **facts):
    return [
        (e.source.row, e.person.name, e.claim and e.claim.item) for e in entries_of(roster(rows, **facts))
    ]


NAMELESS = [
    ["", "", "", "高处作业", "登高架设作业", "2020-04-30", "某局"],
    ["", "", "", "高处作业", "登高架设作业", "", ""],
    ["", "", "", "", "登高架设作业", "", ""],
    ["", "", "焊工", "", "登高架设作业", "", ""],
    ["", "", "", "", "登高架设作业", "2030年4月", ""],
    ["", "", "", "高处作业", "登高架设作业", "20200430", ""],
    ["", "", "/", "高处作业", "登高架设作业", "", ""],
]


@pytest.mark.parametrize("row", NAMELESS, ids="|".join)
def test_the_first_row_is_somebodys(row):
    """Nobody stands above it: it is told as a person without name and number."""
    first, second = judge(entries_of(roster([HEAD, row, TWO])))
    assert (first.entry.source.row, first.entry.claim.item) == (2, "登高架设作业")
    assert {"ID-MISSING", "NAME-MISSING"} <= set(codes_of(first))
    assert (second.entry.person.name, second.entry.claim.item) == ("仿真李四", "低压电工作业")


@pytest.mark.parametrize("row", NAMELESS, ids="|".join)
def test_a_page_break_within_a_person(row):
    """The header printed again on the next page does not end the person whose certificates go on."""
    for blank in ([], [[]]):
        rows = [HEAD, ONE, *blank, HEAD, row, TWO]
        there = 4 + len(blank)
        assert read(rows) == [
            (2, "仿真张三", "低压电工作业"), (there, "仿真张三", "登高架设作业"), (there + 1, "仿真李四", "低压电工作业"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "between",
    [
        [["合计：1人"], HEAD],
        [["二车间人员名单"], HEAD],
        [["姓名", "身份证号", "岗位", "作业类别", "操作项目", "有效期至", "发证机关"]],
    ],
)
def test_another_table_is_not_gone_on_from(between):
    """What stands under a total, a title or another header may be anybody's: told, not given to the last one."""
    found = read([HEAD, ONE, *between, NAMELESS[0]])
    assert found == [(2, "仿真张三", "低压电工作业"), (3 + len(between), "", "登高架设作业")]


@pytest.mark.parametrize("kind", ["特种作业操作证", "低压电工证"])
def test_a_kind_is_a_value_too(kind):
    head = ["姓名", "身份证号", "证书类型", "发证机关"]
    assert [row for row, _, _ in read([head, ["", "", kind, ""], ["仿真李四", LI, kind, ""]])] == [2, 3]


def test_an_item_in_a_column_that_is_known_by_what_it_holds():
    """持证情况 is no header word; the items that stand below the first one show that it is no header."""
    head = ["姓名", "身份证号", "持证情况"]
    rows = [head, ["", "", "登高架设作业"], ["仿真张三", ZHANG, "低压电工作业"]]
    assert [row.source.row for row in roster(rows).rows] == [
        3
    ]  # without the catalogue, the column is not read
    assert roster(rows).tables[0].first == 2


@pytest.mark.parametrize("over", ["持证情况", "准操项目", "特种作业证书", "证书类型"])
@pytest.mark.parametrize("merged", [True, False])
def test_certificates_under_a_title_stay_a_header(over, merged):
    """低压电工作业 | 高压电工作业 under one title, with ticks below, are headers whatever the title is called."""
    rows = [
        ["姓名", "身份证号", over, ""],
        ["", "", "低压电工作业", "高压电工作业"],
        ["仿真张三", ZHANG, "√", ""],
        ["仿真李四", LI, "", "√"],
    ]
    assert read(rows, merged=((1, 3, 1, 4),) if merged else ()) == [
        (3, "仿真张三", "低压电工作业"), (4, "仿真李四", "高压电工作业"),
    ]  # fmt: skip


def test_one_certificate_over_ticks():
    """No item is one mark long: what stands over √ is a header though the label above it is a field's."""
    rows = [["姓名", "身份证号", "证书类型"], ["", "", "低压电工作业"], ["仿真张三", ZHANG, "√"]]
    assert read(rows) == [(3, "仿真张三", "低压电工作业")]
