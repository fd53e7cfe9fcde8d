"""Who owns a site on a day, and which organisations are connected on it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from scheduler.problem import Problem, Relation


@dataclass(frozen=True, slots=True)
class Tie:
    """Why an institution may not send people to a site.

    ``owner`` is the site's owner it is tied to; ``common`` the organisation that both are or are
    controlled by. Where the institution is the owner, all three are one.
    """

    owner: str
    common: str


def _turning_days(problem: Problem) -> list[dt.date]:
    """Give the days on which a relation begins to count, or no longer counts."""
    days = {one.since for one in problem.relations if one.since is not None}
    ends = [one.until for one in problem.relations if one.until is not None and one.until < dt.date.max]
    return sorted(days | {day + dt.timedelta(days=1) for day in ends})


class Ties:
    """Ownership and control, as the relations state them for a day; everything is remembered."""

    def __init__(self, problem: Problem) -> None:
        self._sites = problem.sites
        self._share = problem.rules.share
        self._above: dict[str, list[Relation]] = defaultdict(list)
        self._owning: dict[str, list[Relation]] = defaultdict(list)
        for relation in problem.relations:
            if relation.kind == "controls":
                self._above[relation.to_id].append(relation)
            elif relation.kind == "owns":
                self._owning[relation.to_id].append(relation)
        self._turns = _turning_days(problem)
        self._controllers: dict[tuple[str, int], frozenset[str]] = {}
        self._ties: dict[tuple[str, str, int], Tie | None] = {}
        self._tied: dict[int, dict[str, set[str]]] = {}

    def period(self, day: dt.date) -> int:
        """Give the number of the stretch of days, around this one, on which the same relations count."""
        return bisect_right(self._turns, day)

    def tied_sites(self, institution: str, day: dt.date) -> frozenset[str]:
        """Give the sites with which an institution has a tie on a day."""
        period = self.period(day)
        if period not in self._tied:
            self._tied[period] = defaultdict(set)
            for site_id in self._sites:
                for owner in self.owners(site_id, day):
                    for above in self.controllers(owner, day):
                        self._tied[period][above].add(site_id)
        reached = self._tied[period]
        own = self.controllers(institution, day) if institution else ()
        return frozenset(site for above in own for site in reached.get(above, ()))

    def owners(self, site_id: str, day: dt.date) -> list[str]:
        """Give the owners of a site on a day: its owner_id, and every ``owns`` that is large enough."""
        found = {
            relation.from_id for relation in self._owning.get(site_id, ()) if self._counts(relation, day)
        }
        found.add(self._sites[site_id].owner_id)
        return sorted(found - {""})

    def controllers(self, organisation: str, day: dt.date) -> frozenset[str]:
        """Give an organisation and all its controllers, transitively, on a day."""
        key = (organisation, self.period(day))
        if key not in self._controllers:
            found, new = {organisation}, [organisation]
            while new:
                for relation in self._above.get(new.pop(), ()):
                    if relation.from_id not in found and self._counts(relation, day):
                        found.add(relation.from_id)
                        new.append(relation.from_id)
            self._controllers[key] = frozenset(found)
        return self._controllers[key]

    def tie(self, institution: str, site_id: str, day: dt.date) -> Tie | None:
        """Give the tie of an institution with a site on a day; its own site goes before others."""
        key = (institution, site_id, self.period(day))
        if key not in self._ties:
            self._ties[key] = self._find(institution, site_id, day) if institution else None
        return self._ties[key]

    def _find(self, institution: str, site_id: str, day: dt.date) -> Tie | None:
        owners = self.owners(site_id, day)
        if institution in owners:
            return Tie(institution, institution)
        own = self.controllers(institution, day)
        for owner in owners:
            common = own & self.controllers(owner, day)
            if common:
                return Tie(owner, min(common))
        return None

    def _counts(self, relation: Relation, day: dt.date) -> bool:
        enough = relation.share is None or relation.share >= self._share
        return enough and relation.holds_on(day)
