"""What is true of a trainee at a site: the own city or another, ties, and exceptions."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from scheduler.checker.sessions import Sessions
from scheduler.checker.ties import Ties
from scheduler.problem import Part, Problem, Session, Site, Trainee

SOLE_SITE, IN_SCHOOL, CROSS_CITY = "sole_site", "in_school", "cross_city"
PUBLIC_KINDS = frozenset({"public", "authority"})


class Standing(Sessions):
    """Rules 1 to 3, one trainee and one site or session at a time."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.ties = Ties(problem)

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
        """Say whether a site is in the trainee's own city; None where the facts do not tell."""
        return self.in_city(self.city_of_trainee(trainee), site_id)

    def in_city(self, here: str, site_id: str) -> bool | None:
        """Say whether a site is in the city of somebody; None where the facts do not tell.

        Where no site states a city, all of them are in the one unnamed city.
        """
        there = self.city_of_site(site_id)
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

    def _examines(self, session: Session, item: str) -> bool:
        return self.is_open(session) and self.serves(session, item, theory=False)

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

    def bars(self, trainee: Trainee, session: Session) -> bool:
        """Say whether cross-examination keeps a trainee from a session: a tie, and no exception from it."""
        tie = self.ties.tie(trainee.institution_id, session.site_id, session.day)
        return tie is not None and not self.exempt(trainee, session)

    def may_leave_city(self, trainee: Trainee) -> bool:
        """Say whether the trainee's item is on the list of items examined across cities."""
        return trainee.item in self.problem.rules.cross_city_items

    def is_public_here(self, trainee: Trainee, site_id: str) -> bool:
        """Say whether a site is a public or authority site of the trainee's own city."""
        return self.is_public_in(self.city_of_trainee(trainee), site_id)

    def is_public_in(self, city: str, site_id: str) -> bool:
        """Say whether a site is a public or authority site of the city of somebody."""
        return self.problem.sites[site_id].kind in PUBLIC_KINDS and self.in_city(city, site_id) is True


def in_time(trainee: Trainee, session: Session) -> bool:
    """Say whether a session is within earliest and latest; both days count."""
    return (trainee.earliest is None or trainee.earliest <= session.day) and (
        trainee.latest is None or session.day <= trainee.latest
    )


def takes_place(trainee: Trainee) -> bool:
    """Say whether a trainee needs a place of the item beside the seat."""
    return trainee.part is not Part.THEORY
