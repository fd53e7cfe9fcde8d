"""Substitutes, drawn at once with the duties: who is called first where somebody falls out.

Standard library only; docs/draw-specification.md says it step by step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scheduler.duties.facts import EXAMINER, NUMBERS, ROLES, DutyFacts, Held, Post, ticket
from scheduler.duties.matching import Matching

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
    facts: DutyFacts, matching: Matching, number: int, before: Before | None = None
) -> list[Substitute]:
    """Name so many substitutes for each session and role, of an examiner's for each item.

    Who is a substitute elsewhere at that time comes after those who are not, so that a person is promised to
    two sites only where there are not enough. Those named ``before`` a change stay first, as far as they still may.
    """
    found = []
    promised: dict[tuple[str, str], set[int]] = defaultdict(set)
    known = before or {}
    for (_, date, half, _), persons in known.items():
        promised[date, half].update(persons)
    for held in sorted(facts.sessions, key=lambda held: (held.date, held.half, held.site_id)):
        order = _Order(facts, matching, held, promised[held.time])
        for role in ROLES:
            order.stay(
                role, _kinds(facts, held, role), known.get((held.site_id, held.date, held.half, role), ())
            )
            for item_posts in _kinds(facts, held, role):
                order.add(role, item_posts, number)
            found += order.named(role)
    return sorted(found, key=lambda one: (one.site_id, one.date, one.half, ROLES.index(one.role), one.order))


def _kinds(facts: DutyFacts, held: Held, role: str) -> list[Post]:
    """Give for each item of a role in a session a post that stands for all: everybody is its candidate."""
    rooms = {"invigilator": held.rooms, "examiner": held.groups, "patrol": held.people()}[role]
    needed = facts.plan["rules"]["staffing"][NUMBERS[role]]
    if not rooms or not needed:
        return []
    everybody = held.people()
    institutions = frozenset(facts.institution_of[name] for name in everybody)
    items = sorted({item for item, who in held.groups if who}) if role == EXAMINER else [""]
    return [
        Post(held.site_id, held.date, held.half, role, 0, item, 1, everybody, institutions) for item in items
    ]


class _Order:
    """The substitutes of one session, as they are named."""

    def __init__(self, facts: DutyFacts, matching: Matching, held: Held, promised: set[int]) -> None:
        self._facts, self._promised, self._held = facts, promised, held
        self._free = [
            person
            for person, one in enumerate(facts.members)
            if held.time not in matching.duties[person]
            and (one.most is None or matching.load(person) < one.most)
        ]
        self._free.sort(key=self._ticket)
        self._named: dict[str, list[tuple[int, str]]] = defaultdict(list)

    def _ticket(self, person: int) -> tuple[bytes, str]:
        name = self._facts.members[person].name
        return ticket(_TAG, self._facts.key, f"{self._held.date} {self._held.half} {name}"), name

    def stay(self, role: str, posts: Sequence[Post], persons: Sequence[int]) -> None:
        """Name those who were named before and are still free and fit one of the posts."""
        free = set(self._free)
        for person in persons:
            one = self._facts.members[person]
            post = next((post for post in posts if person in free and one.fits(post)), None)
            if post is not None and person not in {other for other, _ in self._named[role]}:
                self._named[role].append((person, str(one.staff_id(post))))

    def add(self, role: str, post: Post, number: int) -> None:
        """Name so many for a post; who was named for another item of the role counts."""
        members = self._facts.members
        already = {person for person, _ in self._named[role]}
        fitting = [person for person in self._free if members[person].fits(post)]
        missing = number - sum(person in already for person in fitting)
        fresh = [person for person in fitting if person not in self._promised]
        late = [person for person in fitting if person in self._promised and person not in already]
        for person in (*fresh, *late)[: max(0, missing)]:
            self._named[role].append((person, str(members[person].staff_id(post))))
            self._promised.add(person)

    def named(self, role: str) -> list[Substitute]:
        """Give those named for a role, in order."""
        held = self._held
        return [
            Substitute(held.site_id, held.date, held.half, role, number, staff_id)
            for number, (_, staff_id) in enumerate(self._named[role], start=1)
        ]
