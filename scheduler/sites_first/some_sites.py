"""Where some sites of a city cannot hold who comes: these and a few more are solved at once, everybody at the others stays.

What each group has at these sites together stays what it is. Where nobody is left then, as many sit at public sites as before,
and as little is above the cap, the bound is reached; what is given up is evenness between these sites and the others, and so
this is done only where a network of everything would be dear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.allowed import Allowed
from scheduler.network_facts import NetworkFacts
from scheduler.network_piece import Piece, Stakes
from scheduler.plan import Group
from scheduler.sharing import Counts, share_out
from scheduler.sites_first.hub_numbers import HubNumbers
from scheduler.solver.residual import Ints

DEAR = 200_000
"""Ways of a city's groups to sites and of its hubs to sessions from which on solving it at once is dear."""

_MORE = (2, 4, 8)
"""How many sites are solved beside each that cannot hold who comes, one after the other until that is enough."""


class Coming(NamedTuple):
    """The groups of a city, by number; who comes to which hub (hub, group); who sits in which session (hub, session); who is left."""

    numbers: Sequence[int]
    into: Counts
    sessions: Counts
    left: Counts


def sitting_at(
    facts: NetworkFacts, groups: Sequence[Group], hubs: HubNumbers, coming: Coming
) -> list[Counts] | None:
    """Give how many of each group sit in each session; None where the city must be solved at once."""
    if not len(coming.left.one):
        return [share_out(coming.into, coming.sessions, facts.denominator)]
    if _ways(groups, hubs, coming) < DEAR:
        return None
    some = _SomeSites(facts, groups, hubs, coming)
    tried = 0
    for more in _MORE:
        sites = some.chosen(more)
        if len(sites) == tried:
            break
        tried = len(sites)
        found = some.solved(sites)
        if found is not None:
            return [some.others(sites), found]
    return None


def _ways(groups: Sequence[Group], hubs: HubNumbers, coming: Coming) -> int:
    sites = sum(len(groups[number].allowed.by_site) for number in coming.numbers)
    return sites + sum(len(hubs.windows[hub]) for hub in np.unique(coming.into.one).tolist())


class _SomeSites:
    """A city, of which some sites are solved at once. Sites are told by their numbers in the facts."""

    def __init__(
        self, facts: NetworkFacts, groups: Sequence[Group], hubs: HubNumbers, coming: Coming
    ) -> None:
        self._facts, self._groups, self._coming = facts, groups, coming
        self._site_of = facts.site_of[[facts.of_window(window)[0] for window in hubs.windows]]
        self._site_of_row = self._site_of[coming.into.one]
        self._failing = np.unique(self._site_of[coming.left.one])

    def chosen(self, more: int) -> Ints:
        """Give the sites that cannot hold who comes, and up to ``more`` for each of them.

        They are as public as one that cannot; those first where the groups of which some are left have most.
        """
        into, public = self._coming.into, self._facts.public
        some = np.isin(into.other, into.other[np.isin(into.one, self._coming.left.one)])
        units = np.bincount(self._site_of_row[some], into.units[some], len(public))
        units[~np.isin(public, public[self._failing])] = 0
        units[self._failing] = 0
        others = np.argsort(-units, kind="stable")[: np.count_nonzero(units)]
        return np.concatenate([self._failing, others[: more * len(self._failing)]])

    def others(self, sites: Ints) -> Counts:
        """Give how many of each group sit in each session of all other sites."""
        into, sessions = self._coming.into, self._coming.sessions
        come, sit = (~np.isin(self._site_of[one.one], sites) for one in (into, sessions))
        return share_out(_of(into, come), _of(sessions, sit), self._facts.denominator)

    def solved(self, sites: Ints) -> Counts | None:
        """Give how many of each group sit in each session of some sites; None where that does not reach the bound."""
        piece, units = self._piece(sites)
        network = piece.network()
        if piece.unplaced(replace(network, costs=network.costs[:1], hopes=()).solve()).any():
            return None
        flow = network.solve()
        if piece.misses(piece.into.total(flow, len(piece.rows))) > piece.misses(units):
            return None
        return piece.shares(flow, self._facts.denominator)

    def _piece(self, sites: Ints) -> tuple[Piece, Ints]:
        """Give the network of some sites, and what each group has at each of them."""
        facts, into = self._facts, self._coming.into
        own = np.isin(self._site_of_row, sites)
        numbers, row = np.unique(into.other[own], return_inverse=True)
        whole = [self._groups[number] for number in numbers.tolist()]
        stakes = Stakes(
            np.bincount(row, into.units[own]).astype(np.int64),
            np.array([len(group.trainees) for group in whole], np.int64) * facts.denominator,
            np.array([len(group.allowed.by_site) for group in whole], np.int64),
        )
        within = _Within(facts.site_ids[site] for site in sites.tolist())
        parts = [replace(group, allowed=within.of(group.allowed)) for group in whole]
        piece = Piece(facts, parts, numbers.tolist(), coarse=True, only_counts=False, stakes=stakes)
        units = np.zeros((len(whole), len(facts.public)), np.int64)
        units[row, self._site_of_row[own]] = into.units[own]
        site_of = facts.site_of[[facts.of_window(window)[0] for window in piece.windows]]
        return piece, units[piece.rows, site_of[piece.columns]]


def _of(counts: Counts, rows: NDArray[np.bool_]) -> Counts:
    return Counts(*(column[rows] for column in counts))


class _Within:
    """Leaves only the windows of some sites; equal sets are one object."""

    def __init__(self, sites: Iterable[str]) -> None:
        self._sites = frozenset(sites)
        self._known: dict[int, Allowed] = {}

    def of(self, allowed: Allowed) -> Allowed:
        """Give what is left of what somebody may use."""
        known = self._known.get(id(allowed))
        if known is None:
            left = {site: window for site, window in allowed.by_site.items() if site in self._sites}
            known = self._known[id(allowed)] = Allowed(left)
        return known
