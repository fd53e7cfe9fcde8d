"""Rows of one kind: what they have in common is looked at once, and the answer holds for all of them.

A million rows are of a few thousand kinds for any one rule, because few values matter to it. So a rule is asked
of the first row of each kind, in the same words as ever, and only its answers are spread over the rows.
Columns are whole numbers: a value's place among its like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_MOST = 1 << 62
"""Numbers of kinds stay below this, so that they fit into 64 bits with a sign."""


def coded(column: pl.Series) -> tuple[Ints, list[str]]:
    """Give the numbers of the texts of a column, and the texts they stand for."""
    listed = column.unique()
    codes = column.cast(pl.Enum(listed)).to_physical().cast(pl.Int64)
    return codes.to_numpy(), listed.to_list()


def kinds(columns: Sequence[npt.NDArray[Any]]) -> tuple[Ints, int]:
    """Give the number of each row's kind, from 0, and how many kinds there are; who agrees in all columns is of one."""
    size = len(columns[0])
    few = 8 * size + 64  # so many numbers can be counted off in a table, instead of being looked for
    found, below = np.zeros(size, np.int64), 1
    for column in columns:
        least, most = (int(column.min()), int(column.max())) if size else (0, 0)
        count = most - least + 1
        if below <= few < below * count or below * count > _MOST:
            found, below = _dense(found, below, few)
        found, below = found * count + (column - least), below * count
    return _dense(found, below, few)


def _dense(kind: Ints, below: int, few: int) -> tuple[Ints, int]:
    """Leave no number out."""
    if below > few:
        kind, below = _first_alike(kind), len(kind)
    used = np.zeros(below, np.bool_)
    used[kind] = True
    listed = np.flatnonzero(used)
    numbers = np.empty(below, np.int64)
    numbers[listed] = np.arange(len(listed))
    return numbers[kind], len(listed)


def _first_alike(kind: Ints) -> Ints:
    """Give for each row the first one of its kind, by which the kind may be told as well."""
    rows = pl.DataFrame({"kind": kind}).with_row_index("row")
    return rows.select(pl.col("row").min().over("kind")).to_series().to_numpy()


def first_rows(kind: Ints, count: int) -> Ints:
    """Give the first row of each kind."""
    first = np.zeros(count, np.int64)
    first[kind[::-1]] = np.arange(len(kind))[::-1]  # of several rows the last one written stays
    return first


def by_kind(columns: Sequence[npt.NDArray[Any]], answer: Callable[[Ints], Iterable[int]]) -> Ints:
    """Ask about each kind of rows once, and give the answer for every row.

    Parameters
    ----------
    columns
        what matters: who agrees in all of them is of one kind.
    answer
        gets the number of the first row of each kind, and gives a number for each of these.
    """
    kind, count = kinds(columns)
    return np.fromiter(answer(first_rows(kind, count)), np.int64, count)[kind]


def where_kind(columns: Sequence[npt.NDArray[Any]], judge: Callable[[Ints], Iterable[bool]]) -> Mask:
    """Judge each kind of rows once, as ``by_kind`` asks about it, and give the judgement for every row."""
    found: Mask = by_kind(columns, judge) != 0
    return found


def repeated(columns: Sequence[npt.NDArray[Any]]) -> Mask:
    """Say of each row whether another one is of its kind."""
    kind, count = kinds(columns)
    several: Mask = np.bincount(kind, minlength=count) > 1
    return several[kind]
