"""Persons who are alike in all their registrations, and alike registrations of one person, get exactly equal chances.

Their times may have to be parted differently, so a few ways leave their chances different. Every way stays as good when alike
persons change places in it; with each way there is one for every turn of the persons of a kind and of the alike registrations
of a person, and the mean over a whole turn is the same for all of them. Persons who share all their groups turn together, in
blocks: 50 of one sort and 50 of another need two turns and not a hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from math import gcd, lcm
from typing import Any, NamedTuple

from scheduler.plan import Group, GroupChances, Lottery, Way

MOST_WAYS = 120
"""While ways are looked for, chances stay as they are where turns would make more ways than these: it is done often."""
_MOST_NUMBERS = 500_000
"""In the end they stay where all ways would have more numbers: a plan must be a file that people can publish (some two megabytes)."""
_LARGEST = 1 << 62
"""What a person is divided into at most: counts are numbers that every program reads."""
Turn = Mapping[str, str]
"""Whose part each registration takes."""


class _Kind(NamedTuple):
    """Persons who are alike: of each the registrations, alike ones side by side; so many in turn share all their groups."""

    persons: Sequence[Sequence[str]]
    block: int


_Kinds = Mapping[tuple[int, ...], _Kind]


def turned(
    lottery: Lottery, whole: Sequence[Group], repeated: Sequence[Sequence[str]], most: int | None = None
) -> Lottery:
    """Give the same plan with equal chances for those who are alike; as it is where they are, or ways would be too many.

    Where they would be too many for all of a kind, but not for as many as make whole blocks, the few others stay as they are.

    Parameters
    ----------
    whole
        the groups of those who are alike in all that matters but for their person.
    repeated
        the registrations of each person.
    most
        so many ways at most; None: as many as a plan may hold.
    """
    if are_even(lottery, whole, repeated):
        return lottery
    alike = {name: number for number, group in enumerate(whole) for name in group.trainees}
    for kinds in (_kinds(lottery, alike, repeated), _kinds(lottery, alike, repeated, nearly=True)):
        count = _of_persons(kinds) * _of_registrations(kinds) * max(len(lottery.ways), 1)
        if count <= (_MOST_NUMBERS if most is None else most):
            apart = _in_blocks(lottery, kinds)
            cells = sum(len(one.counts) + 1 for one in apart.chances)
            small = apart.denominator * count <= _LARGEST and (
                most is not None or count * cells <= _MOST_NUMBERS
            )
            if small:
                return _after_turns(apart, kinds, whole, alike)
        if most is not None:
            break
    return lottery


def _after_turns(apart: Lottery, kinds: _Kinds, whole: Sequence[Group], alike: Mapping[str, int]) -> Lottery:
    """Give the ways of a plan after every turn, and their mean."""
    turns = _turns(kinds)
    many = len(turns)
    place = {name: number for number, group in enumerate(apart.groups) for name in group.trainees}
    taken = [[place[turn.get(name, name)] for name in map(_first, apart.groups)] for turn in turns]
    ways = [_way(way, numbers, many) for numbers in taken for way in apart.ways]
    means = [
        GroupChances.total(apart.chances[number] for number in numbers)
        for numbers in zip(*taken, strict=True)
    ]
    groups = tuple(
        _open(group, whole[alike[_first(group)]]) if _first(group) in turns[0] else group
        for group in apart.groups
    )
    return Lottery(groups, tuple(means), apart.denominator * many, tuple(ways))


def _first(group: Group) -> str:
    return group.trainees[0]


def _open(group: Group, whole: Group) -> Group:
    """Give a group with all that is open to those who are alike: over the turns, each of them may get any of it."""
    return replace(group, allowed=whole.allowed, closed=whole.closed)


def are_even(
    lottery: Lottery, whole: Sequence[Group], repeated: Sequence[Sequence[str]], *, by_site: bool = False
) -> bool:
    """Say whether those who are alike have equal chances of every session, or of every site."""
    alike = {name: number for number, group in enumerate(whole) for name in group.trainees}
    some = {name for names in repeated for name in names}
    chances: dict[str, Mapping[object, Fraction]] = {}
    for group, one in zip(lottery.groups, lottery.chances, strict=True):
        counts: Mapping[Any, int] = one.by_site() if by_site else one.counts
        own = {place: Fraction(count, len(group.trainees)) for place, count in counts.items() if count}
        chances |= dict.fromkeys(some.intersection(group.trainees), own)
    first: dict[tuple[tuple[int, ...], int], Mapping[object, Fraction]] = {}
    return all(
        first.setdefault((kind, alike[name]), chances[name]) == chances[name]
        for kind, persons in _persons(alike, repeated).items()
        for names in persons
        for name in names
    )


def _persons(
    alike: Mapping[str, int], repeated: Sequence[Sequence[str]]
) -> dict[tuple[int, ...], list[list[str]]]:
    """Put together the persons whose registrations are alike, one by one; of each the registrations, alike ones side by side."""
    kinds: dict[tuple[int, ...], list[list[str]]] = defaultdict(list)
    for names in repeated:
        ordered = sorted(names, key=lambda name: (alike[name], name))
        kinds[tuple(alike[name] for name in ordered)].append(ordered)
    return kinds


def _kinds(
    lottery: Lottery, alike: Mapping[str, int], repeated: Sequence[Sequence[str]], *, nearly: bool = False
) -> _Kinds:
    """Put those who are alike together, in blocks of persons who share all their groups.

    With ``nearly`` blocks are as large as the smallest sort; who is left over of a larger one takes no part.
    """
    group_of = {name: number for number, group in enumerate(lottery.groups) for name in group.trainees}
    found = {}
    for kind, persons in _persons(alike, repeated).items():
        sorts: dict[tuple[int, ...], list[list[str]]] = defaultdict(list)
        for names in persons:
            sorts[tuple(group_of[name] for name in names)].append(names)
        sizes = [len(some) for some in sorts.values()]
        block = min(sizes) if nearly else gcd(*sizes)
        listed = [names for _, some in sorted(sorts.items()) for names in some[: len(some) // block * block]]
        found[kind] = _Kind(listed, block)
    return found


def _of_persons(kinds: _Kinds) -> int:
    return lcm(*(len(kind.persons) // kind.block for kind in kinds.values()))


def _of_registrations(kinds: _Kinds) -> int:
    return lcm(*(len(list(same)) for kind in kinds for _, same in groupby(kind)))


def _turns(kinds: _Kinds) -> list[Turn]:
    """Give every turn; the first leaves everybody in place."""
    return [
        _turn(kinds, person, registration)
        for person in range(_of_persons(kinds))
        for registration in range(_of_registrations(kinds))
    ]


def _turn(kinds: _Kinds, by: int, within: int) -> Turn:
    """Let each block take the part of the one so many before, each registration that of the alike one so many before."""
    found: dict[str, str] = {}
    for kind, (persons, block) in kinds.items():
        for number, names in enumerate(persons):
            other = persons[(number - by * block) % len(persons)]
            for _, same in groupby(range(len(kind)), key=kind.__getitem__):
                places = list(same)
                for at, place in enumerate(places):
                    found[names[place]] = other[places[(at - within) % len(places)]]
    return found


def _in_blocks(lottery: Lottery, kinds: _Kinds) -> Lottery:
    """Part the groups by blocks and places, in units so small that all parts are whole numbers."""
    block_of = {
        name: (kind, number // block, place)
        for kind, (persons, block) in kinds.items()
        for number, names in enumerate(persons)
        for place, name in enumerate(names)
    }
    taken = [_by(group, block_of) for group in lottery.groups]
    unit = lcm(*(_least_unit(map(len, parts)) for parts in taken))

    def groups(listed: Sequence[Group]) -> tuple[Group, ...]:
        return tuple(
            replace(group, trainees=names, homes=((group.district, len(names)),)) if parts[1:] else group
            for group, parts in zip(listed, taken, strict=True)
            for names in parts
        )

    def chances(listed: Sequence[GroupChances]) -> tuple[GroupChances, ...]:
        return tuple(
            one.scaled(unit * len(names), sum(map(len, parts)))
            for one, parts in zip(listed, taken, strict=True)
            for names in parts
        )

    ways = tuple(Way(groups(way.groups), chances(way.chances)) for way in lottery.ways)
    return Lottery(groups(lottery.groups), chances(lottery.chances), lottery.denominator * unit, ways)


def _by(group: Group, label: Mapping[str, object]) -> list[tuple[str, ...]]:
    """Give the people of a group by their labels; those who have none are together."""
    parts: dict[object, list[str]] = defaultdict(list)
    for name in group.trainees:
        parts[label.get(name)].append(name)
    return [tuple(names) for names in parts.values()]


def _least_unit(sizes: Iterable[int]) -> int:
    """Give into how many a unit must be divided so that parts of these sizes get whole numbers of it."""
    listed = list(sizes)
    return sum(listed) // gcd(*listed)


def _way(way: Way, taken: Sequence[int], factor: int) -> Way:
    """Give a way after a turn: what one had another one has, sessions and why others are closed."""
    groups = tuple(
        replace(group, allowed=way.groups[number].allowed, closed=way.groups[number].closed)
        for group, number in zip(way.groups, taken, strict=True)
    )
    return Way(groups, tuple(way.chances[number].scaled(factor) for number in taken))
