"""How many duties the staff can do at most, and who may be where at what time: before the draw, by all that is certain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from scheduler.duties.persons import Member, is_licensed
from scheduler.duties.posts import Time
from scheduler.staff.certain_ties import CertainBars, Kind


class Able(NamedTuple):
    """How many duties of a kind the staff can do at most: in all and at each site; and at each time who may be at which sites."""

    whole: int
    of_site: Counter[str]
    at: Mapping[Time, Mapping[str, frozenset[str]]]


def members_of(plan: Mapping[str, Any]) -> list[Member]:
    """Give the persons of a plan's staff; nothing is drawn yet, so nobody sits."""
    entries: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in plan["staff"]:
        entries[entry["person"]].append(entry)
    return [Member(listed, frozenset()) for listed in entries.values()]


@dataclass(frozen=True)
class Staff:
    """The staff in one way of a plan, with what its candidates certainly keep them from."""

    plan: Mapping[str, Any]
    members: Sequence[Member]
    bars: CertainBars

    @cached_property
    def _sites(self) -> Mapping[Time, frozenset[str]]:
        sites: dict[Time, set[str]] = defaultdict(set)
        for session in self.plan["sessions"]:
            sites[session["date"], session["half"]].add(session["site_id"])
        return {time: frozenset(there) for time, there in sites.items()}

    def able(self, kind: Kind) -> Able:
        """Give what can be done of a kind of duty."""
        whole, of_site, at = 0, Counter[str](), defaultdict[Time, dict[str, frozenset[str]]](dict)
        for one in self.members:
            entries = one.skilled(kind[0], (kind[1],))
            if not entries or one.most == 0:
                continue
            places = self._places(one, kind, entries)
            whole += len(places) if one.most is None else min(len(places), one.most)
            often: Counter[str] = Counter()
            for time, there in places.items():
                at[time][one.name] = there
                often.update(there)
            of_site.update(
                {site: count if one.most is None else min(count, one.most) for site, count in often.items()}
            )
        return Able(whole, of_site, at)

    def _places(
        self, one: Member, kind: Kind, entries: Sequence[Mapping[str, Any]]
    ) -> dict[Time, frozenset[str]]:
        """Give the sites at which somebody may do a duty of a kind, by time; no times at which there are none."""
        sitting = self.bars.sits(one)
        found = {}
        for time, sites in self._sites.items():
            date, barred = time[0], one.barred(time[0])
            if barred.all or time in sitting or not any(is_licensed(entry, date) for entry in entries):
                continue
            there = sites - barred.sites - self.bars.closed(one, date).get((kind, time), frozenset())
            if there and not one.is_away(time):
                found[time] = there
        return found
