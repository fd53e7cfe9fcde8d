"""Sessions that take more people after a table of changes than the rooms of their site hold: told at the row that did it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from common.finding import Location
from scheduler.batch.columns import Faults
from scheduler.problem import Problem, Session
from scheduler.replan.changes.over import told
from scheduler.seats.held import held_by_rooms, sitting_theory

_ADVICE = "考场不能用变更表更改：请改小座位数；考场确实增加的，用 --batch 给出补全了考场的更正后批次"


def tell_small_rooms(
    before: Problem, after: Problem, stated: Mapping[Session, Location], path: Path, faults: Faults
) -> None:
    """Note sessions for which the rooms have become too small.

    Parameters
    ----------
    before
        the facts before the table; what was too small already is a fault of theirs.
    stated
        where the table last says how many seats a session has.
    """
    held, earlier, now = held_by_rooms(after), sitting_theory(before), sitting_theory(after)
    for session, seats in sorted(after.seats.items()):
        room = held.get(session.site_id)
        if room is None or min(seats, now) <= room or min(before.seats.get(session, 0), earlier) > room:
            continue
        who = "" if session in stated else "增加考生之后，"
        message = f"{who}考点 {told(session)} 有 {seats} 个座位，各考场合计只能坐 {room} 人。{_ADVICE}"
        faults.add("CHANGE-VALUE", message, stated.get(session, Location(path.name)))
