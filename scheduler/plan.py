"""What planning hands on: groups, their exact chances, and who is short of places."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from scheduler.allowed import Allowed
from scheduler.problem import Part, Session
from scheduler.session_rules import CROSSING, Refusal, Refusals


@dataclass(frozen=True)
class Group:
    """Trainees who are interchangeable: the same item, part, city and allowed sessions.

    ``district`` is that of all, "" where they come of several; ``homes`` says how many come of which.
    ``allowed`` gives the exceptions each session needs; ``closed`` why the other sites are closed, in
    parts that many groups share, each with the institution it is about ("": whoever trained).
    """

    trainees: tuple[str, ...]
    item: str
    part: Part
    district: str
    city: str
    allowed: Allowed
    closed: tuple[tuple[str, Refusals], ...] = ()
    homes: tuple[tuple[str, int], ...] = ()

    @property
    def place_item(self) -> str:
        """Give the item whose places they take; "" for theory alone."""
        return "" if self.part is Part.THEORY else self.item

    @property
    def refused(self) -> dict[tuple[str, str], Refusal]:
        """Give why sites are closed, by institution and site; the institution only for cross-examination."""
        return {
            (whose if why.rule == CROSSING else "", site): why
            for whose, refusals in self.closed
            for site, why in refusals.items()
        }


@dataclass(frozen=True)
class GroupChances:
    """Expected counts of a group, in units of 1 / denominator persons."""

    counts: Mapping[Session, int]
    unplaced: int

    def by_site(self) -> dict[str, int]:
        """Give the counts by site: those of all its sessions together."""
        found: dict[str, int] = defaultdict(int)
        for session, count in self.counts.items():
            found[session.site_id] += count
        return found

    def scaled(self, factor: int, divisor: int = 1) -> GroupChances:
        """Give so many times as much of everything, or a part of it where that is whole."""
        counts = {session: count * factor // divisor for session, count in self.counts.items()}
        return GroupChances(counts, self.unplaced * factor // divisor)

    @classmethod
    def total(cls, listed: Iterable[GroupChances]) -> GroupChances:
        """Add up chances of one group, sessions in their order."""
        counts: dict[Session, int] = defaultdict(int)
        unplaced = 0
        for one in listed:
            unplaced += one.unplaced
            for session, count in one.counts.items():
                counts[session] += count
        return cls(dict(sorted(counts.items())), unplaced)


class Limit(NamedTuple):
    """One capacity: with an item its places in a session, with a half the session's seats, else the site's day."""

    site_id: str
    day: dt.date
    half: str = ""
    item: str = ""


@dataclass(frozen=True)
class Bottleneck:
    """People who have fewer places than they are: a connected part of the minimum cut.

    ``groups`` are numbers of groups, all whose sessions end in ``limits``, which are full; ``people``
    how many they are, ``places`` how many the limits take. Without limits there is no session for them.
    ``told`` says so to a reader.
    """

    groups: tuple[int, ...]
    limits: tuple[Limit, ...]
    people: int
    places: int
    told: str = ""

    @property
    def shortage(self) -> int:
        """Give how many have no place, whatever the draw."""
        return self.people - self.places


@dataclass(frozen=True)
class Way:
    """One way to part the times of people with several registrations: groups as they may sit in it, and its chances."""

    groups: tuple[Group, ...]
    chances: tuple[GroupChances, ...]


class Lottery(NamedTuple):
    """Groups and their chances, in units of 1 / denominator persons.

    Where the times of people with several registrations are parted in several ways, all equally likely, the chances are the
    mean of the ``ways``, which are in the same units, and the groups may use what they may use in some way.
    """

    groups: tuple[Group, ...]
    chances: tuple[GroupChances, ...]
    denominator: int
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class CapacityPlan:
    """The chances of all groups, in the order of the groups, and what they amount to.

    Where there are several ``ways``, which have the same groups in this order, the chances are their mean;
    ``bottlenecks`` are those of the first. ``reasons`` says why who is without a place may be so, by number of group.
    """

    groups: tuple[Group, ...]
    chances: tuple[GroupChances, ...]
    denominator: int
    notes: tuple[str, ...] = ()
    bottlenecks: tuple[Bottleneck, ...] = ()
    ways: tuple[Way, ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)

    @property
    def parted(self) -> tuple[Group, ...]:
        """Give the groups as they may sit in the first way: those of the bottlenecks."""
        return self.ways[0].groups if self.ways else self.groups

    @property
    def unplaced(self) -> Fraction:
        """Give how many trainees will have no place: a whole number, known before the draw."""
        return Fraction(sum(one.unplaced for one in self.chances), self.denominator)
