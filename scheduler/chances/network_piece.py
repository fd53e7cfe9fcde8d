"""A piece of the network of a batch, in arrays: the groups of one city, or whoever has to do with each other.

``scheduler.chances.network`` says what it is made of and what its levels are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.chances.aims import KILOMETRE, Aim
from scheduler.chances.hub_numbers import HubNumbers
from scheduler.chances.hubs import Hubs
from scheduler.chances.network_facts import NetworkFacts
from scheduler.chances.network_levels import over_sessions, over_sites, shortage
from scheduler.chances.other_ways import Others
from scheduler.chances.sharing import Counts, share_out
from scheduler.numbers import Ints
from scheduler.plan import Group
from scheduler.solver.blocks import Arcs, Block, Costs
from scheduler.solver.flow import Between
from scheduler.solver.side_by_side import LevelledNetwork

_HOPED = (Aim.PLACED, Aim.ABOVE_CAP)
"""Aims whose least is mostly nothing: everybody is placed, and nobody's chance is above the cap."""
_STEPS = 3  # an uneven share is priced in so many steps between the even share and the cap, and above it
_NONE = np.zeros(0, np.int64)


class Piece:
    """The network of some groups.

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
        others: Others | None = None,
    ) -> None:
        self.facts, self.groups, self.numbers = facts, groups, np.array(numbers, np.int64)
        self.coarse, self.only_counts = coarse, only_counts
        self.sink = len(groups)
        self.arcs = Arcs(Aim.PUBLIC + 1 if only_counts else len(Aim))
        self.supply = np.array([len(group.trainees) * facts.denominator for group in groups], np.int64)
        self.others = others
        self.sites = np.array([max(len(group.allowed.by_site), 1) for group in groups], np.int64)
        numbered = HubNumbers(groups)
        self.rows, self.columns = numbered.pairs()
        self.away = np.concatenate([_NONE, *(facts.away(group.allowed) for group in groups)])
        self.left = self._leave()
        self.into = self._into_hubs()
        self.hubs = Hubs(facts, numbered.windows, numbered.items, self.sink, self.arcs)
        self.cells = self.hubs.leave(
            self._widths(self.hubs.sizes),
            lambda step, waiting: {Aim.UNEVEN: step, Aim.TRAVEL_AND_WAITING: waiting},
        )

    def network(self) -> LevelledNetwork:
        """Give the network."""
        return self.arcs.network(self._supplies(), _HOPED, between=self._between())

    def _supplies(self) -> Ints:
        """Give what each node gives: the groups all their people, which the sink takes."""
        supply = np.zeros(self.hubs.nodes, np.int64)
        supply[: len(self.groups)] = self.supply
        supply[self.sink] = -int(self.supply.sum())
        return supply

    def unplaced(self, flow: Ints) -> Ints:
        """Give how many of each group stay without a place."""
        return self.left.total(flow, len(self.groups))

    def _cap(self) -> Ints:
        """Give the most that each group may have at each of its sites."""
        most = self.facts.problem.rules.cap
        return np.asarray(self.supply[self.rows] * most.numerator // most.denominator, np.int64)

    def shares(self, flow: Ints, denominator: int | None) -> Counts:
        """Give how many of each group sit in each session, by their numbers; ``denominator`` as for ``share_out``."""
        into, out_of = self.into.total(flow, len(self.rows)), self.cells.total(flow, len(self.hubs.hub_of))
        rows, cells = np.flatnonzero(into), np.flatnonzero(out_of)
        return share_out(
            Counts(self.columns[rows], self.numbers[self.rows[rows]], into[rows]),
            Counts(self.hubs.hub_of[cells], self.hubs.session_of[cells], out_of[cells]),
            denominator,
        )

    def _leave(self) -> Block:
        """Add the arcs of those who stay without a place."""
        groups = np.arange(len(self.groups))
        block = Block()
        block.add(
            self.arcs.add(groups, np.full_like(groups, self.sink), self.supply, {Aim.PLACED: 1}), groups
        )
        return block

    def _between(self) -> tuple[Between, ...]:
        """Give the levels that are no sums of costs: a shortage, then chances of sites; after past meetings those of sessions."""
        if self.only_counts:
            return ()
        return (shortage(self),) if self.coarse else (shortage(self), over_sites(self), over_sessions(self))

    def _into_hubs(self) -> Block:
        """Add the arcs to the sites: what is within the cap in one or more steps, then what is above it."""
        if self.only_counts:
            within, above = [self.supply[self.rows]], list[Ints]()
            always: Costs = {Aim.PUBLIC: self.away}
        else:
            within, above = self._steps_to_sites() if self.coarse else self._up_to_the_cap()
            past = np.concatenate([_NONE, *(self.facts.past(group) for group in self.groups)])
            far = np.concatenate([_NONE, *(self.facts.far(group) for group in self.groups)])
            always = {Aim.PUBLIC: self.away, Aim.MET_BEFORE: past, Aim.TRAVEL_AND_WAITING: KILOMETRE * far}
        self.within = sum(within, start=np.zeros_like(self.rows))
        pairs, heads, block = np.arange(len(self.rows)), self.columns + self.sink + 1, Block()
        for step, width in enumerate([*within, *above]):
            costs = {**always, Aim.ABOVE_CAP: int(step >= len(within)), Aim.UNEVEN: step}
            block.add(self.arcs.add(self.rows, heads, width, costs), pairs)
        return block

    def _up_to_the_cap(self) -> tuple[list[Ints], list[Ints]]:
        """Give how much of each group may go to each of its sites within the cap, and above it."""
        supply = self.supply[self.rows]
        within = np.clip(self.ways * self._cap() - self.used(), 0, supply)
        return [within], [supply - within]

    def _steps_to_sites(self) -> tuple[list[Ints], list[Ints]]:
        """Give the same in steps for a large batch: the even share free, what is more ever dearer."""
        cap, supply = self._cap(), self.supply[self.rows]
        portion = self.facts.portions(supply // self.facts.denominator)
        even = np.minimum(supply // self.sites[self.rows], cap) // portion * portion
        little = np.minimum(portion, cap - even)
        within = [*_in_steps(even, portion), little, *_in_steps(cap - even - little, portion)]
        return within, _in_steps(supply - sum(within), portion)

    @property
    def ways(self) -> int:
        """Give in how many ways the times of people are parted, with this one."""
        return 1 if self.others is None else self.others.ways + 1

    def used(self) -> Ints:
        """Give what each group has at each of its sites in other ways."""
        if self.others is None:
            return np.zeros(len(self.rows), np.int64)
        pairs = zip(self.numbers.tolist(), self.groups, strict=True)
        used = [self.others.at[number][site] for number, group in pairs for site in group.allowed.by_site]
        return np.array(used, np.int64)

    def _widths(self, sizes: Ints) -> list[Ints]:
        """Give how much of each hub goes to a session in each step; where these are spread, there is one."""
        shares, totals = np.zeros(len(sizes), np.int64), np.zeros(len(sizes), np.int64)
        np.add.at(totals, self.columns, self.supply[self.rows])
        if self.only_counts or not self.coarse:
            return [totals]
        np.add.at(shares, self.columns, (self.supply // self.sites)[self.rows])
        even = shares // np.maximum(sizes, 1)
        least = self.facts.portions(totals // self.facts.denominator)
        even = even // least * least
        # where one or two come, or to one session, there is nothing to spread
        first = np.where((shares < 2 * least) | (sizes == 1), totals, np.maximum(even, least))
        return [first, even, totals - first - even]


def _in_steps(total: Ints, grain: Ints) -> list[Ints]:
    """Split widths into steps that cost more and more, all but the last of whole grains."""
    ends = [total * step // _STEPS // grain * grain for step in range(_STEPS)]
    return [*np.diff([*ends, total], axis=0)]
