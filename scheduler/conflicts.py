"""The conflict graph: who controls whom, who owns which site, on which day, and a reason to read.

Contract section 4: two organisations are connected when the sets "itself and all its controllers,
transitively" meet; control counts from the share in the rules on, an empty share counts as control.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from scheduler.problem import Problem, Relation


class ConflictGraph:
    """Control and ownership of a batch; every question is asked for a day, and worked out once for days with the same relations."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._chains_of: dict[tuple[str, int], dict[str, tuple[Relation, ...]]] = {}
        self._conflicts: dict[tuple[str, str, int], str] = {}
        self._owned: dict[tuple[str, int], dict[str, Relation | None]] = {}
        self._reached: dict[int, Mapping[str, set[str]]] = {}

    @cached_property
    def _controllers(self) -> Mapping[str, list[Relation]]:
        """Give each organisation's direct controllers."""
        return self._by_target("controls")

    @cached_property
    def _owners(self) -> Mapping[str, list[Relation]]:
        return self._by_target("owns")

    def _by_target(self, kind: str) -> Mapping[str, list[Relation]]:
        """Give the relations that count by whom they concern; order does not depend on the input's."""
        found: dict[str, list[Relation]] = defaultdict(list)
        for relation in sorted(self.problem.relations, key=_canonical):
            if relation.kind == kind and self._enough(relation.share):
                found[relation.to_id].append(relation)
        return found

    def _enough(self, share: Fraction | None) -> bool:
        return share is None or share >= self.problem.rules.share

    @cached_property
    def _turns(self) -> list[dt.date]:
        """Give the days on which some relation begins or has just ended; between them nothing changes."""
        turns = set()
        for relation in self.problem.relations:
            if relation.since:
                turns.add(relation.since)
            if relation.until and relation.until < dt.date.max:
                turns.add(relation.until + dt.timedelta(days=1))
        return sorted(turns)

    def period(self, day: dt.date) -> int:
        """Give the number of the stretch of days with the same relations that a day is in."""
        return bisect_right(self._turns, day)

    def controllers(self, organisation: str, day: dt.date) -> dict[str, tuple[Relation, ...]]:
        """Give the organisation and all its controllers, each with the chain that leads to it."""
        alike = (organisation, self.period(day))
        known = self._chains_of.get(alike)
        if known is not None:
            return known
        chains: dict[str, tuple[Relation, ...]] = {organisation: ()}
        waiting = [organisation]
        while waiting:
            below = waiting.pop(0)
            for relation in self._controllers.get(below, ()):
                if relation.from_id not in chains and relation.holds_on(day):
                    chains[relation.from_id] = (*chains[below], relation)
                    waiting.append(relation.from_id)
        self._chains_of[alike] = chains
        return chains

    def owners(self, site_id: str, day: dt.date) -> dict[str, Relation | None]:
        """Give a site's owners on a day: its owner_id (no relation) and every ``owns`` with enough share."""
        alike = (site_id, self.period(day))
        known = self._owned.get(alike)
        if known is not None:
            return known
        owners: dict[str, Relation | None] = {}
        owner = self.problem.sites[site_id].owner_id
        if owner:
            owners[owner] = None
        for relation in self._owners.get(site_id, ()):
            if relation.holds_on(day):
                owners.setdefault(relation.from_id, relation)
        self._owned[alike] = owners
        return owners

    def tied_sites(self, institution_id: str, day: dt.date) -> set[str]:
        """Give the sites that an institution owns or is connected with on a day."""
        period = self.period(day)
        reached = self._reached.get(period)
        if reached is None:
            found: dict[str, set[str]] = defaultdict(set)
            for site_id in self.problem.sites:
                for owner in self.owners(site_id, day):
                    for above in self.controllers(owner, day):
                        found[above].add(site_id)
            reached = self._reached[period] = found
        return {site for above in self.controllers(institution_id, day) for site in reached.get(above, ())}

    def why_connected(self, first: str, second: str, day: dt.date) -> str:
        """Say how two organisations are connected on a day; "" where they are not."""
        one, other = self.controllers(first, day), self.controllers(second, day)
        common = next((name for name in one if name in other), None)
        if common is None:
            return ""
        steps = [self._told(relation) for relation in (*one[common], *other[common])]
        return "，".join(dict.fromkeys(steps)) or f"是同一机构 {self._name(first)}"

    def why_conflict(self, institution_id: str, site_id: str, day: dt.date) -> str:
        """Say why an institution's trainees may not sit at a site on a day; "" where they may."""
        alike = (institution_id, site_id, self.period(day))
        known = self._conflicts.get(alike)
        if known is None:
            known = self._conflicts[alike] = self._explain(institution_id, site_id, day)
        return known

    def _explain(self, institution_id: str, site_id: str, day: dt.date) -> str:
        site = self.problem.sites[site_id]
        above = self.controllers(institution_id, day).keys()
        for owner, relation in self.owners(site_id, day).items():
            if above.isdisjoint(
                self.controllers(owner, day)
            ):  # as of nearly all owners; said at once where there are many
                continue
            connected = self.why_connected(institution_id, owner, day)
            if connected:
                share = _percent(relation.share) if relation else ""
                owned = f"考点 {site.name} 属于{self._name(owner)}{share}"
                return owned if owner == institution_id else f"{owned}，{connected}"
        return ""

    def _told(self, relation: Relation) -> str:
        return f"{self._name(relation.from_id)}控制{self._name(relation.to_id)}{_percent(relation.share)}"

    def _name(self, organisation: str) -> str:
        known = self.problem.institutions.get(organisation)
        return known.name if known else organisation


def _canonical(relation: Relation) -> tuple[str, ...]:
    shown = (relation.kind, relation.to_id, relation.from_id, relation.since, relation.until, relation.share)
    return tuple(map(str, shown))


def _percent(share: Fraction | None) -> str:
    if share is None:
        return ""
    return f"（{share * 100}%）" if (share * 100).denominator == 1 else f"（{share}）"
