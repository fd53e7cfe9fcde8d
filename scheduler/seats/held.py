"""How many people the stated rooms of a site hold; a site of which none is stated has as many rooms as are needed."""

from __future__ import annotations

from collections import defaultdict

from scheduler.problem import Part, Problem
from scheduler.trainees import Trainees


def held_by_rooms(problem: Problem) -> dict[str, int]:
    """Give how many people the stated rooms of each site hold: a room its seats, never more than ``staffing.room_size``."""
    held: dict[str, int] = defaultdict(int)
    for room in problem.rooms:
        held[room.site_id] += min(room.seats, problem.rules.room_size)
    return dict(held)


def sitting_theory(problem: Problem) -> int:
    """Give how many people need a seat in a room at all."""
    return int((Trainees.of(problem.trainees).frame["part"] != Part.PRACTICAL).sum())


def beyond_rooms(problem: Problem) -> dict[str, int]:
    """Give the sites of which a session may take more people to the theory part than their rooms hold, with what they hold."""
    held = held_by_rooms(problem)
    sitting = sitting_theory(problem) if held else 0
    short = {
        session.site_id
        for session, seats in problem.seats.items()
        if session.site_id in held and min(seats, sitting) > held[session.site_id]
    }
    return {site_id: held[site_id] for site_id in sorted(short)}
