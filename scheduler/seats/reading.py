"""The rooms of sites from their table, in the order of their names, and whether they take everybody."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.tables import Row
from scheduler.problem import Problem, Room
from scheduler.seats.held import held_by_rooms, sitting_theory

_DIGITS = re.compile(r"([0-9]{1,18})")


def read_rooms(rows: Iterable[Row], faults: Faults) -> tuple[Room, ...]:
    """Read the rooms, by site and name: 第2考场 before 第10考场, however the rows stand."""
    rooms: dict[tuple[str, str], Room] = {}
    for row in rows:
        seats = cells.count(row, "seats", faults)
        room = Room(
            cells.identifier(row, "site_id"),
            cells.identifier(row, "room"),
            seats or 0,
            positive(row, "columns", faults),
            cells.count(row, "accessible", faults),
        )
        if (room.site_id, room.room) in rooms:
            faults.add("BATCH-DUPLICATE", f"考点 {room.site_id} 的考场“{room.room}”重复", row.location)
        if seats is not None and room.accessible is not None and room.accessible > seats:
            faults.add("BATCH-NUMBER", "无障碍座位数多于座位数", row.at("accessible"))
        rooms[room.site_id, room.room] = room
    return tuple(sorted(rooms.values(), key=lambda room: (room.site_id, _by_number(room.room))))


def _by_number(name: str) -> tuple[list[str | int], str]:
    """Give what a name is sorted by: its figures as numbers, so that 2 stands before 10."""
    parts = _DIGITS.split(name)
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], name


def positive(row: Row, column: str, faults: Faults) -> int | None:
    """Read a whole number above 0."""
    number = cells.count(row, column, faults)
    if number == 0:
        faults.add("BATCH-NUMBER", f"“{row[column]}”应为不小于 1 的整数", row.at(column))
        return None
    return number


def check_rooms(problem: Problem, rows: Iterable[Row], faults: Faults) -> None:
    """Find sessions that may take more people to the theory part than the rooms of their site hold.

    ``scheduler.seats.held`` says how many that is.
    """
    size, held = problem.rules.room_size, held_by_rooms(problem)
    if not held:
        return
    sitting = sitting_theory(problem)
    for row in rows:
        site_id, seats = cells.identifier(row, "site_id"), cells.count(row, "seats", Faults())
        if site_id in held and seats is not None and min(seats, sitting) > held[site_id]:
            told = f"各考场合计只能坐 {held[site_id]} 人（每个考场最多 {size} 人），少于本场 {seats} 个座位"
            faults.add(
                "BATCH-ROOMS",
                f"考点 {site_id} {told}，请补全考场表，或改小座位数，或在规则中改 staffing.room_size",
                row.at("seats"),
            )
