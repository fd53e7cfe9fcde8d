"""A schedule from its files, whoever wrote them; a row that cannot be read is a breach, never lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from common.dates import read_date
from common.text import fold, key
from scheduler.batch.meant import NO_NAMES
from scheduler.checker.breach import Breach, breach, say_session
from scheduler.checker.crossing import NamingSchedule
from scheduler.checker.kinds import Ints, by_kind, coded
from scheduler.checker.schedule.columns import ROW, Columns, each, ids, read_columns
from scheduler.checker.schedule.feet import without_feet
from scheduler.checker.schedule.placed import TEXTS, Numbers, Placements, Values
from scheduler.checker.schedule.source import ASSIGNMENTS, HEADERS, NEEDED, tables_of
from scheduler.checker.schedule.table import Row, number_form
from scheduler.checker.standing import CROSS_CITY, IN_SCHOOL, SOLE_SITE
from scheduler.column_records import first_of_each
from scheduler.problem import Half, Session
from scheduler.schedule import Schedule

_REMEMBERED = 1 << 16  # few sessions and chances, very many rows
_UNASSIGNED_HEADERS = {"trainee_id": ("考生编号",), "reason": ("原因",)}
_WHERE = ("site_id", "date", "half")
_CHANCES = ("chance", "site_chance")
_HALVES = {"am": Half.AM, "pm": Half.PM, "上午": Half.AM, "下午": Half.PM}
_EXCEPTIONS = {
    **{name: name for name in (SOLE_SITE, IN_SCHOOL, CROSS_CITY)},
    **dict.fromkeys(("唯一考点", "本市唯一考点", "全市唯一考点"), SOLE_SITE),
    **dict.fromkeys(("在校学生", "在校学生在本校", "本校", "本校考点"), IN_SCHOOL),
    **dict.fromkeys(("跨市", "跨地市", "跨市考试"), CROSS_CITY),
}
_SHOWABLE = re.compile(r"[\d\-/.年月日: ]{1,16}")
_NOTHING = -1
_MOST_AGAIN = (
    5  # further rows of one trainee that are judged; in a list whose ids were filled down all rows have one
)
_Numbered = tuple[int, Breach]
"""The number of a row, and what is wrong with it."""
_ReadSession = tuple[Session | None, tuple[str, ...]]

_FRACTION = re.compile(r"[+-]?(\d{1,4000}(/\d{1,4000})?|\d{0,40}\.\d{1,400})")


class Read(NamedTuple):
    """A schedule, what cannot be read of it, and how its table of assignments is written.

    ``unread`` are the columns of the table ``file`` that nobody reads, ``rows`` the ids with the numbers of their rows, ``sites``
    the sites as they are told, ``feet`` the rows that are totals, signatures or notes.
    """

    schedule: Schedule
    breaches: list[Breach]
    file: str
    unread: tuple[str, ...]
    rows: pl.DataFrame
    sites: frozenset[str]
    feet: tuple[int, ...]


def read_all(place: Path, called: Mapping[str, str] = NO_NAMES) -> Read:
    """Read who sits where and, where it is told, who does not: ``place`` as for ``source.tables_of``.

    Only trainee_id, site_id, date and half are needed. Rows that cannot be read and second rows
    of one trainee are breaches; of two rows that of the earlier session counts. ``called`` gives the ids of sites
    that are told by their names (``named_sites``).

    Raises
    ------
    InputError
        there are no assignments, or they cannot be read or lack a needed column.
    """
    tables = tables_of(place)
    table, feet = without_feet(read_columns(tables[ASSIGNMENTS], HEADERS, NEEDED), _WHERE)
    placements, again, breaches = _assignments(table, called)
    unplaced: dict[str, str] = {}
    if "unassigned" in tables:
        listed = read_columns(tables["unassigned"], _UNASSIGNED_HEADERS, ("trainee_id",))
        breaches += _unassigned(listed, unplaced)
    kind = NamingSchedule if "exception" in table.known else Schedule
    rows = table.frame.select("trainee_id", ROW)
    sites = frozenset(one.site_id for one in placements.stand_for.sessions)
    return Read(kind(placements, unplaced, again), breaches, table.file, table.unread, rows, sites, feet)


def _assignments(
    table: Columns, called: Mapping[str, str]
) -> tuple[Placements, list[Placements], list[Breach]]:
    """Read the rows, further ones of a trainee apart, and find what is wrong with them, in their order."""
    sessions, exceptions, chances = Numbers[Session](), Numbers[tuple[str, ...]](), Numbers[Fraction]()
    read = {
        "trainee_id": ids(table.frame["trainee_id"]),
        "session": _each(table, lambda *cells: sessions.of_stated(_called(called, *cells)[0]), *_WHERE),
        "exceptions": _each(table, lambda cell: exceptions.of(_exceptions(cell)), "exception"),
        **{
            f"{name}_read": _each(table, lambda cell: chances.of_stated(_fraction(cell)), name)
            for name in _CHANCES
        },
        **{text: each(table.frame[text], number_form) for text in TEXTS},
    }
    frame = table.frame.with_columns(**read)
    readable = frame.filter(pl.col("session").is_not_null() & (pl.col("trainee_id") != ""))
    first, later = _first_of_each(readable, sessions.values())
    values = Values(sessions.values(), exceptions.values(), chances.values())
    stated = [pl.col(f"{one}_read").alias(one) for one in _CHANCES]
    columns: list[str | pl.Expr] = ["trainee_id", "session", "exceptions", *stated, *TEXTS]
    placements = Placements(first.select(columns), values)
    found = [
        *_unreadable(table, frame),
        *_twice(table, later, placements),
        *_without_chance(table, first),
    ]
    again: list[Placements] = []
    while later.height and len(again) < _MOST_AGAIN:
        further, later = _first_of_each(later, sessions.values())
        again.append(Placements(further.select(columns), values))
    return placements, again, [one for _, one in sorted(found, key=lambda numbered: numbered[0])]


def _first_of_each(rows: pl.DataFrame, sessions: Sequence[Session]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give a row of each trainee, of several that of the first session, wherever it stands; and the rest."""
    first = first_of_each(rows["trainee_id"])
    if not first.all():
        place = {
            number: at for at, number in enumerate(sorted(range(len(sessions)), key=sessions.__getitem__))
        }
        ranked = rows.with_columns(place=pl.col("session").replace_strict(place))
        counting = pl.col(ROW) == pl.col(ROW).sort_by("place", ROW).first().over("trainee_id")
        first = ranked.select(counting).to_series()
    return rows.filter(first), rows.filter(~first)


