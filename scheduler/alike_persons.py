"""Persons who are alike in all their registrations, and alike registrations of one person, get exactly equal chances.

Their times may have to be parted differently, so a few ways leave their chances different. Every way stays as good when alike
persons change places in it; with each way there is one for every turn of the persons of a kind and of the alike registrations
of a person, and the mean over a whole turn is the same for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import lcm

from scheduler.plan import Group, GroupChances, Several, Way
from scheduler.problem import Session

_MOST_WAYS = 120
"""Where there would be more, chances stay as they are: a plan of few people is to stay short."""
Turn = Mapping[str, str]
"""Whose part each registration takes."""


def turned(several: Several, whole: Sequence[Group], repeated: Sequence[Sequence[str]]) -> Several:
    """Give the same plan with equal chances for those who are alike; as it is where they are, or ways would be too many.

    Parameters
    ----------
    whole
        the groups of those who are alike in all that matters but for their person.
    repeated
        the registrations of each person.
    """
    alike = {name: number for number, group in enumerate(whole) for name in group.trainees}
    turns = _turns(alike, repeated)
    if len(turns) * len(several.ways) > _MOST_WAYS:
        return several
    one_by_one = _one_by_one(several, {name for names in repeated for name in names})
    if _is_even(one_by_one, turns):
        return several
    many = len(turns)
    ways = [_way(way, turn, many) for turn in turns for way in one_by_one.ways]
    place = {group.trainees: number for number, group in enumerate(one_by_one.groups)}
    means = [
        _sum([one_by_one.chances[place[_from(group, turn)]] for turn in turns]) for group in one_by_one.groups
    ]
    groups = tuple(
        _open(group, whole[alike[group.trainees[0]]]) if group.trainees[0] in turns[0] else group
        for group in one_by_one.groups
    )
    return Several(groups, tuple(means), one_by_one.denominator * many, tuple(ways))


def _open(group: Group, whole: Group) -> Group:
    """Give a group with all that is open to those who are alike: over the turns, each of them may get any of it."""
    return replace(group, allowed=whole.allowed, closed=whole.closed)


def _turns(alike: Mapping[str, int], repeated: Sequence[Sequence[str]]) -> list[Turn]:
    """Give every turn; the first leaves everybody in place."""
    kinds: dict[tuple[int, ...], list[list[str]]] = defaultdict(list)
    for names in repeated:
        ordered = sorted(names, key=lambda name: (alike[name], name))
        kinds[tuple(alike[name] for name in ordered)].append(ordered)
    of_persons = lcm(*(len(persons) for persons in kinds.values()))
    of_registrations = lcm(*(len(list(same)) for kind in kinds for _, same in groupby(kind)))
    return [
        _turn(kinds, person, registration)
        for person in range(of_persons)
        for registration in range(of_registrations)
    ]


def _turn(kinds: Mapping[tuple[int, ...], Sequence[Sequence[str]]], by: int, within: int) -> Turn:
    """Let each person take the part of the one so many before, each registration that of the alike one so many before."""
    found: dict[str, str] = {}
    for kind, persons in kinds.items():
        for number, names in enumerate(persons):
            other = persons[(number - by) % len(persons)]
            for _, same in groupby(range(len(kind)), key=kind.__getitem__):
                places = list(same)
                for at, place in enumerate(places):
                    found[names[place]] = other[places[(at - within) % len(places)]]
    return found


def _one_by_one(several: Several, apart: set[str]) -> Several:
    """Take people with several registrations out of their groups, in units so small that all parts are whole numbers."""
    taken = [_taken_out(group, apart) for group in several.groups]
    unit = lcm(
        *(len(group.trainees) for group, parts in zip(several.groups, taken, strict=True) if parts[1:])
    )

    def groups(listed: Sequence[Group]) -> tuple[Group, ...]:
        return tuple(
            replace(group, trainees=names, homes=((group.district, len(names)),)) if parts[1:] else group
            for group, parts in zip(listed, taken, strict=True)
            for names in parts
        )

    def chances(listed: Sequence[GroupChances]) -> tuple[GroupChances, ...]:
        return tuple(
            _scaled(one, unit * len(names) // sum(map(len, parts)))
            for one, parts in zip(listed, taken, strict=True)
            for names in parts
        )

    ways = tuple(Way(groups(way.groups), chances(way.chances)) for way in several.ways)
    return Several(groups(several.groups), chances(several.chances), several.denominator * unit, ways)


def _taken_out(group: Group, apart: set[str]) -> list[tuple[str, ...]]:
    """Give each of those who are apart by itself, and the rest together."""
    alone = [(name,) for name in group.trainees if name in apart]
    rest = tuple(name for name in group.trainees if name not in apart)
    return [*([rest] if rest else []), *alone]


def _scaled(one: GroupChances, factor: int) -> GroupChances:
    counts = {session: count * factor for session, count in one.counts.items()}
    return GroupChances(counts, one.unplaced * factor)


def _is_even(several: Several, turns: Sequence[Turn]) -> bool:
    place = {group.trainees: number for number, group in enumerate(several.groups)}
    chances = several.chances
    return all(
        chances[number] == chances[place[_from(group, turn)]]
        for turn in turns
        for number, group in enumerate(several.groups)
    )


def _from(group: Group, turn: Turn) -> tuple[str, ...]:
    """Give the trainees of the group whose part a group takes."""
    name = turn.get(group.trainees[0])
    return group.trainees if name is None else (name,)


def _way(way: Way, turn: Turn, factor: int) -> Way:
    """Give a way after a turn: what one had another one has, sessions and why others are closed."""
    place = {group.trainees: number for number, group in enumerate(way.groups)}
    taken = [place[_from(group, turn)] for group in way.groups]
    groups = tuple(
        replace(group, allowed=way.groups[number].allowed, closed=way.groups[number].closed)
        for group, number in zip(way.groups, taken, strict=True)
    )
    return Way(groups, tuple(_scaled(way.chances[number], factor) for number in taken))


def _sum(listed: Sequence[GroupChances]) -> GroupChances:
    counts: dict[Session, int] = defaultdict(int)
    for one in listed:
        for session, count in one.counts.items():
            counts[session] += count
    return GroupChances(dict(sorted(counts.items())), sum(one.unplaced for one in listed))
