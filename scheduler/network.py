"""The network of a batch: groups to sites, sessions, places and days, with the costs of rule 4.

group -> hub of a site -> session and item -> session -> site and day -> sink: all capacities nest, so the
optimum of each level is exact. A unit of flow is 1 / denominator of a person. Everybody who may use the
same sessions of a site for the same item passes one hub, whatever else they may use elsewhere; what comes
out of a hub is shared among its groups (``scheduler.sharing``). Cities that have nothing to do with each
other are solved by themselves.

Levels, in strict order: as many placed as possible; as many as possible at public and authority sites
of their own city; no chance for one site above the cap; chances spread evenly over sites and
sessions, and a shortage over groups; few meetings of an institution with the sites that it met in past batches;
little travel, then little waiting.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scheduler.allowed import Window
from scheduler.apart import apart
from scheduler.eligibility import CROSS_CITY
from scheduler.grouping import LARGE, PUBLIC
from scheduler.plan import Group, GroupChances
from scheduler.problem import Part, Problem, Session
from scheduler.sharing import Hub, share_out
from scheduler.solver.blocks import Arcs, Block
from scheduler.solver.flow import Ints
from scheduler.travel import kilometres

_STEPS = 3  # an uneven share is priced in so many steps between the even share and the cap
_DAYS = 64  # a kilometre outweighs so many days of waiting
_LEVELS = 6
_HOPES = (0, 2)  # mostly everybody is placed, and nobody's chance is above the cap


def solve(
    problem: Problem, groups: Sequence[Group], denominator: int, *, only_counts: bool = False
) -> tuple[GroupChances, ...]:
    """Solve the network for some groups; ``only_counts`` leaves out all levels but the first two."""
    coarse = len(problem.trainees) > LARGE
    facts = _Facts(problem, denominator, only_counts=only_counts, coarse=coarse)
    hubs: list[Hub] = []
    unplaced = [0] * len(groups)
    for numbers in apart(groups):
        part = _Part(facts, [groups[number] for number in numbers], numbers)
        hubs += part.solve(unplaced)
    counts = share_out(hubs, len(groups), denominator if facts.coarse else None)
    return tuple(GroupChances(*pair) for pair in zip(counts, unplaced, strict=True))


@dataclass
class _Facts:
    """What all parts of the network share."""

    problem: Problem
    denominator: int
    only_counts: bool
    coarse: bool
    distances: dict[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def first_day(self) -> int:
        return min((session.day.toordinal() for session in self.problem.seats), default=0)

    @cached_property
    def everybody(self) -> int:
        return len(self.problem.trainees)

    def distance(self, group: Group, site_id: str) -> int:
        """Give how far a group's people are from a site, on average."""
        ways = sum(people * self._way(district, site_id) for district, people in group.homes)
        return ways // len(group.trainees)

    def _way(self, district: str, site_id: str) -> int:
        way = (district, site_id)
        if way not in self.distances:
            self.distances[way] = kilometres(self.problem, district, self.problem.sites[site_id])
        return self.distances[way]

    def past(self, group: Group, site_id: str) -> int:
        """Give what part of an institution's past sittings were at a site, in thousandths; 0 where none are known."""
        if not self.problem.met:
            return 0
        institution = self.problem.trainees[group.trainees[0]].institution_id
        times = self.problem.met.get((institution, site_id), 0)
        return 1000 * times // self.sittings[institution] if times else 0

    @cached_property
    def sittings(self) -> Counter[str]:
        """Give how many past sittings each institution had."""
        counted = Counter[str]()
        for (institution, _), times in self.problem.met.items():
            counted[institution] += times
        return counted

    def is_away(self, site_id: str, window: Window) -> bool:
        """Say whether a site is not a public one of the group's own city."""
        public = self.problem.sites[site_id].kind in PUBLIC and CROSS_CITY not in window.exceptions[0]
        return self.problem.rules.public_first and not public

    def portions(self, people: Ints) -> Ints:
        """Give in what portions a group of so many is spread, in a large batch.

        A portion is a ``denominator``-th of the group, rounded down to what divides a person, and at most a whole
        person: one person's chances are as fine as those of few, and many are spread in whole persons.
        """
        sizes = np.array(
            [part for part in range(1, self.denominator + 1) if self.denominator % part == 0], np.int64
        )
        return sizes[np.maximum(np.searchsorted(sizes, people, "right") - 1, 0)]


