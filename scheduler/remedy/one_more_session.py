"""Where and when a session more would help most, and how large it can be at its site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import polars as pl

from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.problem import Half, Part, Problem, Session, Trainee
from scheduler.remedy.changes import OneSession
from scheduler.session_rules import Refusal
from scheduler.trainees import Trainees

_MOST_DAYS = 8
_ALIKE = ["institution_id", "school_id", "city", "item", "part", "earliest", "latest"]


@dataclass(frozen=True)
class SessionSearch:
    """Looks for half-days that the people of a bottleneck could use; ``may_hold`` says which are out of the question."""

    problem: Problem
    graph: ConflictGraph
    trainees: Sequence[str]
    shortage: int
    may_hold: Callable[[Session], bool]

    def sites(self) -> list[str]:
        """Give the sites that examine any of the items."""
        items = {one.item for one, _ in self._kinds}
        return sorted({row.site_id for row in self.problem.places if row.item in items})

    def best(self) -> list[list[OneSession]]:
        """Give the best session more of each site, those that most people could use first.

        Where a site's days are limited, its best on a day without a session follows: the other day may be full.
        """
        found = [(self._usable(change), change) for site in self.sites() for change in self._slots(site)]
        found.sort(key=lambda pair: (-min(pair[0], pair[1].seats), -pair[0], self._order(pair[1])))
        best: dict[str, list[OneSession]] = {}
        for usable, change in found:
            if not usable:
                continue
            of_site = best.setdefault(change.session.site_id, [])
            if not of_site or (
                len(of_site) == 1 and self._may_be_full(of_site[0]) > self._may_be_full(change)
            ):
                of_site.append(change)
        return list(best.values())

    def able_already(self, change: OneSession) -> bool:
        """Say whether the site can examine, without the session, what it can with it: no exemption hangs on it then.

        Every item counts, whoever is short and of whichever part: a sole site opens its other sessions, too.
        """
        site = self.problem.sites[change.session.site_id]
        held = [session for session in self._held(site.site_id) if not site.is_suspended_on(session.day)]
        changed = change.applied(self.problem)
        items = {row.item for row in changed.places if row.site_id == site.site_id}
        return all(
            any(self.problem.places_for(session, item) for session in held)
            for item in items
            if changed.places_for(change.session, item)
        )

    @cached_property
    def _kinds(self) -> list[tuple[Trainee, int]]:
        """Give one of each kind of trainee, alike in what decides where and when they may sit, and how many."""
        trainees = Trainees.of(self.problem.trainees)
        rows = trainees.rows_of(self.trainees)
        cities = {name: self.problem.city_of_district(name) for name in rows["district"].unique()}
        alike = rows.with_columns(city=pl.col("district").replace_strict(cities, return_dtype=pl.String))
        kinds = alike.group_by(_ALIKE, maintain_order=True).agg(pl.first("trainee_id"), many=pl.len())
        records = trainees.some(kinds["trainee_id"])
        return [(records[name], count) for name, count in kinds.select("trainee_id", "many").rows()]

    @cached_property
    def _days(self) -> list[dt.date]:
        """Give the exam days, the day after them and the ends of people's dates; first what suits most people."""
        held = {session.day for session in self.problem.seats}
        last = max(held, default=dt.date.max)
        days = held | ({last + dt.timedelta(days=1)} if last < dt.date.max else set())
        days |= {day for one, _ in self._kinds for day in (one.earliest, one.latest) if day}
        suited = {day: sum(count for one, count in self._kinds if _comes(one, day)) for day in days}
        return sorted(days, key=lambda day: (-suited[day], day))

    def _held(self, site_id: str) -> list[Session]:
        return [session for session in self.problem.seats if session.site_id == site_id]

    def _slots(self, site_id: str) -> Iterator[OneSession]:
        """Give a free half of each day, no larger than the site's largest session so far."""
        seats = self.problem.seats
        places = self._places(site_id)
        usual = max(
            (seats[session] for session in self._held(site_id)), default=max(places.values(), default=0)
        )
        halves = ([Session(site_id, day, half) for half in Half] for day in self._days)
        free = (next((s for s in both if s not in seats and self.may_hold(s)), None) for both in halves)
        for session in islice(filter(None, free), _MOST_DAYS if usual else 0):
            yield OneSession(session, min(usual, self.shortage), places)

    def _places(self, site_id: str) -> dict[str, int]:
        """Give the most places the site has for each item that is sat practically here."""
        practical = {one.item for one, _ in self._kinds if one.part is not Part.THEORY}
        rows = [row for row in self.problem.places if row.site_id == site_id and row.item in practical]
        return {
            item: max(row.places for row in rows if row.item == item)
            for item in sorted({r.item for r in rows})
        }

    def _usable(self, change: OneSession) -> int:
        """Count who could sit in a session more, by the rules and their dates."""
        eligibility = Eligibility(change.applied(self.problem), self.graph)
        count = 0
        for one, many in self._kinds:
            city = self.problem.city_of_district(one.district)
            if _comes(one, change.session.day) and not isinstance(
                eligibility.rules.judge(one, change.session, city), Refusal
            ):
                count += many
        return count

    def _order(self, change: OneSession) -> tuple[bool, Session]:
        """Put days without a session first where the site's days are limited, then the earliest."""
        return self._may_be_full(change), change.session

    def _may_be_full(self, change: OneSession) -> bool:
        """Say whether the day has a limit and sessions already: it may be full."""
        session = change.session
        limited = self.problem.sites[session.site_id].day_limit is not None
        return limited and any(other.day == session.day for other in self._held(session.site_id))


def _comes(one: Trainee, day: dt.date) -> bool:
    return (one.earliest or day) <= day <= (one.latest or day)
