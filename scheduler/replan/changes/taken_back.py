"""A corrected batch that knows nothing of earlier changes takes them back; nobody may do that without saying so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from scheduler.problem import HALVES, Half, Problem, Session, Staff
from scheduler.replan.chain.parent import Parent, earlier_rows
from scheduler.replan.changes.over import CLOSED

Row = Mapping[str, str]


def taken_back(parent: Parent, kept: Problem | None, given: Problem) -> list[str]:
    """Tell the earlier changes that a batch takes back.

    Parameters
    ----------
    kept
        the facts after the last change, in which a later change may have overtaken an earlier one; None where nobody has them.
    given
        the corrected batch.
    """
    found = []
    for number, row in earlier_rows(parent):
        kind = _KINDS.get(row["change"])
        if kind is None or row["reason"] == CLOSED:  # what is over is closed again, whatever a batch says
            continue
        told, holds = kind
        if (kept is None or holds(kept, row)) and not holds(given, row):
            found.append(f"第 {number} 次变更的{told(row)}")
    return found


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _session(row: Row) -> Session:
    return Session(row["id"], dt.date.fromisoformat(row["date"]), Half(row["half"]))


def _is_closed(problem: Problem, row: Row) -> bool:
    first, last = _day(row["date"]), _day(row["until"])
    return not any(
        one.site_id == row["id"] and (first is None or first <= one.day <= (last or first))
        for one in problem.seats
    )


def _is_away(problem: Problem, row: Row) -> bool:
    one, first = problem.staff.get(row["id"]), _day(row["date"])
    if one is None:
        return True
    last = _day(row["until"]) or first
    if first is None or last is None:  # on no exam day at all
        return all(_covers(one, session.day, session.day, None) for session in problem.seats)
    return _covers(one, first, last, row["half"] or None)


def _covers(one: Staff, first: dt.date, last: dt.date, half: str | None) -> bool:
    """Say whether somebody is away from one day to another, or on a half of the day, by what is stated in one piece."""
    return any(
        start <= first and last <= end and away in (None, half) for start, end, away in one.unavailable
    )


def _has_places(problem: Problem, row: Row) -> bool:
    """Say whether all sessions that the row names have so many places for the item; of those that are gone none is asked."""
    day, half = _day(row["date"]), row["half"]
    return all(
        (problem.places_for(one, row["item"]) or 0) == int(row["value"])
        for one in problem.seats
        if one.site_id == row["id"] and day in (None, one.day) and half in ("", one.half)
    )


def _has_dates(problem: Problem, row: Row) -> bool:
    one = problem.trainees.get(row["id"])
    return one is None or all(
        not row[name] or str(day) == row[name]
        for name, day in (("earliest", one.earliest), ("latest", one.latest))
    )


def _at(row: Row) -> str:
    return f"考点 {row['id']} {row['date']} {HALVES[row['half']]}"


_Kind = tuple[Callable[[Row], str], Callable[[Problem, Row], bool]]
_KINDS: Mapping[str, _Kind] = {
    "site_closed": (lambda row: f"关闭考点 {row['id']}", _is_closed),
    "session_cancelled": (
        lambda row: f"取消场次（{_at(row)}）",
        lambda facts, row: _session(row) not in facts.seats,
    ),
    "session_added": (
        lambda row: f"增加场次（{_at(row)}）",
        lambda facts, row: _session(row) in facts.seats,
    ),
    "seats": (
        lambda row: f"座位数（{_at(row)}）",
        lambda facts, row: facts.seats.get(_session(row)) in (None, int(row["value"])),
    ),
    "places": (
        lambda row: f"工位数（考点 {row['id']}“{row['item']}”）",
        _has_places,
    ),
    "day_limit": (
        lambda row: f"考点 {row['id']} 的每日上限",
        lambda facts, row: (
            row["id"] not in facts.sites or facts.sites[row["id"]].day_limit == int(row["value"])
        ),
    ),
    "staff_unavailable": (lambda row: f"考务人员 {row['id']} 不能到岗", _is_away),
    "staff_added": (
        lambda row: f"增加考务人员 {row['id']}",
        lambda facts, row: row["id"] in facts.staff,
    ),
    "trainee_withdrawn": (
        lambda row: f"考生 {row['id']} 退考",
        lambda facts, row: row["id"] not in facts.trainees,
    ),
    "trainee_added": (
        lambda row: f"增加考生 {row['id']}",
        lambda facts, row: row["id"] in facts.trainees,
    ),
    "trainee_dates": (lambda row: f"考生 {row['id']} 改期", _has_dates),
}
