"""The smallest changes that give people a place, each proven by planning the batch anew with it.

Nothing is told that was not tried: a remedy's ``gain`` is how many more the whole batch then places. Each
remedy is for itself; several together may give less than their sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from scheduler.changes import Change, Growth, OneSession, OtherCities, OwnSchool, next_day
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility, Refusal
from scheduler.limits import limits_of
from scheduler.needs import Needs
from scheduler.overlaps import solve_without_overlaps
from scheduler.persons import same_persons
from scheduler.plan import Bottleneck, CapacityPlan, Group, Limit
from scheduler.problem import Half, Part, Problem, Session, Trainee

MOST_BOTTLENECKS = 8
"""Remedies are looked for at so many bottlenecks, those that are short of most people first."""

_MOST_SITES = 4
_MOST_OF_A_KIND = 2


@dataclass(frozen=True)
class Remedy:
    """A change, how many more people are placed with it, and whether a unit less gives less.

    ``units`` is its price: so many seats, places and day-limit units, or the seats of a session more;
    0 where it takes a decision only.
    """

    change: Change
    gain: int
    units: int = 0
    smallest: bool = False


def find_remedies(problem: Problem, plan: CapacityPlan) -> dict[Bottleneck, tuple[Remedy, ...]]:
    """Give the remedies of the greatest bottlenecks; an empty tuple where nothing that was tried helps."""
    greatest = sorted(plan.bottlenecks, key=lambda one: (-one.shortage, one.groups))[:MOST_BOTTLENECKS]
    batch = _Batch(problem, plan)
    return {one: tuple(_Search(batch, one).all()) for one in greatest}


def most_placed(problem: Problem) -> int:
    """Give how many of a batch are placed when it is planned."""
    eligibility = Eligibility(problem, ConflictGraph(problem))
    _, chances, _ = solve_without_overlaps(problem, eligibility, 1, only_counts=True)
    return len(problem.trainees) - sum(one.unplaced for one in chances)


@dataclass(frozen=True)
class _Batch:
    """The batch as it is, and what a change of it gives."""

    problem: Problem
    plan: CapacityPlan

    @cached_property
    def several(self) -> bool:
        """Say whether somebody holds several registrations: the flow alone then proves no minimum."""
        return bool(same_persons(self.problem))

    @cached_property
    def short(self) -> int:
        return sum(one.shortage for one in self.plan.bottlenecks)

    def gain(self, change: Change) -> int:
        return most_placed(change.applied(self.problem)) - len(self.problem.trainees) + self.short


@dataclass(frozen=True)
class _Search:
    """What can be done about one bottleneck."""

    batch: _Batch
    bottleneck: Bottleneck

    @cached_property
    def groups(self) -> list[Group]:
        return [self.batch.plan.groups[number] for number in self.bottleneck.groups]

    @cached_property
    def trainees(self) -> list[Trainee]:
        return [self.batch.problem.trainees[name] for group in self.groups for name in group.trainees]

    def all(self) -> Iterator[Remedy]:
        yield from self.growths()
        yield from self.sessions()
        yield from self.decisions()

    def growths(self) -> Iterator[Remedy]:
        """Give the cheapest growth at one site, and that at several where it is cheaper or the only one."""
        limits: dict[str, set[Limit]] = {}
        for group in self.groups:
            for session in group.allowed:
                known = limits.setdefault(session.site_id, set())
                known.update(limits_of(self.batch.problem, group, session))
        everywhere = self._growth({limit for listed in limits.values() for limit in listed})
        found = [everywhere] if everywhere else []
        if everywhere and len({limit.site_id for limit in everywhere}) > 1:
            # the sites that the cheapest way uses most are the likeliest to do alone
            used = Counter({site: sum(by for limit, by in everywhere.items() if limit.site_id == site)
                            for site in limits})  # fmt: skip
            likely = sorted(limits, key=lambda site: (-used[site], site))[:_MOST_SITES]
            found += [by for by in map(self._growth, (limits[site] for site in likely)) if by]
        found.sort(key=lambda by: (sum(by.values()), len(by)))
        for by in found[:_MOST_OF_A_KIND]:
            yield from self._proven(Growth(by), units=sum(by.values()), smallest=self._is_smallest(by, limits))

    def _growth(self, limits: set[Limit]) -> dict[Limit, int]:
        """Give the least growth of some limits that places as many as are short here; {} where none does."""
        rank = {limit: number for number, limit in enumerate(sorted(limits))}
        short = self.batch.short - self.bottleneck.shortage
        needs = Needs(self.batch.problem, self.batch.plan.groups, rank, short)
        return {} if needs.left_over else needs.growth

    def _is_smallest(self, by: dict[Limit, int], limits: dict[str, set[Limit]]) -> bool:
        """Say whether no smaller growth at these sites does as much; a day limit grows on all days at once."""
        grown = {limit.site_id for limit in by}
        days = [limit for site in grown for limit in limits[site] if not limit.half]
        return not self.batch.several and len(days) == len({limit.site_id for limit in days})

    def sessions(self) -> Iterator[Remedy]:
        """Give a session more at the sites that help most."""
        found = [one for one in map(self._best_slot, self._sites()) if one]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        remedies = [
            remedy for _, session in found[:_MOST_SITES] for remedy in self._session(session)
        ]
        remedies.sort(key=lambda remedy: -remedy.gain)  # stable: of equal gains the first site
        yield from remedies[:_MOST_OF_A_KIND]

    def _sites(self) -> list[str]:
        items = {group.item for group in self.groups}
        return sorted({row.site_id for row in self.batch.problem.places if row.item in items})

    def _items(self, site_id: str) -> tuple[str, ...]:
        practical = {group.item for group in self.groups if group.part is not Part.THEORY}
        return tuple(sorted(i for i in practical if self.batch.problem.site_lists_item(site_id, i)))

    def _best_slot(self, site_id: str) -> tuple[int, Session] | None:
        """Give the half-day without a session that most of the people here could use, and how many."""
        seats = self.batch.problem.seats
        days = {session.day for session in seats}
        held = {session.day for session in seats if session.site_id == site_id}
        days |= {next_day(max(days))} if days else set()
        days |= {day for one in self.trainees for day in (one.earliest, one.latest) if day}
        slots = [Session(site_id, day, half) for day in sorted(days) for half in Half]
        limited = self.batch.problem.sites[site_id].day_limit is not None
        usable = [(self._usable(slot), slot) for slot in slots if slot not in seats]
        best = min(usable, key=lambda pair: (-pair[0], limited and pair[1].day in held, pair[1]), default=None)
        return best if best and best[0] else None

    def _usable(self, slot: Session) -> int:
        """Count who could sit in a session more, by the rules and their dates."""
        eligibility = self._with_slot(slot)
        judged: dict[tuple[object, ...], bool] = {}
        count = 0
        for one in self.trainees:
            city = self.batch.problem.city_of_district(one.district)
            alike = (one.institution_id, one.school_id, one.item, one.part, city)
            if alike not in judged:
                judged[alike] = not isinstance(eligibility.judge(one, slot, city), Refusal)
            early, late = one.earliest or slot.day, one.latest or slot.day
            count += judged[alike] and early <= slot.day <= late
        return count

    def _with_slot(self, slot: Session) -> Eligibility:
        change = OneSession(slot, self.bottleneck.shortage, self._items(slot.site_id))
        problem = change.applied(self.batch.problem)
        return Eligibility(problem, ConflictGraph(problem))

    def _session(self, session: Session) -> Iterator[Remedy]:
        """Give the smallest session at that time that helps as many as any size there would."""
        items = self._items(session.site_id)

        def gain(seats: int) -> int:
            return self.batch.gain(OneSession(session, seats, items))

        size = gain(self.bottleneck.shortage)
        if size > 0:
            smallest = size == 1 or gain(size - 1) < size
            yield from self._proven(OneSession(session, size, items), units=size, smallest=smallest)

    def decisions(self) -> Iterator[Remedy]:
        """Give what takes no seat: the exemption of one's own school, and other cities."""
        for make in (self._schools, self._cities):
            yield from _first(make(), self._proven)

    def _schools(self) -> Iterator[Change]:
        """Give the schools whose own sites are closed to these people, with those who state no school."""
        problem, graph = self.batch.problem, ConflictGraph(self.batch.problem)
        closed = {key for group in self.groups for key, why in group.refused.items() if why.rule == 2}
        schools: dict[str, set[str]] = {}
        for institution, site_id in closed:
            for day in {session.day for session in problem.seats if session.site_id == site_id}:
                for owner in graph.owners(site_id, day):
                    known = problem.institutions.get(owner)
                    if known and (known.kind == "school" or problem.sites[site_id].kind == "school"):
                        schools.setdefault(owner, set()).add(institution)
        for school, institutions in sorted(schools.items()):
            names = [t.trainee_id for t in self.trainees if t.institution_id in institutions and not t.school_id]
            if names:
                yield OwnSchool(school, tuple(sorted(names)))

    def _cities(self) -> Iterator[Change]:
        """Give the items that are not examined in other cities, which have sites for them."""
        problem = self.batch.problem
        away = {group.item for group in self.groups for site in self._sites()
                if problem.site_lists_item(site, group.item) and problem.sites[site].city != group.city}  # fmt: skip
        for item in sorted(away - set(problem.rules.cross_city_items)):
            yield OtherCities(item)

    def _proven(self, change: Change, *, units: int = 0, smallest: bool = False) -> Iterator[Remedy]:
        """Give a change as a remedy where planning anew shows that it places more people."""
        gain = self.batch.gain(change)
        if gain > 0:
            yield Remedy(change, gain, units, smallest)


def _first(changes: Iterator[Change], proven: Callable[[Change], Iterator[Remedy]]) -> Iterator[Remedy]:
    """Give the first few that are proven."""
    found = 0
    for change in changes:
        for remedy in proven(change):
            yield remedy
            found += 1
        if found == _MOST_OF_A_KIND:
            return