class _Part:
    """A network of groups that have to do with each other, in arrays: groups come first, then hubs and the rest."""

    def __init__(self, facts: _Facts, groups: Sequence[Group], numbers: Sequence[int]) -> None:
        self.facts, self.groups, self.numbers = facts, groups, numbers
        self.nodes = len(groups) + 1
        self.sink = len(groups)
        self.known: dict[object, int] = {}
        self.arcs = Arcs(2 if facts.only_counts else _LEVELS)
        self.hubs: dict[tuple[int, str], int] = {}
        self.windows: list[Window] = []
        self.items: list[str] = []
        self.rows, self.columns, self.away, self.past, self.far = (array("q") for _ in range(5))
        self.supply = np.array([len(group.trainees) * facts.denominator for group in groups], np.int64)
        self.sites = np.array([max(len(group.allowed.by_site), 1) for group in groups], np.int64)
        for number, group in enumerate(groups):
            self._pairs(number, group)

    def _pairs(self, number: int, group: Group) -> None:
        """Note the ways of a group to the hubs of its sites."""
        item = "" if group.part is Part.THEORY else group.item
        for site_id, window in group.allowed.by_site.items():
            key = (id(window.sessions), item)
            hub = self.hubs.get(key)
            if hub is None:
                hub = self.hubs[key] = len(self.windows)
                self.windows.append(window)
                self.items.append(item)
            self.rows.append(number)
            self.columns.append(hub)
            self.away.append(self.facts.is_away(site_id, window))
            self.past.append(self.facts.past(group, site_id))
            self.far.append(0 if self.facts.only_counts else self.facts.distance(group, site_id))

    def solve(self, unplaced: list[int]) -> list[Hub]:
        """Solve it; gives what passes each hub, and puts in ``unplaced`` how many of each group stay behind."""
        left = self._leave()
        into = self._into_hubs()
        cells = self._out_of_hubs()
        supply = np.zeros(self.nodes, np.int64)
        supply[: len(self.groups)] = self.supply
        supply[self.sink] = -int(self.supply.sum())
        flows = self.arcs.solve(supply, _HOPES)
        for number, count in zip(self.numbers, left.total(flows, len(self.groups)), strict=True):
            unplaced[number] = count
        hubs = [Hub() for _ in self.windows]
        entered = into.total(flows, len(self.rows))
        for row, column, count in zip(self.rows, self.columns, entered, strict=True):
            if count:
                hubs[column].rows.append((self.numbers[row], count))
        place = 0
        left_hubs = cells.total(flows, sum(len(window) for window in self.windows))
        for hub, window in zip(hubs, self.windows, strict=True):
            counts = left_hubs[place : place + len(window)]
            hub.columns = [pair for pair in zip(window.sessions, counts, strict=True) if pair[1]]
            place += len(window)
        return hubs

    def _leave(self) -> Block:
        """Add the arcs of those who stay without a place; the more of one group, the dearer."""
        steps = [self.supply] if self.facts.only_counts else _in_steps(self.supply)
        groups = np.arange(len(self.groups))
        block = Block()
        for step, width in enumerate(steps):
            block.add(self.arcs.add(groups, np.full_like(groups, self.sink), width, 1, 0, 0, step), groups)
        return block

    def _into_hubs(self) -> Block:
        """Add the arcs to the sites: the even share free, more of it dearer, above the cap dearest."""
        rows, hubs = np.asarray(self.rows, np.int64), np.asarray(self.columns, np.int64)
        away, pairs = np.asarray(self.away, np.int64), np.arange(len(rows))
        heads = hubs + self.nodes
        self.nodes += len(self.windows)
        supply = self.supply[rows]
        block = Block()
        if self.facts.only_counts:
            block.add(self.arcs.add(rows, heads, supply, 0, away), pairs)
            return block
        cap = supply * self.facts.problem.rules.cap.numerator // self.facts.problem.rules.cap.denominator
        even = np.minimum(supply // self.sites[rows], cap)
        past, far = np.asarray(self.past, np.int64), _DAYS * np.asarray(self.far, np.int64)
        if self.facts.coarse:
            portion = self.facts.portions(supply // self.facts.denominator)
            even = even // portion * portion
            little = np.minimum(portion, cap - even)
            widths = [even, little, cap - even - little]
        else:
            widths = [even, *_in_steps(cap - even)]
        for step, width in enumerate(widths):
            block.add(self.arcs.add(rows, heads, width, 0, away, 0, step, past, far), pairs)
        block.add(self.arcs.add(rows, heads, supply - cap, 0, away, 1, _STEPS + 1, past, far), pairs)
        return block

    def _out_of_hubs(self) -> Block:
        """Add the arcs to the sessions: the even share free, up to twice that dearer, the rest dearest."""
        start = self.nodes - len(self.windows)
        sizes = np.array([len(window) for window in self.windows], np.int64)
        shares, totals = np.zeros(len(sizes), np.int64), np.zeros(len(sizes), np.int64)
        np.add.at(totals, np.asarray(self.columns), self.supply[self.rows])
        np.add.at(shares, np.asarray(self.columns), (self.supply // self.sites)[self.rows])
        hubs = np.repeat(np.arange(len(sizes)), sizes)
        cells = np.arange(len(hubs))
        heads = np.array(
            [self._places(session, item) for window, item in zip(self.windows, self.items, strict=True)
             for session in window.sessions], np.int64,
        )  # fmt: skip
        waiting = np.array(
            [min(session.day.toordinal() - self.facts.first_day, _DAYS - 1)
             for window in self.windows for session in window.sessions], np.int64,
        )  # fmt: skip
        even = shares // np.maximum(sizes, 1)
        least = np.ones_like(even)
        if self.facts.coarse:
            least = self.facts.portions(totals // self.facts.denominator)
            even = even // least * least
        first, second = np.maximum(even, least), even
        if self.facts.coarse:  # where one or two come, there is nothing to spread
            first = np.where(shares < 2 * least, totals, first)
        first, second = first[hubs], second[hubs]
        widths = [first, second, totals[hubs] - first - second]
        if self.facts.only_counts:
            widths = [totals[hubs]]
        block = Block()
        for step, width in enumerate(widths):
            block.add(
                self.arcs.add(hubs + start, heads, np.maximum(width, 0), 0, 0, 0, step, 0, waiting), cells
            )
        return block

    def _places(self, session: Session, item: str) -> int:
        """Give the node people pass in a session: the item's places, or for theory the seats alone."""
        if not item:
            return self._seats(session)
        key = (session, item)
        if key in self.known:
            return self.known[key]
        places = self.facts.problem.places_for(session, item) or 0
        return self._shared(key, places, lambda: self._seats(session))

    def _seats(self, session: Session) -> int:
        return self._shared(session, self.facts.problem.seats[session], lambda: self._day(session))

    def _day(self, session: Session) -> int:
        limit = self.facts.problem.day_limit(session.site_id, session.day)
        if limit is None:
            return self.sink
        return self._shared((session.site_id, session.day), limit, lambda: self.sink)

    def _shared(self, key: object, capacity: int, onward: Callable[[], int]) -> int:
        """Give the node of a shared capacity, made at first use with its arc onward."""
        if key not in self.known:
            self.known[key] = self.nodes
            self.nodes += 1
            width = min(capacity, self.facts.everybody) * self.facts.denominator
            self.arcs.one(self.known[key], onward(), width)
        return self.known[key]


def _in_steps(total: Ints) -> list[Ints]:
    """Split widths into steps that cost more and more, the first ones no smaller than the last."""
    return [total * (step + 1) // _STEPS - total * step // _STEPS for step in range(_STEPS)]
