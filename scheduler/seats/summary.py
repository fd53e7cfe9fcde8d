"""What came of the draw of seats, told to people: rooms, neighbours who are alike, accessible seats that lacked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.problem import Session
from scheduler.schedule import Schedule
from scheduler.seats.neighbours import NONE_ALIKE, Alike, alike_pairs
from scheduler.seats.rooms import RoomPlans


def seating_summary(plan: Mapping[str, Any], schedule: Schedule) -> dict[str, int]:
    """Count from the seats themselves, however they came about; {} for a plan without ``seating``.

    ``institution_neighbours``, ``class_neighbours`` and ``item_neighbours`` are pairs of people left and
    right, or in front and behind, of one institution, of one class, with one item;
    ``without_accessible_seat`` are people who need an accessible seat, sit theory and have none.
    """
    if "seating" not in plan:
        return {}
    rooms, plans = _rooms(plan, schedule), RoomPlans(plan["seating"])
    alike = NONE_ALIKE
    for (session, number), seated in rooms.items():
        columns = plans.of(session.site_id, number).columns
        seated.sort()
        seats, *values = zip(*seated, strict=True)
        alike = alike.plus(Alike(*(alike_pairs(_by_seat(seats, numbers), columns) for numbers in values)))
    return {
        "rooms": len(rooms),
        "institution_neighbours": alike.institution,
        "class_neighbours": alike.same_class,
        "item_neighbours": alike.item,
        "without_accessible_seat": len(without_accessible_seat(plan, schedule)),
    }


def without_accessible_seat(plan: Mapping[str, Any], schedule: Schedule) -> list[str]:
    """Give the ids of those who need an accessible seat, sit theory and have none, in order."""
    if "seating" not in plan:
        return []
    plans = RoomPlans(plan["seating"])
    needing = ((name, schedule.placements.get(name)) for name in plan["seating"]["accessible"])
    return [
        name
        for name, one in needing
        if one is not None
        and one.room
        and int(one.seat) > plans.of(one.session.site_id, int(one.room)).accessible
    ]


def summary_words(summary: Mapping[str, int]) -> list[str]:
    """Say the summary in plain Chinese."""
    if not summary:
        return []
    counted = (
        f"座位：共 {summary['rooms']} 个考场（按场次计）；前后左右相邻而属同一培训机构的有 "
        f"{summary['institution_neighbours']} 对，同班的 {summary['class_neighbours']} 对，"
        f"同项目的 {summary['item_neighbours']} 对"
    )
    told = [counted]
    if summary["without_accessible_seat"]:
        told.append(f"需要无障碍座位而没有坐上的有 {summary['without_accessible_seat']} 人")
    return told


def _rooms(
    plan: Mapping[str, Any], schedule: Schedule
) -> dict[tuple[Session, int], list[tuple[int, int, int, int]]]:
    """Give seat, institution, class and item of everybody in each room that is used."""
    items = {group["item"]: number for number, group in enumerate(plan["groups"])}
    found: dict[tuple[Session, int], list[tuple[int, int, int, int]]] = defaultdict(list)
    nobody = 0
    for group in plan["groups"]:
        people = zip(group["trainees"], group["institution"], group["class"], strict=True)
        for name, institution, own_class in people:
            one = schedule.placements.get(name)
            if one is not None and one.room:
                nobody -= 1
                same_class = nobody if own_class < 0 else own_class
                found[one.session, int(one.room)].append(
                    (int(one.seat), institution, same_class, items[group["item"]])
                )
    return found


def _by_seat(seats: Sequence[int], values: Sequence[int]) -> Sequence[object]:
    """Give a room's values from seat 1 to the last one taken; an empty seat, as changes leave them, equals none."""
    found: list[object] = [object() for _ in range(seats[-1])]
    for seat, value in zip(seats, values, strict=True):
        found[seat - 1] = value
    return found
