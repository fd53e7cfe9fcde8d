"""Rows of one kind: what they have in common is looked at once, and the answer holds for all of them.

A million rows are of a few thousand kinds for any one rule, because few values matter to it. So a rule is asked
of the first row of each kind, in the same words as ever, and only its answers are spread over the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl

_MOST = 1 << 62
"""Numbers of kinds stay below this, so that they fit into 64 bits with a sign."""


def kind_numbers(frame: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """Give a number for each row; two rows have one number exactly where they agree in the named columns."""
    found, below = pl.zeros(frame.height, dtype=pl.Int64, eager=True), 1
    for name in names:
        one, count = _numbers(frame[name])
        if below * count > _MOST:
            found, below = found.rank("dense").cast(pl.Int64), frame.height + 1
        found, below = found * count + one, below * count
    return found.alias("kind")


def _numbers(column: pl.Series) -> tuple[pl.Series, int]:
    """Give the values of a column as numbers from 0, the last one for nothing, and how many numbers there are."""
    if column.dtype == pl.String:
        listed = column.unique().drop_nulls()
        numbers, count = column.cast(pl.Enum(listed)).to_physical().cast(pl.Int64), len(listed)
    else:
        numbers = column.to_physical().cast(pl.Int64)
        least, most = numbers.min(), numbers.max()
        if not isinstance(least, int) or not isinstance(most, int):
            least = most = 0  # nothing stated at all
        numbers, count = numbers - least, most - least + 1
    return numbers.fill_null(count), count + 1


def by_kind(
    frame: pl.DataFrame,
    names: Sequence[str],
    answer: Callable[[pl.DataFrame], Iterable[Any]],
    dtype: type[pl.DataType],
) -> pl.Series:
    """Ask about each kind of rows once, and give the answer for every row.

    Parameters
    ----------
    frame
        the rows.
    names
        the columns that matter: who agrees in them is of one kind.
    answer
        gives an answer for each row of a frame; it gets the first row of each kind, in their order.
    dtype
        what the answers are.
    """
    kind = kind_numbers(frame, names)
    rows = pl.DataFrame({"kind": kind}).with_row_index("first")
    first = rows.group_by("kind").agg(pl.col("first").first()).sort("first")
    answers = pl.Series("answer", answer(frame[first["first"]]), dtype=dtype)
    return rows.join(first.select("kind", answers), on="kind", how="left", maintain_order="left")["answer"]
