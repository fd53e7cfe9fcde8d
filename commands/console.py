"""What is printed and what is typed, where consoles and shells differ: UTF-8, and patterns of file names."""

from __future__ import annotations

import glob
import sys
from collections.abc import Sequence
from pathlib import Path

from click import _compat

from common.left_beside import left_beside


def speak_utf8() -> None:
    """Let everything that is printed be UTF-8, whatever the locale says; what is no proper text becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    for name in ("_default_text_stdout", "_default_text_stderr"):
        # to consoles of Windows click writes by streams of its own; a later click may call them otherwise
        written = getattr(_compat, name, lambda: None)()
        if written is not None and hasattr(written, "reconfigure"):
            written.reconfigure(errors="replace")


def names_are_narrow() -> bool:
    """Say whether names of files cannot hold Chinese here, as where LC_ALL is C and Python may not help itself."""
    return sys.getfilesystemencoding() not in ("utf-8", "utf8")


def expanded(arguments: Sequence[str]) -> list[str]:
    """Give arguments with the names of files in the place of patterns: the shells of Windows leave that to programs."""
    if sys.platform == "win32":
        return [name for argument in arguments for name in _files(argument) or [argument]]
    return list(arguments)


def _files(pattern: str) -> list[str]:
    """Give the files that a pattern means; none where it is no pattern, as 名单[1].xlsx is a name."""
    if not set("*?") & set(pattern):
        return []
    found = sorted(glob.glob(pattern.replace("[", "[[]")))  # noqa: PTH207 - as it is written, with its folder
    return [name for name in found if not left_beside(Path(name).name)]
