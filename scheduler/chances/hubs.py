"""What comes out of the hubs of a network, in arrays: to the sessions of a site, their places and seats, and its days.

A hub is everybody who may use the same sessions of a site for the same item. Behind it come places of an item in a session,
seats of a session, days of a site, and the sink; their numbers follow that of the sink.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.allowed import Window
from scheduler.chances.network_facts import NetworkFacts
from scheduler.numbers import Ints
from scheduler.solver.blocks import Arcs, Block, Costs

_NONE = np.zeros(0, np.int64)


class Hubs:
    """The hubs of some groups and all that is behind them; its arcs are put in ``arcs``.

    Parameters
    ----------
    windows, items
        of each hub: its sessions, and the item that its people need a place for ("": none).
    sink
        the number of the sink; the hubs come next.

    Attributes
    ----------
    sizes
        how many sessions each hub has.
    hub_of, session_of
        of each cell (a hub and one of its sessions): the hub, and the session by its number in the facts.
    heads
        the node that each cell leads to.
    nodes
        how many nodes there are with those of the hubs.
    """

    def __init__(
        self, facts: NetworkFacts, windows: Sequence[Window], items: Sequence[str], sink: int, arcs: Arcs
    ) -> None:
        self.facts, self.sink, self._arcs = facts, sink, arcs
        self.sizes = np.array([len(window) for window in windows], np.int64)
        self.nodes = sink + 1 + len(windows)
        self.hub_of = np.repeat(np.arange(len(windows)), self.sizes)
        self.session_of = np.concatenate([_NONE, *map(facts.of_window, windows)])
        self._behind_of: list[tuple[Ints, Ints]] = []
        self.heads = self._behind(items)

    def leave(self, widths: Sequence[Ints], costs: Callable[[int, Ints], Costs]) -> Block:
        """Add the arcs to the sessions: as much of each hub as ``widths`` says at each step.

        ``costs`` gives the costs of a step and of the days of waiting.
        """
        cells = np.arange(len(self.hub_of))
        waiting = self.facts.waiting[self.session_of]
        block = Block()
        for step, width in enumerate(widths):
            width_of = np.maximum(width, 0)[self.hub_of]
            tails = self.hub_of + self.sink + 1
            block.add(self._arcs.add(tails, self.heads, width_of, costs(step, waiting)), cells)
        return block

    def sites(self) -> Ints:
        """Give the site of each node, by its number in the facts; the sink and what is before it have none (-1)."""
        found = np.full(self.nodes, -1)
        found[self.sink + 1 + self.hub_of] = self.facts.site_of[self.session_of]
        for nodes, sessions in self._behind_of:
            found[nodes] = self.facts.site_of[sessions]
        found[self.sink] = -1
        return found

    def _behind(self, items: Sequence[str]) -> Ints:
        """Add places, seats and days as nodes with their arcs onward; gives where each cell of a hub leads to."""
        used, seats_of = _distinct(self.session_of)
        names = sorted(set(items))
        numbers = np.array([names.index(item) for item in items], np.int64)[self.hub_of]
        pairs, places_of = _distinct(self.session_of * len(names) + numbers)
        theory = np.array([name == "" for name in names], bool)
        seats = self.nodes + len(pairs) + np.arange(len(used))
        at, item_of = np.divmod(pairs, max(len(names), 1))
        for number, name in enumerate(names):
            if name:
                own = np.flatnonzero(item_of == number)
                self._behind_of.append((self.nodes + own, at[own]))
                onward = seats[np.searchsorted(used, at[own])]
                self._arcs.add(self.nodes + own, onward, self.facts.places(name)[at[own]])
        days = self.facts.day_of[used]
        limited, day_at = np.unique(days[days >= 0], return_inverse=True)
        day_nodes = self.nodes + len(pairs) + len(used) + np.arange(len(limited))
        ends = np.full(len(used), self.sink)
        ends[days >= 0] = day_nodes[day_at]
        self._behind_of += [(ends, used), (seats, used)]
        self._arcs.add(seats, ends, self.facts.seats[used])
        self._arcs.add(day_nodes, np.full(len(limited), self.sink), self.facts.day_limits[limited])
        heads = np.where(theory[numbers], seats[seats_of], self.nodes + places_of)
        self.nodes += len(pairs) + len(used) + len(limited)
        return heads


def _distinct(numbers: Ints) -> tuple[Ints, Ints]:
    """Give the different ones of some small numbers in order, and of each its place among them; nothing is sorted."""
    used = np.zeros(int(numbers.max(initial=-1)) + 1, bool)
    used[numbers] = True
    return np.flatnonzero(used), (np.cumsum(used) - 1)[numbers]
