"""How many have no place once some people may sit in more sessions, everybody else's times parted as in the plan.

Of many people with several registrations a change is tried without parting all times anew: only persons to whom it opens
sessions have theirs parted otherwise, and one greatest flow says how many fit. It is a plan that could be made, so what is
promised can be kept; parted anew it may be more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from scheduler.allowed import Allowed
from scheduler.chances.network_facts import NetworkFacts
from scheduler.chances.network_piece import Piece
from scheduler.plan import Group
from scheduler.problem import Problem, Time
from scheduler.remedy.ground import Ground
from scheduler.several.persons import same_persons, split_times
from scheduler.solver.augment import greatest


class Opened:
    """The groups of a plan, as their times are parted in it, and what is left of them when some may sit in more sessions."""

    def __init__(self, problem: Problem, groups: Sequence[Group]) -> None:
        self._problem, self._groups = problem, groups
        self._group_of = {name: number for number, group in enumerate(groups) for name in group.trainees}

    def unplaced(self, changed: Ground, names: Collection[str]) -> int:
        """Give how many have no place on the changed ground, which opens sessions to those named."""
        own = self._own(changed, names)
        moved: dict[int, set[str]] = defaultdict(set)
        for name in own:
            moved[self._group_of[name]].add(name)
        groups = [
            replace(group, trainees=rest) if number in moved else group
            for number, group in enumerate(self._groups)
            if (rest := tuple(name for name in group.trainees if name not in moved.get(number, ())))
        ]
        alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for name, allowed in sorted(own.items()):
            alike[self._group_of[name], allowed.key].append(name)
        groups += [
            replace(self._groups[self._group_of[some[0]]], trainees=tuple(some), allowed=own[some[0]])
            for some in alike.values()
        ]
        return sum(len(group.trainees) for group in groups) - self._placed(groups)

    def _placed(self, groups: Sequence[Group]) -> int:
        piece = Piece(self._facts, groups, range(len(groups)), coarse=True, only_counts=True)
        network = piece.network()
        tails, heads = network.tails.astype(np.int64), network.heads.astype(np.int64)
        arcs = np.flatnonzero((tails >= piece.sink) | (heads != piece.sink))  # but for those who stay without
        given = np.maximum(network.supply, 0)
        return greatest(
            tails[arcs], heads[arcs], network.capacities[arcs].astype(np.int64), given, piece.sink
        ).reached

    @cached_property
    def _facts(self) -> NetworkFacts:
        return NetworkFacts(self._problem, 1)

    @cached_property
    def _person(self) -> Mapping[str, Sequence[str]]:
        """Give the registrations of each person with several, by each of them."""
        return {name: names for names in same_persons(self._problem) for name in names}

    def _own(self, changed: Ground, names: Collection[str]) -> dict[str, Allowed]:
        """Give what those named and the other registrations of the same persons may use."""
        eligibility, left = changed.eligibility, changed.left
        found: dict[str, Allowed] = {}
        for names_of in sorted(
            {tuple(self._person.get(name, (name,))) for name in names if name in self._group_of}
        ):
            new = {name: eligibility.of(left.trainees[name]).allowed for name in names_of}
            if len(names_of) == 1:
                found |= new
                continue
            for name, times in self._parted(new, names).items():
                found[name] = eligibility.windows.kept(new[name], times)
        return found

    def _parted(self, new: Mapping[str, Allowed], names: Collection[str]) -> Mapping[str, frozenset[Time]]:
        """Part a person's times: as in the plan, and what nobody has to whom it is opened; anew where one had none at all."""
        had = {name: _times(self._groups[self._group_of[name]].allowed) for name in new}
        may = {name: _times(allowed) for name, allowed in new.items()}
        if any(may[name] and not had[name] for name in new):
            return split_times({name: sorted(times) for name, times in may.items()})
        taken = frozenset[Time]().union(*had.values())
        found = dict(had)
        for name in sorted(new):
            if name in names:
                found[name] = had[name] | (may[name] - taken)
                taken |= found[name]
        return found


def _times(allowed: Allowed) -> frozenset[Time]:
    return frozenset([session.time for session in allowed])
