"""Who may sit where and when, and why not, rule by rule (contract section 4, rules 1 to 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.allowed import Allowed, Window, Windows
from scheduler.conflicts import ConflictGraph
from scheduler.problem import Part, Problem, Session, Trainee
from scheduler.session_rules import Judged, Refusal, Refusals, SessionRules, together


@dataclass(frozen=True)
class Eligible:
    """All sessions a trainee may sit in with the exceptions each needs, and the refusals of closed sites.

    ``closed`` holds the refusals in parts that many share, each with the institution that it is about,
    "" where it holds for every institution without a conflict. No site is in two parts. ``own`` says in words why sites are
    closed to this trainee alone.
    """

    allowed: Allowed
    closed: tuple[tuple[str, Refusals], ...] = ()
    own: str = ""

    @property
    def refused(self) -> dict[str, Refusal]:
        """Give why each closed site is closed."""
        return {site: why for _, refusals in self.closed for site, why in refusals.items()}


_Alike = tuple[str, str, str, bool, str]
"""What a trainee states, as far as it matters: institution and school (where those are tied to a site), item, theory alone, city."""
_Dates = tuple[dt.date | None, dt.date | None]


class Eligibility:
    """Answers for one batch; trainees alike in what matters share one answer."""

    def __init__(self, problem: Problem, conflicts: ConflictGraph) -> None:
        self.problem, self.conflicts, self.windows = problem, conflicts, Windows()
        self._of_dates: dict[tuple[_Alike, _Dates], Eligible] = {}
        self._on_any_date: dict[_Alike, Eligible] = {}
        self._cities: dict[str, tuple[Collection[str], Refusals]] = {}
        self._tied: dict[str, tuple[str, ...]] = {}
        self._stretches: dict[int, Mapping[int, Session]] = {}

    @property
    def singular(self) -> Collection[str]:
        """Give the ids of trainees who are like nobody else, whatever they state: nobody, by the rules alone."""
        return ()

    @cached_property
    def rules(self) -> SessionRules:
        """Give the rules for single sessions."""
        return SessionRules(self.problem, self.conflicts)

    @cached_property
    def _days(self) -> list[dt.date]:
        """Give one exam day of every stretch of days with the same relations."""
        return list({self.conflicts.period(one.day): one.day for one in self.problem.seats}.values())

    def of(self, trainee: Trainee) -> Eligible:
        """Give what a trainee may do; capacities do not count here."""
        city = self.problem.city_of_district(trainee.district)
        tied = self.is_tied(trainee.institution_id)
        whose = (trainee.institution_id, trainee.school_id) if tied else ("", "")
        alike = (*whose, trainee.item, trainee.part is Part.THEORY, city)
        stated = alike, (trainee.earliest, trainee.latest)
        known = self._of_dates.get(stated)
        if known is None:
            known = self._within_dates(self._of_any_date(trainee, city, alike), trainee)
            self._of_dates[stated] = known
        return known

    def is_tied(self, institution_id: str) -> bool:
        """Say whether an institution has to do with some site; only then do institution and school matter."""
        return bool(self._tied_sites(institution_id))

    def _of_any_date(self, trainee: Trainee, city: str, alike: _Alike) -> Eligible:
        known = self._on_any_date.get(alike)
        if known is None:
            tied = self._tied_sites(trainee.institution_id)
            known = self._with_ties(trainee, city, alike) if tied else self._judged(trainee, city)
            self._on_any_date[alike] = known
        return known

    def _tied_sites(self, institution_id: str) -> tuple[str, ...]:
        """Give the sites that the institution owns or is connected with on some exam day."""
        known = self._tied.get(institution_id)
        if known is None:
            found = {site for day in self._days for site in self.conflicts.tied_sites(institution_id, day)}
            known = self._tied[institution_id] = tuple(sorted(found & self.rules.by_site.keys()))
        return known

    def _judged(self, trainee: Trainee, city: str) -> Eligible:
        """Judge every site for an institution without conflicts, leaving aside the trainee's dates."""
        sites: dict[str, Window] = {}
        near: Collection[str] = self.rules.by_site.keys()
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
                site_id: self.rules.in_another(there)
                for site_id in self.rules.by_site
                if (there := self.problem.sites[site_id].city) != city
            }
            known = self._cities[city] = (
                [site_id for site_id in self.rules.by_site if site_id not in away],
                away,
            )
        return known

    def _with_ties(self, trainee: Trainee, city: str, alike: _Alike) -> Eligible:
        """Judge the sites that the institution has to do with by themselves, the others as for everybody."""
        untied = ("", "", *alike[2:])
        others = self._on_any_date.get(untied)
        if others is None:  # few are asked for the first time
            others = self._of_any_date(replace(trainee, institution_id="", school_id=""), city, untied)
        sites = dict(others.allowed.by_site)
        refused: dict[str, Refusal] = {}
        for site_id in self._tied_sites(trainee.institution_id):
            window = sites.pop(site_id, None)
            if window is not None:
                self._judge_tied_site(trainee, city, window, sites, refused)
        in_order = {site_id: sites[site_id] for site_id in others.allowed.by_site if site_id in sites}
        closed = [*others.closed, (trainee.institution_id, refused)]
        return Eligible(Allowed(in_order), tuple(part for part in closed if part[1]))

    def _judge_site(
        self, trainee: Trainee, city: str, site_id: str, sites: dict[str, Window], refused: dict[str, Refusal]
    ) -> None:
        """Put a site among the open or the refused ones."""
        never = self.rules.never(trainee, site_id, city)
        if never:
            refused[site_id] = never
            return
        exceptions = self.rules.away(site_id, city)
        sessions = self.rules.by_site[site_id]
        if self.rules.never_closed(trainee, site_id):
            sites[site_id] = self.windows.make(dict.fromkeys(sessions, exceptions))
            return
        judged = ((session, self.rules.closed(trainee, session) or exceptions) for session in sessions)
        self._sort(site_id, judged, sites, refused)

    def _judge_tied_site(
        self,
        trainee: Trainee,
        city: str,
        window: Window,
        sites: dict[str, Window],
        refused: dict[str, Refusal],
    ) -> None:
        """Put a site that is open to people without conflicts among the open or the refused ones."""
        site_id = window.sessions[0].site_id
        judged = {
            period: self.rules.crossed(trainee, first, city) for period, first in self._firsts(window).items()
        }
        refusals = {one for one in judged.values() if isinstance(one, Refusal)}
        closed = (
            self.rules.all_closed(trainee, site_id) if all(one in refusals for one in judged.values()) else ()
        )
        if not any(judged.values()):
            sites[site_id] = window
        elif len(refusals) == len(set(judged.values())) == 1 and not closed:
            refused[site_id] = refusals.pop()
        else:
            found = [
                (session, _with(judged[self.conflicts.period(session.day)], exceptions))
                for session, exceptions in zip(window.sessions, window.exceptions, strict=True)
            ]
            self._sort(site_id, (*found, *closed), sites, refused)  # those closed to all are told beside

    def _firsts(self, window: Window) -> Mapping[int, Session]:
        """Give the first session of a window in each stretch of days with the same relations."""
        known = self._stretches.get(id(window.sessions))
        if known is None:
            period = self.conflicts.period
            known = {period(session.day): session for session in reversed(window.sessions)}
            self._stretches[id(window.sessions)] = known
        return known

    def _sort(
        self,
        site_id: str,
        judged: Iterable[tuple[Session, Judged]],
        sites: dict[str, Window],
        refused: dict[str, Refusal],
    ) -> None:
        """Put a site among the open ones with the sessions that are open, or among the refused with every reason."""
        found: dict[Session, tuple[str, ...]] = {}
        closed: dict[Session, Refusal] = {}
        for session, one in judged:
            if isinstance(one, Refusal):
                closed[session] = one
            else:
                found[session] = one
        if found:
            sites[site_id] = self.windows.make(found)
        elif closed:
            refused[site_id] = together(closed)

    def _within_dates(self, eligible: Eligible, trainee: Trainee) -> Eligible:
        """Leave the sessions from earliest to latest, both days included."""
        first, last = trainee.earliest, trainee.latest
        if first is None and last is None:
            return eligible
        sites: dict[str, Window] = {}
        refused: dict[str, Refusal] = {}
        for site_id, window in eligible.allowed.by_site.items():
            left = self.windows.within(window, first, last)
            if left.sessions:
                sites[site_id] = left
            else:
                refused[site_id] = _outside([session.day for session in window.sessions], first, last)
        return Eligible(Allowed(sites), (*eligible.closed, *([("", refused)] if refused else [])))


def _with(judged: Judged, exceptions: tuple[str, ...]) -> Judged:
    """Add the exceptions that a session needs anyway."""
    return judged if isinstance(judged, Refusal) else (*judged, *exceptions)


def _outside(days: Collection[dt.date], first: dt.date | None, last: dt.date | None) -> Refusal:
    """Say why days are all outside a trainee's dates."""
    before = {day for day in days if first and day < first}
    early, late = f"早于最早日期 {first}", f"晚于最晚日期 {last}"
    if not before:
        return Refusal(1, late)
    return Refusal(1, early if before == set(days) else f"各场或{early}，或{late}")
