"""One row of a table of the draw: who sits where, who does which duty, who steps in, what nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scheduler.problem import Session


class Sitting(NamedTuple):
    """One trainee's place as drawn, in the order of printing; 0 where a number was not drawn."""

    session: Session
    room: int
    seat: int
    group: int
    place: int
    trainee_id: str
    exceptions: tuple[str, ...] = ()


class Duty(NamedTuple):
    """One duty; ``room`` is an invigilator's room or an examiner's group, 0 for a whole site."""

    session: Session
    role: str
    room: int
    staff_id: str


class Substitute(NamedTuple):
    """Who steps in, in which order, for a role in a session."""

    session: Session
    role: str
    order: int
    staff_id: str


class Vacancy(NamedTuple):
    """One duty that nobody does; ``room`` as of a duty."""

    session: Session
    role: str
    room: int
    reason: str


def sitting(row: Mapping[str, str]) -> Sitting:
    """Read a row of assignments.csv."""
    room, seat, group, place = (_number(row[name]) for name in ("room", "seat", "group", "place"))
    exceptions = tuple(filter(None, row.get("exception", "").split(";")))
    return Sitting(Session.of(row), room, seat, group, place, row["trainee_id"], exceptions)


def duty(row: Mapping[str, str]) -> Duty:
    """Read a row of duties.csv."""
    return Duty(Session.of(row), row["role"], _number(row["room"]), row["staff_id"])


def substitute(row: Mapping[str, str]) -> Substitute:
    """Read a row of substitutes.csv."""
    return Substitute(Session.of(row), row["role"], _number(row["order"]), row["staff_id"])


def vacancy(row: Mapping[str, str]) -> Vacancy:
    """Read a row of vacancies.csv."""
    return Vacancy(Session.of(row), row["role"], _number(row["room"]), row["reason"])


def _number(text: str) -> int:
    return int(text) if text.strip() else 0
