"""A schedule from its files, whoever wrote them; a row that cannot be read is a breach, never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import polars as pl

from scheduler.batch.meant import NO_NAMES
from scheduler.checker.breach import Breach, breach, say_session
from scheduler.checker.crossing import NamingSchedule
from scheduler.checker.kinds import Ints, by_kind, coded
from scheduler.checker.schedule.cells import called_session, read_exceptions, read_fraction, session_of
from scheduler.checker.schedule.columns import ROW, Columns, each, ids, read_columns
from scheduler.checker.schedule.feet import without_feet
from scheduler.checker.schedule.placed import TEXTS, Numbers, Placements, Values
from scheduler.checker.schedule.source import ASSIGNMENTS, HEADERS, NEEDED, tables_of
from scheduler.checker.schedule.table import number_form
from scheduler.column_records import first_of_each
from scheduler.problem import Session
from scheduler.schedule import Schedule

_UNASSIGNED_HEADERS = {"trainee_id": ("考生编号",), "reason": ("原因",)}
_WHERE = ("site_id", "date", "half")
_CHANCES = ("chance", "site_chance")
_NOTHING = -1
_MOST_AGAIN = (
    5  # further rows of one trainee that are judged; in a list whose ids were filled down all rows have one
)
_Numbered = tuple[int, Breach]
"""The number of a row, and what is wrong with it."""


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
        "session": _each(
            table, lambda *cells: sessions.of_stated(called_session(called, *cells)[0]), *_WHERE
        ),
        "exceptions": _each(table, lambda cell: exceptions.of(read_exceptions(cell)), "exception"),
        **{
            f"{name}_read": _each(table, lambda cell: chances.of_stated(read_fraction(cell)), name)
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
        faults = [*missing, *session_of(*cells)[1]]
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


def _row_breach(code: str, table: Columns, whose: tuple[int, str], sentence: str, rule: int = 1) -> _Numbered:
    row, trainee_id = whose
    told = f"{table.file} 第 {row} 行：{sentence}"
    return row, breach(code, rule, told, trainee_id=trainee_id or None, file=table.file, row=row)
