"""Who of the staff is one person: by identity number or ``same_person``, staff and trainees together.

A person with two staff ids has one body, and whoever is on the staff and a trainee carries the relations
of both ids. An id is looked up among the staff and among the trainees by itself: a list that counts both
from 1 makes nobody one person with somebody else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from scheduler.problem import Problem

_Node = tuple[str, str]
_STAFF, _TRAINEE, _NUMBER = "staff", "trainee", "number"


@dataclass(frozen=True, slots=True)
class Person:
    """All ids of one person, each list in order; nobody is without an id."""

    staff_ids: tuple[str, ...]
    trainee_ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """Give the id that stands for the person among the staff: the first one."""
        return self.staff_ids[0]


def persons(problem: Problem) -> list[Person]:
    """Give everybody behind the ids of staff and trainees, by first staff id, then by first trainee id."""
    parent: dict[_Node, _Node] = {}

    def root(node: _Node) -> _Node:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    people = [(_STAFF, one.staff_id, one.id_number) for one in problem.staff.values()]
    people += [(_TRAINEE, one.trainee_id, one.id_number) for one in problem.trainees.values()]
    for kind, name, number in people:
        parent[root((kind, name))] = root((_NUMBER, number)) if number else root((kind, name))
    for relation in problem.relations:
        if relation.kind == "same_person":
            ends = [*_nodes(problem, relation.from_id), *_nodes(problem, relation.to_id)]
            for node in ends[1:]:
                parent[root(node)] = root(ends[0])
    together: dict[_Node, dict[str, list[str]]] = defaultdict(lambda: {_STAFF: [], _TRAINEE: []})
    for kind, name, _ in sorted(people):
        together[root((kind, name))][kind].append(name)
    found = [Person(tuple(ids[_STAFF]), tuple(ids[_TRAINEE])) for ids in together.values()]
    return sorted(found, key=lambda one: (not one.staff_ids, one.staff_ids, one.trainee_ids))


def _nodes(problem: Problem, name: str) -> list[_Node]:
    staff = [(_STAFF, name)] if name in problem.staff else []
    return staff + ([(_TRAINEE, name)] if name in problem.trainees else [])
