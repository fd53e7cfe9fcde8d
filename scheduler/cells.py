"""Cells of batch tables to values; what cannot be read is a located fault and becomes None."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from fractions import Fraction
from functools import lru_cache

from common.dates import CivilDate, read_date, read_serial
from common.resources import DATA
from common.text import fold, key
from scheduler.problem import Half
from scheduler.tables import Faults, Row

_LIST = re.compile(r"[;；]")
_WHOLE = re.compile(r"\d+(\.0+)?")


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    content = tomllib.loads((DATA / "batch" / "words.toml").read_text(encoding="utf-8"))
    return {
        subject: {key(word): name for name, listed in table.items() for word in listed}
        for subject, table in content.items()
    }


def identifier(row: Row, column: str) -> str:
    """Read an id; full-width characters fold, case stays."""
    return fold(row[column])


def word(row: Row, column: str, subject: str, faults: Faults, default: str = "") -> str:
    """Read a word of a closed list, such as a part or a kind."""
    if not row[column]:
        return default
    found = _words()[subject].get(key(row[column]))
    if found is None:
        known = "、".join(dict.fromkeys(_words()[subject].values()))
        faults.add("BATCH-VALUE", f"“{row[column]}”不认识，可用：{known}", row.at(column))
        return default
    return found


def words(row: Row, column: str, subject: str, faults: Faults) -> tuple[str, ...]:
    """Read a list of such words."""
    found = []
    for part in listed(row, column):
        name = _words()[subject].get(key(part))
        if name is None:
            known = "、".join(dict.fromkeys(_words()[subject].values()))
            faults.add("BATCH-VALUE", f"“{part}”不认识，可用：{known}", row.at(column))
        else:
            found.append(name)
    return tuple(found)


def listed(row: Row, column: str) -> tuple[str, ...]:
    """Read a list separated by semicolons."""
    return tuple(part.strip() for part in _LIST.split(row[column]) if part.strip())


def day(row: Row, column: str, faults: Faults) -> dt.date | None:
    """Read a day; a month alone is no day."""
    if not row[column]:
        return None
    value = row.raw.get(column)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    read = read_serial(value) if isinstance(value, int | float) else read_date(row[column])
    if read is None or read.month_only:
        faults.add("BATCH-DATE", f"“{row[column]}”不是日期，应写成 2026-12-01", row.at(column))
        return None
    return read.first_day()


def count(row: Row, column: str, faults: Faults) -> int | None:
    """Read a whole number that is not negative."""
    text = fold(row[column])
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        faults.add("BATCH-NUMBER", f"“{row[column]}”应为不小于 0 的整数", row.at(column))
        return None
    return int(text.partition(".")[0])


def share(row: Row, column: str, faults: Faults) -> Fraction | None:
    """Read a part of ownership: 0.6 or 60%; a bare 60 is not guessed at."""
    text = fold(row[column])
    if not text:
        return None
    try:
        value = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    if not 0 <= value <= 1:
        faults.add("BATCH-NUMBER", f"持股比例“{row[column]}”应写成 0.6 或 60%", row.at(column))
        return None
    return value


def degrees(row: Row, column: str, faults: Faults, most: int) -> Fraction | None:
    """Read a longitude or latitude."""
    text = fold(row[column])
    if not text:
        return None
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        value = Fraction(most + 1)
    if abs(value) > most:
        faults.add("BATCH-NUMBER", f"“{row[column]}”不是经纬度（十进制度数）", row.at(column))
        return None
    return value


def absences(row: Row, column: str, faults: Faults) -> tuple[tuple[dt.date, dt.date, Half | None], ...]:
    """Read days, halves of days and ranges: 2026-12-01; 2026-12-01 am; 2026-12-01..2026-12-05."""
    found = []
    for part in listed(row, column):
        first, dots, last = fold(part).partition("..")
        head, _, half = first.strip().partition(" ")
        start = read_date(head)
        end = read_date(last.strip()) if dots else start
        halves = _words()["half"]
        if not _is_day(start) or not _is_day(end) or (half and key(half) not in halves):
            faults.add(
                "BATCH-DATE",
                f"“{part}”应写成 2026-12-01、2026-12-01 am 或 2026-12-01..2026-12-05",
                row.at(column),
            )
            continue
        assert start is not None and end is not None  # noqa: S101, PT018 - told by _is_day
        found.append((start.first_day(), end.first_day(), Half(halves[key(half)]) if half else None))
    return tuple(found)


def _is_day(date: CivilDate | None) -> bool:
    return date is not None and not date.month_only
