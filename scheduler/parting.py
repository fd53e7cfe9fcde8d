"""What is known of a batch in which people have several registrations, so that their times must be parted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.allowed import Allowed
from scheduler.grouping import Grouping
from scheduler.person_times import PersonTimes
from scheduler.persons import Time
from scheduler.plan import Group
from scheduler.problem import Problem, Session
from scheduler.solver.side_by_side import SideBySide

Liking = Callable[[str, Session], int]
"""How much a registration should get a session, from 0 to ``MOST_LIKED``."""
MOST_LIKED = 60


@dataclass(frozen=True)
class Parting:
    """What is known of a batch whose times are to be parted.

    Attributes
    ----------
    is_best
        says of sessions by registration whether nobody less is placed with them, and nobody less at public sites.
    search
        looks for a time for everybody with which that is so; None where it finds none.
    few
        whether the search takes no time.
    """

    problem: Problem
    grouping: Grouping
    times: PersonTimes
    denominator: int
    solvers: SideBySide
    is_best: Callable[[Mapping[str, Allowed]], bool]
    search: Callable[[Liking | None], Mapping[str, Time] | None]
    few: bool

    @cached_property
    def whole(self) -> Sequence[Group]:
        """Give the groups as they would be if everybody had one registration."""
        return self.grouping.groups({})
