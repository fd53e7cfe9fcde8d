"""The chances of several ways to part times, together: those of each with regard to the others, and their mean.

It is the mean that keeps the cap and is even.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scheduler.allowed import Allowed
from scheduler.chances.network import solve
from scheduler.chances.other_ways import Others
from scheduler.chances.score import Score
from scheduler.grouping import lost_sites
from scheduler.plan import Group, GroupChances, Lottery, Way
from scheduler.problem import Time
from scheduler.several.parting import Parting
from scheduler.several.person_times import Times
from scheduler.several.unevenness import unevenness
from scheduler.several.ways_at_once import at_once

_ROUNDS = 2
"""How often the chances of each way are worked out: first with regard to the ways before, then to all others."""
_NOT_SPREAD = 2
"""Of how uneven a plan is, what ``ways_at_once`` is about: what is above the cap, and the shortage."""


def together(parting: Parting, listed: Sequence[Times]) -> Lottery:
    """Work out the chances of all ways, each with regard to the others, and their mean."""
    groups = _groups(parting, listed)
    owns = [parting.times.at(times) for times in listed]
    return _worked_out(parting, groups, [tuple(_parted(group, own) for group in groups) for own in owns], {})


def together_anew(parting: Parting, found: Lottery, best: Score) -> Lottery | None:
    """Work the same ways out from what all of them at once begin with (``ways_at_once``); None where that is nothing better.

    Parameters
    ----------
    best
        how many each way places, and at public sites.
    """
    many, parted = len(found.ways), [way.groups for way in found.ways]
    known = [tuple(one.scaled(1, many) for one in way.chances) for way in found.ways]
    begun = at_once(parting.problem, parted, parting.denominator, best, known)
    if begun is None:
        return None
    before, now = (
        unevenness(one, parting.problem.rules.cap, ())[:_NOT_SPREAD]
        for one in (found, _mean(parting, found.groups, parted, begun))
    )
    return _worked_out(parting, found.groups, parted, begun) if now < before else None


def _worked_out(
    parting: Parting,
    groups: Sequence[Group],
    parted: Sequence[Sequence[Group]],
    begun: Mapping[int, Sequence[GroupChances]],
) -> Lottery:
    """Work out each way with regard to the others as far as they are known."""
    solved, many = dict(begun), len(parted)
    for number in [*range(many)] * _ROUNDS:
        others = Others.of(groups, [one for other, one in solved.items() if other != number], many - 1)
        solved[number] = solve(
            parting.problem, parted[number], parting.denominator, parting.solvers, coarse=False, others=others
        )
    return _mean(parting, groups, parted, solved)


def _mean(
    parting: Parting,
    groups: Sequence[Group],
    parted: Sequence[Sequence[Group]],
    solved: Mapping[int, Sequence[GroupChances]],
) -> Lottery:
    many = len(parted)
    ways = [
        Way(tuple(some), tuple(one.scaled(many) for one in solved[number]))
        for number, some in enumerate(parted)
    ]
    of_groups = zip(*(solved[number] for number in range(many)), strict=True)
    return Lottery(
        tuple(groups), tuple(map(GroupChances.total, of_groups)), parting.denominator * many, tuple(ways)
    )


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
