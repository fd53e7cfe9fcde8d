"""How many rooms a session takes, and how many people sit in each. Whole numbers, standard library only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class RoomPlan(NamedTuple):
    """What a room takes: people, seats in a row, and how many of its first seats are accessible."""

    seats: int
    columns: int
    accessible: int


class RoomPlans:
    """What the rooms of each site take: those that a plan's ``seating`` states, and ``further`` ones, alike at every site."""

    def __init__(self, seating: Mapping[str, Any]) -> None:
        self.further = RoomPlan(seating["room_size"], seating["columns"], seating["room_size"])
        self._stated = {
            site["site_id"]: tuple(
                RoomPlan(room["seats"], room["columns"], room["accessible"]) for room in site["rooms"]
            )
            for site in seating["rooms"]
        }

    def stated(self, site_id: str) -> tuple[RoomPlan, ...]:
        """Give the rooms that are stated of a site."""
        return self._stated.get(site_id, ())

    def of(self, site_id: str, number: int) -> RoomPlan:
        """Give the room of a site with this number, from 1."""
        stated = self.stated(site_id)
        return stated[number - 1] if number <= len(stated) else self.further

    def holding(self, site_id: str, people: int) -> list[RoomPlan]:
        """Give the first rooms of a site that hold so many people."""
        return rooms_for(people, self.stated(site_id), self.further)


def rooms_for(people: int, stated: Sequence[RoomPlan], further: RoomPlan) -> list[RoomPlan]:
    """Give the first rooms of a site that hold so many people; after those stated come further ones."""
    rooms: list[RoomPlan] = []
    left = people
    for room in stated:
        if left <= 0:
            break
        rooms.append(room)
        left -= room.seats
    return [*rooms, *[further] * (-(-max(0, left) // further.seats))]


def even_sizes(people: int, rooms: Sequence[RoomPlan]) -> list[int]:
    """Share people out over rooms that hold them, as evenly as the rooms allow.

    The smallest room first, of equal ones the last first, each takes what is left divided by the rooms left,
    rounded down, or as many as it holds. So of equal rooms the first have one more.
    """
    sizes = [0] * len(rooms)
    left = people
    order = sorted(range(len(rooms)), key=lambda number: (rooms[number].seats, -number))
    for done, number in enumerate(order):
        sizes[number] = min(rooms[number].seats, left // (len(rooms) - done))
        left -= sizes[number]
    return sizes


def dealing_order(sizes: Sequence[int]) -> list[int]:
    """Give room numbers (from 0), each as often as its size, every room evenly spread over the whole.

    The j-th turn (from 0) of a room of size s stands at floor((2j + 1) * 2^32 / s); of equal ones the
    lower room goes first.
    """
    turns = [
        (((2 * turn + 1) << 32) // size, room) for room, size in enumerate(sizes) for turn in range(size)
    ]
    return [room for _, room in sorted(turns)]
