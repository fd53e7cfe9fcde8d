"""The result of a draw: who sits where and when. Self-contained, whoever made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from scheduler.problem import Session

ASSIGNMENT_COLUMNS = (
    "trainee_id",
    "site_id",
    "date",
    "half",
    "room",
    "seat",
    "group",
    "place",
    "exception",
    "chance",
    "site_chance",
)
UNASSIGNED_COLUMNS = ("trainee_id", "reason")
Tally = Counter[tuple[Session, str, tuple[str, ...]]]
"""How many people there are by session, item and exceptions."""


@lru_cache(maxsize=1 << 14)
def chance_of(text: str) -> Fraction:
    """Read a chance of a plan or of assignments.csv; among very many people few of them come up very often.

    Raises
    ------
    ValueError
        it is none.
    """
    return Fraction(text)


@dataclass(frozen=True, slots=True)
class Placement:
    """One trainee's place; ``exceptions`` only where one was needed (contract, rule 2 and 3).

    ``chance`` is the chance this trainee had of this session, ``site_chance`` of this site, both
    exact and known before the draw; None in schedules that others made. ``room`` and ``seat`` are for
    the theory part, ``group`` and ``place`` for the practical one; "" where there is none.
    """

    trainee_id: str
    session: Session
    exceptions: tuple[str, ...] = ()
    chance: Fraction | None = None
    site_chance: Fraction | None = None
    room: str = ""
    seat: str = ""
    group: str = ""
    place: str = ""


@dataclass(frozen=True)
class Schedule:
    """Placements by trainee, and a reason for everybody who has no place.

    ``again`` are further placements of trainees who have one already, as only a schedule from elsewhere holds: the second of
    each, then the third, and so on.
    """

    placements: Mapping[str, Placement]
    unplaced: Mapping[str, str]
    again: Sequence[Mapping[str, Placement]] = field(default=(), compare=False)

    def tally(self, groups: Sequence[Mapping[str, Any]]) -> Tally:
        """Count people by session, item and exceptions; the items are those of the groups of the plan."""
        item_of = {name: group["item"] for group in groups for name in group["trainees"]}
        return Counter((one.session, item_of[name], one.exceptions) for name, one in self.placements.items())

    def with_exception(self) -> int:
        """Count the people who needed an exception."""
        return sum(bool(one.exceptions) for one in self.placements.values())
