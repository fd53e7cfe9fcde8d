"""The sheets of staff lists, opened: which of them are read, and what reports call them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from certcheck.roster import Reading
from common.errors import InputError
from common.privacy import told_apart
from common.sheets import Sheet, read_sheets


def opened(paths: Sequence[Path], sheet: str | None, *, show_id: bool = False) -> list[list[Reading]]:
    """Open files, in order, each with the sheets to read: the one that is named, or all.

    Reports tell files and sheets by their names, with the numbers in them masked unless they are to be shown; files of
    one name by their folders, too.

    Raises
    ------
    InputError
        a file cannot be read, or has no such sheet.
    """
    names = _with_folders(paths)
    shown = names if show_id else told_apart(names)
    return [
        [
            Reading(one, part=part, shown=(file, name))
            for one, name in _wanted(path, file, sheet, show_id=show_id)
        ]
        for part, (path, file) in enumerate(zip(paths, shown, strict=True))
    ]


def _with_folders(paths: Sequence[Path]) -> list[str]:
    """Give the files' names, behind as much of their folders as tells files of one name apart."""
    whole = [path.absolute() for path in paths]
    return [_among(one, {other for other in whole if other.name == one.name}) for one in whole]


def _among(path: Path, namesakes: set[Path]) -> str:
    """Name a file so that none of its namesakes is called the same; one that is given twice has none."""
    parts = 1
    while sum(other.parts[-parts:] == path.parts[-parts:] for other in namesakes) > 1:
        parts += 1
    return "/".join(path.parts[-parts:])


def afresh(reading: Reading) -> Reading:
    """Give the same sheet, not read yet."""
    return Reading(reading.sheet, part=reading.part, shown=reading.shown)


def _wanted(path: Path, file: str, named: str | None, *, show_id: bool) -> list[tuple[Sheet, str]]:
    """Give the sheets to read with their names for reports; one is also known by that, as a profile keeps it."""
    every = read_sheets(path)
    names = [one.name for one in every]
    shown = names if show_id else told_apart(names)
    if named is None:
        return list(zip(every, shown, strict=True))
    known = names if named in names else shown
    own = [pair for pair, name in zip(zip(every, shown, strict=True), known, strict=True) if name == named]
    if not own:
        listed = "、".join(f"“{name}”" for name in shown)
        raise InputError(f"{file}：没有名为“{named}”的工作表，有 {listed}。请检查 --sheet。")
    return own
