"""Ids that stand among the trainees and among the staff: of a relation that names one, nobody knows whom it means.

Where one identity number, or a ``same_person`` from the id to itself, says that both are one person, it means that person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from common.listing import first_few
from scheduler.batch.columns import Faults
from scheduler.batch.tables import Row
from scheduler.problem import Problem, Relation
from scheduler.several.one_person import STAFF, TRAINEE, joined_ids
from scheduler.trainees import Trainees

_MOST_TOLD = 8
_EITHER = {
    "same_person": ("from_id", "to_id"),
    "relative": ("from_id", "to_id"),
    "employs": ("to_id",),
    "employed": ("to_id",),
    "teaches": ("from_id",),
}
"""Ends that may be a trainee or a member of staff; of ``taught`` the first is of the staff, the second a trainee."""


def shared_ids(problem: Problem) -> frozenset[str]:
    """Give the ids that a trainee and a member of staff have who are not known to be one person."""
    ids = Trainees.of(problem.trainees).frame["trainee_id"]
    both = frozenset(ids.filter(ids.is_in(list(problem.staff)))) if problem.staff else frozenset()
    if not both:
        return frozenset()
    certain = [one for one in problem.relations if not any(name in both for _, name in _ends(one))]
    person_of = joined_ids(replace(problem, relations=tuple(certain)))

    def is_one(name: str) -> bool:
        staff, trainee = (STAFF, name), (TRAINEE, name)
        return person_of.get(staff, staff) == person_of.get(trainee, trainee)

    return frozenset(name for name in both if not is_one(name))


def check_shared_ids(problem: Problem, rows: Sequence[Row], faults: Faults) -> None:
    """Find relations of such an id; ``rows`` are those of ``problem.relations``."""
    shared = shared_ids(problem)
    for row, relation in zip(rows, problem.relations, strict=True) if shared else ():
        for column, name in _ends(relation):
            if name in shared:
                message = (
                    f"“{name}”在考生表和考务人员表中都有，不知道这条关系说的是哪一位：请把其中一个改用别的编号；"
                    "如是同一人，请两处都填身份证号，或另加一条“同一人”关系，起始和目标都写这个编号"
                )
                faults.add("BATCH-ID-AMBIGUOUS", message, row.at(column))


def _ends(relation: Relation) -> list[tuple[str, str]]:
    """Give the ends of a relation at which either could be meant; "somebody is himself" says that both are one."""
    if relation.kind == "same_person" and relation.from_id == relation.to_id:
        return []
    ids = {"from_id": relation.from_id, "to_id": relation.to_id}
    return [(column, ids[column]) for column in _EITHER.get(relation.kind, ())]


def tell_shared_ids(problem: Problem) -> str:
    """Tell such ids in one sentence; "" where there are none."""
    shared = sorted(shared_ids(problem))
    if not shared:
        return ""
    first = first_few(shared, _MOST_TOLD)
    return (
        f"有 {len(shared)} 个编号在考生表和考务人员表中都有，按不同的人安排：{first}；"
        "是同一人的，请两处都填身份证号，不是的最好改用别的编号"
    )
