"""When those who come to a site sit there: of each site by itself, evenly over its sessions, then soon.

How many come of each hub is given. Where the sessions of a site cannot hold them, some stay without a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scheduler.allowed import Window
from scheduler.chances.hub_numbers import HubNumbers
from scheduler.chances.hubs import Hubs
from scheduler.chances.network_facts import NetworkFacts
from scheduler.chances.sharing import Counts
from scheduler.numbers import Ints
from scheduler.solver.blocks import Arcs

_LEFT, _EVEN, _SOON = range(3)
"""The levels of its costs: nobody is left, evenly over the sessions, soon."""
_SINK = 0


class Arriving(NamedTuple):
    """The hubs of some sites: the window and the item of each ("": no place of an item), and how many units come.

    ``people`` are those of all groups of which some may come: the more, the greater the portions in which they are spread;
    ``hubs`` are the numbers by which others know them.
    """

    windows: Sequence[Window]
    items: Sequence[str]
    units: Ints
    people: Ints
    hubs: Ints

    @classmethod
    def of(cls, numbers: HubNumbers, sizes: Ints, into: Counts) -> Arriving:
        """Give the hubs that some come to: ``into`` is how many of which group do, ``sizes`` how many people all groups have."""
        hubs, places = np.unique(into.one, return_inverse=True)
        units, people = (
            np.bincount(places, values, len(hubs)).astype(np.int64)
            for values in (into.units, sizes[into.other])
        )
        windows, items = numbers.some(hubs)
        return cls(windows, items, units, people, hubs)


class Times:
    """The network of some sites, which falls into one for each of them."""

    def __init__(self, facts: NetworkFacts, arriving: Arriving) -> None:
        arcs = Arcs(_SOON + 1)
        hubs = np.arange(len(arriving.units)) + 1
        arcs.add(hubs, np.full_like(hubs, _SINK), arriving.units, {_LEFT: 1})
        self._arriving = arriving
        self._hubs = Hubs(facts, arriving.windows, arriving.items, _SINK, arcs)
        self._cells = self._hubs.leave(
            _steps(facts, arriving, self._hubs.sizes), lambda step, waiting: {_EVEN: step, _SOON: waiting}
        )
        supply = np.zeros(self._hubs.nodes, np.int64)
        supply[hubs] = arriving.units
        supply[_SINK] = -arriving.units.sum()
        self.network = arcs.network(supply, (_LEFT,), self._hubs.sites())

    def left(self, flow: Ints) -> Counts:
        """Give how many of each hub have no session there, of a flow of the network, by hub and its place among the hubs."""
        units = flow[: len(self._arriving.units)]
        hubs = np.flatnonzero(units)
        return Counts(self._arriving.hubs[hubs], hubs, units[hubs])

    def sessions(self, flow: Ints) -> Counts:
        """Give how many of each hub sit in each session, of a flow of the network."""
        units = self._cells.total(flow, len(self._hubs.hub_of))
        cells = np.flatnonzero(units)
        hubs = self._arriving.hubs[self._hubs.hub_of[cells]]
        return Counts(hubs, self._hubs.session_of[cells], units[cells])


def _steps(facts: NetworkFacts, arriving: Arriving, sessions: Ints) -> list[Ints]:
    """Give how much of each hub goes to a session at each step: half its even share, all of it, as much again, all the rest."""
    portion, units = facts.portions(arriving.people), arriving.units
    even = units // sessions // portion * portion
    first = np.where(units < 2 * portion, units, np.maximum(even, portion))
    half = np.where(first > even, first, first // 2 // portion * portion)
    return [half, first - half, even, units - first - even]
