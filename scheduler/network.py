"""The network of a batch: groups to sites, sessions, places and days, with the costs of rule 4.

group -> hub of a site -> session and item -> session -> site and day -> sink: all capacities nest, so the
optimum of each level is exact. A unit of flow is 1 / denominator of a person. Everybody who may use the
same sessions of a site for the same item passes one hub, whatever else they may use elsewhere; what comes
out of a hub is shared among its groups (``scheduler.sharing``). Cities that have nothing to do with each
other are solved by themselves, side by side where there is much to do.

Levels, in strict order: as many placed as possible; as many as possible at public and authority sites
of their own city; no chance for one site above the cap; chances spread evenly over sites and
sessions, and a shortage over groups; few meetings of an institution with the sites that it met in past batches;
little travel, then little waiting.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.allowed import Window
from scheduler.apart import apart
from scheduler.grouping import LARGE
from scheduler.network_facts import MOST_WAITING, NetworkFacts
from scheduler.plan import Group, GroupChances
from scheduler.problem import Part, Problem
from scheduler.sharing import Hub, share_out
from scheduler.solver.blocks import Arcs, Block
from scheduler.solver.flow import Ints
from scheduler.solver.side_by_side import solve_all

_STEPS = 3  # an uneven share is priced in so many steps between the even share and the cap
_LEVELS = 6
_HOPES = (0, 2)  # mostly everybody is placed, and nobody's chance is above the cap


def solve(
    problem: Problem, groups: Sequence[Group], denominator: int, *, only_counts: bool = False
) -> tuple[GroupChances, ...]:
    """Solve the network for some groups; ``only_counts`` leaves out all levels but the first two."""
    coarse = len(problem.trainees) > LARGE
    facts = NetworkFacts(problem, denominator)
    parts = [
        _Part(facts, [groups[number] for number in numbers], numbers, coarse=coarse, only_counts=only_counts)
        for numbers in apart(groups)
    ]
    hubs: list[Hub] = []
    unplaced = [0] * len(groups)
    flows = solve_all([part.arcs.network(part.supplies(), _HOPES) for part in parts])
    for part, flow in zip(parts, flows, strict=True):
        hubs += part.passed(flow, unplaced)
    counts = share_out(hubs, len(groups), denominator if coarse else None)
    return tuple(GroupChances(*pair) for pair in zip(counts, unplaced, strict=True))


class _Part:
    """A network of groups that have to do with each other, in arrays.

    Its nodes are the groups, the sink, the hubs, places of an item in a session, seats of a session, days of a site.
    """

    def __init__(
        self,
        facts: NetworkFacts,
        groups: Sequence[Group],
        numbers: Sequence[int],
        *,
        coarse: bool,
        only_counts: bool,
    ) -> None:
        self.facts, self.groups, self.numbers = facts, groups, np.array(numbers, np.int64)
        self.coarse, self.only_counts = coarse, only_counts
        self.sink = len(groups)
        self.arcs = Arcs(2 if only_counts else _LEVELS)
        self.supply = np.array([len(group.trainees) * facts.denominator for group in groups], np.int64)
        self.sites = np.array([max(len(group.allowed.by_site), 1) for group in groups], np.int64)
        self.windows: list[Window] = []
        self.items: list[str] = []
        self.rows, self.columns, self.away = self._pairs()
        self.nodes = len(groups) + 1 + len(self.windows)
        self.left = self._leave()
        self.into = self._into_hubs()
        self.cells = self._out_of_hubs()

    def supplies(self) -> Ints:
        """Give what each node gives: the groups all their people, which the sink takes."""
        supply = np.zeros(self.nodes, np.int64)
        supply[: len(self.groups)] = self.supply
        supply[self.sink] = -int(self.supply.sum())
        return supply

    def passed(self, flow: Ints, unplaced: list[int]) -> list[Hub]:
        """Give what passes each hub; puts in ``unplaced`` how many of each group stay behind."""
        for number, count in zip(
            self.numbers.tolist(), self.left.total(flow, len(self.groups)).tolist(), strict=True
        ):
            unplaced[number] = count
        hubs = [Hub() for _ in self.windows]
        entered = self.into.total(flow, len(self.rows))
        some = np.flatnonzero(entered)
        triples = self.columns[some], self.numbers[self.rows[some]], entered[some]
        for column, number, count in zip(*(listed.tolist() for listed in triples), strict=True):
            hubs[column].rows.append((number, count))
        sizes = np.array([len(window) for window in self.windows], np.int64)
        owner = np.repeat(np.arange(len(sizes)), sizes)
        place = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        left_hubs = self.cells.total(flow, len(owner))
        some = np.flatnonzero(left_hubs)
        triples = owner[some], place[some], left_hubs[some]
        for hub, session, count in zip(*(listed.tolist() for listed in triples), strict=True):
            hubs[hub].columns.append((self.windows[hub].sessions[session], count))
        return hubs

    def _pairs(self) -> tuple[Ints, Ints, Ints]:
        """Give the ways of groups to the hubs of their sites: group, hub, and whether that is away."""
        known: dict[tuple[int, str], tuple[Ints, Ints]] = {}
        numbers: dict[tuple[int, str], int] = {}
        ways = []
        for group in self.groups:
            item = "" if group.part is Part.THEORY else group.item
            key = id(group.allowed), item
            if key not in known:
                hubs = [self._hub(numbers, window, item) for window in group.allowed.by_site.values()]
                known[key] = np.array(hubs, np.int64), self.facts.away(group.allowed)
            ways.append(known[key])
        rows = np.repeat(np.arange(len(self.groups)), [len(hubs) for hubs, _ in ways])
        none = np.zeros(0, np.int64)
        columns, away = (np.concatenate([none, *(way[place] for way in ways)]) for place in range(2))
        return rows, columns, away

    def _hub(self, numbers: dict[tuple[int, str], int], window: Window, item: str) -> int:
        key = id(window.sessions), item
        if key not in numbers:
            numbers[key] = len(self.windows)
            self.windows.append(window)
            self.items.append(item)
        return numbers[key]

    def _leave(self) -> Block:
        """Add the arcs of those who stay without a place; the more of one group, the dearer."""
        steps = [self.supply] if self.only_counts else _in_steps(self.supply)
        groups = np.arange(len(self.groups))
        block = Block()
        for step, width in enumerate(steps):
            block.add(self.arcs.add(groups, np.full_like(groups, self.sink), width, 1, 0, 0, step), groups)
        return block

    def _into_hubs(self) -> Block:
        """Add the arcs to the sites: the even share free, more of it dearer, above the cap dearest."""
        rows, pairs = self.rows, np.arange(len(self.rows))
        heads = self.columns + len(self.groups) + 1
        supply = self.supply[rows]
        block = Block()
        if self.only_counts:
            block.add(self.arcs.add(rows, heads, supply, 0, self.away), pairs)
            return block
        none = np.zeros(0, np.int64)
        past = np.concatenate([none, *(self.facts.past(group) for group in self.groups)])
        far = np.concatenate([none, *(self.facts.far(group) for group in self.groups)]) * (MOST_WAITING + 1)
        most = self.facts.problem.rules.cap
        cap = supply * most.numerator // most.denominator
        even = np.minimum(supply // self.sites[rows], cap)
        if self.coarse:
            portion = self.facts.portions(supply // self.facts.denominator)
            even = even // portion * portion
            little = np.minimum(portion, cap - even)
            widths = [even, little, cap - even - little]
        else:
            widths = [even, *_in_steps(cap - even)]
        for step, width in enumerate(widths):
            block.add(self.arcs.add(rows, heads, width, 0, self.away, 0, step, past, far), pairs)
        block.add(self.arcs.add(rows, heads, supply - cap, 0, self.away, 1, _STEPS + 1, past, far), pairs)
        return block

    def _out_of_hubs(self) -> Block:
        """Add the arcs to the sessions: the even share free, up to twice that dearer, the rest dearest."""
        sizes = np.array([len(window) for window in self.windows], np.int64)
        hubs = np.repeat(np.arange(len(sizes)), sizes)
        none = np.zeros(0, np.int64)
        sessions = np.concatenate([none, *map(self.facts.of_window, self.windows)])
        heads = self._onward(hubs, sessions)
        waiting = self.facts.waiting[sessions]
        cells = np.arange(len(hubs))
        block = Block()
        for step, width in enumerate(self._widths(sizes)):
            width_of = np.maximum(width, 0)[hubs]
            block.add(
                self.arcs.add(hubs + len(self.groups) + 1, heads, width_of, 0, 0, 0, step, 0, waiting), cells
            )
        return block

    def _widths(self, sizes: Ints) -> list[Ints]:
        """Give how much of each hub goes to a session in each step."""
        shares, totals = np.zeros(len(sizes), np.int64), np.zeros(len(sizes), np.int64)
        np.add.at(totals, self.columns, self.supply[self.rows])
        if self.only_counts:
            return [totals]
        np.add.at(shares, self.columns, (self.supply // self.sites)[self.rows])
        even = shares // np.maximum(sizes, 1)
        first = np.maximum(even, 1)
        if self.coarse:
            least = self.facts.portions(totals // self.facts.denominator)
            even = even // least * least
            # where one or two come, there is nothing to spread
            first = np.where(shares < 2 * least, totals, np.maximum(even, least))
        return [first, even, totals - first - even]

    def _onward(self, hubs: Ints, sessions: Ints) -> Ints:
        """Add places, seats and days as nodes with their arcs onward; gives where each cell of a hub leads to."""
        used, seats_of = np.unique(sessions, return_inverse=True)
        names = sorted(set(self.items))
        items = np.array([names.index(item) for item in self.items], np.int64)[hubs]
        pairs, places_of = np.unique(sessions * len(names) + items, return_inverse=True)
        theory = np.array([name == "" for name in names], bool)
        seats = self.nodes + len(pairs)
        at, item_of = np.divmod(pairs, max(len(names), 1))
        for number, name in enumerate(names):
            if name:
                own = np.flatnonzero(item_of == number)
                onward = seats + np.searchsorted(used, at[own])
                self.arcs.add(own + self.nodes, onward, self.facts.places(name)[at[own]])
        days = self.facts.day_of[used]
        limited, day_at = np.unique(days[days >= 0], return_inverse=True)
        ends = np.full(len(used), self.sink)
        ends[days >= 0] = seats + len(used) + day_at
        self.arcs.add(seats + np.arange(len(used)), ends, self.facts.seats[used])
        first_day = seats + len(used)
        self.arcs.add(
            first_day + np.arange(len(limited)),
            np.full(len(limited), self.sink),
            self.facts.day_limits[limited],
        )
        heads = np.where(theory[items], seats + seats_of, self.nodes + places_of)
        self.nodes = first_day + len(limited)
        return heads


def _in_steps(total: Ints) -> list[Ints]:
    """Split widths into steps that cost more and more, the first ones no smaller than the last."""
    return [total * (step + 1) // _STEPS - total * step // _STEPS for step in range(_STEPS)]
