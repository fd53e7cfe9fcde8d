"""Arcs of a network in whole arrays: millions of them, added block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scheduler.numbers import Bools, Ints
from scheduler.solver.flow import Between, Hopes
from scheduler.solver.side_by_side import LevelledNetwork, small

Costs = Mapping[int, Ints | int]
"""What one unit on each of some arcs costs, by level; at other levels it costs nothing."""
_Added = tuple[Ints, Ints, Ints, Costs]
"""Tails, heads, widths and costs of arcs that were added together."""
_FREE: Costs = {}


class Arcs:
    """The arcs of a network, added in blocks; arcs of no width are left out."""

    def __init__(self, levels: int) -> None:
        self._levels = levels
        self._blocks: list[_Added] = []
        self._count = 0

    def add(self, tails: Ints, heads: Ints, widths: Ints, costs: Costs = _FREE) -> tuple[int, Bools]:
        """Add arcs; gives the number of the first one that has a width, and which have one."""
        used = widths > 0
        given = {
            level: cost if isinstance(cost, int) else small(cost[used])
            for level, cost in costs.items()
            if level < self._levels
        }
        self._blocks.append((small(tails[used]), small(heads[used]), small(widths[used]), given))
        first, self._count = self._count, self._count + int(used.sum())
        return first, used

    def network(
        self, supply: Ints, hopes: Hopes, parts: Ints | None = None, between: Sequence[Between] = ()
    ) -> LevelledNetwork:
        """Give the network of all arcs, in the order in which they were added; the rest as for ``LevelledNetwork``.

        It takes the arcs over, in a form that needs little room; nothing is left here.
        """
        blocks, self._blocks = self._blocks, []
        tails, heads, widths = (np.concatenate([block[place] for block in blocks]) for place in range(3))
        costs = [np.concatenate([_level(block, level) for block in blocks]) for level in range(self._levels)]
        return LevelledNetwork(tails, heads, widths, costs, supply, hopes, parts, between)


def _level(block: _Added, level: int) -> Ints:
    """Give what each arc of a block costs at a level; what is the same for all of them was not kept for each."""
    tails, *_, costs = block
    cost = costs.get(level, 0)
    return small(np.array([cost], np.int64)).repeat(len(tails)) if isinstance(cost, int) else cost


class Block:
    """Arcs that belong together: what flows through all arcs of one thing is what passes it."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, Ints]] = []

    def add(self, arcs: tuple[int, Bools], things: Ints) -> None:
        """Note which thing each of some arcs belongs to."""
        first, used = arcs
        self._parts.append((first, things[used]))

    @property
    def arcs(self) -> Ints:
        """Give the numbers of all arcs."""
        return np.concatenate([np.arange(first, first + len(things)) for first, things in self._parts])

    @property
    def things(self) -> Ints:
        """Give which thing each of the arcs belongs to."""
        return np.concatenate([things for _, things in self._parts])

    def total(self, flows: Ints, count: int) -> Ints:
        """Give what passes each thing."""
        totals = np.zeros(count, np.int64)
        for first, things in self._parts:
            np.add.at(totals, things, flows[first : first + len(things)])
        return totals

    def put(self, units: Ints, flows: Ints) -> None:
        """Let pass each thing so many units; here each has one arc."""
        for first, things in self._parts:
            flows[first : first + len(things)] = units[things]
