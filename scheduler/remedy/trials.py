"""What a change of a batch gives, found by trying it, and how much may be tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.chances.apart import apart
from scheduler.conflicts import ConflictGraph
from scheduler.plan import Bottleneck, CapacityPlan
from scheduler.problem import Problem
from scheduler.remedy.changes import Change, Growth
from scheduler.remedy.ground import Ground
from scheduler.remedy.needs import Needs
from scheduler.remedy.opened import Opened
from scheduler.several.overlaps import solve_without_overlaps
from scheduler.several.persons import same_persons

_WORK, _LEAST_WORK = 300_000, 2
"""People times solves that a search may take, and the flows that it always may: a limit that is no clock."""
_MANY = 1_000
"""People above whom what a change opens is tried with times parted as in the plan (``scheduler.remedy.opened``)."""
_FLOW, _ANEW = 1, 3
"""What a flow on the groups that have to do with each other costs for each of their people, and planning the batch anew."""


def unplaced_on(ground: Ground) -> int:
    """Give how many of those who are to be placed have no place when they are planned."""
    found, _ = solve_without_overlaps(ground.left, ground.eligibility, 1, only_counts=True)
    return sum(one.unplaced for one in found.chances)


class EnoughError(Exception):
    """The work that a search may take is done."""


@dataclass
class Trials:
    """The batch as it is, what a change of it gives, and how much more may be tried.

    Groups that have nothing to do with each other, such as those of two cities, are looked at by themselves: what grows in one
    changes nothing in the other.
    """

    ground: Ground
    plan: CapacityPlan

    def __post_init__(self) -> None:
        self._parts = [tuple(numbers) for numbers in apart(self.plan.parted)]
        self._part_of = {number: part for part in self._parts for number in part}
        most = max(map(self._people, self._parts), default=0)
        self._work = max(_WORK, _LEAST_WORK * most)

    @property
    def problem(self) -> Problem:
        """Give the facts."""
        return self.ground.problem

    @cached_property
    def graph(self) -> ConflictGraph:
        """Give who has to do with whom."""
        return ConflictGraph(self.problem)

    @cached_property
    def several(self) -> bool:
        """Say whether somebody holds several registrations: the flow alone then proves no minimum."""
        return bool(same_persons(self.ground.left))

    @cached_property
    def many_several(self) -> bool:
        """Say whether to part the times of people with several registrations anew, for each change, would take long."""
        return self.several and len(self.ground.left.trainees) > _MANY

    @cached_property
    def opened(self) -> Opened:
        """Give what tells who has no place when some may sit in more sessions."""
        return Opened(self.ground.left, self.plan.parted)

    @cached_property
    def short(self) -> int:
        """Give how many are short in all."""
        return sum(one.shortage for one in self.plan.bottlenecks)

    def part(self, bottleneck: Bottleneck) -> tuple[int, ...]:
        """Give the numbers of all groups that have to do with those of a bottleneck."""
        return self._part_of[bottleneck.groups[0]]

    def short_in(self, part: tuple[int, ...]) -> int:
        """Give how many are short in a part."""
        return sum(one.shortage for one in self.plan.bottlenecks if self.part(one) == part)

    def _people(self, part: Iterable[int]) -> int:
        return sum(len(self.plan.parted[number].trainees) for number in part)

    def flow_cost(self, part: tuple[int, ...]) -> int:
        """Give what a flow on a part costs."""
        return _FLOW * self._people(part)

    def ensure(self, work: int) -> None:
        """Go on only where so much more may be done: what is looked for first would be for nothing."""
        if work > self._work:
            raise EnoughError

    def spend(self, work: int) -> None:
        """Do so much of the work that may be done."""
        self.ensure(work)
        self._work -= work

    def needs(self, problem: Problem, part: tuple[int, ...], *growing: Any) -> Needs:
        """Give who of a part fits."""
        self.spend(self.flow_cost(part))
        return Needs(problem, [self.plan.parted[number] for number in part], *growing)

    @property
    def anew(self) -> int:
        """Give what planning the batch anew costs."""
        return _ANEW * len(self.ground.problem.trainees)

    def gain(self, change: Change, part: tuple[int, ...]) -> int:
        """Give how many more are placed; greater limits change nobody's sessions, so the groups stay."""
        if isinstance(change, Growth):
            return self.short_in(part) - self.needs(change.applied(self.ground.left), part).left_over
        self.spend(self.anew)
        ground = self.ground.changed(change)
        if ground is None:
            return 0
        opened = change.opens_to(self.ground.left) if self.many_several else None
        left_over = unplaced_on(ground) if opened is None else self.opened.unplaced(ground, opened)
        return self.short - left_over
