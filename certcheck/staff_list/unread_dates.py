"""Columns of dates that nobody reads: told, for one of them may be the end that the list states."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from certcheck.cells import date_of
from certcheck.staff_list.around import Around, HeaderMatch
from common.dates import read_date
from common.sheets import CellValue, cell_text
from common.text import fold, key, stated

_BEGINS = re.compile(r"\s*(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}(?!\d)")


def unread_dates(
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    read: set[int],
    sample: Sequence[Sequence[CellValue]],
    around: Around,
) -> Iterator[str]:
    """Give the labels of columns that hold dates and are not ``read``; a word that is known for another's is not told.

    Four of five cells are enough: one that is mistyped must not hide the column. Beside dates that are certain, digits
    and dates with a word behind them count, too: a column that many hands filled in has all of these forms.
    """
    for index, label in enumerate(labels):
        found = matches[index]
        if index in read or (found is not None and not found.unsure) or around.is_foreign(key(label)):
            continue
        cells = [row[index] for row in sample if index < len(row)]
        cells = [cell for cell in cells if (text := stated(cell_text(cell))) and key(text) != key(label)]
        sure, likely = sum(map(_is_date, cells)), sum(map(_may_be_date, cells))
        if sure and sure * 5 >= len(cells) and (sure + likely) * 5 >= 4 * len(cells):
            yield label or f"第 {index + 1} 列（没有表头）"


def _is_date(value: CellValue) -> bool:
    """Say whether a cell is a date for certain: digits alone may count anything."""
    if isinstance(value, dt.date):
        return True
    return isinstance(value, str) and not value.strip().isdigit() and read_date(value) is not None


def _may_be_date(value: CellValue) -> bool:
    """Say whether a cell is likely a date beside certain ones: 20210501, a day count, 2025.3.15已办."""
    if _is_date(value) or isinstance(value, bool):
        return False
    return date_of(value) is not None or (isinstance(value, str) and _BEGINS.match(fold(value)) is not None)
