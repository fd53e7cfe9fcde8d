"""Rooms and practical groups of a session: who sits in them, and who keeps watch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scheduler.exam_words import ROLE_WORDS
from scheduler.papers import words
from scheduler.papers.facts import Facts
from scheduler.papers.rows import Sitting
from scheduler.problem import Part, Session

_MOST_ITEMS = 2


class Key(NamedTuple):
    """Where a list hangs: rooms before groups; ``item`` tells groups apart whose number was not drawn."""

    session: Session
    is_group: bool
    number: int
    item: str


@dataclass(frozen=True)
class Room:
    """A theory room or a practical group, with its candidates in order of seats or places; ``name`` is for people.

    ``lacking`` is how many more should keep watch, ``lacking_patrols`` how many more should patrol the site: nobody does it.
    """

    key: Key
    sittings: tuple[Sitting, ...]
    keepers: tuple[str, ...]
    patrols: tuple[str, ...]
    name: str
    lacking: int = 0
    lacking_patrols: int = 0

    @property
    def unit(self) -> str:
        """Say what its numbers count."""
        return "顺序号" if self.key.is_group else "座位"

    @property
    def keeper_role(self) -> str:
        """Say who keeps watch."""
        return ROLE_WORDS["examiner" if self.key.is_group else "invigilator"]

    def number(self, one: Sitting) -> str:
        """Give somebody's seat or place; "" where it was not drawn."""
        found = one.place if self.key.is_group else one.seat
        return str(found) if found else ""

    def items(self, facts: Facts) -> str:
        """Give what is examined in it; of many items the number."""
        items = sorted({facts.item(one.trainee_id) for one in self.sittings})
        return "、".join(items) if len(items) <= _MOST_ITEMS else f"{items[0]}等 {len(items)} 个项目"


def rooms(facts: Facts) -> list[Room]:
    """Give every room and group somebody sits in, by site, date, half, room, group."""
    inside: dict[Key, list[Sitting]] = defaultdict(list)
    for one in facts.sittings:
        part = facts.part(one.trainee_id)
        if part != Part.PRACTICAL:
            inside[Key(one.session, False, one.room, "")].append(one)
        if part != Part.THEORY:
            item = "" if one.group else facts.item(one.trainee_id)
            inside[Key(one.session, True, one.group, item)].append(one)
    on_duty: dict[tuple[Session, str, int], list[str]] = defaultdict(list)
    for duty in facts.duties:
        on_duty[duty.session, duty.role, duty.room].append(duty.staff_id)
    lacking = Counter((one.session, one.role, one.room) for one in facts.vacancies)
    found = []
    for key, sittings in sorted(inside.items()):
        post = key.session, "examiner" if key.is_group else "invigilator", key.number
        patrol = key.session, "patrol", 0
        name = (
            words.group_words(key.number)
            if key.is_group
            else words.room_words(facts, key.session.site_id, key.number)
        )
        found.append(
            Room(
                key, _in_order(key, sittings), tuple(on_duty[post]), tuple(on_duty[patrol]), name,
                lacking[post], lacking[patrol],
            )
        )  # fmt: skip
    return found


def _in_order(key: Key, sittings: Sequence[Sitting]) -> tuple[Sitting, ...]:
    if key.is_group:
        return tuple(sorted(sittings, key=lambda one: (one.place, one.trainee_id)))
    return tuple(sorted(sittings, key=lambda one: (one.seat, one.trainee_id)))
