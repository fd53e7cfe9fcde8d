"""Substitutes, drawn at once with the duties: who is called first where somebody falls out.

Standard library only; docs/draw-specification.md says it step by step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from scheduler.duties.crowds import crowd
from scheduler.duties.facts import DutyFacts
from scheduler.duties.matching import Matching
from scheduler.duties.posts import (
    EXAMINER,
    INVIGILATOR,
    NUMBERS,
    PATROL,
    ROLES,
    Held,
    Post,
    Time,
    half_number,
)
from scheduler.tickets import ticket

_TAG = b"zhengkao/substitute/1"


class Substitute(NamedTuple):
    """One who is called in this order; fits every room and group of the role that the session has."""

    site_id: str
    date: str
    half: str
    role: str
    order: int
    staff_id: str


Before = Mapping[tuple[str, str, str, str], Sequence[int]]
"""Persons named before, in order, by site, date, half and role."""


def name_substitutes(
    facts: DutyFacts,
    matching: Matching,
    number: int,
    before: Before | None = None,
    over: Container[tuple[str, str, str]] = (),
) -> list[Substitute]:
    """Name so many substitutes for each session and role, of an examiner's for each item.

    Who is a substitute elsewhere at that time comes after those who are not, so that a person is promised to
    two sites only where there are not enough. Those named ``before`` a change stay first, as far as they still may;
    for sessions that are ``over`` (site, date, half) nobody else is named.
    """
    found = []
    promised: dict[Time, int] = defaultdict(int)
    known = before or {}
    for (_, date, half, _), persons in known.items():
        promised[date, half] |= crowd(persons)
    ordered: dict[Time, list[int]] = {}
    for held in sorted(facts.sessions, key=lambda held: (held.date, held.half, held.site_id)):
        if held.time not in ordered:
            ordered[held.time] = _by_ticket(facts, held.time)
        order = _Order(facts, matching, held, ordered[held.time], promised)
        for role, posts in _kinds(facts, held):
            order.stay(role, posts, known.get((held.site_id, held.date, held.half, role), ()))
            for post in posts if (held.site_id, held.date, held.half) not in over else ():
                order.add(role, post, number)
            found += order.named(role)
    return sorted(found, key=lambda one: (one.site_id, one.date, one.half, ROLES.index(one.role), one.order))


def _by_ticket(facts: DutyFacts, time: Time) -> list[int]:
    """Give everybody in the order of their substitute tickets at a time."""
    names = [one.name for one in facts.members]
    date, half = time
    return sorted(
        range(len(names)),
        key=lambda person: (ticket(_TAG, facts.key, f"{date} {half} {names[person]}"), names[person]),
    )


def _kinds(facts: DutyFacts, held: Held) -> list[tuple[str, list[Post]]]:
    """Give for each role of a session, by item, posts that stand for all: everybody is their candidate."""
    everybody = held.people()
    institutions = frozenset(facts.institution_of[name] for name in everybody)
    items = sorted({item for item, who in held.groups if who})
    there = {INVIGILATOR: held.rooms, EXAMINER: held.groups, PATROL: everybody}
    numbers = facts.plan["rules"]["staffing"]
    return [
        (
            role,
            [
                Post(held.site_id, held.date, held.half, role, 0, item, 1, everybody, institutions)
                for item in (items if role == EXAMINER else [""])
            ],
        )
        for role in ROLES
        if there[role] and numbers[NUMBERS[role]]
    ]


class _Order:
    """The substitutes of one session, as they are named.

    Parameters
    ----------
    ordered
        everybody in the order of their substitute tickets.
    promised
        of each time, the crowd named for anything then; grows.
    """

    def __init__(
        self,
        facts: DutyFacts,
        matching: Matching,
        held: Held,
        ordered: Sequence[int],
        promised: dict[Time, int],
    ) -> None:
        self._facts, self._held, self._ordered, self._promised = facts, held, ordered, promised
        self._free = matching.room & ~matching.busy.get(half_number(held.time), 0)
        self._named: dict[str, list[tuple[int, str]]] = defaultdict(list)

    def stay(self, role: str, posts: Sequence[Post], persons: Sequence[int]) -> None:
        """Name those who were named before and are still free and fit one of the posts."""
        for person in persons:
            post = next((post for post in posts if self._fitting(post) >> person & 1), None)
            if post is not None and not self._already(role) >> person & 1:
                self._name(role, person, post)

    def add(self, role: str, post: Post, number: int) -> None:
        """Name so many for a post; who was named for another item of the role counts."""
        fitting, already, promised = self._fitting(post), self._already(role), self._promised[self._held.time]
        missing = number - (fitting & already).bit_count()
        for some in (fitting & ~promised, fitting & promised & ~already):
            for person in self._first(some, missing):
                self._name(role, person, post)
                missing -= 1

    def _fitting(self, post: Post) -> int:
        """Give the crowd that is free and fits a post."""
        return self._free & self._facts.crowds.fitting(post)

    def _already(self, role: str) -> int:
        """Give the crowd named for a role."""
        return crowd(person for person, _ in self._named[role])

    def _first(self, some: int, number: int) -> list[int]:
        """Give so many of a crowd, in the order of their tickets."""
        found: list[int] = []
        wanted = min(number, some.bit_count())
        for person in self._ordered:
            if len(found) >= wanted:
                break
            if some >> person & 1:
                found.append(person)
        return found

    def _name(self, role: str, person: int, post: Post) -> None:
        self._named[role].append((person, str(self._facts.members[person].staff_id(post))))
        self._promised[self._held.time] |= 1 << person

    def named(self, role: str) -> list[Substitute]:
        """Give those named for a role, in order."""
        held = self._held
        return [
            Substitute(held.site_id, held.date, held.half, role, number, staff_id)
            for number, (_, staff_id) in enumerate(self._named[role], start=1)
        ]
