"""What an id or a session that is not there was probably meant to be: added to the fault that tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from common.finding import Finding, Location
from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.meant import NO_NAMES, asked, by_name, meant
from scheduler.batch.tables import Row
from scheduler.problem import Problem
from scheduler.replan.chain.published import covers

Earlier = Iterable[tuple[int, Mapping[str, str]]]
"""The published rows of earlier changes, with the number of the change."""
_SEVERAL = re.compile(r"[;；、,，\s]+")
_ORGANISATIONS = ("institution_id", "school_id", "employer_id")
_UNKNOWN, _DIFFERENCE = "CHANGE-UNKNOWN-ID", "；请填改后一共多少，不是增减多少"
_SIGNS = ("+", "-", "＋", "－", "−", "增", "加", "减")


def hinted(
    faults: Sequence[Finding], kind: str, row: Row, problem: Problem, earlier: Earlier
) -> list[Finding]:
    """Give the faults of a row with what is known of ids, districts and sessions that are not there, and of numbers with a sign."""
    hints: dict[tuple[str, Location | None], Callable[[], str]] = {
        (_UNKNOWN, row.at("id")): lambda: _of_id(kind, row, problem, earlier),
        ("CHANGE-VALUE", row.at("date")): lambda: _cancelled(cells.identifier(row, "id"), row, earlier),
        ("BATCH-NUMBER", row.at("value")): lambda: _DIFFERENCE if row["value"].startswith(_SIGNS) else "",
        (_UNKNOWN, row.at("district")): lambda: asked(_within(row["district"], problem.districts)),
    }
    for column in _ORGANISATIONS:
        hints[_UNKNOWN, row.at(column)] = partial(_of_organisation, row[column], problem)
    told = {(one.code, one.location): hints.get((one.code, one.location), str)() for one in faults}
    return [replace(one, message=one.message + told[one.code, one.location]) for one in faults]


def _of_id(kind: str, row: Row, problem: Problem, earlier: Earlier) -> str:
    name = cells.identifier(row, "id")
    tables = {"考生": problem.trainees, "考务人员": problem.staff, "考点": problem.sites}
    own = {"trainee": "考生", "staff": "考务人员"}.get(kind.partition("_")[0], "考点")
    found = meant(name, tables[own], by_name(problem.sites.values()) if own == "考点" else NO_NAMES)
    if found:
        return asked(found)
    parts = [part for part in _SEVERAL.split(name) if part]
    if len(parts) > 1 and all(part in tables[own] for part in parts):
        return "；一行只写一个编号，请分成几行"
    gone = [number for number, one in earlier if (one["change"], one["id"]) == ("trainee_withdrawn", name)]
    if own == "考生" and gone:
        return f"：第 {gone[-1]} 次变更已退考"
    other = next((what for what, known in tables.items() if what != own and name in known), "")
    return f"；这是{other}的编号，请核对变更类型" if other else ""


def _of_organisation(name: str, problem: Problem) -> str:
    return asked(meant(name, problem.institutions, by_name(problem.institutions.values())))


def _within(name: str, known: Iterable[str]) -> str:
    found = [one for one in known if name in one or one in name]
    return found[0] if len(found) == 1 else ""


def _cancelled(name: str, row: Row, earlier: Earlier) -> str:
    day, half = cells.day(row, "date", Faults()), cells.word(row, "half", "half", Faults())
    told = ""
    for number, one in earlier:
        if one["id"] != name or day is None or not covers(one, day.isoformat()):
            continue
        if one["change"] == "site_closed" or (one["change"] == "session_cancelled" and one["half"] == half):
            told = f"：第 {number} 次变更已取消"
        elif one["change"] == "session_added" and one["half"] == half:
            told = f"：第 {number} 次变更已增加"
    return told
