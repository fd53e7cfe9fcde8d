"""What an id or a session that is not there was probably meant to be: added to the fault that tells it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from common.finding import Finding
from scheduler import cells
from scheduler.columns import Faults
from scheduler.problem import Problem
from scheduler.replan.published import covers
from scheduler.tables import Row

Earlier = Iterable[tuple[int, Mapping[str, str]]]
"""The published rows of earlier changes, with the number of the change."""
_LONGEST = 12
_SIGNS = ("+", "-", "＋", "－", "−", "增", "加", "减")
_NOT_THERE = "CHANGE-UNKNOWN-ID", "CHANGE-VALUE"


def hinted(
    faults: Sequence[Finding], kind: str, row: Row, problem: Problem, earlier: Earlier
) -> list[Finding]:
    """Give the faults of a row with what is known of an id or a session that is not there; a number with a sign is a difference."""
    found = [
        replace(one, message=one.message + _hint(kind, row, problem, earlier, one.code))
        if one.code in _NOT_THERE and one.location in (row.at("id"), row.at("date"))
        else one
        for one in faults
    ]
    if row["value"].startswith(_SIGNS):
        found = [
            replace(one, message=f"{one.message}；请填改后一共多少，不是增减多少")
            if one.location == row.at("value")
            else one
            for one in found
        ]
    return found


def _hint(kind: str, row: Row, problem: Problem, earlier: Earlier, code: str) -> str:
    name = cells.identifier(row, "id")
    tables = {"考生": problem.trainees, "考务人员": problem.staff, "考点": problem.sites}
    own = {"trainee": "考生", "staff": "考务人员"}.get(kind.partition("_")[0], "考点")
    if code == "CHANGE-VALUE":
        return _cancelled(name, row, earlier) if own == "考点" else ""
    meant = _meant(name, tables[own])
    if meant:
        return f"；是不是“{meant}”？"
    gone = [number for number, one in earlier if (one["change"], one["id"]) == ("trainee_withdrawn", name)]
    if own == "考生" and gone:
        return f"：第 {gone[-1]} 次变更已退考"
    other = next((what for what, known in tables.items() if what != own and name in known), "")
    return f"；这是{other}的编号，请核对变更类型" if other else ""


def _meant(name: str, known: Container[str]) -> str:
    """Give the id that is the same but for case, or but for zeros that a spreadsheet has dropped in front."""
    padded = (name.zfill(width) for width in range(len(name) + 1, _LONGEST + 1) if name.isdecimal())
    return next((one for one in (name.upper(), name.lower(), *padded) if one != name and one in known), "")


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
