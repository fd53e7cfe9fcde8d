"""Who may sit where and when, and why not, rule by rule (contract section 4, rules 1 to 3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.conflicts import ConflictGraph
from scheduler.problem import Part, Problem, Session, Trainee

SOLE_SITE, IN_SCHOOL, CROSS_CITY = "sole_site", "in_school", "cross_city"

Allowed = Mapping[Session, tuple[str, ...]]
"""The exceptions that each session needs, mostly none; in the order of the sessions."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a session is closed to a trainee; ``rule`` counts as in the contract."""

    rule: int
    reason: str


@dataclass(frozen=True)
class Eligible:
    """All sessions a trainee may sit in with the exceptions each needs, and the refusals by site.

    ``institution_id`` is "" where the answer holds for every institution without a conflict.
    """

    allowed: Allowed
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    institution_id: str = ""


@dataclass(frozen=True)
class Eligibility:
    """Answers for one batch; trainees alike in what matters share one answer."""

    problem: Problem
    conflicts: ConflictGraph

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
    def _tied(self) -> dict[str, bool]:
        return {}

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
        tied = self._has_conflicts(trainee.institution_id)
        whose = (trainee.institution_id, trainee.school_id) if tied else ("", "")
        alike = (*whose, trainee.item, trainee.part is Part.THEORY, city)
        dated = (*alike, trainee.earliest, trainee.latest)
        known = self._memory.get(dated)
        if known is None:
            if alike not in self._memory:
                self._memory[alike] = self._judge_all(trainee, city, whose[0])
            known = self._memory[dated] = _within_dates(self._memory[alike], trainee)
        return known

    def _has_conflicts(self, institution_id: str) -> bool:
        """Say whether any session is at a site that the institution owns or is connected with."""
        known = self._tied.get(institution_id)
        if known is None:
            known = self._tied[institution_id] = any(
                self.conflicts.why_conflict(institution_id, session.site_id, session.day)
                for sessions in self._by_site.values()
                for session in sessions
            )
        return known

    def _judge_all(self, trainee: Trainee, city: str, institution_id: str) -> Eligible:
        """Judge every session, leaving aside the trainee's dates."""
        allowed: dict[Session, tuple[str, ...]] = {}
        refused: dict[str, Refusal] = {}
        for site_id, sessions in self._by_site.items():
            for session in sessions:
                judged = self.judge(trainee, session, city)
                if isinstance(judged, Refusal):
                    refused.setdefault(site_id, judged)
                else:
                    allowed[session] = judged
        return Eligible(allowed, _of_closed_sites(allowed, refused), institution_id)

    def judge(self, trainee: Trainee, session: Session, city: str) -> tuple[str, ...] | Refusal:
        """Judge one session: the exceptions it needs (mostly none), or why it is closed on any date."""
        site = self.problem.sites[session.site_id]
        exceptions: list[str] = []
        if city != site.city:
            if trainee.item not in self.problem.rules.cross_city_items:
                return Refusal(3, f"不在本市（考点在{site.city}）")
            exceptions.append(CROSS_CITY)
        closed = self._closed(trainee, session)
        if closed:
            return Refusal(1, closed)
        conflict = self.conflicts.why_conflict(trainee.institution_id, session.site_id, session.day)
        if conflict:
            exemption = self._exemption(trainee, session.site_id, session.day, city)
            if not exemption:
                return Refusal(2, f"交叉考试回避：{conflict}")
            exceptions.insert(0, exemption)
        return tuple(exceptions)

    def _closed(self, trainee: Trainee, session: Session) -> str:
        """Say why a session cannot take this item and part, whoever comes; "" where it can."""
        site = self.problem.sites[session.site_id]
        if not self.problem.site_lists_item(session.site_id, trainee.item):
            return "考点不考该项目"
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


def _within_dates(eligible: Eligible, trainee: Trainee) -> Eligible:
    """Leave the sessions from earliest to latest, both days included."""
    if trainee.earliest is None and trainee.latest is None:
        return eligible
    allowed: dict[Session, tuple[str, ...]] = {}
    refused = dict(eligible.refused)
    for session, exceptions in eligible.allowed.items():
        if trainee.earliest and session.day < trainee.earliest:
            refused.setdefault(session.site_id, Refusal(1, f"早于最早日期 {trainee.earliest}"))
        elif trainee.latest and session.day > trainee.latest:
            refused.setdefault(session.site_id, Refusal(1, f"晚于最晚日期 {trainee.latest}"))
        else:
            allowed[session] = exceptions
    return Eligible(allowed, _of_closed_sites(allowed, refused), eligible.institution_id)


def _of_closed_sites(allowed: Allowed, refused: Mapping[str, Refusal]) -> dict[str, Refusal]:
    open_sites = {session.site_id for session in allowed}
    return {site: why for site, why in refused.items() if site not in open_sites}
