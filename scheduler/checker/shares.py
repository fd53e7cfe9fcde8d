"""Lotteries that send people alike to sites with equal chances, and how far the greatest of these can be lowered.

The network: kinds of people -> kind and site, up to the chance that is allowed -> item places of a session -> seats -> day ->
public site or other -> sink; in units in which all chances are whole numbers, so that a flow is a lottery.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from scheduler.checker.facts import Choices, Facts
from scheduler.checker.moves.places_network import PlacesNetwork
from scheduler.checker.standing import PUBLIC_KINDS

Share = tuple[int, str]
"""People of a kind, by its number, at a site."""


class Alike(NamedTuple):
    """A kind of people: the item of which they need a place ("" for theory), their choices, and how many they are."""

    item: str
    choices: Choices
    people: int


def is_public(facts: Facts, site_id: str) -> bool:
    """Say whether a site is public or of an authority: for all who may sit there, where nobody leaves the own city."""
    return facts.problem.sites[site_id].kind in PUBLIC_KINDS


class Shares:
    """The lotteries in which no chance is above the cap but those that are stated.

    Parameters
    ----------
    kinds
        everybody.
    cap
        the greatest chance of one site, by the rules.
    stated
        chances above it.
    """

    def __init__(
        self, facts: Facts, kinds: Sequence[Alike], cap: Fraction, stated: Mapping[Share, Fraction]
    ) -> None:
        self._unit = lcm(cap.denominator, *(one.denominator for one in stated.values()))
        self._kinds, self._cap, self._stated = kinds, cap, stated
        self._first = facts.problem.rules.public_first
        self._net = _Network(facts, self._unit, sum(one.people for one in kinds), apart=self._first)
        self._nodes: list[int] = []
        self._arcs: dict[Share, tuple[int, int]] = {}
        for number, one in enumerate(kinds):
            self._nodes.append(self._net.node())
            self._net.arc(self._net.source, self._nodes[-1], one.people * self._unit)
            by_site: dict[str, list[int]] = defaultdict(list)
            for session in one.choices.tolist():
                by_site[facts.sessions[session].site_id].append(session)
            for site_id, sessions in by_site.items():
                hub, _ = self._net.choosers(one.item, sessions)
                self._arcs[number, site_id] = self._net.arc(self._nodes[-1], hub, 0), hub
        self._public = {site_id for _, site_id in self._arcs if is_public(facts, site_id)}

    def lowered(self, placed: int, public: int) -> set[Share]:
        """Give which stated chances can be lowered to the cap, one after the other, each with those before.

        Parameters
        ----------
        placed, public
            how many people are to have a place, and how many of them at public sites.
        """
        found = 0
        if self._first:
            self._open(self._public)
            found = self._net.push(self._net.source, self._net.sink)
            if found < public * self._unit:
                return set()
        self._open({site_id for _, site_id in self._arcs} - (self._public if self._first else set()))
        # what reached a public site stays at one: arcs into the sink are never given back
        found += self._net.push(self._net.source, self._net.sink)
        if found < placed * self._unit:
            return set()
        self._net.keep_ends()
        return {share for share in sorted(self._stated) if share in self._arcs and self._lower(share)}

    def _open(self, sites: set[str]) -> None:
        for (number, site_id), (arc, _) in self._arcs.items():
            if site_id in sites:
                allowed = self._stated.get((number, site_id), self._cap)
                self._net.room[arc] = int(self._kinds[number].people * allowed * self._unit)

    def _lower(self, share: Share) -> bool:
        """Lower a chance to the cap if what is above finds another way; says whether it did."""
        net, (arc, hub) = self._net, self._arcs[share]
        number, _ = share
        flow, room = net.room[arc ^ 1], net.room[arc]
        most = int(self._kinds[number].people * self._cap * self._unit)
        above = max(0, flow - most)
        net.room[arc] = net.room[arc ^ 1] = 0
        moved = net.push_some(self._nodes[number], hub, above) if above else 0
        net.room[arc ^ 1] = flow - moved
        done = moved == above
        net.room[arc] = most - (flow - moved) if done else room + moved
        return done


class _Network(PlacesNetwork):
    """The network of all places, in units; with ``apart`` days of public sites end at one node, those of others at another."""

    def __init__(self, facts: Facts, unit: int, people: int, *, apart: bool) -> None:
        super().__init__(facts, _Whole(facts, unit), people * unit + 1)
        self._facts, self._apart = facts, apart
        self._ends = {public: self.node() for public in (True, False)}
        self._out = [self.arc(end, self.sink, self._many) for end in self._ends.values()]

    def end_of(self, day: int) -> int:
        site_id, _ = self._facts.days[day]
        return self._ends[self._apart and is_public(self._facts, site_id)]

    def keep_ends(self) -> None:
        """Let public and other sites keep as many people as they have."""
        for arc in self._out:
            self.room[arc] = self.room[arc ^ 1] = 0

    def push_some(self, tail: int, head: int, most: int) -> int:
        """Push up to so much from one node to another, and give the amount."""
        start = self.node()
        gate = self.arc(start, tail, most)
        found = self.push(start, head)
        self.room[gate] = self.room[gate ^ 1] = 0
        return found


class _Whole:
    """All that sessions hold, in units; nobody sits yet."""

    def __init__(self, facts: Facts, unit: int) -> None:
        self._facts, self._unit = facts, unit
        self.seats_left = [one * unit for one in facts.seats.tolist()]
        self.day_left = [-1 if one < 0 else one * unit for one in facts.day_limits.tolist()]

    def places_left(self, item: str) -> list[int]:
        """Give the places for an item in each session."""
        return [one * self._unit for one in self._facts.places(item).tolist()]
