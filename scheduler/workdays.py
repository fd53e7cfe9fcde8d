"""Working days and holidays of China, as the State Council announces them year by year.

The days come from the kept library ``chinesecalendar``. A year that is not announced yet is never guessed
silently: whoever uses such a day is told (``notes``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import chinese_calendar

_SATURDAY = 5
_MOST_LISTED = 5


def announced(year: int) -> bool:
    """Say whether the holidays of a year are known."""
    try:
        chinese_calendar.is_workday(dt.date(year, 6, 15))
    except NotImplementedError:
        return False
    return True


def holiday(day: dt.date) -> str:
    """Give the Chinese name of the statutory holiday a day belongs to; "" where it is none, or not known."""
    if not announced(day.year):
        return ""
    free, name = chinese_calendar.get_holiday_detail(day)
    return str(chinese_calendar.Holiday(name).chinese) if free and name else ""


def is_workday(day: dt.date) -> bool:
    """Say whether offices work on a day; in a year not announced, Monday to Friday."""
    if not announced(day.year):
        return day.weekday() < _SATURDAY
    return bool(chinese_calendar.is_workday(day))


def workdays_before(day: dt.date, count: int) -> dt.date:
    """Give the last day that leaves so many working days between it and ``day``, ``day`` not counted.

    For example one working day before a Tuesday is the Monday.
    """
    while count > 0:
        day -= dt.timedelta(days=1)
        count -= is_workday(day)
    return day


def notes(days: Iterable[dt.date]) -> list[str]:
    """Say of exam days what a planner must know: holidays among them, and years nobody knows yet."""
    listed = sorted(set(days))
    told = [
        f"{year} 年的节假日安排尚未公布（或本程序的日历版本较旧），无法判断考试日是否放假、调休；"
        "公布后请更新程序并重新核对日期"
        for year in sorted({day.year for day in listed if not announced(day.year)})
    ]
    free = [f"{day}（{name}）" for day in listed if (name := holiday(day))]
    if free:
        more = f"等 {len(free)} 天" if len(free) > _MOST_LISTED else ""
        told.append(
            f"考试日在法定节假日放假期间：{'、'.join(free[:_MOST_LISTED])}{more}，请确认考务人员和考点能否到岗"
        )
    return told


def too_near(days: Iterable[dt.date], today: dt.date, public_days: int, filing_days: int) -> list[str]:
    """Say which periods of notice can no longer be kept when it is ``today``, and which exam days are over."""
    listed = sorted(days)
    if not listed:
        return []
    first = listed[0]
    past = [day for day in listed if day < today]
    if past:
        return [f"考试日 {first} 等 {len(past)} 天已经过去，请核对日期（特别是年份）"]
    told = []
    public, filing = first - dt.timedelta(days=public_days), workdays_before(first, filing_days)
    if today > public:
        told.append(
            f"首个考试日 {first} 距今不足 {public_days} 日（公告最迟 {public}；天数非法律规定，见 notice.public_days）"
        )
    if today > filing:
        told.append(
            f"首个考试日 {first} 距今不足 {filing_days} 个工作日"
            f"（考试计划备案最迟 {filing}；天数非法律规定，见 notice.filing_days）"
        )
    return told
