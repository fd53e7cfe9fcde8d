"""A large workbook read by a process of its own.

Unpacking a million rows takes more than a gigabyte that the reader gives back only when its process
ends; what is kept of the rows here is a third of that.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common.errors import InputError

if TYPE_CHECKING:
    from common.sheets import CellValue, SheetFacts

_CHUNK = 2_000  # rows a message
_MOST_SHARED = 200_000

Open = Callable[[Path], Iterator[tuple["SheetFacts", Iterator[list["CellValue"]]]]]


def read_aside(path: Path, open_workbook: Open) -> Iterator[tuple[SheetFacts, list[list[CellValue]]]]:
    """Read a workbook in another process; equal texts become one object.

    Raises
    ------
    InputError
        it cannot be read, or there is not enough memory for it.
    """
    context = multiprocessing.get_context("spawn")  # the one way that all systems have
    pipe, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(theirs, path, open_workbook), daemon=True)
    process.start()
    theirs.close()
    try:
        yield from _received(pipe)
    except (EOFError, OSError) as error:
        raise InputError(
            f"{path.name}：读取时内存不足，或读取的进程被结束。请拆分文件，或关闭其他程序后再运行。"
        ) from error
    finally:
        pipe.close()
        process.join()


def _received(pipe: Any) -> Iterator[tuple[SheetFacts, list[list[CellValue]]]]:
    shared = _Shared()
    while (message := pipe.recv())[0] != "end":
        if message[0] == "error":
            raise InputError(message[1])
        facts, rows = message[1], list[list["CellValue"]]()
        while chunk := pipe.recv():
            rows.extend(shared.of(chunk))
        yield facts, rows


class _Shared:
    """Makes equal texts one object: the departments and dates of a long list repeat, its names do not."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def of(self, rows: Iterable[list[CellValue]]) -> Iterator[list[CellValue]]:
        """Give rows whose texts are shared."""
        if len(self._texts) > _MOST_SHARED:
            self._texts.clear()
        share = self._texts.setdefault
        for row in rows:
            yield [share(value, value) if isinstance(value, str) else value for value in row]


def _serve(pipe: Any, path: Path, open_workbook: Open) -> None:
    """Send facts and rows of each sheet; an empty chunk ends a sheet."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that reads from here
    try:
        for facts, rows in open_workbook(path):
            pipe.send(("sheet", facts))
            shared = _Shared()
            while chunk := list(shared.of(islice(rows, _CHUNK))):
                pipe.send(chunk)
            pipe.send([])
        pipe.send(("end", None))
    except InputError as error:
        pipe.send(("error", str(error)))
    except OSError:
        return  # nobody reads any more
