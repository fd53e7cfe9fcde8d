"""Trainees without a name: their papers would call them by their ids."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from scheduler.batch.columns import listed_rows
from scheduler.problem import Problem
from scheduler.trainees import Trainees

_CALLED = "准考证和名单上会用考生编号代替姓名；请补填"


def nameless(problem: Problem) -> Iterator[str]:
    """Tell the rows of trainees that state no name; who was read from no table (row 0) has no row to mend."""
    frame = Trainees.of(problem.trainees).frame
    rows = frame.filter((pl.col("name") == "") & (pl.col("row") > 0))["row"]
    if rows.is_empty():
        return
    if len(rows) == len(frame):
        yield f"考生表没有一个人填了姓名，{_CALLED}"
    else:
        yield f"考生表 {len(rows)} 行没有填姓名，{_CALLED}：第 {listed_rows(sorted(rows))} 行"
