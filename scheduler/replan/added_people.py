"""What a table of changes says of people it adds that is probably not meant so: told, and done as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import polars as pl

from common.text import name_key
from scheduler import cells
from scheduler.columns import Faults, listed_rows
from scheduler.problem import Part, Problem
from scheduler.replan.nearest_items import nearest
from scheduler.replan.people import staff_items
from scheduler.tables import Row
from scheduler.trainees import Trainees

_AGAIN = "如是写错，请改正后重办"


def tell_added(table: Sequence[Row], before: Problem, after: Problem) -> Iterator[str]:
    """Give one sentence for each.

    Parameters
    ----------
    before, after
        the facts without the changes of the table, and with them.
    """
    kinds = [(cells.word(row, "change", "change", Faults()), row) for row in table]
    trainees = [row for kind, row in kinds if kind == "trainee_added"]
    staff = [row for kind, row in kinds if kind == "staff_added"]
    held = {one.item for one in after.places}
    yield from _items(trainees, held)
    yield from _staff_items(staff, held, after)
    yield from _twice(trainees, before, after)


def _items(added: Sequence[Row], held: Collection[str]) -> Iterator[str]:
    """Tell items that no site can examine: whoever registered for one has no place for certain."""
    for item in dict.fromkeys(row["item"] for row in added if row["item"] not in held):
        rows = [row.location.row for row in added if row["item"] == item]
        yield (
            f"变更表第 {listed_rows(rows)} 行增加的考生报“{item}”，没有考点有这个项目的工位，一定排不上；"
            f"{_meant(item, held)}"
        )


def _meant(item: str, held: Collection[str]) -> str:
    like = nearest(item, held)
    return f"是不是{'、'.join(f'“{one}”' for one in like)}？{_AGAIN}" if like else _AGAIN


def _staff_items(added: Sequence[Row], held: Collection[str], after: Problem) -> Iterator[str]:
    """Tell items of staff that resemble one of the batch; others are of other batches, which is in order."""
    wanted = {*held, *Trainees.of(after.trainees).frame["item"].unique()} if added else set()
    for row in added:
        for item in staff_items(row):
            like = [] if item in wanted else nearest(item, wanted)
            if like:
                told = "、".join(f"“{one}”" for one in like)
                yield f"变更表第 {row.location.row} 行增加的考务人员的项目“{item}”没有人报，也没有工位；是不是{told}？{_AGAIN}"


def _twice(added: Sequence[Row], before: Problem, after: Problem) -> Iterator[str]:
    """Tell by the number, which is never repeated, who is added for what the same person is registered for, or under another name."""
    asked = {}
    for row in added:
        one = after.trainees.get(cells.identifier(row, "id"))
        if one is not None and one.id_number:
            asked[one.trainee_id] = one, row.location.row
    if not asked:
        return
    frame = Trainees.of(before.trainees).frame.select("trainee_id", "id_number", "item", "part", "name")
    numbers = pl.Series([one.id_number for one, _ in asked.values()], dtype=pl.String).implode()
    known: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    called: dict[str, dict[str, str]] = defaultdict(
        dict
    )  # of a number: the names, each with the first who has it
    for name, number, item, part, own in frame.filter(pl.col("id_number").is_in(numbers)).iter_rows():
        if name in after.trainees:
            known[number, item, str(Part(part))].append(name)
            called[number].setdefault(name_key(own), name)
    for name, (one, place) in asked.items():
        same, names = known[one.id_number, one.item, str(one.part)], called[one.id_number]
        where = f"变更表第 {place} 行增加的考生 {name} 与"
        if same:
            yield f"{where} {'、'.join(same)} 证件号码相同，同一项目“{one.item}”报了 {len(same) + 1} 次，会各排一场；{_AGAIN}"
        others = (
            [other for own, other in names.items() if own and own != name_key(one.name)] if one.name else []
        )
        if others:
            yield f"{where} {'、'.join(others)} 证件号码相同、姓名不同，按同一人安排（不在同一时间考两科）；{_AGAIN}"
        same.append(name)
        names.setdefault(name_key(one.name), name)
