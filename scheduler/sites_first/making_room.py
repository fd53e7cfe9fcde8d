"""Where some sites of a city cannot hold who comes: others make room, so that everybody has a session.

Somebody takes a session that is full, and whoever leaves it another one, or a group goes to another site for it, as public as the
first and not above its cap there: chains of moves that end where a seat is free, found as more flow in the network of what is
there (Ford and Fulkerson 1956). As nobody is left then, as many sit at public sites as before and no more is above the cap,
the bound is reached. What is given up is evenness, by what moves: mostly a few hundredths of a person. A network of everything
with all its aims would be dear, and so this is done where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scheduler.chances.hub_numbers import HubNumbers
from scheduler.chances.hubs import Hubs
from scheduler.chances.network_facts import NetworkFacts
from scheduler.chances.sharing import Counts, share_out
from scheduler.numbers import Bools, Ints
from scheduler.plan import Group
from scheduler.solver.augment import with_more
from scheduler.solver.blocks import Arcs, Block

DEAR = 20_000
"""Ways of a city's groups to sites and of its hubs to sessions from which on solving it at once is dear."""


_FIXED = -1


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
    into, sessions, left = coming.into, coming.sessions, coming.left
    if len(left.one) and _ways(groups, hubs, coming) < DEAR:
        return None
    sites = (
        _sites(facts, groups, coming.numbers, hubs) if len(left.one) else Counts(*np.zeros((3, 0), np.int64))
    )
    for away in np.unique(sites.units[np.isin(sites.one, left.one)]).tolist():
        room = _Room(facts, groups, hubs, _only(sites, sites.units == away), np.unique(sites.one))
        found = room.made(into, sessions, left)
        if found is None:
            return None
        (into, sessions), left = found, _only(left, ~np.isin(left.one, room.numbers))
    return [share_out(into, sessions, facts.denominator)]


def _ways(groups: Sequence[Group], hubs: HubNumbers, coming: Coming) -> int:
    sites = sum(len(groups[number].allowed.by_site) for number in coming.numbers)
    return sites + sum(len(hubs.windows[hub]) for hub in np.unique(coming.into.one).tolist())


def _sites(facts: NetworkFacts, groups: Sequence[Group], numbers: Sequence[int], hubs: HubNumbers) -> Counts:
    """Give the sites of groups: hub, group, and whether it is away."""
    listed = [hubs.of_group(number) for number in numbers]
    away = [facts.away(groups[number].allowed) for number in numbers]
    return Counts(np.concatenate(listed), np.repeat(numbers, list(map(len, listed))), np.concatenate(away))


def _only(counts: Counts, rows: Bools) -> Counts:
    return Counts(*(column[rows] for column in counts))


