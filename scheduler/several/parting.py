"""What is known of a batch in which people have several registrations, and what comes of it when their times are parted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scheduler.chances.network import solve
from scheduler.chances.score import Score, score
from scheduler.chances.size import is_large
from scheduler.grouping import Grouping
from scheduler.plan import Group, GroupChances, Way
from scheduler.problem import Problem, Time
from scheduler.several.best_times import Liking, most_liked, taken_out
from scheduler.several.person_times import PersonTimes, Times
from scheduler.sites_first.solve import solve_sites_first
from scheduler.solver.side_by_side import SideBySide

_FEW_OPTIONS = 1_000
"""So many are searched at once, sooner than a guess is tried."""


class Parted(NamedTuple):
    """Times parted in one way, the chances that people then have, and what is reached."""

    score: Score
    times: Times
    way: Way


class Counted(NamedTuple):
    """How many of each group sit where, whole people only, and what is reached."""

    score: Score
    groups: Sequence[Group]
    counts: Sequence[GroupChances]


@dataclass(frozen=True)
class Parting:
    """A batch whose times are to be parted.

    Attributes
    ----------
    only_counts
        leave districts and even chances aside: as many are placed, sooner.
    """

    problem: Problem
    grouping: Grouping
    times: PersonTimes
    denominator: int
    solvers: SideBySide
    only_counts: bool = False

    @cached_property
    def large(self) -> bool:
        """Say whether the batch is large."""
        return is_large(self.problem)

    @cached_property
    def whole(self) -> Sequence[Group]:
        """Give the groups as they would be if everybody had one registration."""
        return self.grouping.groups({})

    @cached_property
    def together(self) -> Sequence[Group]:
        """Give the same, those of all districts together: enough to count."""
        return self.grouping.groups({}, by_district=False)

    @cached_property
    def few(self) -> bool:
        """Say whether the search for what people like best takes no time."""
        several = {name for names in self.times.repeated for name in names}
        options = sum(len(part.allowed) for group in self.together for part in taken_out(group, several))
        return options <= _FEW_OPTIONS

    def unparted(self) -> Counted:
        """Count as if everybody had one registration: no way to part the times can reach more."""
        return self._counted(self.together)

    def counted(self, times: Times) -> Counted:
        """Count with parted times."""
        return self._counted(self.grouping.groups(self.times.at(times), by_district=False))

    def parted(self, wished: Mapping[str, Time]) -> Parted:
        """Part the times with the wished ones kept, and work out everybody's chances."""
        times = self.times.split(wished)
        groups = self.grouping.groups(self.times.at(times), by_district=not self.only_counts)
        chances = self._chances(groups)
        reached = score(self.problem, groups, chances, self.denominator)
        return Parted(reached, times, Way(tuple(groups), tuple(chances)))

    def liked(self, liking: Liking) -> Mapping[str, Time] | None:
        """Look for a time for everybody with which nobody less is placed, of such what people like best; None if none is found."""
        return most_liked(self.problem, self.together, self.times.repeated, liking)

    def _counted(self, groups: Sequence[Group]) -> Counted:
        counts = solve(self.problem, groups, 1, self.solvers, coarse=self.large, only_counts=True)
        return Counted(score(self.problem, groups, counts), groups, counts)

    def _chances(self, groups: Sequence[Group]) -> Sequence[GroupChances]:
        if self.large and not self.only_counts:
            return solve_sites_first(self.problem, groups, self.denominator, self.solvers).chances
        return solve(
            self.problem,
            groups,
            self.denominator,
            self.solvers,
            coarse=self.large,
            only_counts=self.only_counts,
        )
