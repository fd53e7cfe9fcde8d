"""What a table of changes says of people it adds that is probably not meant so: told, and done as it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from scheduler.batch import cells
from scheduler.batch.columns import Faults, listed_rows
from scheduler.batch.tables import Row
from scheduler.problem import Problem
from scheduler.replan.changes.nearest_items import nearest
from scheduler.replan.changes.people import staff_items
from scheduler.replan.changes.same_number import tell_same_number
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
    yield from tell_same_number(trainees, staff, before, after)


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
