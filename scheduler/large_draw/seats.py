"""Rooms and seats of all sessions at once: section 9 of docs/draw-specification.md on arrays.

The plain form is ``scheduler.seats``; sessions with people who need an accessible seat are drawn by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from scheduler.large_draw.ordering import order_by
from scheduler.large_draw.people import People
from scheduler.large_draw.segments import Grid, of_first, ranked
from scheduler.numbers import Bools, Ints
from scheduler.seats.order import Sitter, chess_order
from scheduler.seats.rooms import RoomPlan, RoomPlans, dealing_order, even_sizes, rooms_for
from scheduler.seats.seating import seat_rooms


class Rooms(NamedTuple):
    """The rooms of all sessions, one session after the other: people, seats in a row, accessible seats, session."""

    sizes: Ints
    columns: Ints
    accessible: Ints
    session: Ints


class Seated(NamedTuple):
    """Room and seat of everybody, from 1, 0 where there is none; and the summary of ``scheduler.seats.summary``."""

    room: Ints
    seat: Ints
    summary: dict[str, int]


def seated(plan: Mapping[str, Any], people: People, session: Ints, ticket: Ints) -> Seated:
    """Seat everybody who sits theory.

    Parameters
    ----------
    session, ticket
        each person's session (-1: no place) and rank by ticket.
    """
    sitters = np.flatnonzero(people.theory & (session >= 0))
    sitters = sitters[order_by(session[sitters], ticket[sitters])]
    rooms = _rooms(plan, session[sitters])
    needing = frozenset(plan["seating"]["accessible"])
    needs = np.array([name in needing for name in people.names], bool) if needing else people.theory & False
    rid, seat = _drawn(people, sitters, session, ticket, rooms)
    for number in np.unique(session[sitters[needs[sitters]]]):
        own = sitters[session[sitters] == number]
        rid[own], seat[own] = _plainly(plan, people, own, ticket, rooms, int(number), needing)
    return Seated(*_numbered(sitters, rid, seat, rooms), _summary(people, sitters, rid, seat, rooms, needs))


def _rooms(plan: Mapping[str, Any], sessions: Ints) -> Rooms:
    """Give the rooms of the sessions, with how many people each gets; sessions without sitters have none."""
    plans = RoomPlans(plan["seating"])
    alike = cache(lambda people, own: _sized(rooms_for(people, own, plans.further), people))
    found: list[tuple[int, int, int, int]] = []
    for number, count in enumerate(np.bincount(sessions, minlength=len(plan["sessions"])).tolist()):
        own = plans.stated(plan["sessions"][number]["site_id"])
        found += [(*room, number) for room in alike(count, own)]
    columns = np.array(found, np.int64).reshape(-1, 4).T
    return Rooms(*columns)


def _sized(rooms: list[RoomPlan], people: int) -> list[tuple[int, int, int]]:
    sizes = even_sizes(people, rooms)
    return [(size, room.columns, room.accessible) for size, room in zip(sizes, rooms, strict=True)]


def _drawn(people: People, sitters: Ints, session: Ints, ticket: Ints, rooms: Rooms) -> tuple[Ints, Ints]:
    """Give everybody's room, by its number among all, and seat from 0, as if nobody needed an accessible one."""
    dealt = _dealt(people, sitters, session[sitters], rooms)
    by_room = sitters[order_by(dealt[sitters], ticket[sitters])]
    grid = Grid(rooms.sizes, rooms.columns)
    arranged, score = _arranged(people, by_room, grid, rooms)
    plain = np.array([grid.alike(values[sitters]) for values in _properties(people)])
    worse = _less(_by_session(plain, rooms), _by_session(score, rooms))
    rid, seat = dealt, np.zeros(len(people.names), np.int64)
    seat[by_room] = arranged
    swapped = worse[session[sitters]]
    rid[sitters[swapped]], seat[sitters[swapped]] = grid.room[swapped], grid.seat[swapped]
    return rid, seat


def _dealt(people: People, sitters: Ints, session: Ints, rooms: Rooms) -> Ints:
    """Deal people out to rooms, those of one institution over as many as possible; gives the room of each."""
    institution, own_class, item = (ranked(session, values[sitters]).rank for values in _properties(people))
    order = order_by(session, institution, own_class, item)
    turns, start = [], 0
    dealing = cache(lambda sizes: np.array(dealing_order(sizes), np.int64))
    for count in np.bincount(rooms.session).tolist():
        sizes = tuple(rooms.sizes[start : start + count].tolist())
        turns.append(start + dealing(sizes))
        start += count
    found = np.full(len(people.names), -1, np.int64)
    found[sitters[order]] = np.concatenate([np.zeros(0, np.int64), *turns])
    return found


