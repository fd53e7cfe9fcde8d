"""When everybody's theory part and practical part begin and end, and in which batch (批次) they work.

It follows from the plan and the places: nothing is drawn here. At a group, people who sit no theory come
first, from the beginning of the half-day on; those who sit both come after the theory part. So many work at
once as the places table says (同时工位数), else everybody.
"""

from __future__ import annotations

import datetime as dt
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


def clock(minutes: int) -> str:
    """Give a time of the day as people read it: 09:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def exam_times(plan: Mapping[str, Any], schedule: Schedule) -> dict[str, ExamTimes]:
    """Give the times of every placed trainee; {} for a plan without ``seating``."""
    if "seating" not in plan:
        return {}
    part = {name: group["part"] for group in plan["groups"] for name in group["trainees"]}
    item = {name: group["item"] for group in plan["groups"] for name in group["trainees"]}
    times = plan["seating"]["times"]
    stations = _stations(plan)
    groups: dict[tuple[Session, str], list[Placement]] = defaultdict(list)
    found: dict[str, ExamTimes] = {}
    for name, one in schedule.placements.items():
        found[name] = ExamTimes(_theory(times, one.session) if part[name] != "practical" else None)
        if one.place:
            groups[one.session, one.group].append(one)
    for (session, _), listed in groups.items():
        listed.sort(key=lambda one: int(one.place))
        begin, theory_end = _theory(times, session)
        alone = [one.trainee_id for one in listed if part[one.trainee_id] == "practical"]
        both = [one.trainee_id for one in listed if part[one.trainee_id] != "practical"]
        at_once = stations.get((session, item[listed[0].trainee_id]), len(listed))
        batches = [*_split(alone, at_once), *_split(both, at_once)]
        for number, names in enumerate(batches, start=1):
            if part[names[0]] != "practical":
                begin = max(begin, theory_end)
            end = begin + times["practical_minutes"]
            for name in names:
                found[name] = ExamTimes(found[name].theory, (begin, end), number)
            begin = end
    return found


def _theory(times: Mapping[str, Any], session: Session) -> tuple[int, int]:
    hours, _, minutes = times[str(session.half)].partition(":")
    begin = int(hours) * 60 + int(minutes)
    return begin, begin + times["theory_minutes"]


def _stations(plan: Mapping[str, Any]) -> dict[tuple[Session, str], int]:
    sessions = [
        Session(entry["site_id"], dt.date.fromisoformat(entry["date"]), Half(entry["half"]))
        for entry in plan["sessions"]
    ]
    return {(sessions[one["session"]], one["item"]): one["stations"] for one in plan["seating"]["stations"]}


def _split(names: Sequence[str], at_once: int) -> list[Sequence[str]]:
    return [names[start : start + at_once] for start in range(0, len(names), at_once)]
