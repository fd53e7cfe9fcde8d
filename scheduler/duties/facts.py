"""Who could do which duty: the posts of the sessions as they are held, and who of the staff fits them.

Standard library only; docs/draw-specification.md, section "Duties", says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.duties.crowds import Crowds
from scheduler.duties.persons import Member
from scheduler.duties.posts import EXAMINER, INVIGILATOR, PATROL, Held, Post
from scheduler.tickets import ticket

_TAG = b"zhengkao/duty/1"


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
    def crowds(self) -> Crowds:
        """Give what crowds of the staff there are."""
        return Crowds(self.members)

    @cached_property
    def fits(self) -> Sequence[int]:
        """Give for each post the crowd of those who fit it."""
        return [self.crowds.fitting(post) for post in self.posts]


def post_text(post: Post) -> str:
    """Give the text of a post's ticket; the site comes last, because its id may hold anything."""
    return f"post {post.date} {post.half} {post.role} {post.room} {post.site_id}"
