"""Printing many papers: here for a small exam, by processes of their own for a large one.

The typesetter keeps everything it ever laid out until its process ends, some 200 kB a ticket; so a long paper
is set in parts, each by a process that ends after it, two at a time, and the parts are joined. Parts do not
depend on the machine: the same draw gives the same bytes everywhere.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Self

from common.errors import ZhengkaoError
from common.waiting import outcome
from scheduler.papers.typeset import Part, Style, join, typeset

_SMALL = 1_000  # people whose papers are printed here: starting processes would take longer
_MOST_PROCESSES = 4


class Press:
    """Prints parts in the order they come; use as a context.

    Parameters
    ----------
    scratch
        a folder to work in.
    people
        how many people the papers are for.
    """

    def __init__(self, style: Style, scratch: Path, people: int) -> None:
        self._style, self._scratch = style, scratch
        self._pool: ProcessPoolExecutor | None = None
        if people > _SMALL:
            self._pool = ProcessPoolExecutor(
                max_workers=min(os.cpu_count() or 1, _MOST_PROCESSES),
                mp_context=multiprocessing.get_context("spawn"),  # the one way that all systems have
                initializer=_leave_interrupts,
                max_tasks_per_child=1,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def start(self, parts: Iterable[Part]) -> Printing:
        """Begin to print a paper; the result is waited for by ``Printing.pdf``."""
        if self._pool is None:
            return Printing([typeset(part, self._style, self._scratch) for part in parts])
        return Printing([self._pool.submit(typeset, part, self._style, self._scratch) for part in parts])


class Printing:
    """A paper that is being printed, part by part."""

    def __init__(self, parts: list[bytes] | list[Future[bytes]]) -> None:
        self._parts = parts

    def pdf(self) -> bytes:
        """Wait for the parts; give the paper.

        Raises
        ------
        ZhengkaoError
            a part could not be set, or its process was ended.
        """
        try:
            return join([part if isinstance(part, bytes) else outcome(part) for part in self._parts])
        except BrokenProcessPool:
            raise ZhengkaoError(
                "排版的进程被结束，可能内存不足。请关闭其他程序后重试，或用 --kinds 分几次写出。"
            ) from None


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that waits
