"""The chances of a large batch: first how many of whom go to which site, then when, each site by itself.

At first people who differ only in when they may sit are together, and each site is one session that takes all that its
sessions take (``whole_sites``): a small network, whose optimum nothing in the batch can exceed. Then what people have
at each site is shared among those who may sit at the same times (``portions``), and each site finds their sessions
(``times``). Where all find one, nothing is lost, so the optimum of the batch is reached; the groups of a city where some do
not are solved all at once (``scheduler.chances.network``), and their times once more, or, where that is dear, others make room
(``making_room``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scheduler.chances.apart import apart
from scheduler.chances.hub_numbers import HubNumbers
from scheduler.chances.network import of_groups, solve
from scheduler.chances.network_facts import NetworkFacts
from scheduler.chances.score import Score, score
from scheduler.chances.sharing import Counts
from scheduler.plan import Group, GroupChances
from scheduler.problem import Problem, Session
from scheduler.sites_first.making_room import Coming, sitting_at
from scheduler.sites_first.portions import FREE, Columns, Parts, share_among_parts
from scheduler.sites_first.times import Arriving, Times
from scheduler.sites_first.whole_sites import Alike, whole_sites
from scheduler.solver.side_by_side import LevelledNetwork, SideBySide

_NO_SITE = -1


class NoRoomError(Exception):
    """Most cities cannot be planned sites first, times parted as they are."""


class SitesFirst(NamedTuple):
    """The chances of groups in their order, what they reach, and what no chances can exceed."""

    chances: tuple[GroupChances, ...]
    reached: Score
    bound: Score


def solve_sites_first(
    problem: Problem,
    groups: Sequence[Group],
    denominator: int,
    solvers: SideBySide,
    *,
    may_fail: bool = False,
) -> SitesFirst:
    """Work out the chances of a large batch's groups; ``denominator`` units are a person.

    Raises
    ------
    NoRoomError
        with ``may_fail`` where more than half of the groups would have to be solved at once.
    """
    facts = NetworkFacts(problem, denominator)
    whole = whole_sites(facts)
    alike = Alike(problem, whole, groups)
    at_sites = solve(whole, alike.groups, denominator, solvers, coarse=True)
    shared = share_among_parts(_parts(facts, alike, groups), _columns(facts, alike, at_sites), denominator)
    unplaced = np.array([0 if group.allowed else len(group.trainees) * denominator for group in groups])
    staying = shared.other == _NO_SITE
    unplaced[shared.one[staying]] = shared.units[staying]
    placed = Counts(*(column[~staying] for column in shared))
    counts, failed = _at_times(facts, groups, placed, solvers)
    chances = [GroupChances(*pair) for pair in zip(counts, unplaced.tolist(), strict=True)]
    bound = score(whole, alike.groups, at_sites, denominator)
    if not failed:
        return SitesFirst(tuple(chances), bound, bound)
    if may_fail and 2 * len(failed) > len(groups):
        raise NoRoomError
    again = solve(problem, [groups[number] for number in failed], denominator, solvers, coarse=True)
    # only now it is known who comes to a site: its sessions are spread over these, which they can hold
    counts, _ = _at_times(facts, groups, _at_their_sites(groups, failed, again), solvers)
    for number, one in zip(failed, again, strict=True):
        chances[number] = GroupChances(counts[number], one.unplaced)
    return SitesFirst(tuple(chances), score(problem, groups, chances, denominator), bound)


def bound_of(problem: Problem, groups: Sequence[Group], solvers: SideBySide) -> Score:
    """Give what no chances of some groups can exceed, without working any out."""
    whole = whole_sites(NetworkFacts(problem, 1))
    alike = Alike(problem, whole, groups).groups
    return score(whole, alike, solve(whole, alike, 1, solvers, coarse=True, only_counts=True))


def _parts(facts: NetworkFacts, alike: Alike, groups: Sequence[Group]) -> Parts:
    """Give all groups that may sit somewhere by the number of those who are alike, in the order of ``_numbers``."""
    sizes = [len(numbers) for numbers in alike.parts]
    numbers = np.array([number for numbers in alike.parts for number in numbers], np.int64)
    people = np.array([len(group.trainees) for group in groups], np.int64)[numbers]
    return Parts(np.repeat(np.arange(len(sizes)), sizes), numbers, people, facts.portions(people))


def _columns(facts: NetworkFacts, alike: Alike, at_sites: Sequence[GroupChances]) -> Columns:
    """Give what those who are alike have at each of their sites, by its place among these, and how many have none."""
    most = facts.problem.rules.cap
    cap = facts.denominator * most.numerator // most.denominator
    rows = []
    for whole, (group, one) in enumerate(zip(alike.groups, at_sites, strict=True)):
        sites = ((place, one.counts.get(session, 0), cap) for place, session in enumerate(group.allowed))
        columns = (*sites, (_NO_SITE, one.unplaced, FREE))
        rows += [(whole, *column) for column in columns if column[1]]
    return Columns(*np.array(rows, np.int64).reshape(-1, len(Columns._fields)).T)


def _at_their_sites(groups: Sequence[Group], numbers: Sequence[int], found: Sequence[GroupChances]) -> Counts:
    """Give what each of some groups has at each of its sites, by its place among these."""
    rows: list[tuple[int, int, int]] = []
    for number, one in zip(numbers, found, strict=True):
        units = one.by_site()
        sites = enumerate(groups[number].allowed.by_site)
        rows += [(number, place, units[site]) for place, site in sites if site in units]
    return Counts(*np.array(rows, np.int64).reshape(-1, 3).T)


def _at_times(
    facts: NetworkFacts, groups: Sequence[Group], placed: Counts, solvers: SideBySide
) -> tuple[list[dict[Session, int]], list[int]]:
    """Give the count of each group in each session, and the groups of all cities where some site cannot hold who comes."""
    hubs, sizes = HubNumbers(groups), np.array([len(group.trainees) for group in groups], np.int64)
    waiting: deque[tuple[list[int], Counts, Times]] = deque()
    of_group = np.full(len(groups), -1)
    parts = apart(groups)
    for part, numbers in enumerate(parts):
        of_group[numbers] = part
    order = np.argsort(of_group[placed.one], kind="stable")
    ends = np.searchsorted(of_group[placed.one][order], np.arange(len(parts) + 1))

    def networks() -> Iterator[LevelledNetwork]:
        for part, numbers in enumerate(parts):
            rows = order[ends[part] : ends[part + 1]]
            if not len(rows):
                continue
            into = hubs.into(Counts(*(column[rows] for column in placed)))
            times = Times(facts, Arriving.of(hubs, sizes, into))
            waiting.append((numbers, into, times))
            yield times.network

    shares, failed = [], []
    for flow in solvers.solve_all(networks()):
        numbers, into, times = waiting.popleft()
        found = Coming(numbers, into, times.sessions(flow), times.left(flow))
        sitting = sitting_at(facts, groups, hubs, found)
        if sitting is None:
            failed += numbers
        else:
            shares += sitting
    return of_groups(shares, len(groups), facts.sessions), failed
