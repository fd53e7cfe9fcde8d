"""A stated end is read under the common words for it, and a column of dates that nobody reads is told."""

import datetime as dt

import pytest

from certcheck.report.how_read import unread_dates_line
from tests.certcheck.lists import LI, ZHANG, codes_under, number, read, roster, xlsx

WANG = number("1990-02-03")


@pytest.mark.parametrize(
    "header", ["到期", "证书到期", "截止", "有效至", "有效到", "应换证日期", "下次换证日期"]
)
def test_an_expired_certificate_is_not_clean(tmp_path, header):
    """What can only be the end is read as it."""
    found = codes_under(
        tmp_path,
        ["姓名", "身份证号", "准操项目", header],
        ["仿真张三", ZHANG, "低压电工作业", "2026-01-01"],
        ["仿真李四", LI, "低压电工作业", "2030-05-01"],
    )
    assert "CERT-EXPIRED" in found[0]
    assert "CERT-EXPIRED" not in found[1]


@pytest.mark.parametrize(
    ("label", "field"),
    [("复审到期", "review_due"), ("高压证到期", "valid_to"), ("身份证到期", None), ("合同到期", None)],
)
def test_words_around_it(label, field):
    """Whose end it is follows from what stands before the word."""
    (table,) = roster([["姓名", "身份证号", label], ["仿真张三", ZHANG, "2030-05-01"]]).tables
    assert {column.label: column.field for column in table.columns}.get(label) == field
    assert table.unread_dates == ()


def test_the_end_goes_before_the_day_of_renewal(tmp_path):
    """A large company's register states both (DOMAIN 6.6), a day apart: no contradiction, nothing left to check."""
    path = xlsx(
        tmp_path / "名单.xlsx",
        {"表": [["姓名", "身份证号", "准操项目", "证书有效期", "应换证日期"],
                ["仿真张三", ZHANG, "低压电工作业", "2030-04-30", "2030-05-01"]]},
    )  # fmt: skip
    lists = read(path)
    (entry,) = lists.entries
    assert str(entry.claim.valid_to) == "2030-04-30"
    assert unread_dates_line(lists.readings) == ""


def test_a_name_under_another_word():
    """员工 is the name where nothing else is; beside 姓名 it is not."""
    alone = roster([["员工", "编码", "证", "到期"], ["仿真张三", ZHANG, "低压电工作业", "2030-05-01"]])
    assert [one.person["name"] for one in alone.rows] == ["仿真张三"]
    assert alone.rows[0].claims[0]["valid_to"] == "2030-05-01"
    beside = roster([["姓名", "身份证号", "员工"], ["", ZHANG, "正式"]])
    assert "name" not in beside.rows[0].person


@pytest.mark.parametrize("state", ["到期", "截止", "证书到期", "员工"])
def test_a_word_of_a_cell_makes_no_header(state):
    """Somebody whose number is missing, with a state or a kind of staff: still a person."""
    rows = [["姓名", "身份证号", "证书", "状态"],
            ["仿真张三", ZHANG, "低压电工作业", "正常"],
            ["王五", "", "低压电工作业", state],
            ["王六", "待补", "低压电工作业", state],
            ["李四", LI, "低压电工作业", "正常"], ["王七", WANG, "低压电工作业", "正常"]]  # fmt: skip
    assert len(roster(rows).rows) == 5


def test_a_state_under_a_header_known_by_a_number():
    """What is a header without the word 到期 below it stays one with it."""
    rows = [["工人", "姓名", "号码", "状态"], ["1", "仿真张三", ZHANG, "到期"], ["2", "仿真李四", LI, "正常"]]
    assert len(roster(rows).rows) == 2


def test_dates_that_nobody_reads_are_told(tmp_path):
    """Every ambiguous date, whatever the column is called, also without a header; another paper's and none are not."""
    head = [
        "姓名",
        "身份证号",
        "准操项目",
        "换证日期",
        "年审日期",
        "入职日期",
        "劳动合同到期",
        "工号",
        "批次",
        "",
    ]
    day = dt.date(2026, 1, 1)
    rows = [[name, who, "低压电工作业", "2026-01-01", day, day, day, "20260101", "A", day]
            for name, who in (("仿真张三", ZHANG), ("仿真李四", LI))]  # fmt: skip
    rows[1][3] = "无"
    lists = read(xlsx(tmp_path / "名单.xlsx", {"表": [head, *rows]}))
    assert unread_dates_line(lists.readings) == (
        "请核对：没有读“换证日期”“年审日期”“第 10 列（没有表头）”列，里面是日期；"
        "如果是证书的有效期或复审日期，请用 --columns 指明（如 --columns valid_to=表头），再重新核验。"
    )
    assert unread_dates_line([]) == ""


def test_other_columns_are_not_told(tmp_path):
    """A column in which most cells are no dates, or none states anything, is passed over as before."""
    rows = [
        ["姓名", "身份证号", "换证日期", "说明一"],
        ["仿真张三", ZHANG, "", "2026-01-01"],
        ["仿真李四", LI, "", "已办"],
    ]
    assert unread_dates_line(read(xlsx(tmp_path / "名单.xlsx", {"表": rows})).readings) == ""
