"""Dates as people write them, and what is none."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.dates import CivilDate, add_months, read_date, read_range, read_serial, weekday_unlike

FORMS = (
    "{y}-{m:02}-{d:02}", "{y}-{m}-{d}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}.{m:02}.{d:02}", "{y}年{m}月{d}日",
    "{y}年{m:02}月{d:02}日", "{y}年{m}月{d}号", "{y}{m:02}{d:02}", "{y}-{m:02}-{d:02} 00:00:00",
    "{y}/{m}/{d} 0:00", "{y}-{m:02}-{d:02}T00:00:00", " {y} 年 {m} 月 {d} 日 ", "{y}、{m}、{d}", "{y}。{m}。{d}",
    "{y}–{m}–{d}", "{y}—{m}—{d}", "{y}.{m}.{d}.",
)  # fmt: skip
MONTHS = ("{y}-{m:02}", "{y}/{m}", "{y}.{m:02}", "{y}年{m}月", "{y}{m:02}", "{y}年{m:02}月")
DIGITS = "〇一二三四五六七八九"
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def chinese(number):
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


@settings(max_examples=80, deadline=None)
@given(DAYS, st.sampled_from(FORMS))
def test_round_trip_of_days(day, form):
    """Every form of a day reads back as that day, in full width and with spaces around it, too."""
    written = form.format(y=day.year, m=day.month, d=day.day)
    assert read_date(written) == CivilDate.of(day)
    assert read_date(full_width(written)) == CivilDate.of(day)
    assert read_date(f"\u3000{written}\u200b ") == CivilDate.of(day)


@settings(max_examples=50, deadline=None)
@given(DAYS, st.sampled_from(MONTHS))
def test_round_trip_of_months(day, form):
    """A month stays a month: nobody invents its day."""
    read = read_date(form.format(y=day.year, m=day.month))
    assert read == CivilDate(day.year, day.month)
    assert read.month_only
    assert str(read) == f"{day.year}-{day.month:02}"


@settings(max_examples=50, deadline=None)
@given(DAYS)
def test_chinese_numerals(day):
    """二〇二一年十二月三十一日 is a day."""
    year = "".join(DIGITS[int(c)] for c in str(day.year))
    assert read_date(f"{year}年{chinese(day.month)}月{chinese(day.day)}日") == CivilDate.of(day)


@settings(max_examples=80, deadline=None)
@given(
    DAYS,
    DAYS,
    st.sampled_from(FORMS),
    st.sampled_from(["至", "-", "--", "~", "～", "—", " 至 ", "到", "\n", "起至"]),
)
def test_round_trip_of_ranges(first, last, form, joint):
    """Two days with range words between them are a range, in written order."""
    if form.endswith((".", " 0:00")) or "00:00" in form:
        form = FORMS[0]
    a, b = (form.format(y=d.year, m=d.month, d=d.day) for d in (first, last))
    assert read_range(f"{a}{joint}{b}") == (CivilDate.of(first), CivilDate.of(last))


@pytest.mark.parametrize(
    "written",
    ["2021.05-2027.04", "2021-05-2027-04", "2021年5月至2027年4月", "2021/05~2027/04", "自2021年5月起至2027年4月止", "202105-202704",
     "有效期：2021.5至2027.4"],
)  # fmt: skip
def test_ranges_of_months(written):
    """Months make ranges, too; 2021-05-2027-04 is two months and no day 20."""
    assert read_range(written) == (CivilDate(2021, 5), CivilDate(2027, 4))


@pytest.mark.parametrize(
    "written",
    ["2021-05-01 00:00:00至2027-04-30 00:00:00", "2021-05-01/2027-04-30", "2021/5/1,2027/4/30", "2021.5.1、2027.4.30",
     "2021.05.01-2027.04.30", "20210501-20270430", "2021-05-01至2027-04-30", "（2021-05-01至2027-04-30）",
     "2021-05-01 - 2027-04-30", "2021年5月1日—2027年4月30日", "从2021-05-01到2027-04-30"],
)  # fmt: skip
def test_ranges_of_days(written):
    """Spreadsheets add times, people any mark between."""
    assert read_range(written) == (CivilDate(2021, 5, 1), CivilDate(2027, 4, 30))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2021-05-01",
        "2021-05-01至长期",
        "2021-05-01、2022-05-01、2023-05-01",
        "2021-02-30至2027-01-01",
        "长期",
    ],
)
def test_no_ranges(written):
    """One date, three dates, or a word is no range."""
    assert read_range(written) is None


@pytest.mark.parametrize(
    "written",
    ["", "长期", "2021", "21-05-01", "25/5/8", "05/01/2021", "1-May-2021", "2021-13-01", "2021-02-30", "2023年2月30日",
     "2021-00-01", "2021-01-00", "1899-12-31", "2200-01-01", "2021-05-01至", "2021050", "202113", "20210532", "已复审",
     "2021-5-1-2", "44317.5.1", "合格", "2021-05-01 合格"],
)  # fmt: skip
def test_no_dates(written):
    """What is not certain is not read: two-digit years, day-first forms, days that do not exist."""
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (44317, "2021-05-01"), (44317.0, "2021-05-01"), (44317.75, "2021-05-01"), (20210501, "2021-05-01"),
        (202105, "2021-05"), (2021.05, "2021-05"), (2021.12, "2021-12"), (2021.1, None), (2021, None),
        (44, None), (0, None), (-44317, None), (20210532, None), (202113, None), (1e18, None),
        (float("inf"), None), (float("nan"), None),
    ],
)  # fmt: skip
def test_numbers_in_date_columns(number, expected):
    """2021.1 is January or October: the spreadsheet dropped the zero, so it is neither."""
    assert (str(read_serial(number)) if read_serial(number) else None) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2026-08-31", 6, "2027-02-28"),
        ("2026-01-31", 1, "2026-02-28"), ("2026-03-31", -1, "2026-02-28"), ("2026-12-15", 1, "2027-01-15"),
    ],
)  # fmt: skip
def test_months_end_on_days_that_exist(day, months, expected):
    """A day that the month does not have becomes its last."""
    assert add_months(dt.date.fromisoformat(day), months).isoformat() == expected
    assert str(CivilDate.of(dt.date.fromisoformat(day)).plus_months(months)) == expected


def test_months_agree_as_months():
    """A month and a day of it may be the same date; the next month's may not."""
    assert CivilDate(2026, 11).agrees(CivilDate(2026, 11, 30))
    assert not CivilDate(2026, 11).agrees(CivilDate(2026, 12, 1))
    assert not CivilDate(2026, 11, 1).agrees(CivilDate(2026, 11, 2))
    assert (CivilDate(2028, 2).first_day(), CivilDate(2028, 2).last_day()) == (
        dt.date(2028, 2, 1),
        dt.date(2028, 2, 29),
    )


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    """No text is an error."""
    read_date(text)
    read_range(text)


def test_a_time_that_no_clock_shows_is_no_date():
    assert str(read_date("2026-12-07 23:59:59")) == "2026-12-07"
    assert read_date("2026-12-07 25:99") is None


def test_a_weekday_is_held_against_the_day():
    """2026-12-07 is a Monday."""
    monday = dt.date(2026, 12, 7)
    assert weekday_unlike("2026-12-07（周五）", monday) == "周一"
    assert weekday_unlike("2026年12月7日星期一", monday) == ""
    assert weekday_unlike("2026-12-07", monday) == ""
    assert weekday_unlike("2026-12-13 星期天", dt.date(2026, 12, 13)) == ""
