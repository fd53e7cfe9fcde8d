"""Changes of a batch that may give people a place; each makes new facts, so that it can be tried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import polars as pl

from scheduler.limits import capacity
from scheduler.plan import Limit
from scheduler.problem import Half, PlaceRow, Problem, Session
from scheduler.trainees import Trainees


class Change(Protocol):
    """Something that could be otherwise."""

    def applied(self, problem: Problem) -> Problem:
        """Give the facts as they would be."""

    def opens_to(self, problem: Problem) -> frozenset[str] | None:
        """Give the only trainees who may sit in more sessions with it, where it leaves all else as it is; None: it may be anybody."""


@dataclass(frozen=True)
class Growth:
    """Limits that take so many more; a day limit is stated once a site, so it grows on all its days."""

    by: Mapping[Limit, int]

    def applied(self, problem: Problem) -> Problem:
        """Give the facts with the greater limits."""
        sites, seats, rows = dict(problem.sites), dict(problem.seats), list(problem.places)
        more: dict[str, int] = {}
        for limit, by in self.by.items():
            if not limit.half:
                more[limit.site_id] = max(by, more.get(limit.site_id, 0))
                continue
            session = Session(limit.site_id, limit.day, Half(limit.half))
            if limit.item:
                rows = _with_places(rows, session, limit.item, capacity(problem, limit) + by)
            else:
                seats[session] += by
        for site_id, by in more.items():
            site = sites[site_id]
            sites[site_id] = replace(site, day_limit=(site.day_limit or 0) + by)
        return replace(problem, sites=sites, seats=seats, places=tuple(rows))

    def opens_to(self, _: Problem) -> None:
        """Give None: more may fit."""


@dataclass(frozen=True)
class OneSession:
    """A session more, of so many seats, with so many places for each of the items."""

    session: Session
    seats: int
    places: Mapping[str, int]

    def applied(self, problem: Problem) -> Problem:
        """Give the facts with the session."""
        rows = list(problem.places)
        for item, number in self.places.items():
            rows = _with_places(rows, self.session, item, number)
        return replace(problem, seats={**problem.seats, self.session: self.seats}, places=tuple(rows))

    def opens_to(self, _: Problem) -> None:
        """Give None: there is a session more."""


@dataclass(frozen=True)
class OtherCities:
    """An item put on the city's list of those examined in other cities, too."""

    item: str

    def applied(self, problem: Problem) -> Problem:
        """Give the facts with the longer list."""
        items = (*problem.rules.cross_city_items, self.item)
        return replace(problem, rules=replace(problem.rules, cross_city_items=items))

    def opens_to(self, problem: Problem) -> frozenset[str]:
        """Give whoever is examined in the item."""
        frame = Trainees.of(problem.trainees).frame
        return frozenset(frame.filter(pl.col("item") == self.item)["trainee_id"])


@dataclass(frozen=True)
class OwnSchool:
    """Trainees of whom it would be stated that they are full-time students of a school."""

    school_id: str
    trainees: tuple[str, ...]

    def applied(self, problem: Problem) -> Problem:
        """Give the facts with the school stated."""
        stated = {name: replace(problem.trainees[name], school_id=self.school_id) for name in self.trainees}
        return replace(problem, trainees={**problem.trainees, **stated})

    def opens_to(self, _: Problem) -> frozenset[str]:
        """Give those who would be students."""
        return frozenset(self.trainees)


def _with_places(rows: list[PlaceRow], session: Session, item: str, number: int) -> list[PlaceRow]:
    """Set the places for an item in one session by a row that names it, which goes before all others."""
    site_id, day, half = session
    kept = [row for row in rows if (row.site_id, row.item, row.day, row.half) != (site_id, item, day, half)]
    return [*kept, PlaceRow(site_id, item, number, day, half)]