def _arranged(people: People, by_room: Ints, grid: Grid, rooms: Rooms) -> tuple[Ints, Ints]:
    """Give the seat of everybody in the best of the three orders, and each room's neighbours who are alike."""
    properties = [values[by_room] for values in _properties(people)]
    institution, own_class, item = (ranked(grid.room, values) for values in properties)
    leading = of_first(grid.room, properties[0], item.spread())
    orders = (
        (institution.spread(), own_class.rank, item.rank),
        (item.spread(), institution.rank, own_class.rank),
        (leading, institution.rank, own_class.rank, item.rank),
    )
    seats_of = cache(lambda size, columns: np.array(chess_order(0, size, columns), np.int64))
    chess = np.concatenate(
        [np.zeros(0, np.int64), *map(seats_of, rooms.sizes.tolist(), rooms.columns.tolist())]
    )
    best_seat, best = np.zeros(len(by_room), np.int64), np.zeros((3, grid.rooms), np.int64)
    starts = np.cumsum(rooms.sizes) - rooms.sizes
    for number, keys in enumerate(orders):
        seat = np.empty(len(by_room), np.int64)
        seat[order_by(grid.room, *keys)] = chess
        at = starts[grid.room] + seat
        score = np.zeros((3, grid.rooms), np.int64)
        for row, values in enumerate(properties):
            by_seat = np.empty_like(values)
            by_seat[at] = values
            score[row] = grid.alike(by_seat)
        better = _less(score, best) if number else np.ones(grid.rooms, bool)
        best[:, better] = score[:, better]
        best_seat = np.where(better[grid.room], seat, best_seat)
    return best_seat, best


def _properties(people: People) -> tuple[Ints, Ints, Ints]:
    return people.institution, people.own_class, people.item


def _by_session(score: Ints, rooms: Rooms) -> Ints:
    """Add up the scores of the rooms of each session."""
    sums = np.zeros((3, int(rooms.session.max(initial=-1)) + 1), np.int64)
    for row in range(3):
        np.add.at(sums[row], rooms.session, score[row])
    return sums


def _less(one: Ints, other: Ints) -> Bools:
    """Say where one score is lower than the other: the first number decides, then the second, then the third."""
    found = np.zeros(one.shape[1], bool)
    for row in reversed(range(3)):
        found = (one[row] < other[row]) | ((one[row] == other[row]) & found)
    return found


def _plainly(
    plan: Mapping[str, Any],
    people: People,
    own: Ints,
    ticket: Ints,
    rooms: Rooms,
    session: int,
    needing: frozenset[str],
) -> tuple[list[int], list[int]]:
    """Seat one session by the plain form."""
    numbers = np.flatnonzero(rooms.session == session)
    site_id = plan["sessions"][session]["site_id"]
    held = RoomPlans(plan["seating"]).holding(site_id, len(own))
    listed = [
        Sitter(
            int(ticket[one]).to_bytes(8, "big"),
            people.names[one],
            int(people.institution[one]),
            int(people.own_class[one]),
            int(people.item[one]),
        )
        for one in own
    ]
    at = {
        sitter.trainee_id: (int(number), seat)
        for number, there in zip(numbers, seat_rooms(listed, held, needing), strict=True)
        for seat, sitter in enumerate(there)
    }  # fmt: skip
    places = [at[people.names[one]] for one in own]
    return [room for room, _ in places], [seat for _, seat in places]


def _numbered(sitters: Ints, rid: Ints, seat: Ints, rooms: Rooms) -> tuple[Ints, Ints]:
    """Give rooms as they are numbered in their session, and seats, from 1."""
    counts = np.bincount(rooms.session)
    before = (np.cumsum(counts) - counts)[rooms.session]
    room_number, seat_number = np.zeros(len(rid), np.int64), np.zeros(len(rid), np.int64)
    room_number[sitters] = rid[sitters] - before[rid[sitters]] + 1
    seat_number[sitters] = seat[sitters] + 1
    return room_number, seat_number


def _summary(
    people: People, sitters: Ints, rid: Ints, seat: Ints, rooms: Rooms, needs: Bools
) -> dict[str, int]:
    """Count neighbours who are alike from the seats themselves."""
    by_seat = sitters[order_by(rid[sitters], seat[sitters])]
    sizes = np.bincount(rid[sitters], minlength=len(rooms.sizes))
    grid = Grid(sizes, rooms.columns)
    alike = [int(grid.alike(values[by_seat]).sum()) for values in _properties(people)]
    lacking = needs[by_seat] & (seat[by_seat] >= rooms.accessible[rid[by_seat]])
    return {
        "rooms": int(np.count_nonzero(sizes)),
        "institution_neighbours": alike[0],
        "class_neighbours": alike[1],
        "item_neighbours": alike[2],
        "without_accessible_seat": int(lacking.sum()),
    }