class _Room:
    """The network of all sites of a city that are equally public; ``sites`` has a row for each group and each of its sites.

    To people of another city the same site may be less public: they stay there, as one more group without anywhere else. ``known``
    are the hubs of all groups, of which those of these sites take part: they have seats there.
    """

    def __init__(
        self, facts: NetworkFacts, groups: Sequence[Group], hubs: HubNumbers, sites: Counts, known: Ints
    ) -> None:
        site_of = np.array([facts.site_of[facts.of_window(hubs.windows[hub])[0]] for hub in known.tolist()])
        numbers = known[np.isin(site_of, site_of[np.isin(known, sites.one)])]
        one, other = np.append(sites.one, numbers), np.append(sites.other, np.full_like(numbers, _FIXED))
        self._groups, self._rows = np.unique(other, return_inverse=True)
        self.numbers, self._columns = np.unique(one, return_inverse=True)
        self._sink = len(self._groups)
        people = np.array([len(groups[number].trainees) for number in self._groups[1:].tolist()], np.int64)
        people = np.append(0, people)  # those who stay are the first
        cap = facts.problem.rules.cap
        self._most = people[self._rows] * facts.denominator * cap.numerator // cap.denominator
        self._everything = int(people.sum()) * facts.denominator
        self._sessions = len(facts.sessions)
        self._arcs = Arcs(1)
        self._hubs = Hubs(facts, *hubs.some(self.numbers), self._sink, self._arcs)

    def made(self, into: Counts, sessions: Counts, left: Counts) -> tuple[Counts, Counts] | None:
        """Give who comes to which hub and who sits where, with those who were left; None where somebody still is."""
        come, sit, stay = (np.isin(one.one, self.numbers) for one in (into, sessions, left))
        free = self._may_move(into)
        coming = Counts(into.one, np.where(free, into.other, _FIXED), into.units)
        found = self._moved(
            self._of_rows(_only(coming, come)), self._of_cells(_only(sessions, sit)), _only(left, stay)
        )
        if found is None:
            return None
        moved, seated = found
        return _joined(_only(into, ~(come & free)), moved), _joined(_only(sessions, ~sit), seated)

    def _may_move(self, into: Counts) -> Bools:
        """Say of those who come to each hub whether they have a way to it here: all others stay where they are."""
        return np.isin(
            self._keys(into.other, into.one),
            self._keys(self._groups[self._rows], self.numbers[self._columns]),
        )

    def _moved(self, rows: Ints, cells: Ints, left: Counts) -> tuple[Counts, Counts] | None:
        """Give who of those who may move comes to which hub, and who sits where; None where somebody is still left.

        Parameters
        ----------
        rows, cells
            how many units each group has at each of its sites, and each hub in each of its sessions.
        """
        at_sites, at_sessions, tails, heads, widths = self._network(rows)
        flow = np.zeros(len(tails), np.int64)
        at_sites.put(rows, flow)
        at_sessions.put(cells, flow)
        self._carry_on(flow, tails, heads)
        given = np.zeros(self._hubs.nodes, np.int64)
        given[np.searchsorted(self.numbers, left.one) + self._sink + 1] = left.units
        found = with_more(tails, heads, widths, flow, given, self._sink)
        if found is None:
            return None
        rows, cells = at_sites.total(found, len(rows)), at_sessions.total(found, len(cells))
        moving = np.where(self._rows > 0, rows, 0)
        return (
            Counts(self.numbers[self._columns], self._groups[self._rows], moving),
            Counts(self.numbers[self._hubs.hub_of], self._hubs.session_of, cells),
        )

    def _network(self, rows: Ints) -> tuple[Block, Block, Ints, Ints, Ints]:
        """Give the arcs: up to the cap to each site, or what is there already; from there to sessions whatever they take."""
        at_sites = Block()
        numbers = np.arange(len(rows))
        arcs = self._arcs.add(self._rows, self._columns + self._sink + 1, np.maximum(self._most, rows))
        at_sites.add(arcs, numbers)
        everything = np.full(len(self.numbers), self._everything)
        at_sessions = self._hubs.leave([everything], lambda _step, _waiting: {})
        network = self._arcs.network(np.zeros(0, np.int64), ())
        listed = (network.tails, network.heads, network.capacities)
        tails, heads, widths = (column.astype(np.int64) for column in listed)
        return at_sites, at_sessions, tails, heads, widths

    def _of_rows(self, into: Counts) -> Ints:
        """Give how many units each group has at each of its sites."""
        key = self._keys(self._groups[self._rows], self.numbers[self._columns])
        return _placed(key, self._keys(into.other, into.one), into.units)

    def _keys(self, groups: Ints, hubs: Ints) -> Ints:
        """Give one number for a group and a hub, each pair its own; that of a hub outside is of no pair within."""
        many = self.numbers[-1] + 2
        return np.asarray(groups * many + np.minimum(hubs, many - 1), np.int64)

    def _of_cells(self, sessions: Counts) -> Ints:
        """Give how many units each hub has in each of its sessions."""
        key = self.numbers[self._hubs.hub_of] * self._sessions + self._hubs.session_of
        return _placed(key, sessions.one * self._sessions + sessions.other, sessions.units)

    def _carry_on(self, flow: Ints, tails: Ints, heads: Ints) -> None:
        """Let what comes to places, seats and days go on: each of them has one way onward."""
        behind = np.flatnonzero(tails > self._sink + len(self.numbers))
        for _ in range(3):
            coming = np.bincount(heads, flow, self._hubs.nodes).astype(np.int64)
            flow[behind] = coming[tails[behind]]


def _placed(keys: Ints, some: Ints, units: Ints) -> Ints:
    """Give the units of each key; the keys of ``some`` are among them."""
    order = np.argsort(keys, kind="stable")
    found = np.zeros(len(keys), np.int64)
    np.add.at(found, order[np.searchsorted(keys[order], some)], units)
    return found


def _joined(some: Counts, others: Counts) -> Counts:
    return Counts(*(np.concatenate(pair) for pair in zip(some, _only(others, others.units > 0), strict=True)))
