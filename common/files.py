"""Writing files so that a kill at any moment leaves the old file or the new one, never half of it."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from common.errors import ZhengkaoError
from common.scratch import remove_dead

_BEGUN = re.compile(r"\..+\.[a-z0-9]{2,8}\.[a-z0-9_]{8}")  # as ``writing`` names what it has not finished
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.EBUSY: "正被占用",
    errno.ENAMETOOLONG: "名称太长",
}
_IN_USE, _BAD_NAME = "正被其他程序占用", "名称里有系统不允许的字符"
_REASONS_OF_WINDOWS = {32: _IN_USE, 33: _IN_USE, 123: _BAD_NAME, 206: "路径太长"}
_LONG_PATH = 248  # from here on Windows says of a place that there is none, unless long paths are switched on
_PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds to wait for those who hold a new file on Windows for a moment: scanners of viruses, indexers."""


def os_reason(error: OSError) -> str:
    """Say in Chinese why the system refused; its own words are in the language of the machine."""
    of_windows = _REASONS_OF_WINDOWS.get(getattr(error, "winerror", None) or 0)
    if of_windows:
        return of_windows
    if sys.platform == "win32":
        if error.errno == errno.EACCES:  # all that opening tells of a file that Excel has to itself
            return "没有权限，或正被其他程序打开"
        if error.errno == errno.EINVAL and error.filename:
            return _BAD_NAME
        if error.errno == errno.ENOENT and len(str(error.filename or "")) >= _LONG_PATH:
            return "没有这个文件或文件夹，或路径太长"
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def move(source: Path, target: Path) -> None:
    """Move a file or a folder to its place, in place of a file that is there.

    Raises
    ------
    OSError
        it cannot be moved; on Windows also where somebody goes on holding it, or what is at its place.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.replace(target)


def remove(path: Path) -> None:
    """Remove a file of an earlier run, if it is there.

    Raises
    ------
    ZhengkaoError
        it cannot be removed; on Windows also where somebody has it open.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ZhengkaoError(f"删不了过时的 {path}（{os_reason(error)}）。请关闭它再试。") from error


def make_folder(path: Path) -> Path:
    """Make a folder that files can be written to, with those above it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise ZhengkaoError(f"不能写入文件夹 {path}（{os_reason(error)}）。请检查 --out 和权限。") from error
    return path


def write_file(path: Path, content: bytes | str) -> Path:
    """Write a file whole: beside its place first, then moved there; text as UTF-8."""
    with writing(path) as file:
        file.write(encoded(content) if isinstance(content, str) else content)
    return path


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def encoded(text: str) -> bytes:
    """Give text as UTF-8; what is no proper text (half a character of a damaged cell) becomes a question mark."""
    return text.encode("utf-8", "replace")


def write_private(path: Path, content: bytes) -> None:
    """Write a new file for its owner only, through to the disk; on Windows it is as private as its folder.

    Raises
    ------
    FileExistsError
        there is such a file.
    OSError
        the place cannot be written to; nothing is left there.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def tidy(folder: Path, names: Iterable[str] | None) -> None:
    """Remove what a run that was killed left half-written of these files (None: of any): it may hold names and numbers."""
    started = None if names is None else tuple(f".{name}." for name in names)
    for path in folder.iterdir() if folder.is_dir() else ():
        begun = _BEGUN.fullmatch(path.name) is not None if started is None else path.name.startswith(started)
        if begun and path.is_file():
            with contextlib.suppress(OSError):  # on Windows nobody can while another run writes it
                path.unlink(missing_ok=True)
    remove_dead(folder)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Write a file piece by piece, whole or not at all: it comes to its place when all of it was written.

    Raises
    ------
    ZhengkaoError
        the place cannot be written to.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        move(Path(temporary), path)
        temporary = ""
    except OSError as error:
        raise ZhengkaoError(
            f"写不了 {path}（{os_reason(error)}）。请检查磁盘空间和权限；文件如正被 Excel、WPS 等打开，请关闭后再运行。"
        ) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):  # the next run tidies
                Path(temporary).unlink(missing_ok=True)
