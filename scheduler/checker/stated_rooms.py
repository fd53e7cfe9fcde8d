"""Rule 6: rooms and seats that there cannot be, where the batch states the rooms of a site.

Our numbers are those of the table's rooms in order. Whoever makes a list by hand may call a room by its name, by the number
in its name, or by any other name, and a seat by what stands on the table: names are not judged. Where more people sit
than the stated rooms hold, there are further rooms, of which the batch says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from common.text import fold
from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.crowd import Crowd
from scheduler.checker.kinds import Ints, coded, first_rows, kinds
from scheduler.checker.schedule.table import number_form
from scheduler.problem import Room
from scheduler.schedule import Placement

_RULE = 6
_ANY = -1
_FIGURES = re.compile("[0-9]+")


def beyond_rooms(crowd: Crowd) -> Iterator[Breach]:
    """Find who sits theory in a room or on a seat beyond those of the site; in the order of the ids."""
    problem = crowd.facts.problem
    stated: dict[str, list[Room]] = defaultdict(list)
    for room in problem.rooms:
        stated[room.site_id].append(room)
    there = crowd.of_sessions(lambda one: one.site_id in stated, np.bool_)
    rows = np.flatnonzero(there & (crowd.placed["room"] > 0))
    most = _greatest_seats(crowd, rows, stated)
    seats = _whole_numbers(crowd, rows)
    odd = (most == 0) | ((most > 0) & (seats > most))
    odd[odd] = _sit_theory(crowd, rows[odd])
    greatest = dict(zip(rows[odd].tolist(), most[odd].tolist(), strict=True))
    ordered = crowd.placed_in_order(rows[odd])
    for row, one in zip(ordered.tolist(), crowd.placement_records(ordered), strict=True):
        yield beyond(one, greatest[row], len(stated[one.session.site_id]))


def beyond(one: Placement, most: int, count: int) -> Breach:
    """Tell of somebody's seat that the room has only ``most``, or of the room (0 seats) that the site has ``count``."""
    start = f"考生 {one.trainee_id} 在{say_session(one.session)}的"
    code, told = (
        ("SEAT-UNKNOWN", f"座位是第 {one.room} 考场 {one.seat} 号，考场表中这个考场只有 {most} 个座位")
        if most
        else ("ROOM-UNKNOWN", f"考场是 {one.room}，考场表中该考点只有 {count} 个考场")
    )
    return session_breach(code, _RULE, f"{start}{told}", one.session, trainee_id=one.trainee_id)


def greatest_seat(held: Sequence[Room], room: str, people: int, sitting: int, room_size: int) -> int | None:
    """Give the greatest number that a seat of a room may have; 0 where there is no such room, None where nobody can tell.

    Parameters
    ----------
    held
        the rooms of the site.
    people, sitting
        how many sit in the room, and in all rooms of the session.
    """
    number = whole_number(room)
    fitting = [
        one.seats for place, one in enumerate(held, start=1) if place == number or _is_called(one, room)
    ]
    if fitting:
        # a room with too many people is told once, not for each of them
        return max(fitting) if people <= max(fitting) else None
    if not number or sitting > sum(min(one.seats, room_size) for one in held):
        return None
    return 0


def whole_number(text: str) -> int:
    """Read a number from 1 up; 0 where a text is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _is_called(room: Room, written: str) -> bool:
    figures = (one.lstrip("0") for one in _FIGURES.findall(fold(room.room)))
    return written == number_form(room.room) or written in figures


def _greatest_seats(crowd: Crowd, rows: Ints, stated: dict[str, list[Room]]) -> Ints:
    """Give ``greatest_seat`` of some placements, asked once for each room of a session; -1 where nobody can tell."""
    session = crowd.placed["session"][rows]
    room, number = kinds((session, crowd.placed["room"][rows]))
    first = first_rows(room, number)
    people = np.bincount(room, minlength=number).tolist()
    sitting = np.bincount(session, minlength=1)[session[first]].tolist()
    size, found = crowd.facts.problem.rules.room_size, np.full(number, _ANY)
    for place, one in enumerate(crowd.placement_records(rows[first])):
        held = stated[one.session.site_id]
        most = greatest_seat(held, one.room, people[place], sitting[place], size)
        found[place] = _ANY if most is None else most
    return found[room]


def _whole_numbers(crowd: Crowd, rows: Ints) -> Ints:
    codes, texts = coded(crowd.placements.frame["seat"][rows])
    return np.fromiter(map(whole_number, texts), np.int64, len(texts))[codes]


def _sit_theory(crowd: Crowd, rows: Ints) -> Ints:
    """Say of some placements whether they are of trainees of the batch who sit theory."""
    practical = np.append(crowd.people["practical"], 1)[crowd.trainee_of[rows]]
    found: Ints = practical == 0
    return found
