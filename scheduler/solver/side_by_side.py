"""Several networks solved side by side, by processes of their own where there is much to do.

The solver holds the interpreter while it works, so threads alone would not help: each thread has a process that it sends
networks to. The result is the same however many there are; a process that is killed costs time and nothing else.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import BinaryIO, cast

import numpy as np

from scheduler.errors import SolverError
from scheduler.solver.flow import Ints, solve_levels

MUCH = 2_000_000
"""Arcs from which on other processes are worth their start."""

_MOST_PROCESSES = 8


@dataclass(frozen=True)
class LevelledNetwork:
    """A network with several costs: the arguments of ``solve_levels``."""

    tails: Ints
    heads: Ints
    capacities: Ints
    costs: Sequence[Ints]
    supply: Ints
    hopes: Collection[int] = ()

    def solve(self) -> Ints:
        """Give the flow of each arc in the lexicographic optimum."""
        tails, heads, capacities, *costs = (
            np.asarray(one, np.int64) for one in (self.tails, self.heads, self.capacities, *self.costs)
        )
        return solve_levels(tails, heads, capacities, costs, self.supply, self.hopes)

    def packed(self) -> LevelledNetwork:
        """Give it in the smallest numbers that hold it, to be sent to another process."""
        tails, heads, capacities, *costs = map(_small, (self.tails, self.heads, self.capacities, *self.costs))
        return LevelledNetwork(tails, heads, capacities, costs, self.supply, self.hopes)


def _small(numbers: Ints) -> Ints:
    least, most = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    kinds = (np.int8, np.int16, np.int32)
    fits = (kind for kind in kinds if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)
    return numbers.astype(next(fits, np.int64))


def solve_all(networks: Sequence[LevelledNetwork], much: int = MUCH) -> Iterator[Ints]:
    """Give the flows of networks, in their order.

    Raises
    ------
    SolverError
        one of them cannot be solved.
    """
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES, len(networks))
    if processes < 2 or sum(len(one.tails) for one in networks) < much:
        yield from (one.solve() for one in networks)
        return
    workers = [_Worker() for _ in range(processes)]
    free: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def solved(network: LevelledNetwork) -> Ints:
        worker = free.get()
        try:
            return worker.solve(network)
        finally:
            free.put(worker)

    pool = ThreadPoolExecutor(processes)
    try:
        yield from pool.map(solved, networks)
    finally:
        for worker in workers:
            worker.stop()
        pool.shutdown(cancel_futures=True)
        for worker in workers:
            worker.close()


class _Worker:
    """A process that solves what it is sent, one network after the other.

    It is started by name and not by ``multiprocessing``, which would run the main module of whoever imports us again.
    """

    def __init__(self) -> None:
        self._stopped = False
        start = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve()"
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, with our own words
            [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._in, self._out = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)

    def solve(self, network: LevelledNetwork) -> Ints:
        try:
            pickle.dump(network.packed(), self._in, pickle.HIGHEST_PROTOCOL)
            self._in.flush()
            answer = pickle.load(self._out)  # noqa: S301 - from a process of our own
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            if self._stopped:  # nobody waits for the answer any more
                raise
            return network.solve()  # the process was killed, as where memory is short
        if isinstance(answer, str):
            raise SolverError(answer)
        return np.asarray(answer, np.int64)

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        """Put away what is left of it; nobody reads from it any more."""
        self._process.communicate()


def serve() -> None:
    """Answer networks on standard input with their flows on standard output, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that waits for this one
    while True:
        try:
            network = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        try:
            answer: Ints | str = _small(network.solve())
        except SolverError as error:
            answer = str(error)
        pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
