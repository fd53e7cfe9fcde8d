"""Who is one person: by identity number or ``same_person``, staff and trainees together.

A person with two staff ids has one body, and whoever is on the staff and a trainee carries the relations
of both ids. An id is looked up among the staff and among the trainees by itself: a list that counts both
from 1 makes nobody one person with somebody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from scheduler.joining import Joining
from scheduler.problem import Problem
from scheduler.trainees import Trainees

Node = tuple[str, str]
STAFF, TRAINEE = "staff", "trainee"


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
    """Give everybody who is on the staff or has several ids, by first staff id, then by first trainee id."""
    joined = joined_ids(problem)
    together: dict[Node, dict[str, list[str]]] = defaultdict(lambda: {STAFF: [], TRAINEE: []})
    for node in sorted({*joined, *((STAFF, name) for name in problem.staff)}):
        kind, name = node
        together[joined.get(node, node)][kind].append(name)
    found = [Person(tuple(ids[STAFF]), tuple(ids[TRAINEE])) for ids in together.values()]
    return sorted(found, key=lambda one: (not one.staff_ids, one.staff_ids, one.trainee_ids))


def joined_ids(problem: Problem) -> Mapping[Node, Node]:
    """Give one id for all ids of a person, for the people who have several; by kind and id."""
    joined = Joining[Node]()
    first: dict[str, Node] = {}
    for number, node in _numbers(problem):
        other = first.setdefault(number, node)
        if other is not node:
            joined.join(node, other)
    for relation in problem.relations:
        if relation.kind == "same_person":
            ends = [*_nodes(problem, relation.from_id), *_nodes(problem, relation.to_id)]
            for node in ends[1:]:
                joined.join(node, ends[0])
    return {node: joined.root(node) for node in joined}


def _numbers(problem: Problem) -> Iterator[tuple[str, Node]]:
    """Give the numbers that more than one id may have, with each id that has it."""
    trainees = Trainees.of(problem.trainees)
    for number, name in trainees.shared_numbers:
        yield number, (TRAINEE, name)
    of_staff = {one.id_number for one in problem.staff.values()} - {"", *trainees.repeated_numbers}
    if of_staff:
        held = trainees.frame.select("id_number", "trainee_id").filter(
            pl.col("id_number").is_in(list(of_staff))
        )
        for number, name in held.iter_rows():
            yield number, (TRAINEE, name)
    for staff in problem.staff.values():
        if staff.id_number:
            yield staff.id_number, (STAFF, staff.staff_id)


def _nodes(problem: Problem, name: str) -> list[Node]:
    staff = [(STAFF, name)] if name in problem.staff else []
    return staff + ([(TRAINEE, name)] if name in problem.trainees else [])
