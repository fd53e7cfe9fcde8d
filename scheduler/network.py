"""The network of a batch: groups to sites, sessions, places and days, with the costs of rule 4.

group -> site -> session and item -> session -> site and day -> sink: all capacities nest, so the optimum
of each level is exact. A unit of flow is 1 / denominator of a person. Groups that may use the same
sessions for the same share the way from site to session, and what comes out is shared among them in
proportion: a tenth of the arcs for a city of ten districts.

Levels, in strict order: as many placed as possible; as many as possible at public and authority sites
of their own city; no chance for one site above the cap; chances spread evenly over sites and
sessions, and a shortage over groups; little travel, then little waiting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from scheduler.grouping import is_public
from scheduler.plan import Group, GroupChances
from scheduler.problem import Part, Problem, Session
from scheduler.solver.flow import Network
from scheduler.travel import kilometres

_STEPS = 3  # an uneven share is priced in so many steps between the even share and the cap
_DAYS = 64  # a kilometre outweighs so many days of waiting
_LEVELS = 5


def solve(
    problem: Problem, groups: Sequence[Group], denominator: int, *, only_counts: bool = False
) -> tuple[GroupChances, ...]:
    """Solve the network for some groups; ``only_counts`` leaves out all levels but the first two."""
    builder = _Builder(problem, denominator, only_counts=only_counts)
    classes: dict[tuple[str, bool, int], list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        classes[group.item, group.part is Part.THEORY, id(group.allowed)].append(number)
    arcs = [builder.add([groups[number] for number in members]) for members in classes.values()]
    flows = builder.solve()
    chances: dict[int, GroupChances] = {}
    for members, built in zip(classes.values(), arcs, strict=True):
        chances.update(zip(members, built.chances(flows), strict=True))
    return tuple(chances[number] for number in range(len(groups)))


@dataclass
class _Arcs:
    """The arcs of a class: of each group the unplaced ones; of each site those into it and out of it."""

    unplaced: list[list[int]] = field(default_factory=list)
    sites: list[tuple[list[list[int]], dict[Session, list[int]]]] = field(default_factory=list)

    def chances(self, flows: Sequence[int]) -> list[GroupChances]:
        """Read the expected counts of each group from the flows."""
        counts: list[dict[Session, int]] = [{} for _ in self.unplaced]
        for into, cells in self.sites:
            rows = [sum(flows[arc] for arc in listed) for listed in into]
            found = {session: sum(flows[arc] for arc in listed) for session, listed in cells.items()}
            used = {session: count for session, count in found.items() if count}
            for own, shares in zip(counts, _shared_out(rows, list(used.values())), strict=True):
                own.update((session, share) for session, share in zip(used, shares, strict=False) if share)
        unplaced = [sum(flows[arc] for arc in listed) for listed in self.unplaced]
        return [GroupChances(*pair) for pair in zip(counts, unplaced, strict=True)]


def _shared_out(rows: Sequence[int], columns: Sequence[int]) -> Iterator[list[int]]:
    """Share columns out to rows in proportion, in whole numbers; both sums are kept.

    Each row takes its part of what is left, the greatest remainders rounded up.
    """
    left = list(columns)
    for row in rows:
        if not row:
            yield []
            continue
        total = sum(left)
        shares = [row * count // total for count in left]
        order = sorted(range(len(left)), key=lambda column: (-(row * left[column] % total), column))
        for column in order[: row - sum(shares)]:
            shares[column] += 1
        left = [count - share for count, share in zip(left, shares, strict=True)]
        yield shares


@dataclass
class _Builder:
    """Builds the network: the shared nodes first come first made, one group after the other."""

    problem: Problem
    denominator: int
    only_counts: bool

    def __post_init__(self) -> None:
        self.network = Network(2 if self.only_counts else _LEVELS)
        self.sink = self.network.node()
        self.nodes: dict[object, int] = {}
        self.first_day = min((session.day for session in self.problem.seats), default=None)
        self.distances: dict[tuple[str, str], int] = {}
        self.everybody = len(self.problem.trainees)

    def solve(self) -> list[int]:
        """Balance the sink and solve."""
        self.network.supply[self.sink] = -sum(self.network.supply)
        return self.network.solve()

    def add(self, groups: Sequence[Group]) -> _Arcs:
        """Add the groups of a class: they may use the same sessions for the same, from other districts."""
        arcs = _Arcs()
        supplies = [len(group.trainees) * self.denominator for group in groups]
        nodes = [self.network.node(supply) for supply in supplies]
        for node, supply in zip(nodes, supplies, strict=True):
            steps = enumerate(self._steps(supply))
            arcs.unplaced.append([self.network.arc(node, self.sink, width, 1, 0, 0, n) for n, width in steps])
        by_site: dict[str, list[Session]] = defaultdict(list)
        for session in groups[0].allowed:
            by_site[session.site_id].append(session)
        for _, sessions in sorted(by_site.items()):
            hub = self.network.node()
            into = [
                self._into_site(group, sessions[0], (node, hub), supply, len(by_site))
                for group, node, supply in zip(groups, nodes, supplies, strict=True)
            ]
            even = sum(supplies) // (len(by_site) * len(sessions))
            cells = {
                session: self._cell(groups[0], session, hub, even, sum(supplies))
                for session in sorted(sessions)
            }
            arcs.sites.append((into, cells))
        return arcs

    def _steps(self, total: int) -> list[int]:
        """Split a width into steps that cost more and more, the first ones no smaller than the last."""
        count = 1 if self.only_counts else _STEPS
        return [total * (step + 1) // count - total * step // count for step in range(count)]

    def _into_site(
        self, group: Group, session: Session, ends: tuple[int, int], supply: int, sites: int
    ) -> list[int]:
        """Add the arcs to one site: the even share free, more of it dearer, above the cap dearest."""
        away = int(self.problem.rules.public_first and not is_public(self.problem, group, session))
        if self.only_counts:
            return [self.network.arc(*ends, supply, 0, away)]
        far = _DAYS * self._distance(group.district, session.site_id)
        cap = int(supply * self.problem.rules.cap)
        even = min(supply // sites, cap)
        prices = [(width, 0, step) for step, width in enumerate([even, *self._steps(cap - even)])]
        prices.append((supply - cap, 1, _STEPS + 1))
        return [
            self.network.arc(*ends, width, 0, away, above, step, far)
            for width, above, step in prices
            if width
        ]

    def _distance(self, district: str, site_id: str) -> int:
        way = (district, site_id)
        if way not in self.distances:
            self.distances[way] = kilometres(self.problem, district, self.problem.sites[site_id])
        return self.distances[way]

    def _cell(self, group: Group, session: Session, hub: int, even: int, supply: int) -> list[int]:
        """Add the arcs to one session: the even share free, up to twice that dearer, the rest dearest."""
        target = self._places(session, group)
        assert self.first_day is not None  # noqa: S101 - there is a session
        waiting = min((session.day - self.first_day).days, _DAYS - 1)
        widths = [even, even, supply - 2 * even] if even else [1, 0, supply - 1]
        if self.only_counts:
            widths = [supply]
        return [
            self.network.arc(hub, target, width, 0, 0, 0, step, waiting)
            for step, width in enumerate(widths)
            if width > 0
        ]

    def _places(self, session: Session, group: Group) -> int:
        """Give the node a group's people pass in a session: the item's places, or the seats alone."""
        if group.part is Part.THEORY:
            return self._seats(session)
        known = self.nodes.get((session, group.item))
        if known is not None:
            return known
        places = self.problem.places_for(session, group.item) or 0
        return self._shared((session, group.item), places, lambda: self._seats(session))

    def _seats(self, session: Session) -> int:
        return self._shared(session, self.problem.seats[session], lambda: self._day(session))

    def _day(self, session: Session) -> int:
        limit = self.problem.sites[session.site_id].day_limit
        if limit is None:
            return self.sink
        return self._shared((session.site_id, session.day), limit, lambda: self.sink)

    def _shared(self, key: object, capacity: int, onward: Callable[[], int]) -> int:
        """Give the node of a shared capacity, made at first use with its arc onward."""
        if key not in self.nodes:
            self.nodes[key] = self.network.node()
            width = min(capacity, self.everybody) * self.denominator
            self.network.arc(self.nodes[key], onward(), width)
        return self.nodes[key]
