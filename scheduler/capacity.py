"""Every group's chance of every session: expected counts by network flow (rule 4, in its order).

The network: group -> (group, site) -> session and item -> session -> site and day -> sink, so all
capacities nest and the optimum of each level is exact. Supplies are scaled by a denominator; a unit
of flow is 1 / denominator of a person, and a person's chance of a session is the group's count there
over denominator times group size.

Levels, in strict order: as many placed as possible; as many as possible at public and authority sites
of their own city; no chance for one site above the cap; chances spread evenly over sites and
sessions; little travel, then little waiting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from scheduler.eligibility import CROSS_CITY, Eligibility, Refusal
from scheduler.persons import Time, same_persons, split_times
from scheduler.plan import CapacityPlan, Group, GroupChances
from scheduler.problem import Part, Problem, Session
from scheduler.solver.flow import Network
from scheduler.travel import kilometres

_EVEN = 60
"""Parts of a person in which shares are spread: 1/2 to 1/6, 1/10, 1/12 and 1/15 are whole numbers of them."""
_STEPS = 3  # an uneven share is priced in so many steps between the even share and the cap
_DAYS = 64  # a kilometre outweighs so many days of waiting
_PUBLIC = ("public", "authority")


def plan_chances(problem: Problem, eligibility: Eligibility) -> CapacityPlan:
    """Work out the chances of a batch."""
    allowed = {name: eligibility.of(trainee).allowed for name, trainee in problem.trainees.items()}
    notes: list[str] = []
    repeated = same_persons(problem)
    if repeated:
        allowed, notes = _without_overlaps(problem, eligibility, allowed, repeated)
    groups = _groups(problem, eligibility, allowed)
    denominator = lcm(_EVEN, problem.rules.cap.denominator)
    chances = _solve(problem, groups, denominator)
    notes += _above_cap(problem, groups, chances, denominator)
    return CapacityPlan(groups, chances, denominator, tuple(notes))


Allowed = Mapping[Session, tuple[str, ...]]


def _groups(problem: Problem, eligibility: Eligibility, allowed: Mapping[str, Allowed]) -> tuple[Group, ...]:
    """Put trainees together who are alike in all that matters; order does not depend on the input's."""
    members: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for name, trainee in sorted(problem.trainees.items()):
        sessions = tuple(sorted(allowed[name].items()))
        members[trainee.item, str(trainee.part), trainee.district, sessions].append(name)
    groups = []
    for names in members.values():
        first = problem.trainees[names[0]]
        refused: dict[tuple[str, str], Refusal] = {}
        for name in names:
            trainee = problem.trainees[name]
            for site, refusal in eligibility.of(trainee).refused.items():
                refused[trainee.institution_id, site] = refusal
        city = problem.city_of_district(first.district)
        groups.append(
            Group(tuple(names), first.item, first.part, first.district, city, allowed[names[0]], refused),
        )
    return tuple(
        sorted(groups, key=lambda group: (group.item, group.part, group.district, group.trainees[0]))
    )


def _without_overlaps(
    problem: Problem,
    eligibility: Eligibility,
    allowed: dict[str, Allowed],
    repeated: Iterable[Sequence[str]],
) -> tuple[dict[str, Allowed], list[str]]:
    """Give the registrations of one person disjoint times.

    A plan without that rule says which times would be best; where it gives one person different
    times, keeping them loses nothing. Where it does not, the note says what may be lost.
    """
    best, wished = _relaxed(problem, eligibility, allowed, repeated)
    result = dict(allowed)
    for names in repeated:
        times = split_times(
            {name: list(allowed[name]) for name in names}, {n: wished[n] for n in names if n in wished}
        )
        for name in names:
            result[name] = {s: why for s, why in allowed[name].items() if (s.day, s.half) in times[name]}
    groups = _groups(problem, eligibility, result)
    kept = _score(problem, groups, _solve(problem, groups, 1, levels=2))
    if kept == best:
        return result, []
    lost = f"一人报多科的时间错开后，可安排人数由 {best[0]} 变为 {kept[0]}，公共考点人数由 {best[1]} 变为 {kept[1]}"
    return result, [lost]


def _relaxed(
    problem: Problem,
    eligibility: Eligibility,
    allowed: Mapping[str, Allowed],
    repeated: Iterable[Sequence[str]],
) -> tuple[tuple[int, int], dict[str, Time]]:
    """Plan whole persons without the one-person rule: the best possible, and a time for each."""
    apart = {name for names in repeated for name in names}
    groups = [part for group in _groups(problem, eligibility, allowed) for part in _taken_out(group, apart)]
    chances = _solve(problem, groups, 1, levels=2)
    wished = {
        group.trainees[0]: (session.day, session.half)
        for group, one in zip(groups, chances, strict=True)
        if group.trainees[0] in apart
        for session, count in one.counts.items()
        if count
    }
    return _score(problem, groups, chances), wished


def _taken_out(group: Group, apart: set[str]) -> list[Group]:
    """Split a group into the rest and one group for each of the named trainees in it."""
    rest = tuple(name for name in group.trainees if name not in apart)
    alone = [(name,) for name in group.trainees if name in apart]
    return [
        Group(names, group.item, group.part, group.district, group.city, group.allowed, group.refused)
        for names in [rest, *alone]
        if names
    ]


def _score(problem: Problem, groups: Sequence[Group], chances: Sequence[GroupChances]) -> tuple[int, int]:
    placed = public = 0
    for group, one in zip(groups, chances, strict=True):
        for session, count in one.counts.items():
            placed += count
            public += count * _is_public(problem, group, session)
    return placed, public


