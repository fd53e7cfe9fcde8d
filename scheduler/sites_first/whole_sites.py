"""A batch as if each site had one session, which takes all that the site's sessions take together.

Whatever can be done in the batch can be done here, so no optimum here is worse: it is a bound that needs no sessions.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scheduler.allowed import Allowed, Window
from scheduler.chances.network_facts import NetworkFacts
from scheduler.numbers import Ints
from scheduler.plan import Group
from scheduler.problem import Half, PlaceRow, Problem, Session
from scheduler.session_rules import CROSS_CITY


def whole_sites(facts: NetworkFacts) -> Problem:
    """Give the batch with one session a site, and as many places for each item as all its sessions have."""
    problem = facts.problem
    day = min((session.day for session in facts.sessions), default=dt.date.min)
    seats = _in_all(facts, facts.seats)
    of_item = {
        item: _in_all(facts, np.minimum(facts.places(item), facts.seats))
        for item in sorted({row.item for row in problem.places})
    }
    numbers = {session.site_id: int(at) for session, at in zip(facts.sessions, facts.site_of, strict=True)}
    listed = sorted({(row.site_id, row.item) for row in problem.places if row.site_id in numbers})
    return replace(
        problem,
        seats={Session(site, day, Half.AM): int(seats[at]) for site, at in numbers.items()},
        places=tuple(PlaceRow(site, item, int(of_item[item][numbers[site]])) for site, item in listed),
        sites={name: replace(site, day_limit=None) for name, site in problem.sites.items()},
    )


def _in_all(facts: NetworkFacts, takes: Ints) -> Ints:
    """Give how many people each site takes in all sessions, each day at most what its limit lets in."""
    limited = facts.day_of >= 0
    of_days = np.zeros(len(facts.day_limits), np.int64)
    np.add.at(of_days, facts.day_of[limited], takes[limited])
    site_of_day = np.zeros(len(of_days), np.int64)
    site_of_day[facts.day_of[limited]] = facts.site_of[limited]
    found = np.zeros(len(facts.problem.sites), np.int64)
    np.add.at(found, facts.site_of[~limited], takes[~limited])
    np.add.at(found, site_of_day, np.minimum(of_days, facts.day_limits))
    return found // facts.denominator


class Alike:
    """Groups that differ only in when they may sit, or by which exception, put together; ``parts`` are the numbers of each one's groups.

    Groups that may sit nowhere are in none.
    """

    def __init__(self, problem: Problem, whole: Problem, groups: Sequence[Group]) -> None:
        self._session = {session.site_id: (session,) for session in whole.seats}
        self._windows: dict[tuple[str, tuple[str, ...]], Window] = {}
        self._known: dict[int, Allowed] = {}
        parts: dict[object, list[int]] = defaultdict(list)
        for number, group in enumerate(groups):
            if group.allowed:
                met = problem.trainees[group.trainees[0]].institution_id if problem.met else ""
                allowed = self._whole(group.allowed)
                parts[allowed.key, group.place_item, group.district, group.city, met].append(number)
        self.parts = list(parts.values())
        self.groups = [self._together([groups[number] for number in numbers]) for numbers in self.parts]

    def _together(self, groups: Sequence[Group]) -> Group:
        homes: dict[str, int] = defaultdict(int)
        for group in groups:
            for district, people in group.homes:
                homes[district] += people
        return replace(
            groups[0],
            trainees=tuple(name for group in groups for name in group.trainees),
            allowed=self._whole(groups[0].allowed),
            homes=tuple(sorted(homes.items())),
        )

    def _whole(self, allowed: Allowed) -> Allowed:
        known = self._known.get(id(allowed))
        if known is None:
            sites = {name: self._window(name, window) for name, window in allowed.by_site.items()}
            known = self._known[id(allowed)] = Allowed(sites)
        return known

    def _window(self, site: str, window: Window) -> Window:
        # of all exceptions only this one matters to the aims
        exceptions = (CROSS_CITY,) if CROSS_CITY in window.exceptions[0] else ()
        known = self._windows.get((site, exceptions))
        if known is None:
            known = self._windows[site, exceptions] = Window(self._session[site], (exceptions,))
        return known
