"""A network with more arcs beside some of its own, so that what passes these can be priced ever dearer."""

from __future__ import annotations

import numpy as np

from scheduler.numbers import Ints
from scheduler.solver.residual import Residual


class Widened:
    """A copy of a network in which each of some arcs is several arcs side by side.

    Attributes
    ----------
    residual
        the network with the arcs beside, which carry nothing at first.
    steps
        the numbers of the arcs that stand for each one: a row for the arcs themselves, then one for each that is beside.
    """

    def __init__(self, residual: Residual, arcs: Ints, beside: int) -> None:
        self._arcs, self._count = arcs, len(residual.tails)
        more = beside * len(arcs)
        both = np.concatenate([np.arange(self._count), *[arcs] * beside])
        none = np.zeros(more, np.int64)
        self.residual = Residual(
            residual.tails[both],
            residual.heads[both],
            np.concatenate([residual.room, none]),
            residual.supply.copy(),
            np.concatenate([residual.fixed, none]),
            np.concatenate([residual.last, none]),
        )
        self.steps = np.stack([arcs, *(self._count + np.arange(more)).reshape(beside, -1)])

    def fold_into(self, residual: Residual) -> None:
        """Take the arcs beside away again: what is fixed, open and carried is that of all that stand for one."""
        wide, arcs = self.residual, self._arcs
        for own, found in ((residual.room, wide.room), (residual.fixed, wide.fixed)):
            own[:] = found[: self._count]
            own[arcs] = found[self.steps].sum(axis=0)
        residual.last = wide.last[: self._count].copy()
        residual.last[arcs] = wide.last[self.steps].sum(axis=0)
        residual.supply[:] = wide.supply
