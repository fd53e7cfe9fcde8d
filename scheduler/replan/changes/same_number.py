"""Who is added with a number that somebody has: registered again for the same thing, or called otherwise. The number is never repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl

from common.text import name_key
from scheduler.batch import cells
from scheduler.batch.tables import Row
from scheduler.problem import Problem
from scheduler.trainees import Trainees

_AGAIN = "如是写错，请改正后重办"


class _Person(NamedTuple):
    """Somebody with a number: how to call them, their name, and of a registration item and part."""

    told: str
    number: str
    name: str
    asked: tuple[str, str] | None


def tell_same_number(
    trainees: Sequence[Row], staff: Sequence[Row], before: Problem, after: Problem
) -> Iterator[str]:
    """Give a sentence for each row that adds such a person.

    Parameters
    ----------
    trainees, staff
        the rows that add people.
    before, after
        the facts without the changes of the table, and with them.
    """
    added = [*_trainees(trainees, after), *_staff(staff, after)]
    known: dict[str, list[_Person]] = defaultdict(list)
    for one in _known({person.number for person, _ in added}, before, after) if added else ():
        known[one.number].append(one)
    for person, place in added:
        held = known[person.number]
        where = f"变更表第 {place} 行增加的{person.told} 与"
        same = [one.told for one in held if person.asked is not None and one.asked == person.asked]
        if same and person.asked is not None:
            listed = "、".join(same)
            yield f"{where}{listed} 证件号码相同，同一项目“{person.asked[0]}”报了 {len(same) + 1} 次，会各排一场；{_AGAIN}"
        others = [one.told for one in held if _differ(one.name, person.name)]
        if others:
            yield f"{where}{'、'.join(others)} 证件号码相同、姓名不同，按同一人对待；{_AGAIN}"
        held.append(person)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and name_key(one) != name_key(other)


def _trainees(rows: Sequence[Row], after: Problem) -> Iterator[tuple[_Person, int]]:
    for row in rows:
        one = after.trainees.get(cells.identifier(row, "id"))
        if one is not None and one.id_number:
            asked = one.item, str(one.part)
            yield _Person(f"考生 {one.trainee_id}", one.id_number, one.name, asked), row.location.row


def _staff(rows: Sequence[Row], after: Problem) -> Iterator[tuple[_Person, int]]:
    for row in rows:
        one = after.staff.get(cells.identifier(row, "id"))
        if one is not None and one.id_number:
            yield _Person(f"考务人员 {one.staff_id}", one.id_number, one.name, None), row.location.row


def _known(numbers: set[str], before: Problem, after: Problem) -> Iterator[_Person]:
    """Give who had one of some numbers before, and is still there."""
    frame = Trainees.of(before.trainees).frame.select("trainee_id", "id_number", "name", "item", "part")
    wanted = pl.Series(sorted(numbers), dtype=pl.String).implode()
    for name, number, called, item, part in frame.filter(pl.col("id_number").is_in(wanted)).iter_rows():
        if name in after.trainees:
            yield _Person(f"考生 {name}", number, called, (item, str(part)))
    for name, one in sorted(before.staff.items()):
        if one.id_number in numbers:
            yield _Person(f"考务人员 {name}", one.id_number, one.name, None)
