"""A registration taken out of the facts, without losing what was known through it of the person.

People with one number, or joined by ``same_person``, are one person, and the relations of one id are the person's.
So what a relation says of an id that goes, it says of another id of the person where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from scheduler.problem import Problem, Relation
from scheduler.several.one_person import TRAINEE, Node, joined_ids

_BOTH = ("from_id", "to_id")
_PEOPLE = {
    "employs": ("to_id",),
    "employed": ("to_id",),
    "teaches": ("from_id",),
    "taught": _BOTH,
    "relative": _BOTH,
    "same_person": _BOTH,
}
"""Which ends of a relation are people; an organisation may have the id of one."""


def without(problem: Problem, name: str) -> Problem:
    """Take a trainee out; the person's other ids stay joined and keep the relations."""
    trainees = {one: trainee for one, trainee in problem.trainees.items() if one != name}
    left = replace(problem, trainees=trainees)
    if not any(_ends(one, name) for one in problem.relations):  # as of most: nothing hangs on this id
        return left
    others = _others(problem, name)
    kept = [new for one in problem.relations for new in _passed_on(one, name, others, left)]
    left = replace(left, relations=tuple(dict.fromkeys(kept)))
    return replace(left, relations=(*left.relations, *_bridges(left, others)))


def _others(problem: Problem, name: str) -> list[Node]:
    """Give the other ids of a trainee's person, registrations first."""
    joined, own = joined_ids(problem), (TRAINEE, name)
    same = [node for node, root in joined.items() if node != own and root == joined.get(own)]
    return sorted(same, key=lambda node: (node[0] != TRAINEE, node))


def _ends(one: Relation, name: str) -> list[str]:
    """Give the ends of a relation that are a person of this id."""
    return [end for end in _PEOPLE.get(one.kind, ()) if getattr(one, end) == name]


def _passed_on(one: Relation, name: str, others: Sequence[Node], left: Problem) -> Iterator[Relation]:
    """Give what becomes of a relation: it stays, or names another id of the person, or goes."""
    ends = _ends(one, name)
    if not ends or (name in left.staff and _holds(one, left)):  # of the member of staff who has this id, too
        yield one
    for _, heir in others[:1] if ends else ():
        named: dict[str, Any] = dict.fromkeys(ends, heir)
        new = replace(one, **named)
        if new.from_id != new.to_id and _holds(new, left):
            yield new


def _holds(one: Relation, left: Problem) -> bool:
    """Say whether a relation is about somebody who is still there: taught are trainees only."""
    return one.kind != "taught" or one.to_id in left.trainees


def _bridges(left: Problem, others: Sequence[Node]) -> list[Relation]:
    """Give relations that join the ids of a person whom only the one that went had joined."""
    joined = joined_ids(left)
    return [
        Relation("same_person", others[0][1], other[1])
        for other in others[1:]
        if joined.get(other, other) != joined.get(others[0], others[0])
    ]
