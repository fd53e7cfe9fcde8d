"""Rooms of which a batch states something that is probably not meant so."""

from __future__ import annotations

from collections.abc import Iterator

from common.listing import first_few
from scheduler.problem import Problem
from scheduler.trainees import Trainees

_MOST_TOLD = 8


def room_doubts(problem: Problem) -> Iterator[str]:
    """Tell rooms that state no accessible seats at sites where others do, where anybody needs one: they have none then."""
    stating = {room.site_id for room in problem.rooms if room.accessible is not None}
    blank = [
        f"{room.site_id} {room.room}"
        for room in problem.rooms
        if room.site_id in stating and room.accessible is None
    ]
    if blank and (Trainees.of(problem.trainees).frame["needs"] != "").any():
        listed = first_few(blank, _MOST_TOLD, "个")
        yield f"同一考点别的考场填了无障碍座位数、自己没有填的考场，按 0 个计，需要的请补填：{listed}"
