"""Changes of trainees and staff, each made on the facts; what cannot be done is a located fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from common.dates import FIRST_YEAR, LAST_YEAR
from scheduler.batch import cells
from scheduler.batch.columns import Faults, told
from scheduler.batch.tables import Row
from scheduler.problem import Half, Part, Problem, Staff, Trainee
from scheduler.replan.changes.nearest_items import spelt_otherwise
from scheduler.replan.changes.sites import period
from scheduler.replan.changes.withdrawing import without

_ALWAYS = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
"""All days that can be written down."""


def known_trainee(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Change nothing, but the trainee must be there."""
    _trainee(problem, row, faults)
    return problem


def _trainee(problem: Problem, row: Row, faults: Faults) -> Trainee | None:
    name = cells.identifier(row, "id")
    if name not in problem.trainees:
        faults.add("CHANGE-UNKNOWN-ID", f"“{name}”没有在考生表中定义", row.at("id"))
    return problem.trainees.get(name)


def withdrawn(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Take a registration out; what is known of the person stays known."""
    one = _trainee(problem, row, faults)
    return problem if one is None else without(problem, one.trainee_id)


def trainee_added(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Register somebody more."""
    name = cells.identifier(row, "id")
    _is_new(name, problem.trainees, "考生", row, faults)
    written = spelt_otherwise(row["item"], {one.item for one in problem.places})
    if written:
        message = f"“{row['item']}”与工位表的“{written}”只差空格或标点，会当成两个项目，请写成一样"
        faults.add("CHANGE-VALUE", message, row.at("item"))
    earliest, latest = cells.day(row, "earliest", faults), cells.day(row, "latest", faults)
    cells.in_order(row, "earliest", "latest", (earliest, latest), faults)
    one = Trainee(
        trainee_id=name,
        institution_id=_organisation(problem, row, "institution_id", faults),
        item=row["item"],
        part=Part(cells.word(row, "part", "part", faults, Part.BOTH)),
        name=row["name"],
        id_number=cells.identity(row, "id_number", faults),
        district=_district(problem, row, faults),
        class_id=row["class_id"],
        school_id=_organisation(problem, row, "school_id", faults),
        earliest=earliest,
        latest=latest,
        row=row.location.row,
        needs=cells.words(row, "needs", "need", faults),
    )
    if not problem.city_of_district(one.district) and len({site.city for site in problem.sites.values()}) > 1:
        faults.add("CHANGE-EMPTY", "考点分属几个城市，须填考生的区县", row.at("district"))
    return replace(problem, trainees={**problem.trainees, name: one})


def dates(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Let a trainee come later, or earlier: what is stated takes the place of what was."""
    one = _trainee(problem, row, faults)
    if not row["earliest"] and not row["latest"]:
        faults.add("CHANGE-EMPTY", "须填最早日期或最晚日期", row.at("earliest"))
    if one is None:
        return problem
    earliest = cells.day(row, "earliest", faults) or one.earliest
    latest = cells.day(row, "latest", faults) or one.latest
    if earliest and latest and latest < earliest:
        faults.add("CHANGE-DATE", f"最晚日期 {latest} 早于最早日期 {earliest}", row.at("latest"))
    changed = replace(one, earliest=earliest, latest=latest)
    return replace(problem, trainees={**problem.trainees, one.trainee_id: changed})


def unavailable(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Let a member of staff do nothing on some days, on half a day, or (without any date) at all, on days added later neither."""
    name = cells.identifier(row, "id")
    one = problem.staff.get(name)
    if one is None:
        faults.add("CHANGE-UNKNOWN-ID", f"“{name}”没有在考务人员表中定义", row.at("id"))
    first, last = period(row, faults)
    read = cells.word(row, "half", "half", faults)
    if read and (first is None or last not in (None, first)):
        faults.add("CHANGE-DATE", "半天只能与一个日期同用", row.at("half"))
    if one is None:
        return problem
    away = (first or _ALWAYS[0], last or first or _ALWAYS[1], Half(read) if read else None)
    changed = replace(one, unavailable=(*one.unavailable, away))
    return replace(problem, staff={**problem.staff, name: changed})


def staff_items(row: Row) -> tuple[str, ...]:
    """Give the items of somebody added to the staff: those of ``items``, else the one that ``item`` states."""
    return cells.listed(row, "items") or cells.listed(row, "item")


def staff_added(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Have somebody more to do duties; an examiner's items stand in ``items``, a single one may stand in ``item``."""
    name = cells.identifier(row, "id")
    _is_new(name, problem.staff, "考务人员", row, faults)
    if row["roles"] and not cells.words(row, "roles", "role", Faults()):
        faults.add("CHANGE-EMPTY", f"须填“{told('changes', 'roles')}”", row.at("roles"))
    if row["items"] and row["item"]:
        told_of = f"“{told('changes', 'items')}”和“{told('changes', 'item')}”只填一个，几个项目都填在前者"
        faults.add("CHANGE-UNUSED", told_of, row.at("item"))
    one = Staff(
        staff_id=name,
        name=row["name"],
        id_number=cells.identity(row, "id_number", faults),
        employer_id=_organisation(problem, row, "employer_id", faults),
        roles=cells.words(row, "roles", "role", faults),
        items=staff_items(row),
        district=_district(problem, row, faults),
        licence_to=cells.day(row, "licence_to", faults),
        max_duties=cells.count(row, "max_duties", faults),
        unavailable=cells.absences(row, "unavailable", faults),
        row=row.location.row,
    )
    return replace(problem, staff={**problem.staff, name: one})


def _is_new(name: str, known: Collection[str], what: str, row: Row, faults: Faults) -> None:
    if name in known:
        faults.add("CHANGE-DUPLICATE", f"{what}“{name}”已经有了", row.at("id"))


def _organisation(problem: Problem, row: Row, column: str, faults: Faults) -> str:
    name = cells.identifier(row, column)
    if name and name not in problem.institutions:
        faults.add("CHANGE-UNKNOWN-ID", f"“{name}”没有在机构表中定义", row.at(column))
    return name


def _district(problem: Problem, row: Row, faults: Faults) -> str:
    name = row["district"]
    if name and problem.districts and name not in problem.districts:
        faults.add("CHANGE-UNKNOWN-ID", f"“{name}”没有在区县表中定义", row.at("district"))
    return name
