"""How the rows of a door list stand on its pages: down the left half of a page, then down its right half.

Every page begins with the whole heading. Heights are counted in lines of a row, from the widths of the columns in
``data/papers/doors.typ``; where a font sets a little more, the page's own heading comes again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from scheduler.papers.words import width

Row = Sequence[str]
Lot = tuple[str, Sequence[Row]]
"""Rows under a heading of their own, which may be empty."""

_ROOM = 27.0  # rows of one line that a page has room for below a heading of seven lines
_LOT = 1.0  # what the heading of a lot takes, in rows
_LINE = 0.6  # what each further line of a cell takes, in rows
_NAME, _NUMBER = 7.0, 10.2  # full-width characters on a line of these columns


def door_pages(lots: Sequence[Lot]) -> list[list[dict[str, Any]]]:
    """Give the pages: of each the lots on it, of each lot its heading and pairs of rows (the right one may be None)."""
    pages: list[list[dict[str, Any]]] = [[]]
    left = _ROOM
    for heading, rows in lots:
        rest = list(rows)
        more = False
        while rest:
            told = f"{heading}（续）" if more and heading else heading
            taken = _fitting(rest, left - (_LOT if heading else 0))
            if not taken and pages[-1]:
                pages.append([])
                left = _ROOM
                continue
            taken = max(taken, 1)  # a row too high for a page goes over its end
            half = -(-taken // 2)
            pages[-1].append({"heading": told, "rows": list(_pairs(rest[:taken], half))})
            left -= _height(rest[:taken], half) + (_LOT if heading else 0)
            rest = rest[taken:]
            more = True
    return pages


def _fitting(rows: Sequence[Row], room: float) -> int:
    """Give how many of the first rows fit, halved, into so much room."""
    most = min(len(rows), 2 * max(0, math.floor(room)))
    while most and _height(rows[:most], -(-most // 2)) > room:
        most -= 1
    return most


def _pairs(rows: Sequence[Row], half: int) -> Iterator[tuple[Row, Row | None]]:
    for number, row in enumerate(rows[:half]):
        yield row, rows[half + number] if half + number < len(rows) else None


def _height(rows: Sequence[Row], half: int) -> float:
    return sum(max(_tall(one) for one in pair if one is not None) for pair in _pairs(rows, half))


def _tall(row: Row) -> float:
    lines = max(-(-width(row[1]) // _NAME), -(-width(row[2]) // _NUMBER), 1)
    return 1 + (lines - 1) * _LINE
