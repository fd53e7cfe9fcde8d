"""Seats and places after a change: who has one keeps it, the others take free ones by ticket.

A room more is used only where the rooms in use are full. Standard library only; docs/draw-specification.md,
section "Changes", says each step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scheduler.problem import Session
from scheduler.schedule import Placement, Schedule
from scheduler.seats.rooms import RoomPlan, RoomPlans
from scheduler.tickets import SEAT_TAG, ticket

_Alike = tuple[int, int]
"""Institution and class as numbers; -1 for no class."""


@dataclass
class _Room:
    """A room in use: its plan, and who has which seat."""

    plan: RoomPlan
    taken: dict[int, _Alike] = field(default_factory=dict)

    def free(self) -> list[int]:
        return [seat for seat in range(1, self.plan.seats + 1) if seat not in self.taken]

    def alike(self, seat: int, one: _Alike) -> tuple[int, int]:
        """Count the neighbours of one institution and of one class."""
        columns = self.plan.columns
        around = [seat - columns, seat + columns]
        around += [seat - 1] if (seat - 1) % columns else []
        around += [seat + 1] if seat % columns else []
        beside = [self.taken[other] for other in around if other in self.taken]
        return (
            sum(other[0] == one[0] for other in beside),
            sum(other[1] == one[1] for other in beside if one[1] >= 0),
        )


def reseated(plan: Mapping[str, Any], schedule: Schedule, key: bytes) -> Schedule:
    """Give seats, groups and places to those who have none; ``schedule`` holds those that are kept."""
    if "seating" not in plan:
        return schedule
    people = {
        name: (group["part"], group["item"], (institution, own_class))
        for group in plan["groups"]
        for name, institution, own_class in zip(
            group["trainees"], group["institution"], group["class"], strict=True
        )
    }
    alike = {name: facts[2] for name, facts in people.items()}
    by_session: dict[Session, list[Placement]] = defaultdict(list)
    for one in schedule.placements.values():
        by_session[one.session].append(one)
    found = dict(schedule.placements)
    for session, listed in by_session.items():
        listed.sort(key=lambda one: (ticket(SEAT_TAG, key, one.trainee_id), one.trainee_id))
        sitters = [one for one in listed if people[one.trainee_id][0] != "practical"]
        seats = _seats(plan, session, sitters, alike)
        workers = [one for one in listed if people[one.trainee_id][0] != "theory"]
        places = _places(workers, people)
        for one in listed:
            room, seat = seats.get(one.trainee_id, (one.room, one.seat))
            group, place = places.get(one.trainee_id, (one.group, one.place))
            found[one.trainee_id] = replace(one, room=room, seat=seat, group=group, place=place)
    return Schedule(found, schedule.unplaced)


def lost_seats(
    seating: Mapping[str, Any], earlier: Mapping[str, Any], kept: Mapping[str, Placement]
) -> list[str]:
    """Give who is kept but has no seat any more: the room is smaller, or the seat is not accessible as now needed.

    ``seating`` is that of the new plan, ``earlier`` that of the plan before, {} where it gave none.
    """
    plans = RoomPlans(seating)
    new = set(seating["accessible"]) - set(earlier.get("accessible", ()))
    lost = []
    for name, one in sorted(kept.items()):
        if not one.room:
            continue
        room = plans.of(one.session.site_id, int(one.room))
        if int(one.seat) > room.seats or (name in new and int(one.seat) > room.accessible):
            lost.append(name)
    return lost


def _seats(
    plan: Mapping[str, Any], session: Session, sitters: Sequence[Placement], alike: Mapping[str, _Alike]
) -> dict[str, tuple[str, str]]:
    """Give room and seat of those of a session who have none."""
    rooms = _Rooms(plan["seating"], session.site_id)
    for one in sitters:
        if one.room:
            rooms.use(int(one.room)).taken[int(one.seat)] = alike[one.trainee_id]
    new = [one.trainee_id for one in sitters if not one.room]
    rooms.open(len(new))
    needing = frozenset(plan["seating"]["accessible"])
    found = {}
    for name in [*(one for one in new if one in needing), *(one for one in new if one not in needing)]:
        room, seat = rooms.best(alike[name], accessible=name in needing)
        rooms.used[room].taken[seat] = alike[name]
        found[name] = str(room), str(seat)
    return found


class _Rooms:
    """The rooms of one session: those in use, and what others there are."""

    def __init__(self, seating: Mapping[str, Any], site_id: str) -> None:
        self._plans, self._site = RoomPlans(seating), site_id
        self.used: dict[int, _Room] = {}

    def _plan(self, number: int) -> RoomPlan:
        return self._plans.of(self._site, number)

    def use(self, number: int) -> _Room:
        if number not in self.used:
            self.used[number] = _Room(self._plan(number))
        return self.used[number]

    def open(self, people: int) -> None:
        """Use more rooms, the lowest numbers first, until so many seats are free."""
        number = 1
        while sum(len(room.free()) for room in self.used.values()) < people:
            if number not in self.used and self._plan(number).seats:
                self.use(number)
            number += 1

    def best(self, one: _Alike, *, accessible: bool) -> tuple[int, int]:
        """Give the free seat with the fewest neighbours alike; an accessible one where that is needed and there is one."""
        found = (self._free(accessible=True) or self._opened()) if accessible else []
        free = found or self._free(accessible=False)
        return min(free, key=lambda seat: (*self.used[seat[0]].alike(seat[1], one), *seat))

    def _free(self, *, accessible: bool) -> list[tuple[int, int]]:
        return [
            (number, seat)
            for number, room in self.used.items()
            for seat in room.free()
            if not accessible or seat <= room.plan.accessible
        ]

    def _opened(self) -> list[tuple[int, int]]:
        """Use one stated room more for an accessible seat; in further rooms all seats are, and some are free."""
        for number in range(1, len(self._plans.stated(self._site)) + 1):
            if number not in self.used and self._plan(number).accessible:
                self.use(number)
                return self._free(accessible=True)
        return []


def _places(
    workers: Sequence[Placement], people: Mapping[str, tuple[str, str, _Alike]]
) -> dict[str, tuple[str, str]]:
    """Give group and place of those of a session who have none: the item's group, the lowest free place."""
    groups: dict[str, int] = {}
    taken: dict[int, set[int]] = defaultdict(set)
    for one in workers:
        if one.group:
            item, number = people[one.trainee_id][1], int(one.group)
            groups[item] = min(number, groups.get(item, number))
            taken[number].add(int(one.place))
    last = max(taken, default=0)
    new = [one.trainee_id for one in workers if not one.group]
    for item in sorted({people[name][1] for name in new} - groups.keys()):
        last += 1
        groups[item] = last
    found = {}
    for name in sorted(new, key=lambda one: people[one][0] != "practical"):  # by ticket among those alike
        number = groups[people[name][1]]
        place = 1
        while place in taken[number]:
            place += 1
        taken[number].add(place)
        found[name] = str(number), str(place)
    return found
