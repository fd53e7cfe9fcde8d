"""Several networks solved side by side, by processes of their own where there is much to do.

The solver holds the interpreter while it works, so threads alone would not help: each thread has a process that it sends
networks to. The result is the same however many there are.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Self

import numpy as np

from common.waiting import outcome
from scheduler.numbers import Ints
from scheduler.other_process import OtherProcess
from scheduler.solver.flow import Between, Hopes, solve_levels
from scheduler.solver.parts import solve_parts

MUCH = 500_000
"""Arcs from which on other processes are worth their start."""

_MOST_PROCESSES = 8
_WAITING = 2
"""Networks made ahead for each process: enough that none is idle, few enough that a batch's networks are never all in memory."""
_FORMS = (
    (np.int8, 1 << 7),
    (np.int16, 1 << 15),
    (np.int32, 1 << 31),
)  # each with the first number that it cannot hold


@dataclass(frozen=True)
class LevelledNetwork:
    """A network with several costs: the arguments of ``solve_levels``.

    ``parts`` may say of each node which part of the network it belongs to; they have only nodes of part -1 in common, which
    give nothing, and are solved one by one; such a network has nothing ``between``.
    """

    tails: Ints
    heads: Ints
    capacities: Ints
    costs: Sequence[Ints]
    supply: Ints
    hopes: Hopes = ()
    parts: Ints | None = None
    between: Sequence[Between] = ()

    def solve(self) -> Ints:
        """Give the flow of each arc in the lexicographic optimum."""
        tails, heads, capacities, *costs = (
            np.asarray(one, np.int64) for one in (self.tails, self.heads, self.capacities, *self.costs)
        )
        levels = tails, heads, capacities, costs, self.supply, self.hopes
        return solve_levels(*levels, self.between) if self.parts is None else solve_parts(self.parts, *levels)


def small(numbers: Ints) -> Ints:
    """Give numbers in the smallest form that holds them: many networks wait, and are sent to other processes."""
    least, most = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    return numbers.astype(next((form for form, end in _FORMS if -end <= least and most < end), np.int64))


class SideBySide:
    """Solves networks; by processes that it starts once there is much to do, and ends when it is left.

    Parameters
    ----------
    much
        arcs from which on it starts them.
    """

    def __init__(self, much: int = MUCH) -> None:
        self._much = much
        self._workers: list[OtherProcess] = []
        self._free: SimpleQueue[OtherProcess] = SimpleQueue()
        self._pool = ThreadPoolExecutor(_processes())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._pool.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def solve_all(self, networks: Iterable[LevelledNetwork]) -> Iterator[Ints]:
        """Give the flows of networks, in their order; what is solved elsewhere is so while the next ones are made.

        Raises
        ------
        SolverError
            one of them cannot be solved.
        """
        coming = iter(networks)
        first: deque[LevelledNetwork] = deque()
        arcs, much = 0, 0 if self._workers else self._much  # processes that wait cost no start
        while arcs < much or len(first) < 2:
            network = next(coming, None)
            if network is None:
                break
            first.append(network)
            arcs += len(network.tails)
        if arcs < much or len(first) < 2 or _processes() < 2 or not self.start():
            yield from (one.solve() for one in _each(first, coming))
        else:
            yield from self._elsewhere(_each(first, coming))

    def _elsewhere(self, networks: Iterator[LevelledNetwork]) -> Iterator[Ints]:
        """Solve on other processes while the next few networks are made."""
        waiting: deque[Future[Ints]] = deque()
        for network in networks:
            waiting.append(self._pool.submit(self._solved, network))
            if len(waiting) > _WAITING * len(self._workers):
                yield outcome(waiting.popleft())
        while waiting:
            yield outcome(waiting.popleft())

    def start(self) -> bool:
        """Start as many processes as work at a time, or as many as can be started; says whether there are any."""
        while len(self._workers) < _processes():
            try:
                worker = OtherProcess(__name__)
            except OSError:  # as where memory is short
                break
            self._workers.append(worker)
            self._free.put(worker)
        return bool(self._workers)

    def _solved(self, network: LevelledNetwork) -> Ints:
        worker = self._free.get()
        try:
            return np.asarray(worker.do(_solved_small, network), np.int64)
        finally:
            self._free.put(worker)


def _each(first: deque[LevelledNetwork], coming: Iterator[LevelledNetwork]) -> Iterator[LevelledNetwork]:
    """Give networks one after the other, and keep none that was given."""
    while first:
        yield first.popleft()
    yield from coming


def _solved_small(network: LevelledNetwork) -> Ints:
    return small(network.solve())


def _processes() -> int:
    return min(os.cpu_count() or 1, _MOST_PROCESSES)
