"""When the people of a practical group work, as papers tell it: in batches, each with its hours.

Somebody's place is a number in the order of the group; which station it is, only the batch decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from scheduler.papers import words
from scheduler.papers.facts import Facts
from scheduler.papers.rooms import Room
from scheduler.papers.rows import Sitting
from scheduler.problem import Half, Session
from scheduler.seats.times import MIDNIGHT, clock

_MOST_LISTED = 6


class Batch(NamedTuple):
    """Who works at the same time; ``number`` 0 and no hours where there are no batches."""

    number: int
    hours: str
    sittings: tuple[Sitting, ...]

    def told(self) -> str:
        """Name it with its hours and how many it is."""
        return f"第 {self.number} 批　{self.hours}　{len(self.sittings)} 人" if self.number else ""


def batches(facts: Facts, room: Room) -> list[Batch]:
    """Give the batches of a group in order; everybody in one without a number for a room or where no hours are known."""
    found: dict[tuple[int, str], list[Sitting]] = defaultdict(list)
    for one in room.sittings:
        times = facts.times.get(one.trainee_id)
        if room.key.is_group and times and times.practical:
            found[times.batch, words.from_to(times.practical)].append(one)
        else:
            found[0, ""].append(one)
    return [Batch(number, hours, tuple(listed)) for (number, hours), listed in sorted(found.items())]


def in_short(listed: Sequence[Batch]) -> str:
    """Tell the batches in one text, of many the first and the last; "" where there are none."""
    if not listed or not listed[0].number:
        return ""
    if len(listed) <= _MOST_LISTED:
        return "；".join(one.told() for one in listed)
    return f"共 {len(listed)} 批：{listed[0].told()}；……；{listed[-1].told()}"


def room_start(facts: Facts, room: Room) -> str:
    """Say when it begins in a room, or in a group: where all of it sit theory first, only after that."""
    session = room.key.session
    spans = [
        times.practical
        for one in room.sittings
        if (times := facts.times.get(one.trainee_id)) and times.practical
    ]
    if room.key.is_group and spans:
        return _starts(session, min(spans))
    return f"{words.session_words(session)} {words.begins(facts, session)} 开始"


def own_start(facts: Facts, one: Sitting) -> tuple[str, str]:
    """Say when the first exam of somebody begins, and from when they may come in: the one time to come."""
    span = _own(facts, one)
    if span is None:
        begin = f"{words.session_words(one.session)} {words.begins(facts, one.session)} 开始"
        return begin, f"{words.doors_open(facts, one.session)} 起"
    early: int = facts.plan["rules"]["times"]["entry_minutes"]
    entry = "" if span[1] > MIDNIGHT else f"{clock(max(0, span[0] - early))} 起"
    return _starts(one.session, span), entry


def own_hour(facts: Facts, one: Sitting) -> str:
    """Give the hour alone at which the first exam of somebody begins."""
    span = _own(facts, one)
    if span is None:
        return words.begins(facts, one.session)
    return words.UNTIMED if span[1] > MIDNIGHT else clock(span[0])


def _own(facts: Facts, one: Sitting) -> tuple[int, int] | None:
    times = facts.times.get(one.trainee_id)
    return (times.theory or times.practical) if times else None


def _starts(session: Session, span: tuple[int, int]) -> str:
    """Name day and hour; a morning's batch after noon is none of the morning's any more."""
    if span[1] > MIDNIGHT:
        return f"{words.session_words(session)}　{words.UNTIMED}"
    late = session.half == Half.AM and span[0] >= words.NOON * 60
    return f"{words.day_words(session.day) if late else words.session_words(session)} {clock(span[0])} 开始"
