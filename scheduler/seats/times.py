"""When everybody's theory part and practical part begin and end, and in which batch (批次) they work.

It follows from the plan and the places: nothing is drawn here. At a group, people who sit no theory come
first, from the beginning of the half-day on; those who sit both come after the theory part. So many work at
once as the places table says (同时工位数), else everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.problem import Half, Session
from scheduler.schedule import Placement, Schedule


@dataclass(frozen=True, slots=True)
class ExamTimes:
    """Times as minutes after midnight, first and last; None where that part is not sat. Batches from 1."""

    theory: tuple[int, int] | None = None
    practical: tuple[int, int] | None = None
    batch: int = 0


MIDNIGHT = 24 * 60


def clock(minutes: int) -> str:
    """Give a time of the day as people read it: 09:00; the end of a day is 24:00, and nothing later is a time of it."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def exam_times(plan: Mapping[str, Any], schedule: Schedule) -> dict[str, ExamTimes]:
    """Give the times of every placed trainee; {} for a plan without ``seating``."""
    if "seating" not in plan:
        return {}
    part = {name: group["part"] for group in plan["groups"] for name in group["trainees"]}
    item = {name: group["item"] for group in plan["groups"] for name in group["trainees"]}
    times = plan["seating"]["times"]
    stations = stations_of(plan)
    groups: dict[tuple[Session, str], list[Placement]] = defaultdict(list)
    found: dict[str, ExamTimes] = {}
    for name, one in schedule.placements.items():
        found[name] = ExamTimes(_theory(times, one.session) if part[name] != "practical" else None)
        if one.place:
            groups[one.session, one.group].append(one)
    for (session, _), listed in groups.items():
        listed.sort(key=lambda one: int(one.place))
        alone = [one.trainee_id for one in listed if part[one.trainee_id] == "practical"]
        both = [one.trainee_id for one in listed if part[one.trainee_id] != "practical"]
        at_once = stations.get((session, item[listed[0].trainee_id]), len(listed))
        first, then = _split(alone, at_once), _split(both, at_once)
        spans = batch_spans(times, session.half, len(first), len(then))
        for number, (span, names) in enumerate(zip(spans, [*first, *then], strict=True), start=1):
            for name in names:
                found[name] = ExamTimes(found[name].theory, span, number)
    return found


def batch_spans(times: Mapping[str, Any], half: Half, alone: int, both: int) -> list[tuple[int, int]]:
    """Give when each batch works: first those who sit no theory, so many batches, then those who sit both."""
    begin, length = begins(times, half), times["practical_minutes"]
    then = max(begin + alone * length, begin + times["theory_minutes"])
    firsts = [begin + number * length for number in range(alone)]
    firsts += [then + number * length for number in range(both)]
    return [(first, first + length) for first in firsts]


def begins(times: Mapping[str, Any], half: Half) -> int:
    """Give when a half-day begins."""
    hours, _, minutes = times[str(half)].partition(":")
    return int(hours) * 60 + int(minutes)


def _theory(times: Mapping[str, Any], session: Session) -> tuple[int, int]:
    begin = begins(times, session.half)
    return begin, begin + times["theory_minutes"]


def stations_of(plan: Mapping[str, Any]) -> dict[tuple[Session, str], int]:
    """Give how many work at once at an item in a session, where the plan says it."""
    sessions = [Session.of(entry) for entry in plan["sessions"]]
    return {(sessions[one["session"]], one["item"]): one["stations"] for one in plan["seating"]["stations"]}


def _split(names: Sequence[str], at_once: int) -> list[Sequence[str]]:
    return [names[start : start + at_once] for start in range(0, len(names), at_once)]
