"""The smallest changes that give people a place, each proven by solving the changed batch anew.

Nothing is told that was not tried: with a remedy's change at least ``gain`` more people of all who are to be
placed are. Each remedy is for itself; several together may give less than their sum. The larger the
batch, the fewer changes are tried; what was left out is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import polars as pl

from scheduler.limits import limits_of
from scheduler.plan import Bottleneck, CapacityPlan, Group, Limit
from scheduler.remedy.changes import Change, Growth, OneSession, OtherCities, OwnSchool
from scheduler.remedy.ground import Ground
from scheduler.remedy.one_more_session import SessionSearch
from scheduler.remedy.trials import EnoughError, Trials
from scheduler.seats.held import beyond_rooms
from scheduler.trainees import Trainees

_MOST_BOTTLENECKS = 8
_MOST_SITES = 4
_MOST_OF_A_KIND = 2


@dataclass(frozen=True)
class Remedy:
    """A change, how many more people are placed with it at least, and whether a unit less gives less.

    ``units`` is its price: so many seats, places and day-limit units, or the seats of a session more;
    0 where it takes a decision only. ``rooms`` are sites whose stated rooms would have to be more, with what they hold now.
    """

    change: Change
    gain: int
    units: int = 0
    smallest: bool = False
    rooms: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Found:
    """The remedies of a bottleneck; not ``complete`` where the batch was too large to try everything."""

    remedies: list[Remedy] = field(default_factory=list)
    complete: bool = True


def find_remedies(ground: Ground, plan: CapacityPlan) -> Mapping[Bottleneck, Found]:
    """Give the remedies of all bottlenecks; those that are short of most people are looked at first.

    ``plan`` is that of who is to be placed on the ground.
    """
    order = sorted(plan.bottlenecks, key=lambda one: (-one.shortage, one.groups))
    found = {one: Found(complete=number < _MOST_BOTTLENECKS) for number, one in enumerate(order)}
    batch = Trials(ground, plan)
    searches = [_Search(batch, one) for one in order[:_MOST_BOTTLENECKS]]
    for step in (_Search.growths, _Search.sessions, _Search.decisions):
        for search in searches:
            one = found[search.bottleneck]
            try:
                for remedy in step(search):
                    one.remedies.append(remedy)
            except EnoughError:
                one.complete = False
    return found


@dataclass(frozen=True)
class _Search:
    """What can be done about one bottleneck."""

    batch: Trials
    bottleneck: Bottleneck

    @cached_property
    def groups(self) -> list[Group]:
        return [self.batch.plan.parted[number] for number in self.bottleneck.groups]

    @cached_property
    def part(self) -> tuple[int, ...]:
        return self.batch.part(self.bottleneck)

    @cached_property
    def trainees(self) -> list[str]:
        return [name for group in self.groups for name in group.trainees]

    @cached_property
    def session_search(self) -> SessionSearch:
        batch = self.batch
        may_hold = batch.ground.may_hold
        return SessionSearch(batch.problem, batch.graph, self.trainees, self.bottleneck.shortage, may_hold)

    def growths(self) -> Iterator[Remedy]:
        """Give the cheapest growth, and the cheapest at one site where that is another."""
        self.batch.ensure(self.batch.flow_cost(self.part))
        limits: dict[str, set[Limit]] = {}
        for group in self.groups:
            for session in group.allowed:
                known = limits.setdefault(session.site_id, set())
                own = limits_of(self.batch.problem, group, session)
                known.update(limit for limit in own if self.batch.ground.may_grow(limit))
        if not any(limits.values()):
            return
        cheapest = self._growth({limit for listed in limits.values() for limit in listed})
        yield from self._grown(cheapest, limits)
        used = Counter[str]()
        for limit, by in cheapest.items():
            used[limit.site_id] += by
        if len(used) > 1:
            # the sites that the cheapest way uses most are the likeliest to do alone
            likely = sorted(used, key=lambda site: (-used[site], site))[:_MOST_SITES]
            alone = [by for by in (self._growth(limits[site]) for site in likely) if by]
            yield from self._grown(min(alone, key=lambda by: sum(by.values()), default={}), limits)

    def _growth(self, limits: set[Limit]) -> dict[Limit, int]:
        """Give the least growth of some limits that places as many as are short here; {} where none does."""
        rank = {limit: number for number, limit in enumerate(sorted(limits))}
        short = self.batch.short_in(self.part) - self.bottleneck.shortage
        needs = self.batch.needs(self.batch.ground.left, self.part, rank, short)
        return {} if needs.left_over else needs.growth

    def _grown(self, by: dict[Limit, int], limits: Mapping[str, set[Limit]]) -> Iterator[Remedy]:
        """Give a growth as a remedy: the smallest, unless a site's limit would grow on several days at once."""
        days = [limit for site in {limit.site_id for limit in by} for limit in limits[site] if not limit.half]
        once = len(days) == len({limit.site_id for limit in days})
        if by:
            smallest = once and not self.batch.several
            yield from self._proven(Growth(by), units=sum(by.values()), smallest=smallest)

    def sessions(self) -> Iterator[Remedy]:
        """Give a session more at the sites where most could use one."""
        self.batch.ensure(self.batch.anew)
        yield from islice(
            (
                remedy
                for listed in self.session_search.best()[:_MOST_SITES]
                for remedy in islice((one for change in listed for one in self._session(change)), 1)
            ),
            _MOST_OF_A_KIND,
        )

    def _session(self, change: OneSession) -> Iterator[Remedy]:
        """Give the smallest session at that time that helps as many as the largest that is usual there."""
        gain = self.batch.gain(change, self.part)
        if 0 < gain < change.seats:
            change = OneSession(change.session, gain, change.places)
            gain = self.batch.gain(change, self.part)
        if gain > 0:
            # so many seats can take no more people, and fewer seats fewer
            smallest = gain == change.seats and self.session_search.able_already(change)
            yield Remedy(change, gain, change.seats, smallest, self._rooms(change))

    def decisions(self) -> Iterator[Remedy]:
        """Give what takes no seat: the exemption of one's own school, and other cities."""
        for changes in (self._schools(), self._cities()):
            yield from islice(
                (remedy for change in changes for remedy in self._proven(change)), _MOST_OF_A_KIND
            )

    def _schools(self) -> Iterator[Change]:
        """Give the schools whose own sites are closed to these people, with those who state no school."""
        closed = {key for group in self.groups for key, why in group.refused.items() if why.rule == 2}
        schools: dict[str, set[str]] = {}
        for institution, site_id in closed:
            for school in self._owning_schools(site_id):
                schools.setdefault(school, set()).add(institution)
        for school, institutions in sorted(schools.items()):
            rows = Trainees.of(self.batch.problem.trainees).rows_of(self.trainees)
            fit = pl.col("institution_id").is_in(list(institutions)) & (pl.col("school_id") == "")
            names = rows.filter(fit)["trainee_id"].to_list()
            if names:
                yield OwnSchool(school, tuple(sorted(names)))

    def _owning_schools(self, site_id: str) -> set[str]:
        problem = self.batch.problem
        days = {session.day for session in problem.seats if session.site_id == site_id}
        owners = {owner for day in days for owner in self.batch.graph.owners(site_id, day)}
        at_school = problem.sites[site_id].kind == "school"
        kinds = {name: one.kind for name, one in problem.institutions.items()}
        # a school that trains is often listed as a training institution; a company is never a school, whatever its site is called
        schools = ("school", "training") if at_school else ("school",)
        return {name for name in owners if kinds.get(name) in schools}

    def _cities(self) -> Iterable[Change]:
        """Give the items that are not examined in other cities, which have sites for them."""
        problem = self.batch.problem
        cities = {(row.item, problem.sites[row.site_id].city) for row in problem.places}
        away = {group.item for group in self.groups for item, city in cities
                if item == group.item and city != group.city}  # fmt: skip
        return [OtherCities(item) for item in sorted(away - set(problem.rules.cross_city_items))]

    def _proven(self, change: Change, *, units: int = 0, smallest: bool = False) -> Iterator[Remedy]:
        """Give a change as a remedy where solving anew shows that it places more people."""
        gain = self.batch.gain(change, self.part)
        if gain > 0:
            yield Remedy(change, gain, units, smallest, self._rooms(change))

    def _rooms(self, change: Change) -> Mapping[str, int]:
        """Give the sites that a change would seat more people at than their rooms hold; of a plan there are none before it."""
        return beyond_rooms(change.applied(self.batch.problem)) if self.batch.problem.rooms else {}
