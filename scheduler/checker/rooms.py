"""Rule 6: rooms, seats, groups and places of a schedule, whoever gave them.

A schedule that states no rooms is not judged for rooms, one that states no groups not for groups. Gaps in
the numbers are no fault, and neither is an item in several groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.problem import Part, Problem, Session
from scheduler.schedule import Placement, Schedule

_RULE = 6


def rooms_and_groups(problem: Problem, schedule: Schedule) -> Iterator[Breach]:
    """Find what is wrong with rooms and groups, where the schedule states any."""
    listed = [schedule.placements[name] for name in sorted(schedule.placements)]
    if any(one.room or one.seat for one in listed):
        yield from _missing(problem, listed, rooms=True)
        yield from _too_full(problem, listed)
        yield from _shared(listed, rooms=True)
    if any(one.group or one.place for one in listed):
        yield from _missing(problem, listed, rooms=False)
        yield from _mixed(problem, listed)
        yield from _shared(listed, rooms=False)


def _missing(problem: Problem, listed: list[Placement], *, rooms: bool) -> Iterator[Breach]:
    """Find people without room or seat (group or place) who sit that part, where others have one."""
    other = Part.PRACTICAL if rooms else Part.THEORY
    code, larger, smaller, part = (
        ("ROOM-MISSING", "考场", "座位", "理论") if rooms else ("GROUP-MISSING", "工位组", "工位", "实操")
    )
    smaller_used = any(one.seat if rooms else one.place for one in listed)
    for one in listed:
        trainee = problem.trainees.get(one.trainee_id)
        if trainee is None or trainee.part is other:
            continue
        room, seat = (one.room, one.seat) if rooms else (one.group, one.place)
        lacking = [
            word for word, lacks in ((larger, not room), (smaller, smaller_used and not seat)) if lacks
        ]
        if lacking:
            yield session_breach(
                code,
                _RULE,
                f"考生 {one.trainee_id} 在{say_session(one.session)}考{part}，却没有{'和'.join(lacking)}，别人有",
                one.session,
                trainee_id=one.trainee_id,
            )


def _too_full(problem: Problem, listed: list[Placement]) -> Iterator[Breach]:
    """Find rooms with more people than a room may have, or than the rooms table says it takes."""
    people: dict[tuple[Session, str], int] = defaultdict(int)
    for one in listed:
        if one.room:
            people[one.session, one.room] += 1
    stated: dict[str, list[int]] = defaultdict(list)
    for row in problem.rooms:
        stated[row.site_id].append(row.seats)
    for (session, room), count in sorted(people.items()):
        most, why = problem.rules.room_size, "每个考场最多"
        held = stated.get(session.site_id, [])
        # our numbers are those of the table's rooms in order; another's name of a room tells no seats
        number = int(room) if room.isascii() and room.isdecimal() and len(room) < 9 else 0
        if 1 <= number <= len(held) and held[number - 1] < most:
            most, why = held[number - 1], "考场表中这个考场有座位"
        if count > most:
            yield session_breach(
                "ROOM-TOO-FULL",
                _RULE,
                f"{say_session(session)}第 {room} 考场坐了 {count} 人，{why} {most} 个",
                session,
                room=room,
            )


def _mixed(problem: Problem, listed: list[Placement]) -> Iterator[Breach]:
    """Find groups with several items."""
    items: dict[tuple[Session, str], set[str]] = defaultdict(set)
    for one in listed:
        trainee = problem.trainees.get(one.trainee_id)
        if one.group and trainee is not None:
            items[one.session, one.group].add(trainee.item)
    for (session, group), found in sorted(items.items()):
        if len(found) > 1:
            yield session_breach(
                "GROUP-MIXED",
                _RULE,
                f"{say_session(session)}第 {group} 工位组有几个项目：{'、'.join(sorted(found))}",
                session,
                group=group,
            )


def _shared(listed: list[Placement], *, rooms: bool) -> Iterator[Breach]:
    """Find two people on one seat, or at one place."""
    first: dict[tuple[Session, str, str], str] = {}
    for one in listed:
        larger, smaller = (one.room, one.seat) if rooms else (one.group, one.place)
        if not larger or not smaller:
            continue
        other = first.setdefault((one.session, larger, smaller), one.trainee_id)
        if other != one.trainee_id:
            code, words = ("SEAT-SHARED", "考场") if rooms else ("PLACE-SHARED", "工位组")
            yield session_breach(
                code,
                _RULE,
                f"考生 {other} 与 {one.trainee_id} 在{say_session(one.session)}同在第 {larger} {words} {smaller} 号",
                one.session,
                trainee_id=one.trainee_id,
                other_trainee_id=other,
            )
