"""A workbook written by a process of its own, so that judging a long list need not wait for it."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from certcheck.report.workbook import Book, Row, SheetHead
from common.errors import ZhengkaoError
from common.files import writing
from common.scratch import scratch

_IN_ORDER_FROM = 20_000
"""Rows from which on a workbook is written from front to back instead of being kept in memory."""


class BookAside:
    """A ``Book`` in another process. Use it as a context: left with an error, nothing is written."""

    def __init__(self, path: Path, heads: Sequence[SheetHead]) -> None:
        self._path = path
        context = multiprocessing.get_context("spawn")  # the one way that all systems have
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, str(path), list(heads)), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.close()  # without an end it throws away what it has
        self._process.join()

    def begin(self, head: SheetHead) -> None:
        """Begin the next sheet."""
        self._send(("begin", head))

    def rows(self, rows: Sequence[Row]) -> None:
        """Take the next rows of the sheet begun last."""
        self._send(("rows", rows))

    def close(self) -> None:
        """Let it come to its place, without waiting for it."""
        self._send(("close", None))

    def wait(self) -> None:
        """Wait until the workbook is in its place.

        Raises
        ------
        ZhengkaoError
            it could not be written.
        """
        problem = self._answer()
        if problem:
            raise ZhengkaoError(problem)

    def _send(self, message: tuple[str, Any]) -> None:
        try:
            self._pipe.send(message)
        except OSError:
            raise ZhengkaoError(self._answer()) from None

    def _answer(self) -> str:
        """Give what the other process says went wrong; "" where all went well."""
        try:
            return str(self._pipe.recv())
        except (EOFError, OSError):
            return f"写不了 {self._path}（写表格的进程意外结束，可能内存不足）。请关闭其他程序后再运行。"


def _serve(pipe: Any, path: str, heads: list[SheetHead]) -> None:
    """Write what comes through the pipe; an end of the pipe before ``close`` throws it all away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that judges
    try:
        with contextlib.ExitStack() as closing:
            file = closing.enter_context(writing(Path(path)))
            long = sum(head.rows for head in heads) >= _IN_ORDER_FROM
            in_order = long and not any(head.merged_downwards for head in heads)
            book = Book(file, heads, closing.enter_context(scratch(Path(path).parent)) if in_order else None)
            while (message := pipe.recv())[0] != "close":
                (book.begin if message[0] == "begin" else book.rows)(message[1])
            book.close()
        pipe.send("")
    except ZhengkaoError as error:
        pipe.send(str(error))
    except (EOFError, OSError):
        return  # the process that judges is gone
