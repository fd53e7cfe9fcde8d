"""The calendar of working days; why: an exam on a holiday has no staff, a guessed year no legal days."""

import datetime as dt

from scheduler.workdays import announced, holiday, is_workday, notes, too_near, workdays_before

NATIONAL_DAY, MADE_UP_SATURDAY = dt.date(2026, 10, 1), dt.date(2026, 10, 10)
MONDAY, SATURDAY = dt.date(2026, 12, 7), dt.date(2026, 12, 5)
NOBODY_KNOWS = dt.date(2099, 10, 1)


def test_days_as_the_state_council_announced_them_for_2026():
    assert (is_workday(NATIONAL_DAY), holiday(NATIONAL_DAY)) == (False, "国庆节")
    assert (is_workday(MADE_UP_SATURDAY), holiday(MADE_UP_SATURDAY)) == (True, "")
    assert (is_workday(MONDAY), is_workday(SATURDAY), holiday(SATURDAY)) == (True, False, "")


def test_a_year_that_is_not_announced_is_told_and_weekdays_stand_in():
    assert not announced(2099)
    assert is_workday(NOBODY_KNOWS)  # a Thursday; the holiday is not known
    assert holiday(NOBODY_KNOWS) == ""
    told = notes([MONDAY, NOBODY_KNOWS])
    assert len(told) == 1
    assert "2099 年的节假日安排尚未公布" in told[0]


def test_exam_days_on_a_holiday_are_told_and_weekends_are_not():
    assert notes([MONDAY, SATURDAY]) == []
    (told,) = notes([MONDAY, NATIONAL_DAY])
    assert "2026-10-01（国庆节）" in told
    (told,) = notes([dt.date(2026, 10, day) for day in range(1, 8)])
    assert "等 7 天" in told


def test_working_days_are_counted_over_weekends_and_holidays():
    assert workdays_before(MONDAY, 0) == MONDAY
    assert workdays_before(MONDAY, 1) == dt.date(2026, 12, 4)
    assert workdays_before(dt.date(2026, 10, 8), 1) == dt.date(2026, 9, 30)  # 1 to 7 October are free


def test_periods_of_notice_by_the_day():
    days = [MONDAY, dt.date(2026, 12, 9)]
    assert too_near(days, dt.date(2026, 11, 30), 7, 5) == []  # exactly seven days, exactly five working days
    public, filing = too_near(days, dt.date(2026, 12, 1), 7, 5)
    assert "公告最迟 2026-11-30" in public
    assert "备案最迟 2026-11-30" in filing
    assert too_near([], MONDAY, 7, 5) == []
    # a year typed wrong: no period of notice is what matters then
    (past,) = too_near([dt.date(2025, 12, 7), *days], MONDAY, 7, 5)
    assert past.startswith("考试日 2025-12-07 等 1 天已经过去")
