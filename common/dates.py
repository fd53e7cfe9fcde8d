"""Dates as people write them, kept at the precision they were written with.

A month-only date stays a month: nobody invents a day for it. Where a rule needs a day, the
month's last day is used (contract, section 3), and the finding says so.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from dataclasses import dataclass
from functools import lru_cache

from common.text import REMEMBERED, fold

CHINA = dt.timezone(dt.timedelta(hours=8))
"""The one zone of China, without summer time: a moment that states no zone is meant in it, wherever the machine stands."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(3654, 73051)  # 1910-01-02 to 2099-12-31: a plain number in a date column
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SEPARATED = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s*[-–—−/.。年\\、,]\s*(?P<m>\d{1,2})(?!\d)"
    r"(?:\s*[-–—−/.。月\\、,]\s*(?P<d>\d{1,2})(?!\d))?\s*[月日号.。]?",
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})?(?!\d)")
_TIME = re.compile(r"[T\s]+(?:[01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?(\.\d+)?(Z|[+-]\d{2}:?\d{2}(?=\s*$))?(?!\d)")
_WEEKDAY = re.compile("[(]?(?:星期|周)([一二三四五六日天])[)]?")
_WEEKDAYS = "一二三四五六日"
_SHORT_YEAR = re.compile(
    "(?<![0-9])(?=[0-4][0-9]年[0-9]{1,2}月)"
)  # 27年4月30日: no certificate is of the last century
_RANGE_FILLER = re.compile(r"[\s\-–—−~～至到起止从自有效期限:：()/、,;。]*")


@dataclass(frozen=True, slots=True, order=True)
class CivilDate:
    """A day, or a whole month where the day was not written (``day`` is 0)."""

    year: int
    month: int
    day: int = 0

    @property
    def month_only(self) -> bool:
        """Say whether only year and month were written."""
        return self.day == 0

    def first_day(self) -> dt.date:
        """Give the first day this date may mean."""
        return dt.date(self.year, self.month, self.day or 1)

    def last_day(self) -> dt.date:
        """Give the last day this date may mean."""
        return dt.date(self.year, self.month, self.day or _days_in(self.year, self.month))

    def plus_months(self, months: int) -> CivilDate:
        """Add months; a day that the month does not have becomes its last (29 Feb + 1 year = 28 Feb)."""
        if self.month_only:
            moved = add_months(self.first_day(), months)
            return CivilDate(moved.year, moved.month)
        return CivilDate.of(add_months(self.first_day(), months))

    def agrees(self, other: CivilDate) -> bool:
        """Say whether both may mean the same day: months compare as months."""
        if self.month_only or other.month_only:
            return (self.year, self.month) == (other.year, other.month)
        return self == other

    @classmethod
    def of(cls, day: dt.date) -> CivilDate:
        """Give the date of a known day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def add_months(day: dt.date, months: int) -> dt.date:
    """Add months to a day, ending on the month's last day where the day does not exist."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return dt.date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _civil(year: str, month: str, day: str | None) -> CivilDate | None:
    y, m, d = int(year), int(month), int(day or 0)
    if not (FIRST_YEAR <= y <= LAST_YEAR and 1 <= m <= 12 and d <= _days_in(y, m)):
        return None
    return None if day is not None and d == 0 else CivilDate(y, m, d)


def _arabic(text: str) -> str:
    """Write the Chinese numerals of a date (二〇二一年十二月三十一日) with digits."""

    def tens(match: re.Match[str]) -> str:
        left, right = match.group(1), match.group(2)
        return str(
            (int(left.translate(_CHINESE_DIGITS)) if left else 1) * 10
            + (int(right.translate(_CHINESE_DIGITS)) if right else 0)
        )

    return re.sub("([一二三]?)十([一二三四五六七八九]?)", tens, text).translate(_CHINESE_DIGITS)


def _prepared(text: str) -> str:
    bare = _WEEKDAY.sub("", _TIME.sub(" ", fold(text)))
    return _arabic(_SHORT_YEAR.sub("20", bare).strip())


@lru_cache(REMEMBERED)
def read_date(text: str) -> CivilDate | None:
    """Read one date that fills the whole text; None where it is not one, or not for certain.

    Day-first and month-first forms, two-digit years and unknown words are not guessed at.
    """
    prepared = _prepared(text)
    match = _COMPACT.fullmatch(prepared) or _SEPARATED.fullmatch(prepared)
    return _civil(match["y"], match["m"], match["d"]) if match else None


def weekday_unlike(text: str, day: dt.date) -> str:
    """Give the weekday that a day has, as 周一, where a text names another one beside it; else ""."""
    named = _WEEKDAY.search(fold(text))
    right = _WEEKDAYS[day.weekday()]
    return "" if named is None or named[1].replace("天", "日") == right else f"周{right}"


@lru_cache(REMEMBERED)
def read_range(text: str) -> tuple[CivilDate, CivilDate] | None:
    """Read two dates with nothing but range words between and around them, in written order."""
    prepared = _prepared(text)
    found: list[CivilDate] = []
    rest, position = "", 0
    for match in _tokens(prepared):
        date = _civil(match["y"], match["m"], match["d"])
        if date is None:
            return None
        found.append(date)
        rest += prepared[position : match.start()]
        position = match.end()
    rest += prepared[position:]
    if len(found) != 2 or not _RANGE_FILLER.fullmatch(rest):
        return None
    return found[0], found[1]


def _tokens(text: str) -> list[re.Match[str]]:
    """Find the dates of a text from left to right; 2021-05-2027-04 is two months."""
    found: list[re.Match[str]] = []
    position = 0
    while position < len(text):
        compact, separated = _COMPACT.search(text, position), _SEPARATED.search(text, position)
        options = [match for match in (compact, separated) if match]
        if not options:
            break
        match = min(options, key=lambda option: option.start())
        found.append(match)
        position = match.end()
    return found


def read_serial(number: float) -> CivilDate | None:
    """Read a number from a date column: a spreadsheet's day count, 20210501 or 202105.

    A number such as 2021.1 is not read: January or October, the spreadsheet dropped the zero.
    """
    if not math.isfinite(number):
        return None
    whole = int(number)
    if whole in _SERIALS:
        return CivilDate.of(_EXCEL_EPOCH + dt.timedelta(days=whole))
    if number != whole:
        return read_date(repr(number)) if re.fullmatch(r"\d{4}\.\d{2}", repr(number)) else None
    return read_date(str(whole)) if len(str(whole)) in {6, 8} else None
