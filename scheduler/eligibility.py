"""Who may sit where and when, and why not, rule by rule (contract section 4, rules 1 to 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.conflicts import ConflictGraph
from scheduler.problem import Part, Problem, Session, Trainee

SOLE_SITE, IN_SCHOOL, CROSS_CITY = "sole_site", "in_school", "cross_city"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a session is closed to a trainee; ``rule`` counts as in the contract."""

    rule: int
    reason: str


@dataclass(frozen=True)
class Eligible:
    """All sessions a trainee may sit in with the exceptions each needs, and the refusals by site."""

    allowed: Mapping[Session, tuple[str, ...]]
    refused: Mapping[str, Refusal] = field(default_factory=dict)


@dataclass(frozen=True)
class Eligibility:
    """Answers for one batch; trainees alike in what matters share one answer."""

    problem: Problem
    conflicts: ConflictGraph

    @cached_property
    def _sessions(self) -> tuple[Session, ...]:
        return tuple(sorted(self.problem.seats))

    @cached_property
    def _memory(self) -> dict[tuple[object, ...], Eligible]:
        return {}

    @cached_property
    def _sole_sites(self) -> dict[tuple[str, str], str]:
        """Give the only site of a city that can examine an item, free or not, where there is one."""
        able: dict[tuple[str, str], set[str]] = {}
        items = {row.item for row in self.problem.places}
        for session in self._sessions:
            site = self.problem.sites[session.site_id]
            if site.is_suspended_on(session.day):
                continue
            for item in items:
                if (self.problem.places_for(session, item) or 0) > 0:
                    able.setdefault((site.city, item), set()).add(site.site_id)
        return {place: next(iter(sites)) for place, sites in able.items() if len(sites) == 1}

    def of(self, trainee: Trainee) -> Eligible:
        """Give what a trainee may do; capacities do not count here."""
        city = self.problem.city_of_district(trainee.district)
        alike = (
            trainee.institution_id, trainee.item, trainee.part, city,
            trainee.school_id, trainee.earliest, trainee.latest,
        )  # fmt: skip
        known = self._memory.get(alike)
        if known is None:
            known = self._memory[alike] = self._judge_all(trainee, city)
        return known

    def _judge_all(self, trainee: Trainee, city: str) -> Eligible:
        allowed: dict[Session, tuple[str, ...]] = {}
        refused: dict[str, Refusal] = {}
        for session in self._sessions:
            judged = self.judge(trainee, session, city)
            if isinstance(judged, Refusal):
                refused.setdefault(session.site_id, judged)
            else:
                allowed[session] = judged
        open_sites = {session.site_id for session in allowed}
        return Eligible(allowed, {site: why for site, why in refused.items() if site not in open_sites})

    def judge(self, trainee: Trainee, session: Session, city: str) -> tuple[str, ...] | Refusal:
        """Judge one session: the exceptions it needs (mostly none), or why it is closed."""
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
        """Say why a session cannot take this trainee whatever the institution; "" where it can."""
        site = self.problem.sites[session.site_id]
        if site.is_suspended_on(session.day):
            return "考点暂停考试"
        if trainee.part is Part.THEORY:
            if not self.problem.site_lists_item(session.site_id, trainee.item):
                return "考点不考该项目"
        elif not self.problem.places_for(session, trainee.item):
            return "该场没有该项目的工位"
        if trainee.earliest and session.day < trainee.earliest:
            return f"早于最早日期 {trainee.earliest}"
        if trainee.latest and session.day > trainee.latest:
            return f"晚于最晚日期 {trainee.latest}"
        return ""

    def _exemption(self, trainee: Trainee, site_id: str, day: dt.date, city: str) -> str:
        """Name the exception that opens an own or connected site, or ""."""
        if self._sole_sites.get((city, trainee.item)) == site_id:
            return SOLE_SITE
        if trainee.school_id and trainee.school_id in self.conflicts.owners(site_id, day):
            return IN_SCHOOL
        return ""
