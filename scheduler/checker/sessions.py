"""The sessions of a batch by number, and what they hold."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cached_property

import numpy as np

from scheduler.checker.kinds import Ints, Mask
from scheduler.problem import Half, Problem, Session

_HALF_ORDER = {Half.AM: 0, Half.PM: 1}


class Sessions:
    """The sessions of known sites; what is said of all of them is said in the order of ``sessions``."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._places: dict[str, Ints] = {}
        self._able_to_serve: dict[tuple[str, bool], Mask] = {}
        self._held_at: dict[frozenset[str], Mask] = {}

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions of known sites, in the order in which days go by."""
        known = [session for session in self.problem.seats if session.site_id in self.problem.sites]
        return tuple(sorted(known, key=lambda one: (one.day, _HALF_ORDER[one.half], one.site_id)))

    @cached_property
    def numbers(self) -> dict[Session, int]:
        """The number of each session among ``sessions``."""
        return {one: number for number, one in enumerate(self.sessions)}

    @cached_property
    def seats(self) -> Ints:
        """The seats of each session."""
        return np.array([self.problem.seats[one] for one in self.sessions], np.int64)

    @cached_property
    def days(self) -> tuple[tuple[str, dt.date], ...]:
        """The days on which anything is held at a site, in order."""
        return tuple(sorted({(one.site_id, one.day) for one in self.sessions}))

    @cached_property
    def day_of(self) -> Ints:
        """The number of each session's day among ``days``."""
        numbers = {one: number for number, one in enumerate(self.days)}
        return np.array([numbers[one.site_id, one.day] for one in self.sessions], np.int64)

    @cached_property
    def day_limits(self) -> Ints:
        """How many sittings a site takes on each of ``days``; -1 where it takes any number."""
        limits = (self.problem.sites[site_id].day_limit for site_id, _ in self.days)
        return np.array([-1 if one is None else one for one in limits], np.int64)

    def places(self, item: str) -> Ints:
        """Give the places for an item in each session, none where nothing is stated."""
        if item not in self._places:
            rows = [row for row in self.problem.places if row.item == item]
            dated = {row.site_id for row in rows if row.day or row.half}
            always = {row.site_id: row.places for row in rows if row.site_id not in dated}
            found = [
                self.problem.places_for(one, item) if one.site_id in dated else always.get(one.site_id)
                for one in self.sessions
            ]
            self._places[item] = np.array([one or 0 for one in found], np.int64)
        return self._places[item]

    def _listing(self, item: str) -> frozenset[str]:
        return frozenset(one for one in self.problem.sites if self.problem.site_lists_item(one, item))

    @cached_property
    def _by_site(self) -> dict[str, list[Session]]:
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.sessions:
            found[session.site_id].append(session)
        return found

    def sessions_of(self, site_id: str) -> list[Session]:
        """Give the sessions of one site."""
        return self._by_site.get(site_id, [])

    def exists(self, session: Session) -> bool:
        """Say whether a session is one of a known site."""
        return session in self.problem.seats and session.site_id in self.problem.sites

    def is_open(self, session: Session) -> bool:
        """Say whether the site of a session is active on its day."""
        return not self.problem.sites[session.site_id].is_suspended_on(session.day)

    def serves(self, session: Session, item: str, *, theory: bool) -> bool:
        """Say whether a session can take an item at all, full or not."""
        return bool(self.serving(item, theory=theory)[self.numbers[session]])

    def serving(self, item: str, *, theory: bool) -> Mask:
        """Say of each session whether it can take an item at all, full or not.

        Practical sittings need places above none; for theory the site must list the item.
        """
        if (item, theory) not in self._able_to_serve:
            able = self.at_sites(self._listing(item)) if theory else self.places(item) > 0
            self._able_to_serve[item, theory] = able
        return self._able_to_serve[item, theory]

    @cached_property
    def open(self) -> Mask:
        """Whether the site of each session is active on its day."""
        return np.array([self.is_open(one) for one in self.sessions], np.bool_)

    @cached_property
    def day_numbers(self) -> Ints:
        """The day of each session, as dates count."""
        return np.array([one.day.toordinal() for one in self.sessions], np.int64)

    @cached_property
    def site_of(self) -> Ints:
        """The number of each session's site."""
        return np.array([self._site_numbers[one.site_id] for one in self.sessions], np.int64)

    @cached_property
    def _site_numbers(self) -> dict[str, int]:
        return {site_id: number for number, site_id in enumerate(self.problem.sites)}

    def at_sites(self, sites: frozenset[str]) -> Mask:
        """Say of each session whether it is at one of certain sites."""
        if sites not in self._held_at:
            self._held_at[sites] = np.isin(self.site_of, [self._site_numbers[one] for one in sites])
        return self._held_at[sites]