def _is_public(problem: Problem, group: Group, session: Session) -> bool:
    return problem.sites[session.site_id].kind in _PUBLIC and CROSS_CITY not in group.allowed[session]


def _solve(
    problem: Problem,
    groups: Sequence[Group],
    denominator: int,
    levels: int = 5,
) -> tuple[GroupChances, ...]:
    """Solve the network for some groups; fewer levels are enough to know how many fit."""
    network = _Builder(problem, denominator, levels)
    arcs = [network.add(group) for group in groups]
    flows = network.solve()
    return tuple(
        GroupChances(
            {
                session: count
                for session, listed in cells.items()
                if (count := sum(flows[arc] for arc in listed))
            },
            flows[unplaced],
        )
        for cells, unplaced in arcs
    )


@dataclass
class _Builder:
    """Builds the network: the shared nodes first come first made, one group after the other."""

    problem: Problem
    denominator: int
    levels: int

    def __post_init__(self) -> None:
        self.network = Network(self.levels)
        self.sink = self.network.node()
        self.nodes: dict[object, int] = {}
        self.first_day = min((session.day for session in self.problem.seats), default=None)

    def solve(self) -> list[int]:
        """Balance the sink and solve."""
        self.network.supply[self.sink] = -sum(self.network.supply)
        return self.network.solve()

    def add(self, group: Group) -> tuple[dict[Session, list[int]], int]:
        """Add a group; gives the arcs that make up its count in each session, and its unplaced arc."""
        supply = len(group.trainees) * self.denominator
        node = self.network.node(supply)
        unplaced = self.network.arc(node, self.sink, supply, 1)
        by_site: dict[str, list[Session]] = defaultdict(list)
        for session in group.allowed:
            by_site[session.site_id].append(session)
        cells: dict[Session, list[int]] = {}
        for site_id, sessions in sorted(by_site.items()):
            hub = self._site_hub(group, site_id, node, supply, len(by_site))
            for session in sorted(sessions):
                cells[session] = self._cell(
                    group, session, hub, supply // (len(by_site) * len(sessions)), supply
                )
        return cells, unplaced

    def _site_hub(self, group: Group, site_id: str, node: int, supply: int, sites: int) -> int:
        """Add the arcs to one site: the even share free, more of it dearer, above the cap dearest."""
        hub = self.network.node()
        any_session = next(session for session in group.allowed if session.site_id == site_id)
        away = 0 if _is_public(self.problem, group, any_session) or not self.problem.rules.public_first else 1
        far = _DAYS * kilometres(self.problem, group.district, self.problem.sites[site_id])
        cap = int(supply * self.problem.rules.cap)
        even = min(supply // sites, cap)
        widths = [even, *_parts(cap - even, _STEPS)]
        for step, width in enumerate(widths):
            self.network.arc(node, hub, width, 0, away, 0, step, far)
        self.network.arc(node, hub, supply - cap, 0, away, 1, _STEPS + 1, far)
        return hub

    def _cell(self, group: Group, session: Session, hub: int, even: int, supply: int) -> list[int]:
        """Add the arcs to one session: the even share free, up to twice that dearer, the rest dearest."""
        target = self._places(session, group)
        assert self.first_day is not None  # noqa: S101 - there is a session
        waiting = min((session.day - self.first_day).days, _DAYS - 1)
        return [
            self.network.arc(hub, target, width, 0, 0, 0, step, waiting)
            for step, width in enumerate((even, even, supply - 2 * even))
            if width > 0
        ]

    def _places(self, session: Session, group: Group) -> int:
        """Give the node a group's people pass in a session: the item's places, or the seats alone."""
        seats = self._shared(session, self.problem.seats[session], lambda: self._day(session))
        if group.part is Part.THEORY:
            return seats
        places = self.problem.places_for(session, group.item) or 0
        return self._shared((session, group.item), places, lambda: seats)

    def _day(self, session: Session) -> int:
        limit = self.problem.sites[session.site_id].day_limit
        if limit is None:
            return self.sink
        return self._shared((session.site_id, session.day), limit, lambda: self.sink)

    def _shared(self, key: object, capacity: int, onward: object) -> int:
        """Give the node of a shared capacity, made at first use with its arc onward."""
        if key not in self.nodes:
            self.nodes[key] = self.network.node()
            self.network.arc(self.nodes[key], onward(), capacity * self.denominator)  # type: ignore[operator]
        return self.nodes[key]


def _parts(total: int, count: int) -> list[int]:
    """Split a width into so many steps, the first ones no smaller than the last."""
    return [total * (step + 1) // count - total * step // count for step in range(count)]


def _above_cap(
    problem: Problem,
    groups: Sequence[Group],
    chances: Sequence[GroupChances],
    denominator: int,
) -> list[str]:
    """Tell whose chance for one site is above the cap, because nothing else was possible."""
    above: dict[tuple[str, str], int] = defaultdict(int)
    greatest: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for group, one in zip(groups, chances, strict=True):
        by_site: dict[str, int] = defaultdict(int)
        for session, count in one.counts.items():
            by_site[session.site_id] += count
        for site_id, count in by_site.items():
            chance = Fraction(count, len(group.trainees) * denominator)
            if chance > problem.rules.cap:
                above[group.item, site_id] += len(group.trainees)
                greatest[group.item, site_id] = max(chance, greatest[group.item, site_id])
    return [
        f"{item}：{people} 人到考点 {problem.sites[site_id].name} 的机会超过上限 {problem.rules.cap}"
        f"（最高 {greatest[item, site_id]}），没有别的安排能容纳"
        for (item, site_id), people in sorted(above.items())
    ]
