"""What the cells of a schedule say, whoever wrote them: sessions, exceptions, chances."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from common.dates import read_date
from common.text import fold, key
from scheduler.batch.meant import NO_NAMES
from scheduler.checker.schedule.table import Row
from scheduler.checker.standing import CROSS_CITY, IN_SCHOOL, SOLE_SITE
from scheduler.problem import Half, Session

_REMEMBERED = 1 << 16  # few sessions and chances, very many rows
_HALVES = {"am": Half.AM, "pm": Half.PM, "上午": Half.AM, "下午": Half.PM}
_EXCEPTIONS = {
    **{name: name for name in (SOLE_SITE, IN_SCHOOL, CROSS_CITY)},
    **dict.fromkeys(("唯一考点", "本市唯一考点", "全市唯一考点"), SOLE_SITE),
    **dict.fromkeys(("在校学生", "在校学生在本校", "本校", "本校考点"), IN_SCHOOL),
    **dict.fromkeys(("跨市", "跨地市", "跨市考试"), CROSS_CITY),
}
_SHOWABLE = re.compile(r"[\d\-/.年月日: ]{1,16}")
_FRACTION = re.compile(r"[+-]?(\d{1,4000}(/\d{1,4000})?|\d{0,40}\.\d{1,400})")
ReadSession = tuple[Session | None, tuple[str, ...]]
"""The session, and in words what is wrong where there is none."""


def read_session(row: Row, called: Mapping[str, str] = NO_NAMES) -> tuple[Session | None, list[str]]:
    """Read site, day and half; give what is wrong in words where something is. ``called`` gives the ids of sites by name."""
    session, faults = called_session(called, row["site_id"], row["date"], row["half"])
    return session, list(faults)


def called_session(called: Mapping[str, str], site: str, written: str, written_half: str) -> ReadSession:
    """Read a session from its cells, of which there may be very many alike; gives the faults, too."""
    return session_of(called.get(fold(site), site) if called else site, written, written_half)


@lru_cache(_REMEMBERED)
def session_of(site_id: str, written: str, written_half: str) -> ReadSession:
    """Read a session from site, day and half."""
    faults = []
    if not site_id:
        faults.append("缺考点编号")
    day = _day(written)
    if day is None:
        faults.append(f"日期{_quoted(written)}")
    half = _HALVES.get(key(written_half))
    if half is None:
        faults.append("半天应为 am 或 pm（上午 或 下午）")
    if faults or day is None or half is None:
        return None, tuple(faults)
    return Session(fold(site_id), day, half), ()


def _day(text: str) -> dt.date | None:
    """Read a whole day; a month is no day of an exam."""
    date = read_date(text)
    return None if date is None or date.month_only else date.first_day()


def _quoted(text: str) -> str:
    """Say what is wrong with a date; only what looks like one is repeated, never a name."""
    if not text:
        return "没有填写"
    shown = fold(text)
    return f"“{shown}”不是一个确定的日子" if _SHOWABLE.fullmatch(shown) else "不是一个日期"


def read_exceptions(cell: str) -> tuple[str, ...]:
    """Read the exceptions; a word that is none is kept, and the rules speak of it."""
    words = [fold(word) for word in re.split("[;；、,，]", cell)]
    return tuple(dict.fromkeys(_EXCEPTIONS.get(word.lower(), word) for word in words if word))


def read_fraction(text: str) -> Fraction | None:
    """Read a chance; None where the cell holds no fraction."""
    written = fold(text).replace(" ", "")
    # the form is tested first: Fraction would also take 1e999999999, and work on it for ever
    if not _FRACTION.fullmatch(written):
        return None
    try:
        return Fraction(written)
    except (ValueError, ZeroDivisionError):
        return None
