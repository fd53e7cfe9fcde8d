"""The sessions as they are held, and the posts that stand in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

INVIGILATOR, EXAMINER, PATROL = "invigilator", "examiner", "patrol"
ROLES = (INVIGILATOR, EXAMINER, PATROL)
NUMBERS = {
    INVIGILATOR: "invigilators_per_room",
    EXAMINER: "examiners_per_item",
    PATROL: "patrols_per_site",
}
"""The rule that says how many, of each role."""

Time = tuple[str, str]
"""Date (ISO) and half."""


def half_number(time: Time) -> int:
    """Give a half-day's number; those in a row differ by one, and the two of a date in the last bit alone."""
    date, half = time
    return 2 * dt.date.fromisoformat(date).toordinal() + (half == "pm")


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it is held: ``rooms[0]`` sits in room 1; a group has one item; ids of trainees."""

    site_id: str
    date: str
    half: str
    rooms: tuple[tuple[str, ...], ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def time(self) -> Time:
        """Give when it is held."""
        return self.date, self.half

    def people(self) -> frozenset[str]:
        """Give everybody who sits in it."""
        return frozenset(
            name for listed in (*self.rooms, *(who for _, who in self.groups)) for name in listed
        )


@dataclass(frozen=True, slots=True)
class Post:
    """What ``needed`` persons do together: a room, a group or a site's half-day; room 0 is no room."""

    site_id: str
    date: str
    half: str
    role: str
    room: int
    item: str
    needed: int
    trainees: frozenset[str] = field(repr=False)
    institutions: frozenset[str] = field(repr=False)

    @property
    def time(self) -> Time:
        """Give when the duty is done."""
        return self.date, self.half
