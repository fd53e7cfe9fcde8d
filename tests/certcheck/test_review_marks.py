"""Reviews: days with a word behind them, headers that leave open what they mean; forms of dates that many hands wrote."""

import datetime as dt

import pytest

from certcheck.report.how_read import open_reviews_line, unread_dates_line
from common.dates import CivilDate
from tests.certcheck.lists import ZHANG, judge, read, xlsx

HEAD = ["姓名", "身份证号", "岗位", "准操项目", "有效期起", "有效期止"]
ROW = ["仿真张三", ZHANG, "电工", "低压电工作业", "2022-03-01", "2028-02-28"]


def entry(tmp_path, label, cell):
    """Read a list with one more column."""
    (found,) = read(xlsx(tmp_path / "一.xlsx", {"人员": [[*HEAD, label], [*ROW, cell]]})).entries
    return found


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025.3.15已审", (2025, 3, 15)),
        ("2024/6/1 已复审", (2024, 6, 1)),
        ("2025-03-15（已复审合格）", (2025, 3, 15)),
        ("2025年3月15日复审合格", (2025, 3, 15)),
        ("2025年3月，已按期复审", (2025, 3, 0)),
    ],
)
@pytest.mark.parametrize("label", ["复审日期", "实际复审日期"])
def test_a_review_that_says_itself_that_it_was_done(tmp_path, label, cell, day):
    """Nothing is left open, also under a header that says only 复审日期."""
    found = entry(tmp_path, label, cell)
    assert found.claim.review_done == CivilDate(*day)
    assert found.claim.review_due is None
    assert found.findings == ()


@pytest.mark.parametrize("label", ["复审日期", "实际复审日期", "应复审日期"])
@pytest.mark.parametrize("cell", ["2025.3.15未审", "2025.3.15不合格", "待审 2027.3.15"])
def test_other_words_are_left_unread(tmp_path, label, cell):
    """Whatever else is behind a date is quoted: nobody knows what happened on that day."""
    assert [one.code for one in entry(tmp_path, label, cell).findings] == ["DATE-UNREADABLE"]


def test_a_day_that_was_due_is_not_the_day_of_the_review(tmp_path):
    """Behind a due date 已审 says that it was done, and not when."""
    found = entry(tmp_path, "应复审日期", "2025.3.15已审")
    assert [one.code for one in found.findings] == ["DATE-UNREADABLE"]
    assert found.claim.review_done is None


def test_a_review_in_the_future_was_not_done(tmp_path):
    """已审 behind a day that is still to come is a slip of the pen."""
    assert [one.code for one in entry(tmp_path, "复审日期", "2027.3.15已审").findings] == ["DATE-UNREADABLE"]


@pytest.mark.parametrize("label", ["初次领证", "首次领证", "初次发证"])
def test_short_words_for_the_first_issue(tmp_path, label):
    """初次领证 is 初次领证日期."""
    assert entry(tmp_path, label, "2016-05-06").claim.first_issue == CivilDate(2016, 5, 6)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["2022-03-01", "20220501", "2022.6.1已办", 44700, dt.date(2022, 8, 1)], True),
        (["20220301", "20220501", "20220601", "20220701", "20220801"], False),
        (["2022-03-01", "甲", "乙", "丙", "20220501"], False),
    ],
)
def test_a_column_of_mixed_dates_that_nobody_reads_is_told(tmp_path, cells, told):
    """Beside dates that are certain, digits and dates with a word behind count; alone they may count anything."""
    rows = [[*ROW[:2], *ROW[2:], cell] for cell in cells]
    listed = read(xlsx(tmp_path / "一.xlsx", {"人员": [[*HEAD, "换证日期"], *rows]}))
    list(listed.entries)
    assert ("没有读“换证日期”列" in unread_dates_line(listed.readings)) is told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2025-03-01", "如果是应复审日期，已逾期 629 天"),
        ("2025-02-28", "如果是应复审日期，已逾期 630 天"),
        ("2025-03", "如果是应复审日期，已逾期 599 天"),
        ("2025-02-27", ""),
        ("2024-11-20", ""),
    ],
)
def test_a_day_that_is_just_the_one_that_was_due(tmp_path, cell, told):
    """Three years after the start, or the day before: that may be no review at all."""
    (outcome,) = judge([entry(tmp_path, "复审日期", cell)])
    (one,) = [one for one in outcome.findings if one.code == "DATE-AMBIGUOUS"]
    assert ("已逾期" in one.message) is bool(told)
    assert told in one.message


def test_the_cure_of_an_open_header_is_told_once(tmp_path):
    """One option says it for the column; a header that says it has no such line."""
    rows = [[*HEAD, "复审时间"], [*ROW, "2025-02-03"], [*ROW, "2025-02-04"]]
    listed = read(xlsx(tmp_path / "一.xlsx", {"人员": rows}))
    list(listed.entries)
    told = open_reviews_line(listed.readings)
    assert "--columns review_done=复审时间；" in told
    assert "--columns review_due=复审时间。" in told
    listed = read(xlsx(tmp_path / "二.xlsx", {"人员": [[*HEAD, "应复审日期"], *rows[1:]]}))
    list(listed.entries)
    assert open_reviews_line(listed.readings) == ""
