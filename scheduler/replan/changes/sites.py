"""Changes of sites and sessions, each made on the facts; what cannot be done is a located fault."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.tables import Row
from scheduler.place_rows import PlaceRows
from scheduler.problem import HALVES, Half, PlaceRow, Problem, Session
from scheduler.replan.changes.nearest_items import nearest


def closed(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Close a site: its sessions from ``date`` to ``until`` are gone; one day without ``until``, all without both."""
    site_id = _site(problem, row, faults)
    first, last = period(row, faults)
    gone = {
        one
        for one in problem.seats
        if one.site_id == site_id and (first is None or first <= one.day <= (last or first))
    }
    unordered = first is not None and last is not None and last < first  # told already
    if site_id and not gone and not unordered:
        faults.add("CHANGE-VALUE", f"考点 {site_id} 在所填的日子没有场次", row.at("date"))
    return replace(problem, seats={one: many for one, many in problem.seats.items() if one not in gone})


def period(row: Row, faults: Faults) -> tuple[dt.date | None, dt.date | None]:
    """Read from which day to which; a last day needs a first one."""
    first, last = cells.day(row, "date", faults), cells.day(row, "until", faults)
    cells.in_order(row, "date", "until", (first, last), faults)
    if first is None and row["until"] and not row["date"]:
        faults.add("CHANGE-EMPTY", "填了截止日期，也须填日期", row.at("date"))
    return first, last


def cancelled(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Cancel one session."""
    session = _session(problem, row, faults, there=True)
    return replace(problem, seats={one: many for one, many in problem.seats.items() if one != session})


def added(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Hold one session more."""
    session = _session(problem, row, faults, there=False)
    return _with_seats(problem, session, row, faults)


def seats(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Give a session another number of seats."""
    session = _session(problem, row, faults, there=True)
    return _with_seats(problem, session, row, faults)


def _with_seats(problem: Problem, session: Session | None, row: Row, faults: Faults) -> Problem:
    number = cells.count(row, "value", faults)
    if session is None or number is None:
        return problem
    return replace(problem, seats={**problem.seats, session: number})


def places(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Give an item another number of places: in a session, on a day, in every morning, or always."""
    site_id, number = _site(problem, row, faults), cells.count(row, "value", faults)
    day, half = cells.day(row, "date", faults), _half(row, faults)
    if not site_id or number is None:
        return problem
    item = row["item"]
    if not any(one.item == item for one in problem.places):
        like = nearest(item, {one.item for one in problem.places})
        hint = f"；是不是{'、'.join(f'“{one}”' for one in like)}？" if like else ""
        faults.add("CHANGE-UNKNOWN-ID", f"工位表中没有项目“{item}”{hint}", row.at("item"))
    kept = [
        one
        for one in problem.places
        if (one.site_id, one.item) != (site_id, item)
        or (day is not None and one.day != day)
        or (half is not None and one.half != half)
    ]
    new = _worked_as_before(problem, PlaceRow(site_id, item, number, day, half))
    # a row for a whole day goes before one for a half of every day, so those days need rows of their own
    days = [one.day for one in kept if (one.site_id, one.item, one.half) == (site_id, item, None) and one.day]
    own = days if half is not None and day is None else []
    new += [
        row for one in own for row in _worked_as_before(problem, PlaceRow(site_id, item, number, one, half))
    ]
    return replace(problem, places=(*kept, *{(row.day, row.half): row for row in new}.values()))


def _worked_as_before(problem: Problem, new: PlaceRow) -> list[PlaceRow]:
    """Give a row with so many worked at once as the row that counted, and a row of its own for each session where another number was."""
    rows, item = PlaceRows(problem.places), new.item
    before = rows.when(new.site_id, item, new.day, new.half)
    new = replace(new, stations=None if before is None else before.stations)
    of_sessions = [
        replace(new, day=one.day, half=one.half, stations=was.stations)
        for one in sorted(problem.seats)
        if one.site_id == new.site_id and new.day in (None, one.day) and new.half in (None, one.half)
        if (was := rows.of(one, item)) is not None and was.stations != new.stations
    ]
    return [new, *of_sessions]


def day_limit(problem: Problem, row: Row, faults: Faults) -> Problem:
    """Let a site take another number of people a day."""
    site_id, number = _site(problem, row, faults), cells.count(row, "value", faults)
    if not site_id or number is None:
        return problem
    changed = replace(problem.sites[site_id], day_limit=number)
    return replace(problem, sites={**problem.sites, site_id: changed})


def _site(problem: Problem, row: Row, faults: Faults) -> str:
    site_id = cells.identifier(row, "id")
    if site_id in problem.sites:
        return site_id
    faults.add("CHANGE-UNKNOWN-ID", f"“{site_id}”没有在考点表中定义", row.at("id"))
    return ""


def _half(row: Row, faults: Faults) -> Half | None:
    read = cells.word(row, "half", "half", faults)
    return Half(read) if read else None


def _session(problem: Problem, row: Row, faults: Faults, *, there: bool) -> Session | None:
    """Give the session of a row; one that is not there, or is there already, is a fault."""
    site_id, day, half = _site(problem, row, faults), cells.day(row, "date", faults), _half(row, faults)
    if not site_id or day is None or half is None:
        return None
    session = Session(site_id, day, half)
    if (session in problem.seats) == there:
        return session
    told = "没有这一场" if there else "已经有这一场"
    faults.add("CHANGE-VALUE", f"考点 {site_id} {day} {HALVES[half]} {told}", row.at("date"))
    return None
