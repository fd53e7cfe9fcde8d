"""Ends of a validity that only the column beside them tells."""

import pytest

from tests.certcheck.lists import LI, ZHANG, codes_under, entries_of, roster

PERSON = ["仿真张三", ZHANG, "低压电工作业"]


def dates(*rows, **facts):
    """Start and end of each certificate of a list."""
    return [(one.claim.valid_from and str(one.claim.valid_from), one.claim.valid_to and str(one.claim.valid_to))
            for one in entries_of(roster(rows, **facts))]  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [("有效期起", ""), ("有效期自", "至"), ("有效期从", "到"), ("起始日期", ""), ("有效期开始日期", "截止"), ("有效期", ""),
     ("有效期限", "至"), ("自", "至"), ("从", "到"), ("生效日期", "终止")],
)  # fmt: skip
@pytest.mark.parametrize("behind", [[], ["备注"]])
def test_an_end_beside_its_start(head, behind):
    """The column to the right of a start, under 至 or nothing, holds the end."""
    rows = [
        [*PERSON, "2019-05-01", "2025-04-30"],
        ["仿真李四", LI, "高压电工作业", "2023-01-02", "2029-01-01"],
    ]
    found = dates(
        ["姓名", "身份证号", "准操项目", *head, *behind], *([*row, *["调岗" for _ in behind]] for row in rows)
    )
    assert found == [("2019-05-01", "2025-04-30"), ("2023-01-02", "2029-01-01")]


def test_an_end_beside_its_start_is_judged(tmp_path):
    """Nobody whose certificate has ended passes because a header is empty."""
    for head in (("有效期起", ""), ("有效期自", "至"), ("有效期", "")):
        (found,) = codes_under(
            tmp_path, ["姓名", "身份证号", "准操项目", *head], [*PERSON, "2019-05-01", "2025-04-30"]
        )
        assert "CERT-EXPIRED" in found
        found = codes_under(
            tmp_path, ["姓名", "身份证号", "准操项目", *head], [*PERSON, "2024-05-13", "2030-05-12"]
        )
        assert found == [[]]


def test_one_merged_header_over_start_and_end():
    """有效期 merged over two columns and one row: the first date is no end."""
    rows = [["姓名", "身份证号", "准操项目", "有效期", ""], [*PERSON, "2024-05-13", "2030-05-12"]]
    assert dates(*rows, merged=((1, 4, 1, 5),)) == [("2024-05-13", "2030-05-12")]


def test_a_column_of_joints_between():
    """起 | 至 | 止 as three columns of which only the first has a header."""
    rows = [["姓名", "身份证号", "准操项目", "有效期起", "", ""], [*PERSON, "2024-05-13", "至", "2030-05-12"]]
    assert dates(*rows) == [("2024-05-13", "2030-05-12")]


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (("有效期起", "", "有效期至"), ("2024-05-13", "2031-01-01", "2030-05-12")),  # an end is named
        (("有效期起", ""), ("2024-05-13", "已调岗")),
        (("有效期起", ""), ("2024-05-13", "2020-01-01")),  # earlier: no end of this start
        (("初领日期", ""), ("2024-05-13", "2030-05-12")),  # nothing tells what it is
        (("有效期起", "安全帽到期日期"), ("2024-05-13", "2030-05-12")),
    ],
)
def test_columns_that_are_no_end(head, cells):
    """Only a free column of later dates is the end of the start beside it."""
    ((_, end),) = dates(["姓名", "身份证号", "准操项目", *head], [*PERSON, *cells])
    assert end == ("2030-05-12" if "有效期至" in head else None)


def test_one_date_under_a_validity_stays_its_end():
    """有效期 with one date is the end as before, whatever else stands beside it."""
    assert dates(["姓名", "身份证号", "准操项目", "有效期", ""], [*PERSON, "2030-05-12", ""]) == [
        (None, "2030-05-12")
    ]
    assert dates(["姓名", "身份证号", "准操项目", "有效期", ""], [*PERSON, "2030-05-12", "2020-01-01"]) == [
        (None, "2030-05-12")
    ]


def test_the_end_of_each_of_several_certificates():
    """Behind a certificate's name, the end is that certificate's."""
    head = ["姓名", "身份证号", "低压证-有效期自", "至", "高压证-有效期自", "至"]
    found = dates(head, ["仿真张三", ZHANG, "2024-05-13", "2030-05-12", "2023-01-02", "2029-01-01"])
    assert found == [("2024-05-13", "2030-05-12"), ("2023-01-02", "2029-01-01")]


def test_dates_that_may_be_the_end_are_told(tmp_path):
    """Earlier dates beside a start are probably swapped: they are quoted, and accuse nobody."""
    head = ["姓名", "身份证号", "准操项目", "有效期起", ""]
    assert codes_under(tmp_path, head, [*PERSON, "2024-05-13", "2020-01-01"]) == [["DATE-UNREADABLE"]]
