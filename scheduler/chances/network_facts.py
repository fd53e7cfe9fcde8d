"""What all parts of the network of a batch share, in arrays: sessions, capacities, distances, past meetings.

Sessions have numbers in their order, sites likewise; what is asked of many is kept once it was worked out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from scheduler.allowed import Allowed, Window
from scheduler.chances.aims import MOST_WAITING
from scheduler.chances.travel import kilometres
from scheduler.numbers import Ints
from scheduler.plan import Group
from scheduler.problem import PlaceRow, Problem, Session
from scheduler.public_sites import is_public_window

_UNKNOWN = -1


class NetworkFacts:
    """Look-ups for one batch.

    Parameters
    ----------
    denominator
        units of flow that are a person.
    """

    def __init__(self, problem: Problem, denominator: int) -> None:
        self.problem, self.denominator = problem, denominator
        self.sessions: list[Session] = sorted(problem.seats)
        self._number = {session: number for number, session in enumerate(self.sessions)}
        self.site_ids: list[str] = sorted(problem.sites)
        self._site = {site_id: number for number, site_id in enumerate(self.site_ids)}
        # what is known by its identity is held, or another object could take its place
        self._windows: dict[int, tuple[Ints, Window]] = {}
        self._sites: dict[int, tuple[Ints, Allowed]] = {}
        self._away: dict[int, tuple[Ints, Allowed]] = {}
        self._far: dict[str, Ints] = {}
        self._places: dict[str, Ints] = {}

    def of_window(self, window: Window) -> Ints:
        """Give the numbers of a window's sessions."""
        known = self._windows.get(id(window.sessions))
        if known is None:
            first, last = (self._number[window.sessions[end]] for end in (0, -1))
            if last - first + 1 == len(window):  # as of nearly all windows
                numbers = np.arange(first, last + 1)
            elif window.part_of is not None:
                whole, places = window.part_of
                numbers = self.of_window(whole)[np.array(places, np.int64)]
            else:
                numbers = np.array([self._number[session] for session in window.sessions], np.int64)
            known = self._windows[id(window.sessions)] = numbers, window
        return known[0]

    @cached_property
    def seats(self) -> Ints:
        """Give the units of flow that each session takes."""
        return self._units([self.problem.seats[session] for session in self.sessions])

    @cached_property
    def waiting(self) -> Ints:
        """Give how many days after the first exam day each session is, up to ``MOST_WAITING``."""
        days = [session.day.toordinal() for session in self.sessions]
        first = min(days, default=0)
        return np.array([min(day - first, MOST_WAITING) for day in days], np.int64)

    @cached_property
    def site_of(self) -> Ints:
        """Give the number of each session's site."""
        return np.array([self._site[session.site_id] for session in self.sessions], np.int64)

    @cached_property
    def day_of(self) -> Ints:
        """Give the number of each session's site and day; -1 where that has no limit."""
        return self._days[0]

    @cached_property
    def day_limits(self) -> Ints:
        """Give the units of flow that each site and day takes."""
        return self._days[1]

    @cached_property
    def _days(self) -> tuple[Ints, Ints]:
        numbers: dict[tuple[str, object], int] = {}
        limits: list[int] = []
        found = []
        for session in self.sessions:
            limit = self.problem.day_limit(session.site_id, session.day)
            key = session.site_id, session.day
            if limit is not None and key not in numbers:
                numbers[key] = len(limits)
                limits.append(limit)
            found.append(numbers.get(key, -1))
        return np.array(found, np.int64), self._units(limits)

    def places(self, item: str) -> Ints:
        """Give the units of flow that each session takes for an item's practical part; rows that say more go first."""
        known = self._places.get(item)
        if known is None:
            counts = np.zeros(len(self.sessions), np.int64)
            rows = [row for row in self.problem.places if row.item == item]
            for row in sorted(rows, key=lambda row: (row.day is not None, row.half is not None)):
                for number in self._at(row):
                    counts[number] = row.places
            known = self._places[item] = self._units(counts)
        return known

    def _at(self, row: PlaceRow) -> Sequence[int]:
        """Give the numbers of the sessions that a row of places is about."""
        if row.day is not None and row.half is not None:
            number = self._number.get(Session(row.site_id, row.day, row.half))
            return () if number is None else (number,)
        return [
            number
            for number in self._of_site.get(row.site_id, ())
            if row.day in (None, self.sessions[number].day) and row.half in (None, self.sessions[number].half)
        ]

    @cached_property
    def _of_site(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, session in enumerate(self.sessions):
            found.setdefault(session.site_id, []).append(number)
        return found

    def _units(self, people: Sequence[int] | Ints) -> Ints:
        """Give units of flow for people: never more than everybody, so that nothing overflows."""
        everybody = len(self.problem.trainees)
        return np.array([min(int(count), everybody) for count in people], np.int64) * self.denominator

    def away(self, allowed: Allowed) -> Ints:
        """Give for each site of a set of sessions whether it is not a public one of the people's own city."""
        known = self._away.get(id(allowed))
        if known is None:
            public = [
                not self.problem.rules.public_first or is_public_window(self.problem, site_id, window)
                for site_id, window in allowed.by_site.items()
            ]
            known = self._away[id(allowed)] = 1 - np.array(public, np.int64), allowed
        return known[0]

    def far(self, group: Group) -> Ints:
        """Give how many kilometres a group's people are from each of its sites, on average."""
        sites = self._of_allowed(group.allowed)
        if len(group.homes) == 1:
            return self._kilometres(group.homes[0][0], sites)
        total = np.zeros(len(sites), np.int64)
        for district, people in group.homes:
            total += people * self._kilometres(district, sites)
        return total // len(group.trainees)

    def _of_allowed(self, allowed: Allowed) -> Ints:
        known = self._sites.get(id(allowed))
        if known is None:
            numbers = np.array([self._site[site_id] for site_id in allowed.by_site], np.int64)
            known = self._sites[id(allowed)] = numbers, allowed
        return known[0]

    def _kilometres(self, district: str, sites: Ints) -> Ints:
        known = self._far.get(district)
        if known is None:
            known = self._far[district] = np.full(len(self._site), _UNKNOWN, np.int64)
        for number in sites[known[sites] == _UNKNOWN]:
            known[number] = kilometres(self.problem, district, self.problem.sites[self.site_ids[number]])
        return known[sites]

    def past(self, group: Group) -> Ints:
        """Give what part of an institution's past sittings were at each of a group's sites, in thousandths."""
        if not self.problem.met:
            return np.zeros(len(group.allowed.by_site), np.int64)
        institution = self.problem.trainees[group.trainees[0]].institution_id
        sittings = max(self._sittings[institution], 1)
        met = [self.problem.met.get((institution, site_id), 0) for site_id in group.allowed.by_site]
        return 1000 * np.array(met, np.int64) // sittings

    @cached_property
    def _sittings(self) -> Counter[str]:
        counted = Counter[str]()
        for (institution, _), times in self.problem.met.items():
            counted[institution] += times
        return counted

    def portions(self, people: Ints) -> Ints:
        """Give in what portions a group of so many is spread, in a large batch.

        A portion is a ``denominator``-th of the group, rounded down to what divides a person, and at most a whole
        person: one person's chances are as fine as those of few, and many are spread in whole persons.
        """
        parts = [part for part in range(1, self.denominator + 1) if self.denominator % part == 0]
        sizes = np.array(parts, np.int64)
        return sizes[np.maximum(np.searchsorted(sizes, people, "right") - 1, 0)]
