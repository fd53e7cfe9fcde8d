"""What a change changed: every trainee and every duty, from what, to what, and why. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scheduler.documents.tables import csv_bytes
from scheduler.duties.draw import Duty
from scheduler.problem import HALVES
from scheduler.replan.chain.touch_kinds import Kind
from scheduler.schedule import Placement, Schedule

COLUMNS = ("kind", "id", "from", "to", "reason")
_ROLES = {"invigilator": "监考", "examiner": "考评", "patrol": "巡考"}
_OTHER_EXCEPTIONS, _LOST_SEAT = "位置不变，只是例外情形随事实改变", "原座位不能再用，场次不变"


class Row(NamedTuple):
    """One difference; ``kind`` is trainee or duty, ``before`` and ``after`` are "" for nothing."""

    kind: str
    id: str
    before: str
    after: str
    reason: str


def difference(
    plan: Mapping[str, Any], schedule: Schedule, ended: Mapping[Duty, str], begun: Mapping[Duty, str]
) -> list[Row]:
    """Give everything that is not as it was before the change, in order."""
    change = plan["change"]
    reasons = {entry["trainee_id"]: _OTHER_EXCEPTIONS for entry in change["other_exceptions"]}
    reasons |= {entry["trainee_id"]: _LOST_SEAT for entry in change["lost_seats"]}
    reasons |= {entry["trainee_id"]: entry["reason"] for entry in change["touched"]}
    before = {
        entry["trainee_id"]: entry["before"]
        for part in ("other_exceptions", "lost_seats", "touched")
        for entry in change[part]
    }
    added = {entry["trainee_id"] for entry in change["touched"] if entry["kind"] == Kind.ADDED}
    rows = []
    for name, reason in sorted(reasons.items()):
        was = say_place(before[name]) if before[name] is not None else ""
        one = schedule.placements.get(name)
        now = "" if one is None else say_place(_data(one))
        if was == now and was:
            continue
        told = f"{reason}；{schedule.unplaced[name]}" if schedule.unplaced.get(name) else reason
        if was or now or name in added:
            rows.append(Row("trainee", name, was, now, told))
    return [*rows, *_duties(ended, begun)]


def _duties(ended: Mapping[Duty, str], begun: Mapping[Duty, str]) -> Iterable[Row]:
    rows = [Row("duty", duty.staff_id, _say_duty(duty), "", reason) for duty, reason in ended.items()]
    rows += [Row("duty", duty.staff_id, "", _say_duty(duty), reason) for duty, reason in begun.items()]
    return sorted(rows)


def _say_duty(duty: Duty) -> str:
    where = {"invigilator": f" 第{duty.room}考场", "examiner": f" 第{duty.room}组"}.get(duty.role, "")
    return f"{duty.site_id} {duty.date} {HALVES[duty.half]} {_ROLES[duty.role]}{where}"


def _data(one: Placement) -> Mapping[str, Any]:
    return {
        "site_id": one.session.site_id,
        "date": one.session.day.isoformat(),
        "half": str(one.session.half),
        "room": one.room,
        "seat": one.seat,
        "group": one.group,
        "place": one.place,
        "exceptions": one.exceptions,
    }


def say_place(one: Mapping[str, Any]) -> str:
    """Say where somebody sits."""
    told = f"{one['site_id']} {one['date']} {HALVES[one['half']]}"
    if one["room"]:
        told += f" 第{one['room']}考场{one['seat']}号座"
    if one["group"]:
        told += f" 第{one['group']}组{one['place']}号工位"
    return told + (f" 例外：{'、'.join(one['exceptions'])}" if one["exceptions"] else "")


def difference_csv(rows: Iterable[Row]) -> bytes:
    """Give difference.csv."""
    return csv_bytes(COLUMNS, rows)
