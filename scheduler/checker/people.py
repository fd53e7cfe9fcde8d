"""Which registrations are of one person: by identity number or by ``same_person``, transitively."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from common.identity import read_identity
from common.text import stated
from scheduler.checker.schedule.columns import each
from scheduler.problem import Problem
from scheduler.trainees import Trainees

_Node = tuple[str, str]
_PLAIN_NUMBER = "^[0-9]{17}[0-9X]$"
"""Numbers that are compared as they are written; ``read_identity`` leaves them so."""


class People:
    """The persons behind the trainees of a batch.

    Staff count as links: two trainees who are both the same staff member are one person. Being
    one person has no beginning and no end, so dates of a ``same_person`` row are not asked.
    """

    def __init__(self, problem: Problem) -> None:
        self._parent: dict[_Node, _Node] = {}
        self._problem = problem
        owners: dict[str, _Node] = {}
        for *node, number in shared_numbers(problem):
            kind, person_id = node
            owner = owners.setdefault(number, (kind, person_id))
            if owner != (kind, person_id):
                self._join(owner, (kind, person_id))
        same = [(one.from_id, one.to_id) for one in problem.relations if one.kind == "same_person"]
        self._named = named_trainees(problem, {name for ends in same for name in ends})
        for ends in same:
            self._join_ids(*ends)
        together: dict[_Node, list[str]] = defaultdict(list)
        for kind, person_id in sorted(self._parent):
            if kind == "trainee":
                together[self._root((kind, person_id))].append(person_id)
        self._registrations = {one: tuple(ids) for ids in together.values() for one in ids}

    def registrations(self, trainee_id: str) -> tuple[str, ...]:
        """Give every registration of the trainee's person, the trainee's own among them."""
        return self._registrations.get(trainee_id, (trainee_id,))

    def others(self, trainee_id: str) -> tuple[str, ...]:
        """Give the person's other registrations."""
        return tuple(other for other in self.registrations(trainee_id) if other != trainee_id)

    def several(self) -> list[tuple[str, ...]]:
        """Give the registrations of every person who has more than one, in order."""
        return sorted({ids for ids in self._registrations.values() if len(ids) > 1})

    def _join_ids(self, one: str, other: str) -> None:
        """Join whoever has these ids; an id may be a trainee's or a staff member's."""
        nodes = [
            (kind, name)
            for name in (one, other)
            for kind, known in (("trainee", self._named), ("staff", self._problem.staff))
            if name in known
        ]
        for node in nodes[1:]:
            self._join(nodes[0], node)

    def _join(self, one: _Node, other: _Node) -> None:
        self._parent.setdefault(one, one)
        self._parent.setdefault(other, other)
        self._parent[self._root(other)] = self._root(one)

    def _root(self, node: _Node) -> _Node:
        while self._parent[node] != node:
            # each step also shortens the way for the next one who asks
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node


def shared_numbers(problem: Problem) -> Iterator[tuple[str, str, str]]:
    """Give kind, id and comparable identity number of those whose number somebody else has too.

    Most people have a number of their own.
    """
    trainees = Trainees.of(problem.trainees).frame
    staff = problem.staff.values()
    named = pl.concat(
        [
            trainees.select(pl.lit("trainee").alias("kind"), pl.col("trainee_id").alias("id"), "id_number"),
            pl.DataFrame(
                [("staff", one.staff_id, one.id_number) for one in staff],
                dict.fromkeys(("kind", "id", "id_number"), pl.String),
                orient="row",
            ),
        ]
    )
    written = named["id_number"]
    odd = written.filter(~written.str.contains(_PLAIN_NUMBER))
    numbers = named.with_columns(each(written, _comparable, odd))
    # hashes are compared first, which are shorter: of very many numbers few are left
    numbers = numbers.filter(numbers["id_number"].hash().is_duplicated() & (numbers["id_number"] != ""))
    return iter(numbers.filter(pl.col("id_number").is_duplicated()).iter_rows())


def named_trainees(problem: Problem, names: set[str]) -> frozenset[str]:
    """Give those of some ids that are trainees'."""
    known = Trainees.of(problem.trainees).frame["trainee_id"]
    return frozenset(known.filter(known.is_in(pl.Series(sorted(names), dtype=pl.String).implode())))


def _comparable(number: str) -> str:
    return read_identity(number).text if stated(number) else ""