def _each(table: Columns, read: Callable[..., int | None], *names: str) -> pl.Series:
    """Read cells to numbers, each distinct one once; nothing where they cannot be read."""
    columns = [coded(table.frame[name]) for name in names]

    def numbers(first: Ints) -> Iterator[int]:
        cells = zip(*([texts[code] for code in codes[first]] for codes, texts in columns), strict=True)
        return (_NOTHING if (number := read(*one)) is None else number for one in cells)

    found = pl.Series(by_kind([codes for codes, _ in columns], numbers), dtype=pl.Int64)
    return found.set(found == _NOTHING, None)


def _unreadable(table: Columns, frame: pl.DataFrame) -> Iterator[_Numbered]:
    odd = frame.filter(pl.col("session").is_null() | (pl.col("trainee_id") == ""))
    for trainee_id, row, *cells in odd.select("trainee_id", ROW, *_WHERE).iter_rows():
        missing = [] if trainee_id else ["缺考生编号"]
        faults = [*missing, *_session(*cells)[1]]
        yield _row_breach("ROW-UNREADABLE", table, (row, trainee_id), f"无法读出安排：{'，'.join(faults)}")


def _twice(table: Columns, later: pl.DataFrame, placements: Placements) -> Iterator[_Numbered]:
    for trainee_id, row, number in later.select("trainee_id", ROW, "session").iter_rows():
        session = placements.stand_for.sessions[number]
        before = say_session(placements[trainee_id].session)
        sentence = f"考生 {trainee_id} 又被安排到{say_session(session)}，另一行已安排到{before}"
        yield _row_breach("SITS-TWICE", table, (row, trainee_id), sentence)


def _without_chance(table: Columns, first: pl.DataFrame) -> Iterator[_Numbered]:
    lacking = [pl.col(f"{one}_read").is_null() & (pl.col(one) != "") for one in _CHANCES]
    odd = first.filter(pl.any_horizontal(lacking)).select("trainee_id", ROW, *lacking)
    for trainee_id, row, *lacks in odd.iter_rows():
        bad = "、".join(HEADERS[name][0] for name, lacked in zip(_CHANCES, lacks, strict=True) if lacked)
        sentence = f"{bad}不是分数（应写作 1/2 这样的文字，表格软件可能已把它改成日期）"
        yield _row_breach("CHANCE-UNREADABLE", table, (row, trainee_id), sentence, rule=4)


def _unassigned(table: Columns, unplaced: dict[str, str]) -> Iterator[Breach]:
    listed = table.frame.select(ROW, ids(table.frame["trainee_id"]), "reason")
    for row, trainee_id, reason in listed.iter_rows():
        whose = row, trainee_id
        if not trainee_id:
            yield _row_breach("ROW-UNREADABLE", table, whose, "缺考生编号")[1]
        elif trainee_id in unplaced:
            yield _row_breach("UNASSIGNED-TWICE", table, whose, f"考生 {trainee_id} 前面已经列出")[1]
        else:
            unplaced[trainee_id] = reason


def read_session(row: Row, called: Mapping[str, str] = NO_NAMES) -> tuple[Session | None, list[str]]:
    """Read site, day and half; give what is wrong in words where something is. ``called`` as for ``read_all``."""
    session, faults = _called(called, row["site_id"], row["date"], row["half"])
    return session, list(faults)


def _called(called: Mapping[str, str], site: str, written: str, written_half: str) -> _ReadSession:
    return _session(called.get(fold(site), site) if called else site, written, written_half)


@lru_cache(_REMEMBERED)
def _session(site_id: str, written: str, written_half: str) -> _ReadSession:
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


def _exceptions(cell: str) -> tuple[str, ...]:
    """Read the exceptions; a word that is none is kept, and the rules speak of it."""
    words = [fold(word) for word in re.split("[;；、,，]", cell)]
    return tuple(dict.fromkeys(_EXCEPTIONS.get(word.lower(), word) for word in words if word))


def _fraction(text: str) -> Fraction | None:
    written = fold(text).replace(" ", "")
    # the form is tested first: Fraction would also take 1e999999999, and work on it for ever
    if not _FRACTION.fullmatch(written):
        return None
    try:
        return Fraction(written)
    except (ValueError, ZeroDivisionError):
        return None


def _row_breach(code: str, table: Columns, whose: tuple[int, str], sentence: str, rule: int = 1) -> _Numbered:
    row, trainee_id = whose
    told = f"{table.file} 第 {row} 行：{sentence}"
    return row, breach(code, rule, told, trainee_id=trainee_id or None, file=table.file, row=row)
