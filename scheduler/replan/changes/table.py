"""The table of changes after a draw: read row by row onto the facts, every fault located.

What is published of it has no names, no identity numbers and no special needs; a member of staff who is ill
is told as unavailable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from common.finding import Location
from common.privacy import mask_numbers_in, says_number, says_telephone
from scheduler.batch import cells
from scheduler.batch.batch_tables import read_table
from scheduler.batch.columns import Faults, told
from scheduler.batch.tables import Row
from scheduler.documents.tables import csv_bytes
from scheduler.errors import BadChangesError
from scheduler.problem import Half, Problem, Session
from scheduler.replan.chain.published import ALSO, COLUMNS, FACTS, NEEDED, absence_text
from scheduler.replan.changes import people, sites
from scheduler.replan.changes.added_people import tell_added
from scheduler.replan.changes.hints import hinted
from scheduler.replan.changes.named_people import Names, says_illness, tell_numbers
from scheduler.replan.changes.over_rows import Before, tell_over
from scheduler.replan.changes.rooms_after import tell_small_rooms
from scheduler.replan.changes.stated import Stated

Apply = Callable[[Problem, Row, Faults], Problem]


_PRIVATE: Mapping[str, tuple[str, ...]] = {
    "trainee_added": ("name", "id_number", "needs"),
    "staff_added": ("name", "id_number", "item"),
}
"""What a change may state that is not published, or in another column: the item of staff stands with the items."""
_KINDS: Mapping[str, Apply] = {
    "site_closed": sites.closed,
    "session_cancelled": sites.cancelled,
    "session_added": sites.added,
    "seats": sites.seats,
    "places": sites.places,
    "day_limit": sites.day_limit,
    "staff_unavailable": people.unavailable,
    "staff_added": people.staff_added,
    "trainee_withdrawn": people.withdrawn,
    "trainee_added": people.trainee_added,
    "trainee_dates": people.dates,
    "trainee_moved": people.known_trainee,
}
"""What each change does to the facts."""


@dataclass
class Changes:
    """The facts as changed, and the changes as they are published.

    ``remarks`` say what the table holds and nobody read; ``stated`` where a session got the seats that it has.
    """

    problem: Problem
    rows: list[tuple[str, ...]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    lost: dict[Session, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    stated: dict[Session, Location] = field(default_factory=dict)

    def reason(self, kinds: tuple[str, ...], name: str) -> str:
        """Give the reason stated for a change of one of these kinds about an id; "" where none is."""
        return next((row[-1] for row in self.rows if row[0] in kinds and row[1] == name and row[-1]), "")

    def csv(self) -> bytes:
        """Give the published form, in the order in which the changes were made."""
        return csv_bytes(COLUMNS, self.rows)


def read_changes(path: Path | None, problem: Problem, before: Before, facts: str) -> Changes:
    """Make the changes of a table on the facts, one row after the other.

    Parameters
    ----------
    path
        the table; None where only a corrected batch is given.
    before
        what was drawn before the change.
    facts
        the digest of a corrected batch; "" where none is given.

    Raises
    ------
    BadChangesError
        a row cannot be done; holds every located fault.
    InputError
        the file cannot be read.
    """
    changes = Changes(problem)
    if facts:
        changes.rows.append((FACTS, *[""] * 5, facts, *[""] * (len(COLUMNS) - 7)))
    faults = Faults()
    table = read_table(path, "changes", faults) if path is not None else []
    names, stated = Names(problem, table), Stated(table)
    for row in table:
        kind = cells.word(row, "change", "change", faults)
        if kind and _is_complete(row, kind, faults):
            _tell_names(names, changes.problem, row, faults)
            _tell_illness(kind, row, faults)
            now = changes.problem
            if not stated.tell(kind, row, now.staff if kind.startswith("staff_") else now.trainees, faults):
                _apply(changes, kind, row, faults, before)
    faults.remarks += tell_numbers(table)
    if path is not None and not faults.found:
        faults.remarks += tell_added(table, problem, changes.problem)
        tell_small_rooms(problem, changes.problem, changes.stated, path, faults)
    if not faults.found and not changes.rows:
        faults.add("CHANGE-NONE", "没有任何变更", Location(path.name if path else ""))
    if faults.found:
        raise BadChangesError(faults.found, faults.remarks)
    return replace(changes, remarks=tuple(map(mask_numbers_in, faults.remarks)))


def _is_complete(row: Row, kind: str, faults: Faults) -> bool:
    """Tell cells that the change needs and lacks, and those it has no use for: somebody meant something by them."""
    what, needed = cells.told_word("change", kind), NEEDED[kind]
    known = ("change", "reason", *needed, *ALSO.get(kind, ()), *_PRIVATE.get(kind, ()))
    before = len(faults.found)
    for column in needed:
        if not row[column]:
            hint = "（不再限制的，填一个够大的数）" if kind == "day_limit" and column == "value" else ""
            faults.add("CHANGE-EMPTY", f"{what}须填“{told('changes', column)}”{hint}", row.at(column))
    for column in row.columns:
        if row[column] and column not in known:
            faults.add("CHANGE-UNUSED", f"{what}不用“{told('changes', column)}”，请删去", row.at(column))
    for column in row.columns:
        if column in COLUMNS and (
            says_number(row[column]) or (column == "reason" and says_telephone(row[column]))
        ):
            message = f"“{told('changes', column)}”里有身份证号或电话号码；变更表会公布，请删去"
            faults.add("CHANGE-PRIVATE", message, row.at(column))
    return len(faults.found) == before


def _apply(changes: Changes, kind: str, row: Row, faults: Faults, drawn: Before) -> None:
    before, count = changes.problem, len(faults.found)
    name = cells.identifier(row, "id")
    after = _KINDS[kind](before, row, faults)
    if len(faults.found) > count:
        faults.found[count:] = hinted(faults.found[count:], kind, row, before, drawn.earlier())
    tell_over(before, kind, row, drawn, faults)
    if kind == "trainee_moved" and name in before.trainees:
        if name not in drawn.sitting:
            faults.add("CHANGE-VALUE", f"考生 {name} 现在没有考位，不能换场", row.at("id"))
        changes.moved.append(name)
    if len(faults.found) > count:
        return
    changes.problem = after
    for session in before.seats.keys() - after.seats.keys():
        changes.lost[session] = row["reason"]
    for session in after.seats.keys() - before.seats.keys():
        changes.lost.pop(session, None)
    day, half = cells.day(row, "date", faults), cells.word(row, "half", "half", faults)
    if kind in ("seats", "session_added") and day is not None and half:
        changes.stated[Session(name, day, Half(half))] = row.at("value")
    changes.rows.append(_published(row, kind))


def _tell_names(names: Names, problem: Problem, row: Row, faults: Faults) -> None:
    """Refuse a reason with the name of somebody; a name that may be a word is told."""
    name = cells.identifier(row, "id")
    known = (problem.trainees.get(name), problem.staff.get(name))
    own = [row["name"], *(one.name for one in known if one is not None)]
    sure, perhaps = names.within(row["reason"], own)
    if sure:
        message = f"“{told('changes', 'reason')}”里有姓名；变更表会公布，请删去，只写原因"
        faults.add("CHANGE-PRIVATE", message, row.at("reason"))
    elif perhaps:
        where = row.at("reason")
        faults.remarks.append(
            f"{where} 的原因里有两个字与某人的姓名相同；变更表会公布，如果说的是人，请改写后重办"
        )


def _tell_illness(kind: str, row: Row, faults: Faults) -> None:
    if kind.startswith(("trainee_", "staff_")) and says_illness(row["reason"]):
        faults.remarks.append(
            f"{row.at('reason')} 的原因像是写了病情；变更表会公布，请改成“个人原因”之类的话后重办"
        )


def _published(row: Row, kind: str) -> tuple[str, ...]:
    """Give a row in one form: ids, ISO dates, whole numbers and the program's words, lists separated by one sign."""
    return (kind, *(_cell(row, column, kind) for column in COLUMNS[1:]))


def _cell(row: Row, column: str, kind: str) -> str:
    quiet = Faults()  # what cannot be read was told when the change was made
    if kind == "staff_added" and column in ("item", "items"):
        return ";".join(dict.fromkeys(people.staff_items(row))) if column == "items" else ""
    if not row[column]:
        return ""
    if column in ("date", "until", "earliest", "latest", "licence_to"):
        return str(cells.day(row, column, quiet))
    if column in ("value", "max_duties"):
        return str(cells.count(row, column, quiet))
    if column in ("half", "part"):
        return cells.word(row, column, column, quiet)
    if column == "roles":
        return ";".join(dict.fromkeys(cells.words(row, column, "role", quiet)))
    if column == "unavailable":
        return ";".join(dict.fromkeys(map(_absence, cells.absences(row, column, quiet))))
    if column in ("id", "institution_id", "school_id", "employer_id"):
        return cells.identifier(row, column)
    return " ".join(row[column].split())


def _absence(absence: tuple[dt.date, dt.date, Half | None]) -> str:
    first, last, half = absence
    return absence_text((first.isoformat(), last.isoformat(), None if half is None else str(half)))
