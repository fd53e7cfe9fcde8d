"""Trainees without a name: their papers would call them by their ids."""

from __future__ import annotations

import polars as pl

from scheduler.batch.columns import listed_rows
from scheduler.batch.trainee_table import TraineeTable

_CALLED = "准考证和名单上会用考生编号代替姓名；请补填"


def tell_nameless(table: TraineeTable, trainees: pl.DataFrame) -> list[str]:
    """Tell the rows of trainees that state no name; in one sentence where there is no column of names at all."""
    if trainees.is_empty():
        return []
    if "name" not in table.columns:
        return [f"考生表没有“姓名”一列，{_CALLED}"]
    rows = trainees.filter(pl.col("name") == "")["row"].to_list()
    return [f"考生表 {len(rows)} 行没有填姓名，{_CALLED}：第 {listed_rows(rows)} 行"] if rows else []
