"""Flows of some arcs that are spread as evenly as can be: the sum of their squares, each over its size, is least.

The chance of an arc is its flow over its size; of two arcs that could take over from one another neither has more than the
other, as far as the network allows. The optimum is exact, to one unit (or 2 ** -26 of a size, where that is more): each flow is
priced in steps of one grain around where it is, by the slope of its square, and by chords beyond; where no flow leaves its steps or
ends where a chord does, it is a least of the squares, too (a convex function has no other least than one that no step near it
betters: Rockafellar 1984, chapter 8). At first all are sought around their even shares, which mostly is the answer; else grains of an
eighth become finer until they are as fine as can be.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from scheduler.numbers import Ints
from scheduler.solver.residual import Residual
from scheduler.solver.widened import Widened

_NEAR = 5
"""Steps of one grain that are priced below and above where a flow is."""
_FIRST, _FINER = 3, 2
"""The first grains are a size over 2 ** 3, the next ones each 2 ** 2 times finer."""
_FINE = 16
"""Parts of the difference between two steps in which prices are whole numbers."""
_FINEST, _BITS = 26, 28
"""No grain is finer than a size over 2 ** 26, and 28 binary digits of a size count for its prices: finely written caps make very
small units, whose prices would not fit in 64 bits."""


@dataclass(frozen=True)
class Spread:
    """The arcs whose flows are to be spread, once the levels before ``before`` have settled.

    ``owners`` numbers who spreads over which arcs, ``among`` says of each arc over how many places that is; ``sizes`` are what
    the flows are in proportion to, None for all that an owner's arcs carry together; ``used`` is what counts to each besides.
    """

    before: int
    arcs: Ints
    owners: Ints
    among: Ints
    sizes: Ints | None
    used: Ints


def spread_out(residual: Residual, spread: Spread) -> bool:
    """Leave open in a network only flows that are spread as evenly as can be; False where no flow meets the supplies."""
    return _Spreading(residual, spread).out()


class _Spreading:
    """The network with arcs beside those that are to be spread, for the prices of steps."""

    def __init__(self, residual: Residual, spread: Spread) -> None:
        arcs = spread.arcs
        self._whole, self._wide = residual, Widened(residual, arcs, beside=2 * _NEAR + 1)
        self._room, self._used = residual.room[arcs], spread.used + residual.fixed[arcs]
        carried = np.bincount(spread.owners, residual.last[arcs]).astype(np.int64)[spread.owners]
        self._sizes = np.maximum(carried if spread.sizes is None else spread.sizes, 1)
        self._finest = np.maximum(self._sizes >> _FINEST, 1)
        self._dropped = np.maximum(np.frexp(self._sizes.astype(np.float64))[1].astype(np.int64) - _BITS, 0)
        # a shortage or a level that is only hoped for may leave nothing carried yet: it is where to look first, no more
        self._first = np.where(carried > 0, carried, self._sizes) // spread.among
        self._cost = np.zeros(len(self._wide.residual.tails), np.int64)
        self._flow = np.zeros(len(self._cost), np.int64)

    def out(self) -> bool:
        """Spread the flows."""
        at = np.clip(self._first - self._used, 0, self._room)
        found = self._around(at, self._finest)
        if found is not None and not found.near:
            found = self._next(found.at, self._finest)  # where few were elsewhere, they are near now
        finer = _FIRST
        while found is not None and not found.near:
            grain = np.maximum(self._sizes >> finer, self._finest)
            found = self._next(found.at, grain)
            if found is not None and found.near and not np.array_equal(grain, self._finest):
                found, finer = found._replace(near=False), finer + _FINER
        if found is None:
            return False
        self._wide.residual.keep_optimal(self._cost, self._flow)
        self._wide.fold_into(self._whole)
        return True

    def _next(self, at: Ints, grain: Ints) -> _Found | None:
        """Solve around a flow; what is not more even is as near as prices in whole numbers tell, or it would go on for ever."""
        found = self._around(at, grain)
        if found is None or found.near:
            return found
        changed = np.flatnonzero(found.at != at)
        listed = (self._used[changed], at[changed], found.at[changed], self._sizes[changed])
        gained: dict[int, int] = defaultdict(int)
        for used, was, now, size in zip(*(column.tolist() for column in listed), strict=True):
            gained[size] += (used + was) ** 2 - (used + now) ** 2
        return found._replace(near=sum(Fraction(by, size) for size, by in gained.items()) <= 0)

    def _around(self, at: Ints, grain: Ints) -> _Found | None:
        """Solve with prices in steps of a grain around some flows; None where no flow meets the supplies."""
        steps = np.arange(-_NEAR, _NEAR + 1)[:, None]
        ends = np.clip(at + steps * grain, 0, self._room)
        ends = np.concatenate([np.zeros_like(at)[None], ends, self._room[None]])
        wide, arcs = self._wide.residual, self._wide.steps
        wide.room[arcs] = np.diff(ends, axis=0)
        scale = _FINE * int((self._sizes // grain).max(initial=1))
        twice = (2 * self._used + ends[:-1] + ends[1:]) >> self._dropped
        self._cost[arcs] = twice * scale // (self._sizes >> self._dropped)
        flow = wide.cheapest(self._cost)
        if flow is None:
            return None
        self._flow = flow
        found = flow[arcs].sum(axis=0)
        # on a chord, and at either end of one, what the next unit is worth is not known
        beyond = (found <= ends[1]) & (ends[1] > 0) | (found >= ends[-2]) & (ends[-2] < self._room)
        return _Found(found, not beyond.any())


class _Found(NamedTuple):
    """Flows, and whether all are near where they were looked for: within the steps that are priced exactly."""

    at: Ints
    near: bool
