"""Flows of some arcs that are as even as can be, in proportion to their sizes: a shortage that everybody shares.

At first all arcs share what passes them in proportion. What some cannot do with less others cannot take over: a minimum
cut parts the two, nothing that is as good crosses it, and each side shares its own. So it goes on until every class
shares evenly. What comes out is the lexicographically optimal base (Fujishige 1980: one base of a polymatroid is the most
even in every sense, and cuts find it), to one ``grain`` of each arc.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduler.numbers import Ints
from scheduler.solver.residual import Residual
from scheduler.solver.widened import Widened


@dataclass(frozen=True)
class Even:
    """The arcs whose flows are to be even, once the levels before ``before`` have settled what passes all of them together.

    ``sizes`` are what their flows are in proportion to, ``used`` what counts to each besides, ``grain`` the portions of each.
    """

    before: int
    arcs: Ints
    sizes: Ints
    used: Ints
    grain: Ints

    def idle(self, residual: Residual) -> bool:
        """Say whether nothing can change."""
        return not residual.room[self.arcs].any()


def even_out(residual: Residual, even: Even) -> bool:
    """Leave open in a network only flows that are as even as can be; False where no flow meets the supplies.

    ``residual.last`` is a flow, before and after; what passes all the arcs together must be settled already.

    It ends: where a class costs more than it must, some arc in it has less than its share and another one more, and prices put
    these on two sides.
    """
    wide = _Priced(residual, even)
    classes = np.zeros(len(even.arcs), np.int64)
    done = np.zeros(len(even.arcs), bool)
    totals = residual.last[even.arcs] - residual.fixed[even.arcs]
    while not done.all():
        least = np.zeros(len(even.arcs), np.int64)
        wide.open_up()
        for number in np.unique(classes[~done]):
            some = np.flatnonzero(classes == number)
            least[some] = wide.share_out(some, int(totals[some].sum()))
        found = wide.round()
        if found is None:
            return False
        totals, spent, side = found
        done = np.bincount(classes, spent)[classes] == least
        classes = np.unique(np.stack([classes, side]), axis=1, return_inverse=True)[1].reshape(-1)
    wide.fold_into(residual)
    return True


class _Priced:
    """A network with two more arcs beside each that is to be even: what passes these is priced, ever dearer.

    Up to its even share an arc's flow is free, one more grain costs one, what is beyond costs two.
    """

    def __init__(self, residual: Residual, even: Even) -> None:
        self._even = even
        self._wide = Widened(residual, even.arcs, beside=2)
        self._residual, self._steps = self._wide.residual, self._wide.steps
        self._cost = np.zeros(len(self._residual.tails), np.int64)
        self._cost[self._steps[1]], self._cost[self._steps[2]] = 1, 2
        self.fold_into = self._wide.fold_into

    def open_up(self) -> None:
        """Let all arcs have what they still may at no cost."""
        room = self._residual.room
        room[self._steps[0]] = room[self._steps].sum(axis=0)
        room[self._steps[1:]] = 0

    def share_out(self, some: Ints, total: int) -> int:
        """Make what some of the arcs have beyond their even shares of ``total`` dear; gives the least that can cost."""
        room, fixed = self._residual.room, self._residual.fixed
        columns = (
            self._even.sizes[some],
            self._even.used[some] + fixed[self._steps[:, some]].sum(axis=0),
            room[self._steps[0, some]],
            self._even.grain[some],
        )
        shares = [_Share(*row) for row in np.stack(columns, axis=1).tolist()]
        free, more = np.array(_even_shares(shares, total), np.int64)
        room[self._steps[:, some]] = free, more - free, columns[2] - more
        return total - int(free.sum())

    def round(self) -> tuple[Ints, Ints, Ints] | None:
        """Solve and leave only what is as good; gives of each arc what is open of its flow, what it cost, and its side of the cuts."""
        flow = self._residual.cheapest(self._cost)
        if flow is None:
            return None
        price = self._residual.keep_optimal(self._cost, flow)
        arcs = self._even.arcs
        side = price[self._residual.tails[arcs]] - price[self._residual.heads[arcs]]
        open_ = (self._residual.last - self._residual.fixed)[self._steps].sum(axis=0)
        return open_, flow[self._steps[1]] + 2 * flow[self._steps[2]], side


class _Share(NamedTuple):
    """What one arc may still have: its size, what it has anyway, what it has room for, and in what portions."""

    size: int
    has: int
    room: int
    grain: int

    def at(self, level: int, parts: int) -> int:
        """Give what it still gets to have ``level`` / ``parts`` of its size, in portions, as far as there is room."""
        missing = (self.size * level // parts - self.has) // self.grain * self.grain
        return min(max(missing, 0), self.room)


def _even_shares(shares: Sequence[_Share], total: int) -> list[list[int]]:
    """Give what each gets at the highest level where all together get no more than ``total``, and at the next, a grain higher."""
    parts = max(share.size for share in shares)
    low, high = 0, max((share.has + share.room + share.grain) * parts // share.size + 1 for share in shares)
    while low < high:
        level = (low + high + 1) // 2
        if sum(share.at(level, parts) for share in shares) <= total:
            low = level
        else:
            high = level - 1
    return [[share.at(level, parts) for share in shares] for level in (low, low + 1)]
