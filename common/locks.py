"""One process at a time: a file is held while somebody works on what it stands for. Nothing is left behind."""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

_BEYOND = (
    1 << 30
)  # a byte that no file reaches: Windows locks places of a file, and others may go on reading it

_OTHERS = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""What a system says where another process holds a file."""


@contextlib.contextmanager
def alone(file: BinaryIO) -> Iterator[None]:
    """Hold an open file against other processes that would hold it; closing it gives it free, as does the end of a process."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        file.seek(_BEYOND)
        _wait_for(lambda: msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1))
        try:
            yield
        finally:
            file.seek(_BEYOND)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - everywhere else

        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield


def held_at_once(file: BinaryIO, *, unsure: bool) -> bool:
    """Hold an open file unless another process does; gives whether.

    Parameters
    ----------
    unsure
        what to say where this system cannot hold files.
    """
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            file.seek(_BEYOND)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - everywhere else

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return unsure and error.errno not in _OTHERS
    return True


def _wait_for(hold: Callable[[], None]) -> None:
    """Hold, however long that takes: Windows gives up after ten seconds, and says so as a deadlock."""
    while True:
        try:
            return hold()
        except OSError as error:
            if error.errno != errno.EDEADLK:
                raise


@contextlib.contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Hold a file by its path; one that is not there, or that this system cannot hold, keeps nobody away."""
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):
            file = held.enter_context(path.open("r+b" if sys.platform == "win32" else "rb"))
            held.enter_context(alone(file))
        yield
