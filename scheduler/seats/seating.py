"""The draw of rooms, seats, groups and places: a plan, its placements and the key. Standard library only.

Each session is drawn by itself. Whoever sits theory gets a room and a seat, whoever sits a practical part a
group, which has one item, and a place. Tickets are hashes of the key, so input order and machine do not
matter. docs/draw-specification.md describes every step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from scheduler.problem import Session
from scheduler.schedule import Placement, Schedule
from scheduler.seats.neighbours import NONE_ALIKE, Alike
from scheduler.seats.order import Sitter, arrange, count_alike, ranks
from scheduler.seats.rooms import RoomPlan, RoomPlans, dealing_order, even_sizes
from scheduler.tickets import SEAT_TAG, begun

_THEORY, _PRACTICAL = "theory", "practical"
_NOWHERE = "", ""


class _Session(NamedTuple):
    """Who sits theory in a session, and who a practical part: True where they sit theory, too."""

    theory: list[Sitter]
    practical: list[tuple[bool, Sitter]]


def seated(plan: Mapping[str, Any], schedule: Schedule, key: bytes) -> Schedule:
    """Give the schedule with rooms, seats, groups and places; a plan without ``seating`` has none."""
    if "seating" not in plan:
        return schedule
    seating = plan["seating"]
    plans = RoomPlans(seating)
    accessible = frozenset(seating["accessible"])
    seats: dict[str, tuple[str, str]] = {}
    places: dict[str, tuple[str, str]] = {}
    sitting = _by_session(plan, schedule, key)
    for session in list(sitting):
        theory, practical = sitting.pop(session)  # a million people are not held longer than needed
        theory.sort()
        rooms = plans.holding(session.site_id, len(theory))
        for room, listed in enumerate(seat_rooms(theory, rooms, accessible), start=1):
            for seat, sitter in enumerate(listed, start=1):
                seats[sitter.trainee_id] = _told(room), _told(seat)
        for group, listed in enumerate(_groups(practical), start=1):
            for place, sitter in enumerate(listed, start=1):
                places[sitter.trainee_id] = _told(group), _told(place)
    return Schedule(
        {
            name: Placement(
                name, one.session, one.exceptions, one.chance, one.site_chance,
                *seats.get(name, _NOWHERE), *places.get(name, _NOWHERE),
            )
            for name, one in schedule.placements.items()
        },
        schedule.unplaced,
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _told(number: int) -> str:
    """Give a number as text: each once, however many people have it."""
    return str(number)


def _by_session(plan: Mapping[str, Any], schedule: Schedule, key: bytes) -> dict[Session, _Session]:
    prefix = begun(SEAT_TAG, key)  # a million people: each ticket goes on from a copy
    items = {item: number for number, item in enumerate(sorted({group["item"] for group in plan["groups"]}))}
    found: dict[Session, _Session] = defaultdict(lambda: _Session([], []))
    nobody = 0  # numbers below 0 stand for classes of one person
    for group in plan["groups"]:
        part, item = group["part"], items[group["item"]]
        for name, institution, own_class in zip(
            group["trainees"], group["institution"], group["class"], strict=True
        ):
            placement = schedule.placements.get(name)
            if placement is None:
                continue
            ticket = prefix.copy()
            ticket.update(name.encode("utf-8"))
            nobody -= 1
            sitter = Sitter(ticket.digest(), name, institution, nobody if own_class < 0 else own_class, item)
            theory, practical = found[placement.session]
            if part != _PRACTICAL:
                theory.append(sitter)
            if part != _THEORY:
                practical.append((part != _PRACTICAL, sitter))
    return found


def seat_rooms(
    theory: Sequence[Sitter], rooms: Sequence[RoomPlan], accessible: frozenset[str]
) -> list[list[Sitter]]:
    """Give the people of each room in the order of their seats; ``theory`` are in the order of tickets."""
    sizes = even_sizes(len(theory), rooms)
    fixed, others = _accessible_first(theory, rooms, sizes, accessible)
    free = [size - len(first) for size, first in zip(sizes, fixed, strict=True)]
    arranged, total = _arranged(fixed, _dealt(others, free), rooms)
    plain, start, alike = [], 0, NONE_ALIKE
    for first, count, room in zip(fixed, free, rooms, strict=True):
        plain.append([*first, *others[start : start + count]])
        start += count
        alike = alike.plus(count_alike(plain[-1], room.columns))
    return plain if alike < total else arranged


def _accessible_first(
    theory: Sequence[Sitter], rooms: Sequence[RoomPlan], sizes: Sequence[int], accessible: frozenset[str]
) -> tuple[list[list[Sitter]], list[Sitter]]:
    """Give who gets the accessible seats of each room, and everybody else."""
    if accessible.isdisjoint(sitter.trainee_id for sitter in theory):
        return [[] for _ in rooms], list(theory)
    needing = [sitter for sitter in theory if sitter.trainee_id in accessible]
    fixed, start = [], 0
    for room, size in zip(rooms, sizes, strict=True):
        end = start + min(room.accessible, size)
        fixed.append(needing[start:end])
        start = end
    served = {sitter.trainee_id for first in fixed for sitter in first}
    return fixed, [sitter for sitter in theory if sitter.trainee_id not in served]


def _dealt(others: Sequence[Sitter], free: Sequence[int]) -> list[list[Sitter]]:
    """Deal people out to rooms, those of one institution over as many as possible; by ticket within a room."""
    if len(free) < 2:
        return [list(others) for _ in free]
    institution = ranks([sitter.institution for sitter in others])
    same_class = ranks([sitter.same_class for sitter in others])
    item = ranks([sitter.item for sitter in others])
    order = sorted(
        others,
        key=lambda one: (institution[one.institution], same_class[one.same_class], item[one.item]),
    )
    dealt: list[list[Sitter]] = [[] for _ in free]
    for room, sitter in zip(dealing_order(free), order, strict=True):
        dealt[room].append(sitter)
    for people in dealt:
        people.sort()
    return dealt


def _arranged(
    fixed: Sequence[Sequence[Sitter]], dealt: Sequence[Sequence[Sitter]], rooms: Sequence[RoomPlan]
) -> tuple[list[list[Sitter]], Alike]:
    total, seats = NONE_ALIKE, []
    for first, people, room in zip(fixed, dealt, rooms, strict=True):
        listed, alike = arrange(first, people, room.columns)
        seats.append(listed)
        total = total.plus(alike)
    return seats, total


def _groups(practical: Iterable[tuple[bool, Sitter]]) -> list[list[Sitter]]:
    """Give the people of each group in the order of their places: who sits no theory goes first."""
    by_item: dict[int, list[tuple[bool, Sitter]]] = defaultdict(list)
    for one in practical:
        by_item[one[1].item].append(one)
    return [[sitter for _, sitter in sorted(by_item[item])] for item in sorted(by_item)]
