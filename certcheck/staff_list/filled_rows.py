"""What the cells of a row stand for that are merged with those above, or say 同上."""

from __future__ import annotations

from collections.abc import Sequence

from common.sheets import CellValue, Sheet, filled_down

_PADS = ("", " ", "  ", "\u3000", "\u00a0", "\u200b")
_DITTO = frozenset(
    before + mark + after
    for mark in ("同上", "同 上", "〃", "″", "”", "''")
    for before in _PADS
    for after in _PADS
)


def filled_rows(sheet: Sheet) -> list[list[CellValue]]:
    """Repeat a vertically merged value in every row it spans, and the cell that 同上 means.

    One cell was meant for all of them.
    """
    rows, _ = filled_down(sheet.rows, ((top, left, bottom) for top, left, bottom, _ in sheet.merged))
    for index in range(1, len(rows)):
        if not _DITTO.isdisjoint(rows[index]):
            rows[index] = [_ditto(value, rows[index - 1], at) for at, value in enumerate(rows[index])]
    return rows


def _ditto(value: CellValue, above: Sequence[CellValue], at: int) -> CellValue:
    """Give what 同上 stands for: the cell above it."""
    return above[at] if value in _DITTO and at < len(above) else value
