"""Who may sit where and when, and why not, rule by rule (contract section 4, rules 1 to 3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from scheduler.allowed import Allowed, Window, Windows
from scheduler.conflicts import ConflictGraph
from scheduler.problem import Part, Problem, Session, Trainee

SOLE_SITE, IN_SCHOOL, CROSS_CITY = "sole_site", "in_school", "cross_city"
CROSSING = 2  # the number of the rule of cross-examination in the contract


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a session is closed to a trainee; ``rule`` counts as in the contract."""

    rule: int
    reason: str


_OTHER_ITEMS = Refusal(1, "考点不考该项目")
Refusals = Mapping[str, Refusal]
"""Why sites are closed, by site."""


@dataclass(frozen=True)
class Eligible:
    """All sessions a trainee may sit in with the exceptions each needs, and the refusals of closed sites.

    ``closed`` holds the refusals in parts that many share, each with the institution that it is about,
    "" where it holds for every institution without a conflict. No site is in two parts.
    """

    allowed: Allowed
    closed: tuple[tuple[str, Refusals], ...] = ()

    @property
    def refused(self) -> dict[str, Refusal]:
        """Give why each closed site is closed."""
        return {site: why for _, refusals in self.closed for site, why in refusals.items()}


@dataclass(frozen=True)
class Eligibility:
    """Answers for one batch; trainees alike in what matters share one answer."""

    problem: Problem
    conflicts: ConflictGraph
    windows: Windows = field(default_factory=Windows)

    @property
    def singular(self) -> Collection[str]:
        """Give the ids of trainees who are like nobody else, whatever they state: nobody, by the rules alone."""
        return ()

    @cached_property
    def _by_site(self) -> dict[str, list[Session]]:
        found: dict[str, list[Session]] = defaultdict(list)
        for session in sorted(self.problem.seats):
            found[session.site_id].append(session)
        return found

    @cached_property
    def _memory(self) -> dict[tuple[object, ...], Eligible]:
        return {}

    @cached_property
    def _late(self) -> dict[tuple[object, ...], Window]:
        return {}

    @cached_property
    def _cities(self) -> dict[str, tuple[Collection[str], Refusals]]:
        return {}

    @cached_property
    def _elsewhere(self) -> dict[str, Refusal]:
        return {}

    @cached_property
    def _tied(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _days(self) -> list[dt.date]:
        """Give one exam day of every stretch of days with the same relations."""
        return list({self.conflicts.period(one.day): one.day for one in self.problem.seats}.values())

    @cached_property
    def _sole_sites(self) -> dict[tuple[str, str], str]:
        """Give the only site of a city that can examine an item, free or not, where there is one."""
        able: dict[tuple[str, str], set[str]] = {}
        for site_id, item in {(row.site_id, row.item) for row in self.problem.places}:
            site = self.problem.sites[site_id]
            if any(
                not site.is_suspended_on(session.day) and (self.problem.places_for(session, item) or 0) > 0
                for session in self._by_site.get(site_id, ())
            ):
                able.setdefault((site.city, item), set()).add(site_id)
        return {place: next(iter(sites)) for place, sites in able.items() if len(sites) == 1}

    def of(self, trainee: Trainee) -> Eligible:
        """Give what a trainee may do; capacities do not count here."""
        city = self.problem.city_of_district(trainee.district)
        tied = self.is_tied(trainee.institution_id)
        whose = (trainee.institution_id, trainee.school_id) if tied else ("", "")
        alike = (*whose, trainee.item, trainee.part is Part.THEORY, city)
        dated = (*alike, trainee.earliest, trainee.latest)
        known = self._memory.get(dated)
        if known is None:
            known = self._memory[dated] = self._within_dates(self._of_any_date(trainee, city, alike), trainee)
        return known

    def is_tied(self, institution_id: str) -> bool:
        """Say whether an institution has to do with some site; only then do institution and school matter."""
        return bool(self._tied_sites(institution_id))

    def _of_any_date(self, trainee: Trainee, city: str, alike: tuple[object, ...]) -> Eligible:
        known = self._memory.get(alike)
        if known is None:
            tied = self._tied_sites(trainee.institution_id)
            known = self._with_ties(trainee, city, alike) if tied else self._judged(trainee, city)
            self._memory[alike] = known
        return known

    def _tied_sites(self, institution_id: str) -> tuple[str, ...]:
        """Give the sites that the institution owns or is connected with on some exam day."""
        known = self._tied.get(institution_id)
        if known is None:
            found = {site for day in self._days for site in self.conflicts.tied_sites(institution_id, day)}
            known = self._tied[institution_id] = tuple(sorted(found & self._by_site.keys()))
        return known

    def _judged(self, trainee: Trainee, city: str) -> Eligible:
        """Judge every site for an institution without conflicts, leaving aside the trainee's dates."""
        sites: dict[str, Window] = {}
        near: Collection[str] = self._by_site.keys()
        refused: dict[str, Refusal] = {}
        if trainee.item not in self.problem.rules.cross_city_items:
            near, elsewhere = self._of_city(city)
            refused = dict(elsewhere)
        for site_id in near:
            self._judge_site(trainee, city, site_id, sites, refused)
        return Eligible(Allowed(sites), (("", refused),) if refused else ())

    def _of_city(self, city: str) -> tuple[Collection[str], Refusals]:
        """Give the sites of a city, and the refusals of all others: they are the same whatever is examined."""
        known = self._cities.get(city)
        if known is None:
            away = {
                site_id: self._in_another(there)
                for site_id in self._by_site
                if (there := self.problem.sites[site_id].city) != city
            }
            known = self._cities[city] = [site_id for site_id in self._by_site if site_id not in away], away
        return known

    def _with_ties(self, trainee: Trainee, city: str, alike: tuple[object, ...]) -> Eligible:
        """Judge the sites that the institution has to do with by themselves, the others as for everybody."""
        others = self._of_any_date(
            replace(trainee, institution_id="", school_id=""), city, ("", "", *alike[2:])
        )
        sites = dict(others.allowed.by_site)
        refused: dict[str, Refusal] = {}
        for site_id in self._tied_sites(trainee.institution_id):
            if sites.pop(site_id, None) is not None:
                self._judge_site(trainee, city, site_id, sites, refused)
        in_order = {site_id: sites[site_id] for site_id in others.allowed.by_site if site_id in sites}
        closed = [*others.closed, (trainee.institution_id, refused)]
        return Eligible(Allowed(in_order), tuple(part for part in closed if part[1]))

    def _judge_site(
        self,
        trainee: Trainee,
        city: str,
        site_id: str,
        sites: dict[str, Window],
        refused: dict[str, Refusal],
    ) -> None:
        """Put a site among the open or the refused ones."""
        never = self._never(trainee, site_id, city)
        if never:
            refused.setdefault(site_id, never)
            return
        found: dict[Session, tuple[str, ...]] = {}
        for session in self._by_site[site_id]:
            judged = self.judge(trainee, session, city)
            if isinstance(judged, Refusal):
                refused.setdefault(site_id, judged)
            else:
                found[session] = judged
        if found:
            sites[site_id] = self.windows.make(found)
            refused.pop(site_id, None)

    def _within_dates(self, eligible: Eligible, trainee: Trainee) -> Eligible:
        """Leave the sessions from earliest to latest, both days included."""
        first, last = trainee.earliest, trainee.latest
        if first is None and last is None:
            return eligible
        sites: dict[str, Window] = {}
        refused: dict[str, Refusal] = {}
        for site_id, window in eligible.allowed.by_site.items():
            key = (id(window), first, last)
            left = self._late.get(key)
            if left is None:
                left = self._late[key] = self.windows.make(
                    {s: why for s, why in window.items() if (first or s.day) <= s.day <= (last or s.day)}
                )
            if left:
                sites[site_id] = left
            else:
                refused[site_id] = _outside(window.sessions[0].day, first, last)
        return Eligible(Allowed(sites), (*eligible.closed, *([("", refused)] if refused else [])))

    def judge(self, trainee: Trainee, session: Session, city: str) -> tuple[str, ...] | Refusal:
        """Judge one session: the exceptions it needs (mostly none), or why it is closed on any date."""
        never = self._never(trainee, session.site_id, city)
        if never:
            return never
        closed = self._closed(trainee, session)
        if closed:
            return Refusal(1, closed)
        exceptions = [CROSS_CITY] if city != self.problem.sites[session.site_id].city else []
        conflict = self.conflicts.why_conflict(trainee.institution_id, session.site_id, session.day)
        if conflict:
            exemption = self._exemption(trainee, session.site_id, session.day, city)
            if not exemption:
                return Refusal(CROSSING, f"交叉考试回避：{conflict}")
            exceptions.insert(0, exemption)
        return tuple(exceptions)

    def _never(self, trainee: Trainee, site_id: str, city: str) -> Refusal | None:
        """Say why a site is closed in every session, whoever trained; None where that is not so."""
        there = self.problem.sites[site_id].city
        if city != there and trainee.item not in self.problem.rules.cross_city_items:
            return self._in_another(there)
        return None if self.problem.site_lists_item(site_id, trainee.item) else _OTHER_ITEMS

    def _in_another(self, city: str) -> Refusal:
        """Give the refusal of all sites of a city to everybody from elsewhere."""
        return self._elsewhere.setdefault(city, Refusal(3, f"不在本市（考点在{city}）"))

    def _closed(self, trainee: Trainee, session: Session) -> str:
        """Say why a session cannot take this item and part, whoever comes; "" where it can."""
        site = self.problem.sites[session.site_id]
        if site.is_suspended_on(session.day):
            return "考点暂停考试"
        if trainee.part is not Part.THEORY and not self.problem.places_for(session, trainee.item):
            return "该场没有该项目的工位"
        return ""

    def _exemption(self, trainee: Trainee, site_id: str, day: dt.date, city: str) -> str:
        """Name the exception that opens an own or connected site, or ""."""
        if self._sole_sites.get((city, trainee.item)) == site_id:
            return SOLE_SITE
        if trainee.school_id and trainee.school_id in self.conflicts.owners(site_id, day):
            return IN_SCHOOL
        return ""


def _outside(day: dt.date, first: dt.date | None, last: dt.date | None) -> Refusal:
    """Say why a day is outside a trainee's dates."""
    return Refusal(1, f"早于最早日期 {first}" if first and day < first else f"晚于最晚日期 {last}")
