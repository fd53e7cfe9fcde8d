"""How wide texts are in a spreadsheet, and how high the row must be that holds them wrapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_LINE = 15.0  # points of one line of text
_HIGHEST = 409.0  # a spreadsheet allows no more


def text_width(text: str) -> int:
    """Give the width of the widest line in columns of one digit: a Chinese character takes two."""
    return max((_line_width(line) for line in text.splitlines()), default=0)


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Give the height in points of a row whose cells are wrapped at the widths of their columns."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        lines = max(lines, sum(_lines(line, width) for line in text.splitlines()))
    return min(_LINE * lines + 2, _HIGHEST)


def column_widths(rows: Iterable[Sequence[str]], columns: int, widest: int) -> list[int]:
    """Give each column the width of its longest text, between a small and a greatest width."""
    widths = [8] * columns
    for row in rows:
        for column, text in enumerate(row[:columns]):
            widths[column] = max(widths[column], min(text_width(text) + 2, widest))
    return widths


def _line_width(line: str) -> int:
    return len(line.encode("gb18030", "replace"))  # one byte a Latin character, two a Chinese one


def _lines(line: str, width: float) -> int:
    return max(-(-_line_width(line) // max(int(width) - 1, 1)), 1)
