"""Rows below a schedule made by hand that are totals, signatures or notes: no breach, and told, never left out in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from scheduler.batch.feet import foot_mark
from scheduler.checker.schedule.columns import ROW, Columns


def without_feet(table: Columns, where: Sequence[str]) -> tuple[Columns, tuple[int, ...]]:
    """Leave out the rows that state nothing in the columns ``where``, and nobody; gives their numbers."""
    bare = table.frame.filter(*(pl.col(name) == "" for name in where)).select(ROW, "trainee_id")
    feet = tuple(row for row, name in bare.iter_rows() if is_foot(name, lacking=len(where)))
    kept = table.frame.filter(~pl.col(ROW).is_in(feet)) if feet else table.frame
    return replace(table, frame=kept), feet


def is_foot(first: str, lacking: int) -> bool:
    """Say whether a row that lacks so many cells, and begins with this one, is the total of a table, a signature or a note."""
    return not first or bool(foot_mark(lacking, first, first))
