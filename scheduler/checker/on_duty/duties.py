"""The duties of a schedule from its files, whoever wrote them, and who sits in which room and group.

A row that cannot be read is a breach, never lost. A schedule without ``duties.csv`` says nothing of staff, and
rules 5 and 6 are then not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from common.text import fold, key
from scheduler.batch.meant import NO_NAMES
from scheduler.checker.breach import Breach, breach
from scheduler.checker.schedule.cells import read_session
from scheduler.checker.schedule.columns import each, read_columns
from scheduler.checker.schedule.feet import is_foot
from scheduler.checker.schedule.source import ASSIGNMENTS, HEADERS, tables_of
from scheduler.checker.schedule.table import Row, Source, Table, name_of, number_form, read_table
from scheduler.exam_words import ROLE_WORDS
from scheduler.problem import Session

INVIGILATOR, EXAMINER, PATROL = "invigilator", "examiner", "patrol"
_ROLES = {
    **{name: name for name in ROLE_WORDS},
    **{word: name for name, word in ROLE_WORDS.items()},
    "监考": INVIGILATOR,
    "考评": EXAMINER,
    "巡考": PATROL,
}
_WHERE = {name: HEADERS[name] for name in ("site_id", "date", "half")}
_ROLE, _ROOM = ("角色", "岗位"), ("考场", "考场号", "考场或组")
_HEADERS = {
    "staff_id": ("考务人员编号", "人员编号", "工号"), "role": _ROLE, "room": _ROOM, **_WHERE,
}  # fmt: skip
_WHOLE_SITE = {key(word) for word in ("全考点", "整个考点")}
_NEEDED = ("staff_id", "role", "site_id", "date", "half")
_SITTING = {
    **{name: HEADERS[name] for name in ("trainee_id", "room", "group")}, **_WHERE,
}  # fmt: skip
_VACANCY = {"role": _ROLE, "room": _ROOM, **_WHERE}


@dataclass(frozen=True, slots=True)
class Duty:
    """One row: who does what where; ``room`` is a room's or a group's number, "" where none is written."""

    staff_id: str
    role: str
    session: Session
    room: str
    row: int


@dataclass(frozen=True)
class Duties:
    """All duties, each trainee's room and group ("" where none is written), and the vacancies told.

    ``unread`` are the names of those columns of the table of duties that nobody reads, ``file`` what it is called, ``feet``
    its rows that are totals, signatures or notes; ``vacancies_in`` is what the table of vacancies is called, "" where there is none.
    """

    duties: tuple[Duty, ...]
    rooms: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    vacancies: Mapping[tuple[str, Session, str], int] = field(default_factory=dict)
    file: str = ""
    unread: tuple[str, ...] = ()
    vacancies_in: str = ""
    feet: tuple[int, ...] = ()


def read_duties(place: Path, called: Mapping[str, str] = NO_NAMES) -> tuple[Duties | None, list[Breach]]:
    """Read duties, vacancies and the rooms of the assignments, as ``source.tables_of``; None where there are no duties.

    ``called`` gives the ids of sites that are told by their names.

    Raises
    ------
    InputError
        a file cannot be read, or lacks a needed column.
    """
    tables = tables_of(place)
    if "duties" not in tables:
        return None, []
    breaches: list[Breach] = []
    feet: list[int] = []
    table = read_table(tables["duties"], _HEADERS, _NEEDED)
    found = _duties(table, called, breaches, feet)
    duties = tuple(sorted(found, key=_place))  # whom a rule blames does not depend on the rows' order
    rooms, groups = _sitting(tables[ASSIGNMENTS])
    vacancies: dict[tuple[str, Session, str], int] = {}
    told_in = name_of(tables["vacancies"]) if "vacancies" in tables else ""
    if "vacancies" in tables:
        for row in read_table(tables["vacancies"], _VACANCY, ("role", "site_id", "date", "half")).rows:
            session, role = read_session(row, called)[0], _ROLES.get(key(row["role"]))
            if session is not None and role is not None:
                told = (role, session, _room(row))
                vacancies[told] = vacancies.get(told, 0) + 1
    read = Duties(duties, rooms, groups, vacancies, table.file, table.unread, told_in, tuple(feet))
    return read, breaches


def _duties(
    table: Table, called: Mapping[str, str], breaches: list[Breach], feet: list[int]
) -> Iterator[Duty]:
    for row in table.rows:
        if not any(row[name] for name in _NEEDED[1:]) and is_foot(row["staff_id"], len(_NEEDED) - 1):
            feet.append(row.number)
            continue
        session, faults = read_session(row, called)
        role = _ROLES.get(key(row["role"]))
        if not row["staff_id"]:
            faults.insert(0, "缺考务人员编号")
        if role is None:
            faults.append("角色应为 invigilator、examiner 或 patrol（监考员、考评员 或 巡考员）")
        if session is None or role is None or faults:
            breaches.append(_unreadable(table, row, faults))
        else:
            yield Duty(fold(row["staff_id"]), role, session, _room(row), row.number)


def _room(row: Row) -> str:
    """Give a room's or a group's number in one form; our own workbooks say of a patrol that it is the whole site."""
    found = number_form(row["room"])
    return "" if key(found) in _WHOLE_SITE else found


def _place(duty: Duty) -> tuple[str, Session, str, str]:
    return duty.staff_id, duty.session, duty.role, duty.room


def _unreadable(table: Table, row: Row, faults: list[str]) -> Breach:
    return breach(
        "DUTY-ROW-UNREADABLE",
        5,
        f"{table.file} 第 {row.number} 行：无法读出任务：{'，'.join(faults)}",
        staff_id=row["staff_id"] or None,
        file=table.file,
        row=row.number,
    )


def _sitting(source: Source) -> tuple[dict[str, str], dict[str, str]]:
    """Read each trainee's room and group where one is written; of two rows of one trainee the first counts."""
    frame = read_columns(source, _SITTING, ("trainee_id",)).frame.unique("trainee_id", keep="first")
    return _written(frame, "room"), _written(frame, "group")


def _written(frame: pl.DataFrame, column: str) -> dict[str, str]:
    rows = frame.filter(pl.col(column) != "")
    return dict(zip(rows["trainee_id"], each(rows[column], number_form), strict=True))
