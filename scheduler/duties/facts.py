"""Who could do which duty: the posts of the sessions as they are held, and who of the staff fits them.

Standard library only; docs/draw-specification.md, section "Duties", says the same in words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

INVIGILATOR, EXAMINER, PATROL = "invigilator", "examiner", "patrol"
ROLES = (INVIGILATOR, EXAMINER, PATROL)
NUMBERS = {
    INVIGILATOR: "invigilators_per_room",
    EXAMINER: "examiners_per_item",
    PATROL: "patrols_per_site",
}
"""The rule that says how many, of each role."""
_TAG = b"zhengkao/duty/1"

Time = tuple[str, str]
"""Date (ISO) and half."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it is held: ``rooms[0]`` sits in room 1; a group has one item; ids of trainees."""

    site_id: str
    date: str
    half: str
    rooms: tuple[tuple[str, ...], ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def time(self) -> Time:
        """Give when it is held."""
        return self.date, self.half

    def people(self) -> frozenset[str]:
        """Give everybody who sits in it."""
        return frozenset(
            name for listed in (*self.rooms, *(who for _, who in self.groups)) for name in listed
        )


@dataclass(frozen=True, slots=True)
class Post:
    """What ``needed`` persons do together: a room, a group or a site's half-day; room 0 is no room."""

    site_id: str
    date: str
    half: str
    role: str
    room: int
    item: str
    needed: int
    trainees: frozenset[str] = field(repr=False)
    institutions: frozenset[str] = field(repr=False)

    @property
    def time(self) -> Time:
        """Give when the duty is done."""
        return self.date, self.half


@dataclass(frozen=True, slots=True)
class Barred:
    """What a person may not do on a date: everything, sites, candidates' institutions, candidates."""

    all: bool
    sites: frozenset[str]
    institutions: frozenset[str]
    trainees: frozenset[str]


class Member:
    """A person of the staff, by all ids on it.

    Parameters
    ----------
    entries
        the plan's entries of the person, by staff id.
    sits
        when the person sits as a trainee.
    """

    def __init__(self, entries: Sequence[Mapping[str, Any]], sits: frozenset[Time]) -> None:
        self.entries, self.sits = entries, sits
        self.name: str = entries[0]["person"]
        self.district: str = entries[0]["district"]
        stated = [entry["max_duties"] for entry in entries if entry["max_duties"] is not None]
        self.most: int | None = min(stated) if stated else None
        self._barred: dict[str, Barred] = {}

    def skilled(self, role: str, items: Iterable[str]) -> list[Mapping[str, Any]]:
        """Give the entries that have the role and, of an examiner, one of the items."""
        return [
            entry
            for entry in self.entries
            if role in entry["roles"] and (role != EXAMINER or any(item in entry["items"] for item in items))
        ]

    def is_away(self, time: Time) -> bool:
        """Say whether the person is not available then, by any of the ids."""
        date, half = time
        return any(
            absence["from"] <= date <= absence["to"] and absence["half"] in (None, half)
            for entry in self.entries
            for absence in entry["unavailable"]
        )

    def barred(self, date: str) -> Barred:
        """Give the conflicts that hold on a date."""
        if date not in self._barred:
            found: dict[str, set[str]] = {"all": set(), "site": set(), "institution": set(), "trainee": set()}
            for entry in self.entries:
                for conflict in entry["conflicts"]:
                    if (conflict["from"] or date) <= date <= (conflict["to"] or date):
                        found[conflict["kind"]].add(conflict["id"])
            self._barred[date] = Barred(
                bool(found["all"]),
                frozenset(found["site"]), frozenset(found["institution"]), frozenset(found["trainee"]),
            )  # fmt: skip
        return self._barred[date]

    def is_barred(self, post: Post) -> bool:
        """Say whether a conflict keeps the person from a post."""
        barred = self.barred(post.date)
        return (
            barred.all
            or post.site_id in barred.sites
            or not barred.institutions.isdisjoint(post.institutions)
            or not barred.trainees.isdisjoint(post.trainees)
        )

    def staff_id(self, post: Post) -> str | None:
        """Give the first of the person's ids that role, item and licence let do a post."""
        entries = self.skilled(post.role, (post.item,))
        return next((entry["staff_id"] for entry in entries if is_licensed(entry, post.date)), None)

    def fits(self, post: Post) -> bool:
        """Say whether the person may do a post, leaving aside other duties."""
        return (
            self.staff_id(post) is not None
            and post.time not in self.sits
            and not self.is_away(post.time)
            and not self.is_barred(post)
        )


def is_licensed(entry: Mapping[str, Any], date: str) -> bool:
    """Say whether a licence holds on a date; its last day counts, and without a date it has no end."""
    return entry["licence_to"] is None or entry["licence_to"] >= date


@dataclass(frozen=True)
class DutyFacts:
    """Posts and persons, both in the order of their tickets."""

    plan: Mapping[str, Any]
    sessions: Sequence[Held]
    key: bytes

    @cached_property
    def institution_of(self) -> Mapping[str, str]:
        """Give each trainee's institution."""
        return {
            name: self.plan["institutions"][number]
            for group in self.plan["groups"]
            for name, number in zip(group["trainees"], group["institution"], strict=True)
        }

    @cached_property
    def members(self) -> Sequence[Member]:
        """Give the persons of the staff in ticket order."""
        sitting = {name: held.time for held in self.sessions for name in held.people()}
        by_person: dict[str, list[Mapping[str, Any]]] = {}
        for entry in sorted(self.plan["staff"], key=lambda entry: str(entry["staff_id"])):
            by_person.setdefault(entry["person"], []).append(entry)
        found = []
        for entries in by_person.values():
            registered = {name for entry in entries for name in entry["sits_as"]}
            found.append(Member(entries, frozenset(sitting[name] for name in registered if name in sitting)))
        return sorted(found, key=lambda one: (ticket(_TAG, self.key, f"staff {one.name}"), one.name))

    @cached_property
    def posts(self) -> Sequence[Post]:
        """Give the posts in ticket order."""
        found = [
            post for held in self.sessions for post in self._posts(held) if post.needed and post.trainees
        ]
        return sorted(found, key=lambda post: ticket(_TAG, self.key, post_text(post)))

    def _posts(self, held: Held) -> list[Post]:
        numbers = self.plan["rules"]["staffing"]
        asked: list[tuple[str, int, str, int, Iterable[str]]] = [
            (INVIGILATOR, room, "", numbers["invigilators_per_room"], who)
            for room, who in enumerate(held.rooms, start=1)
        ]
        asked += [
            (EXAMINER, group, item, numbers["examiners_per_item"], who)
            for group, (item, who) in enumerate(held.groups, start=1)
        ]
        everybody = held.people()
        if everybody:
            asked.append((PATROL, 0, "", numbers["patrols_per_site"], everybody))
        return [
            Post(
                held.site_id, held.date, held.half, role, room, item, needed, frozenset(who),
                frozenset(self.institution_of[name] for name in who),
            )
            for role, room, item, needed, who in asked
        ]  # fmt: skip

    @cached_property
    def fits(self) -> Sequence[Sequence[int]]:
        """Give for each post the numbers of the persons who fit it, in ticket order."""
        able: dict[tuple[str, str, str, str], list[int]] = {}
        found = []
        for post in self.posts:
            alike = (post.date, post.half, post.role, post.item)
            if alike not in able:
                bare = Post("", post.date, post.half, post.role, 0, post.item, 1, frozenset(), frozenset())
                able[alike] = [number for number, one in enumerate(self.members) if one.fits(bare)]
            found.append([number for number in able[alike] if not self.members[number].is_barred(post)])
        return found


def post_text(post: Post) -> str:
    """Give the text of a post's ticket; the site comes last, because its id may hold anything."""
    return f"post {post.date} {post.half} {post.role} {post.room} {post.site_id}"


def ticket(tag: bytes, key: bytes, text: str) -> bytes:
    """Give the ticket of a text: a hash that nobody knows before the seed."""
    return hashlib.sha256(tag + b"\x00" + key + b"\x00" + text.encode("utf-8")).digest()
