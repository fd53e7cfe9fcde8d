"""Paths that are given on the command line."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import Any

import click


class FilledPath(click.Path):
    """A path that names something: an empty one would be the current folder, and a batch with names would be left there."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty path; a variable of a script may be one."""
        if not str(value).strip():
            self.fail("路径是空的，请写明文件或文件夹。", param, ctx)
        found = super().convert(value, param, ctx)
        # "." has no name, and messages begin with one
        return found.resolve() if isinstance(found, Path) and not found.name else found


class FolderPath(FilledPath):
    """A folder to write to: what is a file, or lies below one, is wrong usage and is said before anything is done."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse a path that is no folder and can be none."""
        found = super().convert(value, param, ctx)
        try:
            there = next((one for one in (found, *found.parents) if one.exists()), None)
        except OSError:  # where nobody may look: told when it is written to
            return found
        if there is not None and not there.is_dir():
            self.fail(f"{there} 已经有了，是文件，不是文件夹。请换一个文件夹，或移走这个文件。", param, ctx)
        return found


def is_same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to one place, however they are written; disks of Windows and macOS do not tell cases apart."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there yet
        return _plain(one) == _plain(other)


def lies_in(path: Path, folder: Path) -> bool:
    """Say whether a path is a folder or lies in it, however they are written; neither has to be there yet."""
    place = path.resolve()
    return any(is_same(one, folder) for one in (place, *place.parents))


def _plain(path: Path) -> str:
    text = str(path.resolve())
    alike = sys.platform in ("darwin", "win32")
    return unicodedata.normalize("NFC", text).casefold() if alike else text
