"""What the checker derives from the facts by itself: cities, sole sites, who may sit where.

Nothing here is taken from the planner's rooms; the rules are read again from contract section 4.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from functools import cached_property

import numpy as np

from scheduler.checker.kinds import Ints, Mask
from scheduler.checker.people import People
from scheduler.checker.placed import Numbers
from scheduler.checker.ties import Ties
from scheduler.problem import Half, Part, Problem, Session, Site, Trainee
from scheduler.trainees import Trainees

SOLE_SITE, IN_SCHOOL, CROSS_CITY = "sole_site", "in_school", "cross_city"
PUBLIC_KINDS = frozenset({"public", "authority"})
Choices = Ints
"""Sessions that may be chosen, as numbers of ``Facts.sessions``, in order; equal ones are one object."""

_HALF_ORDER = {Half.AM: 0, Half.PM: 1}


class Facts:
    """The facts of a batch with the checker's own derivations, each worked out once.

    ``fixed`` are trainees whom rule 4 does not ask to be moved, ``apart`` those whose choices are nobody else's
    (``scheduler.checker.changed``).
    """

    fixed: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()

    def __init__(self, problem: Problem) -> None:
        self.problem = replace(problem, trainees=Trainees.of(problem.trainees))
        self.ties = Ties(problem)
        self._places: dict[str, Ints] = {}
        self._reach: dict[str, int] = {}
        self._reaches = Numbers[tuple[frozenset[str], ...]]([()])
        self._able_sessions: dict[tuple[object, ...], Choices] = {}
        self._wide: dict[tuple[object, ...], Choices] = {}
        self._dated: dict[tuple[object, ...], Choices] = {}
        self._there: dict[tuple[int, frozenset[str]], Choices] = {}
        self._same: dict[bytes, Choices] = {}
        self._held_at: dict[frozenset[str], Mask] = {}
        self._sites_of: dict[tuple[str, bool], frozenset[str]] = {}

    @cached_property
    def people(self) -> People:
        """Which registrations are of one person."""
        return People(self.problem)

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
            lists = {one for one in self.problem.sites if self.problem.site_lists_item(one, item)}
            self._places[item] = np.array(
                [one.site_id in lists and (self.problem.places_for(one, item) or 0) for one in self.sessions],
                np.int64,
            )
        return self._places[item]

    @cached_property
    def _site_cities(self) -> dict[str, str]:
        return {site_id: self._city_of_site(site) for site_id, site in self.problem.sites.items()}

    @cached_property
    def _cities(self) -> frozenset[str]:
        return frozenset(self._site_cities.values())

    def _city_of_site(self, site: Site) -> str:
        district = self.problem.districts.get(site.district)
        return site.city or (district.city if district else "")

    def city_of_site(self, site_id: str) -> str:
        """Give the city of a site, by its district where it states none; "" where unknown."""
        return self._site_cities[site_id]

    def city_of_trainee(self, trainee: Trainee) -> str:
        """Give a trainee's city; without a known district it is the one city of the sites, or ""."""
        return self.city_of_district(trainee.district)

    def city_of_district(self, name: str) -> str:
        """Give the city of a district, as that of a trainee who states it."""
        district = self.problem.districts.get(name)
        if district is not None:
            return district.city
        return min(self._cities) if len(self._cities) == 1 else ""

    def own_city(self, trainee: Trainee, site_id: str) -> bool | None:
        """Say whether a site is in the trainee's own city; None where the facts do not tell.

        Where no site states a city, all of them are in the one unnamed city.
        """
        here, there = self.city_of_trainee(trainee), self.city_of_site(site_id)
        if here and there:
            return here == there
        return True if not here and self._cities == {""} else None

    @cached_property
    def _able(self) -> dict[tuple[str, str], list[str]]:
        """Sites able to examine an item, by item and city: a session on an open day with places."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        items = {row.item for row in self.problem.places}
        for site_id in sorted(self.problem.sites):
            for item in items:
                if self.problem.site_lists_item(site_id, item) and any(
                    self._examines(session, item) for session in self.sessions_of(site_id)
                ):
                    found[item, self.city_of_site(site_id)].append(site_id)
        return found

    @cached_property
    def _by_site(self) -> dict[str, list[Session]]:
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.sessions:
            found[session.site_id].append(session)
        return found

    def sessions_of(self, site_id: str) -> list[Session]:
        """Give the sessions of one site."""
        return self._by_site.get(site_id, [])

    def _examines(self, session: Session, item: str) -> bool:
        return self.is_open(session) and self.serves(session, item, theory=False)

    def exists(self, session: Session) -> bool:
        """Say whether a session is one of a known site."""
        return session in self.problem.seats and session.site_id in self.problem.sites

    def is_open(self, session: Session) -> bool:
        """Say whether the site of a session is active on its day."""
        return not self.problem.sites[session.site_id].is_suspended_on(session.day)

    def able_sites(self, item: str, city: str) -> list[str]:
        """Give the sites of a city that are able to examine an item in this batch."""
        return self._able.get((item, city), [])

    def exempt(self, trainee: Trainee, session: Session) -> tuple[str, ...]:
        """Give the exceptions from cross-examination that are true of a trainee and a session."""
        found = []
        if self.own_city(trainee, session.site_id) and self.able_sites(
            trainee.item,
            self.city_of_site(session.site_id),
        ) == [session.site_id]:
            found.append(SOLE_SITE)
        if trainee.school_id and trainee.school_id in self.ties.owners(session.site_id, session.day):
            found.append(IN_SCHOOL)
        return tuple(found)

    def serves(self, session: Session, item: str, *, theory: bool) -> bool:
        """Say whether a session can take an item at all, full or not.

        Practical sittings need places above none; for theory the site must list the item.
        """
        if theory:
            return self.problem.site_lists_item(session.site_id, item)
        return bool(self.places(item)[self.numbers[session]] > 0)

    def bars(self, trainee: Trainee, session: Session) -> bool:
        """Say whether cross-examination keeps a trainee from a session: a tie, and no exception from it."""
        tie = self.ties.tie(trainee.institution_id, session.site_id, session.day)
        return tie is not None and not self.exempt(trainee, session)

    def may_leave_city(self, trainee: Trainee) -> bool:
        """Say whether the trainee's item is on the list of items examined across cities."""
        return trainee.item in self.problem.rules.cross_city_items

    def allowed(self, trainee: Trainee) -> Choices:
        """Give the sessions where rules 1 to 3 let a trainee sit, leaving aside what is taken."""
        return self._within_dates(self._allowed_any_day(trainee), trainee)

    def allowed_public(self, trainee: Trainee) -> Choices:
        """Give those of the allowed sessions that are at public and authority sites of the own city."""
        return self._at(self.allowed(trainee), self._public_sites(trainee))

    def reach(self, institution_id: str) -> int:
        """Give a number for the sites an institution has ties with, on each day; 0 where there are none.

        Institutions with one number have ties with the same sites on the same days.
        """
        if institution_id not in self._reach:
            tied = tuple(self.ties.tied_sites(institution_id, day) for day in self._unlike_days)
            self._reach[institution_id] = self._reaches.of(tied if any(tied) else ())
        return self._reach[institution_id]

    @cached_property
    def schools(self) -> frozenset[str]:
        """Give who owns any site on any day of the batch: only to their students does a school matter."""
        return frozenset(
            owner
            for day in self._unlike_days
            for site_id in self.problem.sites
            for owner in self.ties.owners(site_id, day)
        )

    def _allowed_any_day(self, trainee: Trainee) -> Choices:
        """Leave the trainee's own dates aside: those who differ in nothing else share the long work."""
        reach = self.reach(trainee.institution_id)
        whose = (reach, trainee.school_id) if reach else ()
        key = (*whose, trainee.item, takes_place(trainee), self.city_of_trainee(trainee))
        if key not in self._wide:
            untied = self._untied(trainee)
            self._wide[key] = self._once(untied[~self._barred(trainee)[untied]]) if reach else untied
        return self._wide[key]

    def _barred(self, trainee: Trainee) -> Mask:
        """Say of each session whether rule 2 bars a trainee from it."""
        barred = np.zeros(len(self.sessions), np.bool_)
        for day in self._unlike_days:
            tied = self.ties.tied_sites(trainee.institution_id, day)
            sites = frozenset(one for one in tied if self.bars(trainee, Session(one, day, Half.AM)))
            barred |= self._at_sites(sites) & (self._periods == self.ties.period(day))
        return barred

    @cached_property
    def _unlike_days(self) -> list[dt.date]:
        """Give one exam day for each stretch of days on which the same relations count."""
        return list({self.ties.period(one.day): one.day for one in self.sessions}.values())

    def _untied(self, trainee: Trainee) -> Choices:
        """Give the sessions that would be allowed if the institution had no ties at all."""
        serving = self._serving(trainee)
        return serving if self.may_leave_city(trainee) else self._at(serving, self._own_sites(trainee))

    def _serving(self, trainee: Trainee) -> Choices:
        """Give the open sessions that can take the trainee's item and part at all."""
        key = (trainee.item, takes_place(trainee))
        if key not in self._able_sessions:
            if takes_place(trainee):
                able = self.places(trainee.item) > 0
            else:
                lists = (one for one in self.problem.sites if self.problem.site_lists_item(one, trainee.item))
                able = self._at_sites(frozenset(lists))
            self._able_sessions[key] = self._once(np.flatnonzero(self._open & able))
        return self._able_sessions[key]

    @cached_property
    def _open(self) -> Mask:
        return np.array([self.is_open(one) for one in self.sessions], np.bool_)

    def _within_dates(self, choices: Choices, trainee: Trainee) -> Choices:
        if trainee.earliest is None and trainee.latest is None:
            return choices
        key = (id(choices), trainee.earliest, trainee.latest)
        if key not in self._dated:
            first, last = trainee.earliest or dt.date.min, trainee.latest or dt.date.max
            days = self._days[choices]
            self._dated[key] = self._once(choices[(first.toordinal() <= days) & (days <= last.toordinal())])
        return self._dated[key]

    @cached_property
    def _days(self) -> Ints:
        return np.array([one.day.toordinal() for one in self.sessions], np.int64)

    @cached_property
    def _periods(self) -> Ints:
        return np.array([self.ties.period(one.day) for one in self.sessions], np.int64)

    @cached_property
    def _sites(self) -> Ints:
        return np.array([self._site_numbers[one.site_id] for one in self.sessions], np.int64)

    @cached_property
    def _site_numbers(self) -> dict[str, int]:
        return {site_id: number for number, site_id in enumerate(self.problem.sites)}

    def _own_sites(self, trainee: Trainee) -> frozenset[str]:
        key = (self.city_of_trainee(trainee), False)
        if key not in self._sites_of:
            own = (one for one in self.problem.sites if self.own_city(trainee, one))
            self._sites_of[key] = frozenset(own)
        return self._sites_of[key]

    def _public_sites(self, trainee: Trainee) -> frozenset[str]:
        key = (self.city_of_trainee(trainee), True)
        if key not in self._sites_of:
            public = (one for one in self.problem.sites if self.is_public_here(trainee, one))
            self._sites_of[key] = frozenset(public)
        return self._sites_of[key]

    def _at(self, choices: Choices, sites: frozenset[str]) -> Choices:
        """Give those of some sessions that are at certain sites."""
        key = (id(choices), sites)
        if key not in self._there:
            self._there[key] = self._once(choices[self._at_sites(sites)[choices]])
        return self._there[key]

    def _at_sites(self, sites: frozenset[str]) -> Mask:
        """Say of each session whether it is at one of certain sites."""
        if sites not in self._held_at:
            self._held_at[sites] = np.isin(self._sites, [self._site_numbers[one] for one in sites])
        return self._held_at[sites]

    def _once(self, choices: Choices) -> Choices:
        """Give some sessions as the one object that holds them."""
        return self._same.setdefault(choices.tobytes(), choices)

    def is_public_here(self, trainee: Trainee, site_id: str) -> bool:
        """Say whether a site is a public or authority site of the trainee's own city."""
        return self.problem.sites[site_id].kind in PUBLIC_KINDS and self.own_city(trainee, site_id) is True


def in_time(trainee: Trainee, session: Session) -> bool:
    """Say whether a session is within earliest and latest; both days count."""
    return (trainee.earliest is None or trainee.earliest <= session.day) and (
        trainee.latest is None or session.day <= trainee.latest
    )


def takes_place(trainee: Trainee) -> bool:
    """Say whether a trainee needs a place of the item beside the seat."""
    return trainee.part is not Part.THEORY
