"""A schedule from its files, whoever wrote them; a row that cannot be read is a breach, never lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from common.dates import read_date
from common.errors import InputError
from common.text import fold, key
from scheduler.checker.breach import Breach, breach, say_session
from scheduler.checker.crossing import NamingSchedule
from scheduler.checker.facts import CROSS_CITY, IN_SCHOOL, SOLE_SITE
from scheduler.checker.table import Row, Table, read_table
from scheduler.problem import Half, Session
from scheduler.schedule import Placement, Schedule

_REMEMBERED = 1 << 16  # few sessions and chances, very many rows
_HEADERS = {
    "trainee_id": ("考生编号",),
    "site_id": ("考点编号",),
    "date": ("日期",),
    "half": ("半天",),
    "room": ("考场", "考场号"),
    "seat": ("座位", "座位号"),
    "group": ("工位组", "组号"),
    "place": ("工位", "工位号"),
    "exception": ("例外",),
    "chance": ("本场机会",),
    "site_chance": ("考点机会",),
}
_UNASSIGNED_HEADERS = {"trainee_id": ("考生编号",), "reason": ("原因",)}
_NEEDED = ("trainee_id", "site_id", "date", "half")
_HALVES = {"am": Half.AM, "pm": Half.PM, "上午": Half.AM, "下午": Half.PM}
_EXCEPTIONS = {
    **{name: name for name in (SOLE_SITE, IN_SCHOOL, CROSS_CITY)},
    "唯一考点": SOLE_SITE,
    "在校学生": IN_SCHOOL,
    "本校考点": IN_SCHOOL,
    "跨市": CROSS_CITY,
    "跨地市": CROSS_CITY,
}
_SHOWABLE = re.compile(r"[\d\-/.年月日: ]{1,16}")
_FRACTION = re.compile(r"[+-]?(\d{1,4000}(/\d{1,4000})?|\d{0,40}\.\d{1,400})")


def read_schedule(folder: Path) -> tuple[Schedule, list[Breach]]:
    """Read assignments.csv and, where there is one, unassigned.csv of a folder.

    Only trainee_id, site_id, date and half are needed. Rows that cannot be read and second rows
    of one trainee are breaches; of two rows the first one counts.

    Raises
    ------
    InputError
        assignments.csv is missing, cannot be read, or lacks a needed column.
    """
    path = folder / "assignments.csv"
    if not path.is_file():
        raise InputError(f"{folder}：没有找到安排表 assignments.csv，请给出安排结果所在的文件夹")
    table = read_table(path, _HEADERS, _NEEDED)
    placements: dict[str, Placement] = {}
    breaches = list(_assignments(table, placements))
    unplaced: dict[str, str] = {}
    if (folder / "unassigned.csv").is_file():
        listed = read_table(folder / "unassigned.csv", _UNASSIGNED_HEADERS, ("trainee_id",))
        breaches += _unassigned(listed, unplaced)
    kind = NamingSchedule if "exception" in table.columns else Schedule
    return kind(placements, unplaced), breaches


def _assignments(table: Table, placements: dict[str, Placement]) -> Iterator[Breach]:
    """Read the rows into ``placements`` and give what is wrong with them."""
    for row in table.rows:
        session, faults = read_session(row)
        trainee_id = row["trainee_id"]
        if not trainee_id:
            faults.insert(0, "缺考生编号")
        if session is None or faults:
            yield _row_breach("ROW-UNREADABLE", table, row, f"无法读出安排：{'，'.join(faults)}")
            continue
        if trainee_id in placements:
            before = say_session(placements[trainee_id].session)
            sentence = f"考生 {trainee_id} 又被安排到{say_session(session)}，前面已安排到{before}"
            yield _row_breach("SITS-TWICE", table, row, sentence)
            continue
        values, bad = _chances(row)
        if bad:
            yield _row_breach(
                "CHANCE-UNREADABLE",
                table,
                row,
                f"{'、'.join(bad)}不是分数（应写作 1/2 这样的文字，表格软件可能已把它改成日期）",
                rule=4,
            )
        placements[trainee_id] = Placement(trainee_id, session, _exceptions(row), *values, *_own(row))


def _unassigned(table: Table, unplaced: dict[str, str]) -> Iterator[Breach]:
    for row in table.rows:
        trainee_id = row["trainee_id"]
        if not trainee_id:
            yield _row_breach("ROW-UNREADABLE", table, row, "缺考生编号")
        elif trainee_id in unplaced:
            yield _row_breach("UNASSIGNED-TWICE", table, row, f"考生 {trainee_id} 前面已经列出")
        else:
            unplaced[trainee_id] = row["reason"]


def read_session(row: Row) -> tuple[Session | None, list[str]]:
    """Read site, day and half; give what is wrong in words where something is."""
    session, faults = _session(row["site_id"], row["date"], row["half"])
    return session, list(faults)


@lru_cache(_REMEMBERED)
def _session(site_id: str, written: str, written_half: str) -> tuple[Session | None, tuple[str, ...]]:
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
    return Session(site_id, day, half), ()


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


def _exceptions(row: Row) -> tuple[str, ...]:
    """Read the exceptions; a word that is none is kept, and the rules speak of it."""
    if not row["exception"]:
        return ()
    words = [fold(word) for word in re.split("[;；、,，]", row["exception"])]
    return tuple(dict.fromkeys(_EXCEPTIONS.get(word.lower(), word) for word in words if word))


def _chances(row: Row) -> tuple[tuple[Fraction | None, Fraction | None], list[str]]:
    """Read the chances; the names of the columns that hold no fraction are given beside them."""
    names = ("chance", "site_chance")
    chance, site_chance = (_fraction(row[name]) for name in names)
    bad = [
        _HEADERS[name][0]
        for name, value in zip(names, (chance, site_chance), strict=True)
        if value is None and row[name]
    ]
    return (chance, site_chance), bad


def _own(row: Row) -> list[str]:
    """Read room, seat, group and place: a number or a name, full-width figures as plain ones."""
    return [fold(row[name]) for name in ("room", "seat", "group", "place")]


@lru_cache(_REMEMBERED)
def _fraction(text: str) -> Fraction | None:
    written = fold(text).replace(" ", "")
    # the form is tested first: Fraction would also take 1e999999999, and work on it for ever
    if not _FRACTION.fullmatch(written):
        return None
    try:
        return Fraction(written)
    except (ValueError, ZeroDivisionError):
        return None


def _row_breach(code: str, table: Table, row: Row, sentence: str, rule: int = 1) -> Breach:
    subjects = {"trainee_id": row["trainee_id"] or None, "file": table.file, "row": row.number}
    return breach(code, rule, f"{table.file} 第 {row.number} 行：{sentence}", **subjects)
