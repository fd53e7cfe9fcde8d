"""Work given to another process of this interpreter, where the interpreter itself is what is short.

Python runs one thread at a time, so long work in pure Python, or in a solver that holds the interpreter, goes on beside other
work only in a process of its own. What comes back is what the work would have given here; a process that is killed costs time
and nothing else.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, ParamSpec, Self, TypeVar, cast

from common.errors import ZhengkaoError

P = ParamSpec("P")
R = TypeVar("R")


class OtherProcess:
    """A process that does one work after the other; it ends when it is left.

    It is started by name and not by ``multiprocessing``, which would run the main module of whoever imports us again.

    Parameters
    ----------
    loading
        a module that it is to load at once, while nobody waits for it yet.

    Raises
    ------
    OSError
        it cannot be started, as where memory is short.
    """

    def __init__(self, loading: str = __name__) -> None:
        self._stopped = False
        # Ctrl-C is answered by the process that waits for this one; it may come while this one still loads
        deaf = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
        serving = f"import {loading}; from {__name__} import serve; serve()"
        start = f"{deaf}; import sys; sys.path[:] = {sys.path!r}; {serving}"
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, with our own words
            [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._in, self._out = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.close()

    def do(self, work: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """Give what a function of a module gives, and wait for it; in this process where the other one was killed.

        Raises
        ------
        ZhengkaoError
            what the function raises.
        """
        try:
            pickle.dump((work, args, named), self._in, pickle.HIGHEST_PROTOCOL)
            self._in.flush()
            answer: Any = pickle.load(self._out)  # noqa: S301 - from a process of our own
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            if self._stopped:  # nobody waits for the answer any more
                raise
            return work(*args, **named)
        if isinstance(answer, ZhengkaoError):
            raise answer
        return cast("R", answer)

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        """Put away what is left of it; nobody reads from it any more."""
        self._process.communicate()


def serve() -> None:
    """Do what comes on standard input and answer on standard output, until there is no more or nobody waits."""
    while True:
        try:
            work, args, named = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        except (EOFError, pickle.UnpicklingError):
            return
        try:
            answer = work(*args, **named)
        except ZhengkaoError as error:
            answer = error
        try:
            pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.flush()
        except OSError:  # whoever waits was killed; to end as usual would try to send the answer once more
            os._exit(1)
