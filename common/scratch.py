"""Folders for what is written on the way: gone afterwards, and removed by the next run where a process was killed.

A process holds a file in its folder (``common.locks``) for as long as it lives, so nobody takes away what a living one uses.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from common.errors import InputError
from common.locks import held_at_once

_PREFIX = ".zhengkao-"
_MARK = ".held"
_TRIES, _PAUSE = 100, 0.02
"""How often, and how many seconds apart, a folder is tried that another process may be removing just now."""


class InUseError(InputError):
    """A living process has the folder of this name."""


@contextlib.contextmanager
def scratch(folder: Path, name: str = "") -> Iterator[Path]:
    """Give a folder of one's own inside ``folder``.

    One that is for something with a ``name`` takes the place of what a run that was killed left of it.

    Raises
    ------
    InputError
        a living process has the folder of this name (``InUseError``), or it is nothing of ours.
    """
    path = folder / f"{_PREFIX}{name}" if name else Path(tempfile.mkdtemp(dir=folder, prefix=_PREFIX))
    held = _begun(path)
    try:
        yield path
    finally:
        _remove(path, held)


@contextlib.contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Let libraries put their temporary files there and not where a run that is killed would leave them for everybody.

    It holds for the whole process, whose other threads only write elsewhere for a while.
    """
    before = tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def remove_dead(folder: Path) -> None:
    """Remove the scratch folders in ``folder`` that killed processes left: they may hold names and numbers."""
    found: list[Path] = []
    with contextlib.suppress(OSError):  # nobody may look into it
        found = sorted(folder.glob(f"{_PREFIX}*"))
    for path in found:
        with contextlib.suppress(OSError):  # another process tidies, too
            held = _held(path, unsure=False) if _own(path) and _is_ours(path) else None
            if held is not None:
                _remove(path, held)


def _begun(path: Path) -> BinaryIO:
    """Make a folder, or take what a dead process left of it; gives the file that is held in it."""
    for _ in range(_TRIES):
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=0o700)
        with contextlib.suppress(FileNotFoundError):
            if not _is_ours(path):
                raise InputError(f"{path} 已经有内容，不是本程序留下的。请把它移走或改名后再运行。")
            held = _held(path, unsure=True)
            if held is not None:
                _empty(path)
                return held
        time.sleep(_PAUSE)
    raise InUseError(f"{path} 正由另一个程序使用：同一处的另一次运行还没有结束。请等它结束后再运行。")


def _own(path: Path) -> bool:
    """Say whether a folder is this user's: in a place for everybody another may set one up as a trap."""
    return sys.platform == "win32" or path.lstat().st_uid == os.getuid()


def _is_ours(path: Path) -> bool:
    """Say whether a folder was made here: of one that is empty nobody loses anything."""
    names = {child.name for child in path.iterdir()} if path.is_dir() and not path.is_symlink() else {""}
    return not names or _MARK in names


def _held(path: Path, *, unsure: bool) -> BinaryIO | None:
    """Hold a folder; None where a living process does.

    Parameters
    ----------
    unsure
        what to take of a system that cannot say who lives: the folder, or nothing.

    Raises
    ------
    FileNotFoundError
        the folder is gone.
    """
    while True:
        file = (path / _MARK).open("a+b")
        if not held_at_once(file, unsure=unsure):
            file.close()
            return None
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), (path / _MARK).stat()):
                return file
        file.close()  # whoever held it before removed it


def _empty(path: Path) -> None:
    for child in path.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child, ignore_errors=True)
        elif child.name != _MARK:
            with contextlib.suppress(OSError):
                child.unlink()


def _remove(path: Path, held: BinaryIO) -> None:
    """Remove a folder that is held, its mark last: whoever comes when this is killed half-way goes on with it."""
    with contextlib.closing(held), contextlib.suppress(OSError):
        _empty(path)
        if all(child.name == _MARK for child in path.iterdir()):
            if sys.platform == "win32":
                held.close()  # an open file cannot be removed there
            (path / _MARK).unlink()
            path.rmdir()
