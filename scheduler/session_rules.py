"""Rules 1 to 3 for one trainee and one session: the exceptions it needs, or why it is closed (contract section 4)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.conflicts import ConflictGraph
from scheduler.problem import HALVES, Part, Problem, Session, Trainee

SOLE_SITE, IN_SCHOOL, CROSS_CITY = "sole_site", "in_school", "cross_city"
CROSSING = 2  # the number of the rule of cross-examination in the contract


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a session is closed to a trainee; ``rule`` counts as in the contract."""

    rule: int
    reason: str


Judged = tuple[str, ...] | Refusal
"""The exceptions that a session needs (mostly none), or why it is closed."""

Refusals = Mapping[str, Refusal]
"""Why sites are closed, by site."""

_OTHER_ITEMS = Refusal(1, "考点不考该项目")
_SUSPENDED = Refusal(1, "考点暂停考试")
_MOST_TIMES = 3
NO_PLACES = Refusal(1, "该场没有该项目的工位")


def together(refused: Mapping[Session, Refusal]) -> Refusal:
    """Say in one why every session of a site is closed; where the reasons differ, each with its sessions.

    Whoever would open the site must know all of them. One that is about cross-examination gives the rule.
    """
    reasons: dict[Refusal, list[Session]] = defaultdict(list)
    for session in sorted(refused):
        reasons[refused[session]].append(session)
    first = next(iter(reasons))
    if len(reasons) == 1:
        return first
    told = "，".join(f"{why.reason}（{_times(sessions)}）" for why, sessions in reasons.items())
    return Refusal(next((why.rule for why in reasons if why.rule == CROSSING), first.rule), told)


def _times(sessions: Sequence[Session]) -> str:
    """Name the times of some sessions, the first few where there are many."""
    told = "、".join(f"{one.day} {HALVES[one.half]}" for one in sessions[:_MOST_TIMES])
    return told if len(sessions) <= _MOST_TIMES else f"{told} 等 {len(sessions)} 场"


class SessionRules:
    """Answers for one batch; capacities and a trainee's own dates do not count here."""

    def __init__(self, problem: Problem, conflicts: ConflictGraph) -> None:
        self.problem, self.conflicts = problem, conflicts
        self._elsewhere: dict[str, Refusal] = {}
        self._closed: dict[tuple[str, str], Sequence[tuple[Session, Refusal]]] = {}

    @cached_property
    def by_site(self) -> Mapping[str, Sequence[Session]]:
        """Give the sessions of each site that has any, in order."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in sorted(self.problem.seats):
            found[session.site_id].append(session)
        return found

    def judge(self, trainee: Trainee, session: Session, city: str) -> Judged:
        """Judge one session."""
        refusal = self.never(trainee, session.site_id, city) or self.closed(trainee, session)
        if refusal:
            return refusal
        crossed = self.crossed(trainee, session, city)
        return crossed if isinstance(crossed, Refusal) else (*crossed, *self.away(session.site_id, city))

    def never(self, trainee: Trainee, site_id: str, city: str) -> Refusal | None:
        """Say why a site is closed in every session, whoever trained; None where that is not so."""
        if self.away(site_id, city) and trainee.item not in self.problem.rules.cross_city_items:
            return self.in_another(self.problem.sites[site_id].city)
        return None if self.problem.site_lists_item(site_id, trainee.item) else _OTHER_ITEMS

    def away(self, site_id: str, city: str) -> tuple[str, ...]:
        """Give the exception that people of a city need at a site of another one; none at their own."""
        return (CROSS_CITY,) if city != self.problem.sites[site_id].city else ()

    def in_another(self, city: str) -> Refusal:
        """Give the refusal of all sites of a city to everybody from elsewhere."""
        return self._elsewhere.setdefault(city, Refusal(3, f"不在本市（考点在{city}）"))

    def closed(self, trainee: Trainee, session: Session) -> Refusal | None:
        """Say why a session cannot take this item and part, whoever comes; None where it can."""
        if self.problem.sites[session.site_id].is_suspended_on(session.day):
            return _SUSPENDED
        if trainee.part is not Part.THEORY and not self.problem.places_for(session, trainee.item):
            return NO_PLACES
        return None

    def all_closed(self, trainee: Trainee, site_id: str) -> Sequence[tuple[Session, Refusal]]:
        """Give the sessions of a site that cannot take this item and part, and why."""
        alike = site_id, trainee.place_item
        known = self._closed.get(alike)
        if known is None:
            judged = ((session, self.closed(trainee, session)) for session in self.by_site[site_id])
            known = self._closed[alike] = [(session, why) for session, why in judged if why]
        return known

    def never_closed(self, trainee: Trainee, site_id: str) -> bool:
        """Say whether no session of a site is ``closed``, without looking at each; where it says no, some may be."""
        if self.problem.sites[site_id].suspended:
            return False
        return trainee.part is Part.THEORY or bool(self.problem.places_always(site_id, trainee.item))

    def crossed(self, trainee: Trainee, session: Session, city: str) -> Judged:
        """Judge cross-examination: no exception needed, the one that opens the site all the same, or why it is closed."""
        conflict = self.conflicts.why_conflict(trainee.institution_id, session.site_id, session.day)
        if not conflict:
            return ()
        exemption = self._exemption(trainee, session.site_id, session.day, city)
        return (exemption,) if exemption else Refusal(CROSSING, f"交叉考试回避：{conflict}")

    def _exemption(self, trainee: Trainee, site_id: str, day: dt.date, city: str) -> str:
        """Name the exception that opens an own or connected site, or "".

        Where both are true one is enough, and it is the sole site: everybody can see it in what is published, it says
        nothing of the person, and students and others with the same rights stay one group.
        """
        if self._sole_sites.get((city, trainee.item)) == site_id:
            return SOLE_SITE
        if trainee.school_id and trainee.school_id in self.conflicts.owners(site_id, day):
            return IN_SCHOOL
        return ""

    @cached_property
    def _sole_sites(self) -> dict[tuple[str, str], str]:
        """Give the only site of a city that can examine an item, free or not, where there is one."""
        able: dict[tuple[str, str], set[str]] = {}
        for site_id, item in {(row.site_id, row.item) for row in self.problem.places}:
            site = self.problem.sites[site_id]
            if any(
                not site.is_suspended_on(session.day) and (self.problem.places_for(session, item) or 0) > 0
                for session in self.by_site.get(site_id, ())
            ):
                able.setdefault((site.city, item), set()).add(site_id)
        return {place: next(iter(sites)) for place, sites in able.items() if len(sites) == 1}
