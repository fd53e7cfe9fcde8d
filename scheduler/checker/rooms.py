"""Rule 6: rooms, seats, groups and places of a schedule, whoever gave them.

A schedule that states no rooms is not judged for rooms, one that states no groups not for groups. Gaps in
the numbers are no fault, and neither is an item in several groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from scheduler.checker.breach import Breach, say_session, session_breach, shown
from scheduler.checker.crowd import Crowd
from scheduler.checker.kinds import first_rows, kinds, repeated
from scheduler.checker.shown_by import first_of_each
from scheduler.problem import Problem, Session

_RULE = 6


def rooms_and_groups(crowd: Crowd) -> Iterator[Breach]:
    """Find what is wrong with rooms and groups, where the schedule states any."""
    if _stated(crowd, "room") or _stated(crowd, "seat"):
        yield from _missing(crowd, rooms=True)
        yield from _too_full(crowd)
        yield from _shared(crowd, rooms=True)
    if _stated(crowd, "group") or _stated(crowd, "place"):
        yield from _missing(crowd, rooms=False)
        yield from _mixed(crowd)
        yield from _shared(crowd, rooms=False)


def _stated(crowd: Crowd, column: str) -> bool:
    return bool(crowd.placed[column].any())


def _missing(crowd: Crowd, *, rooms: bool) -> Iterator[Breach]:
    """Find people without room or seat (group or place) who sit that part, where others have one."""
    code, words, part = (
        ("ROOM-MISSING", {"room": "考场", "seat": "座位"}, "理论")
        if rooms
        else ("GROUP-MISSING", {"group": "工位组", "place": "工位"}, "实操")
    )
    larger, smaller = words
    # a schedule may leave the seat to the door, for everybody
    needed = words if _stated(crowd, smaller) else {larger: words[larger]}
    lacks = np.any([crowd.placed[one] == 0 for one in needed], axis=0) & (crowd.trainee_of >= 0)
    lacks[lacks] = crowd.people["practical" if rooms else "theory"][crowd.trainee_of[lacks]] == 0
    for one in crowd.placement_records(crowd.placed_in_order(np.flatnonzero(lacks))):
        lacking = [word for name, word in needed.items() if not getattr(one, name)]
        yield session_breach(
            code,
            _RULE,
            f"考生 {one.trainee_id} 在{say_session(one.session)}考{part}，却没有{'和'.join(lacking)}，别人有",
            one.session,
            trainee_id=one.trainee_id,
        )


def _too_full(crowd: Crowd) -> Iterator[Breach]:
    """Find rooms with more people than a room may have, or than the rooms table says it takes."""
    problem = crowd.facts.problem
    stated: dict[str, list[int]] = defaultdict(list)
    for row in problem.rooms:
        stated[row.site_id].append(row.seats)
    least = min([problem.rules.room_size, *(row.seats for row in problem.rooms)])
    rows = np.flatnonzero(crowd.placed["room"])
    room, number = kinds((crowd.placed["session"][rows], crowd.placed["room"][rows]))
    people = np.bincount(room, minlength=number)
    many = np.flatnonzero(people > least).tolist()
    anybody = crowd.placement_records(rows[first_rows(room, number)[many]])
    few = first_of_each(crowd, rows, room, many)
    counted = zip(((one.session, one.room) for one in anybody), people[many], map(few.get, many), strict=True)
    for (session, name), count, who in sorted(counted):
        most, why = _most(problem, stated.get(session.site_id, []), name)
        if count > most:
            told = f"{say_session(session)}第 {name} 考场坐了 {count} 人，{why} {most} 个"
            yield shown(session_breach("ROOM-TOO-FULL", _RULE, told, session, room=name), who or ())


def _most(problem: Problem, held: list[int], room: str) -> tuple[int, str]:
    """Give how many a room may have, and in words why; ``held`` are the seats of the site's rooms."""
    # our numbers are those of the table's rooms in order; another's name of a room tells no seats
    number = int(room) if room.isascii() and room.isdecimal() and len(room) < 9 else 0
    if 1 <= number <= len(held) and held[number - 1] < problem.rules.room_size:
        return held[number - 1], "考场表中这个考场有座位"
    return problem.rules.room_size, "每个考场最多"


def _mixed(crowd: Crowd) -> Iterator[Breach]:
    """Find groups with several items."""
    rows = np.flatnonzero((crowd.placed["group"] > 0) & (crowd.trainee_of >= 0))
    group, number = kinds((crowd.placed["session"][rows], crowd.placed["group"][rows]))
    pairs = first_rows(*kinds((group, crowd.people["item"][crowd.trainee_of[rows]])))
    mixed = (np.bincount(group[pairs], minlength=number) > 1)[group[pairs]]
    items: dict[tuple[Session, str], dict[str, str]] = defaultdict(dict)
    for trainee, one in crowd.pairs(rows[np.sort(pairs[mixed])]):
        items[one.session, one.group][trainee.item] = trainee.trainee_id  # the first of the item
    for (session, name), found in sorted(items.items()):
        told = f"{say_session(session)}第 {name} 工位组有几个项目：{'、'.join(sorted(found))}"
        yield shown(session_breach("GROUP-MIXED", _RULE, told, session, group=name), found.values())


def _shared(crowd: Crowd, *, rooms: bool) -> Iterator[Breach]:
    """Find two people on one seat, or at one place."""
    code, larger, smaller, words = (
        ("SEAT-SHARED", "room", "seat", "考场") if rooms else ("PLACE-SHARED", "group", "place", "工位组")
    )
    where = [crowd.placed[one] for one in ("session", larger, smaller)]
    rows = np.flatnonzero((where[1] > 0) & (where[2] > 0))
    several = rows[repeated([one[rows] for one in where])]
    first: dict[tuple[Session, str, str], str] = {}
    for one in crowd.placement_records(crowd.placed_in_order(several)):
        room, seat = getattr(one, larger), getattr(one, smaller)
        other = first.setdefault((one.session, room, seat), one.trainee_id)
        if other != one.trainee_id:
            yield session_breach(
                code,
                _RULE,
                f"考生 {other} 与 {one.trainee_id} 在{say_session(one.session)}同在第 {room} {words} {seat} 号",
                one.session,
                trainee_id=one.trainee_id,
                other_trainee_id=other,
            )
