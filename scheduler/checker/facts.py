"""What the checker derives from the facts by itself: cities, sole sites, who may sit where.

Nothing here is taken from the planner's rooms; the rules are read again from contract section 4.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from scheduler.checker.people import People
from scheduler.checker.ties import Ties
from scheduler.problem import Half, Part, Problem, Session, Site, Trainee

SOLE_SITE, IN_SCHOOL, CROSS_CITY = "sole_site", "in_school", "cross_city"
PUBLIC_KINDS = frozenset({"public", "authority"})
Likeness = tuple[str, str, str, str, str, dt.date | None, dt.date | None]
_HALF_ORDER = {Half.AM: 0, Half.PM: 1}


class Facts:
    """The facts of a batch with the checker's own derivations, each worked out once.

    ``fixed`` are trainees whom rule 4 does not ask to be moved (``scheduler.checker.changed``).
    """

    fixed: frozenset[str] = frozenset()

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = People(problem)
        self.ties = Ties(problem)
        self._allowed: dict[Likeness, tuple[Session, ...]] = {}
        self._wide: dict[tuple[object, ...], tuple[Session, ...]] = {}
        self._open: dict[tuple[object, ...], tuple[Session, ...]] = {}
        self._dated: dict[tuple[object, ...], tuple[Session, ...]] = {}
        self._public: dict[tuple[int, str], tuple[Session, ...]] = {}
        self._same: dict[tuple[Session, ...], tuple[Session, ...]] = {}
        self._tied: dict[str, frozenset[str]] = {}

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions of known sites, in the order in which days go by."""
        known = [session for session in self.problem.seats if session.site_id in self.problem.sites]
        return tuple(sorted(known, key=lambda one: (one.day, _HALF_ORDER[one.half], one.site_id)))

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
        district = self.problem.districts.get(trainee.district)
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
                if any(self._examines(session, item) for session in self.sessions_of(site_id)):
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
        return self.is_open(session) and (self.problem.places_for(session, item) or 0) > 0

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

    def serves(self, session: Session, trainee: Trainee) -> bool:
        """Say whether a session can take a trainee's item and part at all, full or not.

        Practical sittings need places above none; for theory the site must list the item.
        """
        if trainee.part is Part.THEORY:
            return self.problem.site_lists_item(session.site_id, trainee.item)
        return (self.problem.places_for(session, trainee.item) or 0) > 0

    def may_sit(self, trainee: Trainee, session: Session) -> bool:
        """Say whether rules 1 to 3 let a trainee sit there, leaving aside dates and what is taken."""
        if not (self.is_open(session) and self.serves(session, trainee)):
            return False
        if not self.own_city(trainee, session.site_id) and not self.may_leave_city(trainee):
            return False
        tie = self.ties.tie(trainee.institution_id, session.site_id, session.day)
        return tie is None or bool(self.exempt(trainee, session))

    def may_leave_city(self, trainee: Trainee) -> bool:
        """Say whether the trainee's item is on the list of items examined across cities."""
        return trainee.item in self.problem.rules.cross_city_items

    def allowed(self, trainee: Trainee) -> tuple[Session, ...]:
        """Give the sessions where rules 1 to 3 let a trainee sit, leaving aside what is taken.

        Equal answers are one object.
        """
        key = likeness(trainee)
        if key not in self._allowed:
            self._allowed[key] = self._within_dates(self._allowed_any_day(trainee), trainee)
        return self._allowed[key]

    def _allowed_any_day(self, trainee: Trainee) -> tuple[Session, ...]:
        """Leave the trainee's own dates aside: those who differ in nothing else share the long work."""
        tied = self._tied_sites(trainee.institution_id)
        whose = (trainee.institution_id, trainee.school_id) if tied else ()
        key = (*whose, trainee.item, trainee.part, self.city_of_trainee(trainee))
        if key not in self._wide:
            self._wide[key] = self._once(
                one for one in self._untied(trainee) if one.site_id not in tied or self.may_sit(trainee, one)
            )
        return self._wide[key]

    def _tied_sites(self, institution_id: str) -> frozenset[str]:
        """Give the sites with which an institution has a tie on any day of the batch."""
        if institution_id not in self._tied:
            sites = (self.ties.tied_sites(institution_id, day) for day in self._unlike_days)
            self._tied[institution_id] = frozenset().union(*sites)
        return self._tied[institution_id]

    @cached_property
    def _unlike_days(self) -> list[dt.date]:
        """Give one exam day for each stretch of days on which the same relations count."""
        return list({self.ties.period(one.day): one.day for one in self.sessions}.values())

    def _untied(self, trainee: Trainee) -> tuple[Session, ...]:
        """Give the sessions that would be allowed if the institution had no ties at all."""
        key = (trainee.item, trainee.part, self.city_of_trainee(trainee))
        if key not in self._open:
            apart = replace(trainee, institution_id="", school_id="")
            self._open[key] = tuple(one for one in self._serving(trainee) if self.may_sit(apart, one))
        return self._open[key]

    def _serving(self, trainee: Trainee) -> tuple[Session, ...]:
        """Give the open sessions that can take the trainee's item and part at all."""
        key = (trainee.item, trainee.part)
        if key not in self._open:
            self._open[key] = tuple(
                one for one in self.sessions if self.is_open(one) and self.serves(one, trainee)
            )
        return self._open[key]

    def _within_dates(self, sessions: tuple[Session, ...], trainee: Trainee) -> tuple[Session, ...]:
        if trainee.earliest is None and trainee.latest is None:
            return sessions
        key = (id(sessions), trainee.earliest, trainee.latest)
        if key not in self._dated:
            self._dated[key] = self._once(one for one in sessions if in_time(trainee, one))
        return self._dated[key]

    def _once(self, sessions: Iterable[Session]) -> tuple[Session, ...]:
        """Give some sessions as the one object that holds them."""
        listed = tuple(sessions)
        return self._same.setdefault(listed, listed)

    def allowed_public(self, trainee: Trainee) -> tuple[Session, ...]:
        """Give those of the allowed sessions that are at public and authority sites of the own city."""
        allowed = self.allowed(trainee)
        key = (id(allowed), self.city_of_trainee(trainee))
        if key not in self._public:
            self._public[key] = self._once(
                one for one in allowed if self.is_public_here(trainee, one.site_id)
            )
        return self._public[key]

    def is_public_here(self, trainee: Trainee, site_id: str) -> bool:
        """Say whether a site is a public or authority site of the trainee's own city."""
        return self.problem.sites[site_id].kind in PUBLIC_KINDS and self.own_city(trainee, site_id) is True


def likeness(trainee: Trainee) -> Likeness:
    """Give what rules 1 to 3 ask of a trainee; who is alike in it may sit in the same sessions."""
    return (
        trainee.institution_id,
        trainee.item,
        trainee.part,
        trainee.district,
        trainee.school_id,
        trainee.earliest,
        trainee.latest,
    )


def in_time(trainee: Trainee, session: Session) -> bool:
    """Say whether a session is within earliest and latest; both days count."""
    return (trainee.earliest is None or trainee.earliest <= session.day) and (
        trainee.latest is None or session.day <= trainee.latest
    )


def takes_place(trainee: Trainee) -> bool:
    """Say whether a trainee needs a place of the item beside the seat."""
    return trainee.part is not Part.THEORY
