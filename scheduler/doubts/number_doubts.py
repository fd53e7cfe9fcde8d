"""Identity numbers, of trainees and of staff, that are probably not meant so; told by row, never repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import polars as pl

from common.text import name_key
from scheduler.batch.columns import listed_rows
from scheduler.problem import Problem
from scheduler.trainees import Trainees

_RESIDENT = "^[0-9]{17}[0-9X]$"
# GB 11643, for a million numbers at once; one number is read by ``common.identity``
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int32)
_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
_TRAINEES, _STAFF = "考生", "考务人员"


def wrong_numbers(problem: Problem) -> Iterator[str]:
    """Tell identity numbers whose last character does not follow from the others: a number typed wrong is another person."""
    staff = [(one.id_number, one.row) for one in problem.staff.values()]
    of_staff = pl.DataFrame(staff, {"id_number": pl.String, "row": pl.Int64}, orient="row")
    for table, frame in ((_TRAINEES, Trainees.of(problem.trainees).frame), (_STAFF, of_staff)):
        wrong = _wrong_rows(frame.select("id_number", "row"))
        if wrong:
            told = f"{table}表 {len(wrong)} 行的身份证号不是 18 位或末位（校验码）不对，认人可能有误"
            yield f"{told}：第 {listed_rows(sorted(wrong))} 行"


def _wrong_rows(frame: pl.DataFrame) -> list[int]:
    some = frame.filter(pl.col("id_number").str.contains(_RESIDENT))
    wrong = frame.filter((pl.col("id_number") != "") & ~pl.col("id_number").str.contains(_RESIDENT))
    rows: list[int] = wrong["row"].to_list()
    if some.height:
        digits = np.frombuffer(some["id_number"].str.join("").item().encode(), np.uint8).reshape(-1, 18)
        sums = digits[:, :17].astype(np.int32) @ _WEIGHTS - ord("0") * _WEIGHTS.sum()
        rows += some.filter(pl.Series(_CHECKS[sums % 11] != digits[:, 17]))["row"].to_list()
    return rows


def names_differ(problem: Problem) -> list[str]:
    """Tell by their ids the people who have one identity number and different names; the plan is public and does not tell them."""
    names: dict[str, set[str]] = defaultdict(set)
    ids: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    staff = [one for one in problem.staff.values() if one.id_number and one.name]
    trainees = Trainees.of(problem.trainees)
    held = [*trainees.repeated_numbers, *{one.id_number for one in staff}]
    alike = trainees.frame.filter(pl.col("id_number").is_in(held) & (pl.col("name") != "")) if held else None
    for number, name, called in () if alike is None else alike["id_number", "trainee_id", "name"].iter_rows():
        names[number].add(name_key(called))
        ids[number][0].append(name)
    for one in staff:
        names[one.id_number].add(name_key(one.name))
        ids[one.id_number][1].append(f"{one.staff_id}（{_STAFF}表第 {one.row} 行）")
    found = sorted(
        (sorted(ids[number][0]), sorted(ids[number][1])) for number in names if len(names[number]) > 1
    )
    return [
        "，".join(f"{what} {'、'.join(who)}" for what, who in ((_TRAINEES, sit), (_STAFF, serve)) if who)
        for sit, serve in found
    ]
