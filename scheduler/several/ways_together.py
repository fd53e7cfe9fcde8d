"""The chances of several ways to part times, together: those of each with regard to the others, and their mean.

It is the mean that keeps the cap and is even.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scheduler.allowed import Allowed
from scheduler.chances.network import solve
from scheduler.chances.other_ways import Others
from scheduler.grouping import lost_sites
from scheduler.plan import Group, GroupChances, Several, Way
from scheduler.problem import Session
from scheduler.several.parting import Parting
from scheduler.several.person_times import Times
from scheduler.several.persons import Time

_ROUNDS = 2
"""How often the chances of each way are worked out: first with regard to the ways before, then to all others."""


def together(parting: Parting, listed: Sequence[Times]) -> Several:
    """Work out the chances of all ways, each with regard to the others, and their mean."""
    groups = _groups(parting, listed)
    owns = [parting.times.at(times) for times in listed]
    parted = [tuple(_parted(group, own) for group in groups) for own in owns]
    solved: dict[int, tuple[GroupChances, ...]] = {}
    for number in [*range(len(listed))] * _ROUNDS:
        others = Others.of(groups, [one for other, one in solved.items() if other != number], len(listed) - 1)
        solved[number] = solve(
            parting.problem, parted[number], parting.denominator, parting.solvers, coarse=False, others=others
        )
    many = len(listed)
    ways = [Way(some, _times(solved[number], many)) for number, some in enumerate(parted)]
    return Several(groups, _sums(list(solved.values())), parting.denominator * many, tuple(ways))


def _groups(parting: Parting, listed: Sequence[Times]) -> tuple[Group, ...]:
    """Give groups of people for whom the same holds in every way; they may use what they may in some way."""
    joined = {name: frozenset[Time]().union(*(times[name] for times in listed)) for name in listed[0]}
    found = []
    for group in parting.grouping.groups(parting.times.at(joined)):
        alike: dict[tuple[frozenset[Time], ...], list[str]] = defaultdict(list)
        for name in group.trainees:
            alike[tuple(times[name] for times in listed) if name in joined else ()].append(name)
        found += [_of(group, names) for names in alike.values()]
    return tuple(sorted(found, key=lambda one: (one.item, one.part, one.district, one.trainees[0])))


def _of(group: Group, names: Sequence[str]) -> Group:
    """Give some people of a group; in a batch that is not large all of them come from one district."""
    if len(names) == len(group.trainees):
        return group
    return replace(group, trainees=tuple(names), homes=((group.district, len(names)),))


def _parted(group: Group, own: Mapping[str, Allowed]) -> Group:
    """Give a group as it may sit in one way."""
    allowed = own.get(group.trainees[0])
    if allowed is None:
        return group
    lost = lost_sites(group.allowed, allowed)
    return replace(group, allowed=allowed, closed=(*group.closed, ("", lost)) if lost else group.closed)


def _times(chances: Sequence[GroupChances], many: int) -> tuple[GroupChances, ...]:
    """Give chances in units that many times smaller."""
    return tuple(
        GroupChances({session: count * many for session, count in one.counts.items()}, one.unplaced * many)
        for one in chances
    )


def _sums(ways: Sequence[Sequence[GroupChances]]) -> tuple[GroupChances, ...]:
    """Add up the chances of each group, sessions in their order."""
    found = []
    for listed in zip(*ways, strict=True):
        counts = Counter[Session]()
        for one in listed:
            counts.update(one.counts)
        found.append(GroupChances(dict(sorted(counts.items())), sum(one.unplaced for one in listed)))
    return tuple(found)
