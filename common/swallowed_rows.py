"""Text tables whose quotes do not pair: a cell that begins in one row and ends in a later one hides the rows between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n|\r|\n")
_PERSONS_NUMBER = re.compile(r"\d{15}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file within one row: how many cells it would be as a row, and what the long cell holds of it."""

    cells: int
    inside: bool
    """Some of its separators stand within a cell of several lines."""
    number: bool
    """A person's number stands within that cell."""


@dataclass
class QuotedRows:
    """The rows of a table that stand on several lines, and how long the others are.

    A cell may have several lines; it may also be two rows and what is between them, where one quote opened it and
    another one closed it. Then each of its lines is a row: with as many cells as the rows of this file have, or with
    fewer where the last ones were left out. When that cannot be told, the file has to be put right: nobody vanishes.
    """

    mark: str
    _lengths: set[int] = field(default_factory=set)
    _several: dict[tuple[int, bool, tuple[_Line, ...]], int] = field(default_factory=dict)

    def add(self, row: Sequence[str], line: int, *, several: bool) -> None:
        """Take in a row that begins on a line of the file, on one line or on several."""
        if not several:
            self._lengths.add(len(row))
            return
        below = max(self._lengths, default=0) > 1
        self._several.setdefault((len(row), below, tuple(_lines(row, self.mark))), line)

    def swallowing(self) -> int | None:
        """Give the first line of a row that may hold others, or None; one that is longer than all, but for the header, does."""
        lengths = {length for length in self._lengths if length > 1}
        width = max(lengths or {length for length, _, _ in self._several}, default=0)
        return next(
            (
                begun
                for (length, below, lines), begun in self._several.items()
                if width > 1 and ((below and length > width) or _may_be_rows(length, lines, lengths, width))
            ),
            None,
        )


def _lines(row: Sequence[str], mark: str) -> list[_Line]:
    """Give the lines of a row that stands on several; empty ones say nothing."""
    pieces: list[list[tuple[str, bool]]] = [[]]
    for cell in row:
        first, *rest = _LINE_END.split(cell)
        pieces[-1].append((first, bool(rest)))
        pieces += [[(text, True)] for text in rest]
    return [
        _Line(
            len(line) + sum(text.count(mark) for text, long in line if long),
            any(long and mark in text for text, long in line),
            any(long and _PERSONS_NUMBER.search(text) is not None for text, long in line),
        )
        for line in pieces
        if len(line) > 1 or line[0][0].strip()
    ]


def _may_be_rows(length: int, lines: Sequence[_Line], lengths: set[int], width: int) -> bool:
    """Say whether the lines of a row of so many cells may be rows themselves."""
    if any(line.inside and line.number for line in lines[1:]):
        return True
    if len(lines) < 2 or any(line.cells > width for line in lines):
        return False  # no row of this file is as long as that: its separators belong to the cell
    first, *others = lines
    if all(line.cells == width for line in lines):
        return first.inside or any(line.inside for line in others)
    if any(line.inside and line.cells == width for line in others):
        return True
    ragged = len(lengths) > 1
    if any(line.inside for line in others):
        return ragged or first.cells == width
    return first.inside and others[-1].cells > 1 and (ragged or first.cells == width != length)
