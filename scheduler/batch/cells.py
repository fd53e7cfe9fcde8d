"""Cells of batch tables to values; what cannot be read is a located fault and becomes None."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from common.dates import FIRST_YEAR, LAST_YEAR, read_date, read_serial, weekday_unlike
from common.identity import read_identity
from common.resources import DATA
from common.text import fold, key
from common.wordtables import WordTable
from scheduler.batch.columns import Faults, told
from scheduler.batch.open_ends import is_open
from scheduler.batch.tables import Row
from scheduler.batch.unstated_numbers import unstated
from scheduler.problem import Half

_MOST_EXACT = 2**53  # whole numbers above this are not exact in a spreadsheet
_LIST = re.compile(r"[;；]")
_WORD_LIST = re.compile(r"[;；、,，]")  # no word of a closed list holds any of these
_UNTIL = re.compile(r"\.\.|至|到|~|～|—+|(?<=[日号])\s*[-–−]")
_WHOLE = re.compile(r"[0-9]{1,9}(\.0+)?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")  # read_identity leaves these as they are
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OF_A_SESSION = "date"  # beyond these years neither a plan nor a change can speak of it
_YEARLESS = re.compile(r"([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*[日号]?")
_DAY_ALONE = re.compile(r"([0-9]{1,2})\s*[日号]")
_HALF_DAY = re.compile(r"(.*[0-9日号])\s*([^0-9]+)")


@lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, list[str]]]:
    table = WordTable(DATA / "batch" / "words.toml")
    return {subject: table.words(subject) for subject in table.sections}


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return {
        subject: {key(word): name for name, listed in names.items() for word in listed}
        for subject, names in _listed().items()
    }


def identifier(row: Row, column: str) -> str:
    """Read an id; full-width characters fold, case stays."""
    text = row[column]
    return text if text.isascii() and text.isalnum() else fold(text)


def word(row: Row, column: str, subject: str, faults: Faults, default: str = "") -> str:
    """Read a word of a closed list, such as a part or a kind."""
    if not row[column]:
        return default
    found = _words()[subject].get(key(row[column]))
    if found is None:
        _unknown_word(row, column, row[column], subject, faults)
        return default
    return found


def words(row: Row, column: str, subject: str, faults: Faults) -> tuple[str, ...]:
    """Read a list of such words."""
    found = []
    for part in _WORD_LIST.split(row[column]):
        if not part.strip():
            continue
        name = _words()[subject].get(key(part))
        if name is None:
            _unknown_word(row, column, part, subject, faults)
        else:
            found.append(name)
    return tuple(found)


def _unknown_word(row: Row, column: str, written: str, subject: str, faults: Faults) -> None:
    known = "、".join(_told_word(name, listed) for name, listed in _listed()[subject].items())
    faults.add("BATCH-VALUE", f"“{written}”不认识，可用：{known}", row.at(column))


def _told_word(name: str, words: Sequence[str]) -> str:
    """Tell a word of a closed list by its first Chinese form and its code."""
    chinese = next((word for word in words if not word.isascii()), "")
    return f"{chinese}（{name}）" if chinese else name


def told_word(subject: str, name: str) -> str:
    """Tell a word of a closed list as people write it, with its code."""
    return _told_word(name, _listed()[subject][name])


def listed(row: Row, column: str) -> tuple[str, ...]:
    """Read a list separated by semicolons."""
    return tuple(part.strip() for part in _LIST.split(row[column]) if part.strip())


def identity(row: Row, column: str, faults: Faults) -> str:
    """Read an identity number; one that a spreadsheet holds as a number has lost its last digits.

    What only says that there is none yet, or no longer tells which it is, counts as not stated: it must join nobody.
    """
    value = row.raw(column)
    if isinstance(value, int | float) and abs(value) > _MOST_EXACT:
        faults.add(
            "BATCH-NUMBER", "证件号码是数值，末尾的数字已经丢失，请把这一列设为文本后重新填写", row.at(column)
        )
        return ""
    text = row[column]
    if not text or (_RESIDENT.fullmatch(text) and text.strip("0")):
        return text
    return "" if unstated(text) else read_identity(text).text


def in_order(
    row: Row, start: str, end: str, days: tuple[dt.date | None, dt.date | None], faults: Faults
) -> None:
    """Find a period whose end is before its start."""
    first, last = days
    if first and last and last < first:
        faults.add(
            "BATCH-DATE", f"{told(row.table, end)} {last} 早于{told(row.table, start)} {first}", row.at(end)
        )


def day(row: Row, column: str, faults: Faults) -> dt.date | None:
    """Read a day; a month alone is no day. A word for an open end is one where an empty cell is."""
    found = None if is_open(row, column) else _day(row, column, faults)
    if found is not None and column == _OF_A_SESSION and not FIRST_YEAR <= found.year <= LAST_YEAR:
        message = f"“{row[column]}”：场次的日期应在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间"
        faults.add("BATCH-DATE", message, row.at(column))
        return None
    return found


def _day(row: Row, column: str, faults: Faults) -> dt.date | None:
    if not row[column]:
        return None
    value = row.raw(column)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    exact = _iso(row[column])
    if exact is not None:
        return exact
    read = read_serial(value) if isinstance(value, int | float) else read_date(row[column])
    if read is None or read.month_only:
        faults.add("BATCH-DATE", f"“{row[column]}”不是日期，应写成 2026-12-01 这样的形式", row.at(column))
        return None
    right = weekday_unlike(row[column], read.first_day())
    if right:
        message = f"“{row[column]}”：{read.first_day()} 是{right}，日期或星期写错了，请改正"
        faults.add("BATCH-DATE", message, row.at(column))
    return read.first_day()


def _iso(text: str) -> dt.date | None:
    """Read a day in the one form that cannot be misread, in any year; None where it is none."""
    folded = fold(text)
    try:
        return dt.date.fromisoformat(folded) if _ISO.fullmatch(folded) else None
    except ValueError:
        return None


def count(row: Row, column: str, faults: Faults) -> int | None:
    """Read a whole number that is not negative."""
    text = fold(row[column])
    if not text or is_open(row, column):
        return None
    if not _WHOLE.fullmatch(text):
        faults.add("BATCH-NUMBER", f"“{row[column]}”应为不小于 0 的整数（最多九位）", row.at(column))
        return None
    return int(text.partition(".")[0])


def degrees(row: Row, column: str, faults: Faults, most: int) -> Fraction | None:
    """Read a longitude or latitude."""
    text = fold(row[column])
    if not text:
        return None
    value = Fraction(text) if _DEGREES.fullmatch(text) else Fraction(most + 1)
    if abs(value) > most:
        faults.add("BATCH-NUMBER", f"“{row[column]}”不是经纬度（十进制度数）", row.at(column))
        return None
    return value


def absences(row: Row, column: str, faults: Faults) -> tuple[tuple[dt.date, dt.date, Half | None], ...]:
    """Read days, halves of days and ranges: 2026-12-01; 2026-12-01 am; 2026-12-01..2026-12-05."""
    found = []
    for part in listed(row, column):
        read = _absence(fold(part))
        if read is None:
            faults.add(
                "BATCH-DATE",
                f"“{part}”应写成 2026-12-01、2026-12-01 上午（下午）或 2026-12-01至2026-12-05",
                row.at(column),
            )
        else:
            found.append(read)
    return tuple(found)


def _absence(text: str) -> tuple[dt.date, dt.date, Half | None] | None:
    ends = _UNTIL.split(text)
    if len(ends) == 2:
        start = _whole_day(ends[0])
        end = _whole_day(ends[1]) or _counted_from(start, ends[1])
        return (start, end, None) if start and end and start <= end else None
    day_alone = _whole_day(text)
    if day_alone:
        return day_alone, day_alone, None
    parts = _HALF_DAY.fullmatch(text)
    start = _whole_day(parts[1]) if parts else None
    half = _words()["half"].get(key(parts[2])) if parts else None
    return (start, start, Half(half)) if start and half else None


def _counted_from(start: dt.date | None, text: str) -> dt.date | None:
    """Read an end without year, or of a day alone (2026年12月7日至12月8日, 至8日); one before the start is of another, or wrong."""
    if start is None:
        return None
    if stated := _YEARLESS.fullmatch(text.strip()):
        return _whole_day(f"{start.year}-{stated[1]}-{stated[2]}")
    stated = _DAY_ALONE.fullmatch(text.strip())
    return _whole_day(f"{start.year}-{start.month}-{stated[1]}") if stated else None


def _whole_day(text: str) -> dt.date | None:
    date = read_date(text)
    return _iso(text) if date is None or date.month_only else date.first_day()
