"""Remedies in the words of a reader, and their prices.

A decision is told as one that somebody else has to take: the program never says that a person may use
an exemption, only what the law says and what would follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from scheduler.plan import Limit
from scheduler.problem import HALVES, Problem
from scheduler.remedy.changes import Growth, OneSession, OtherCities, OwnSchool
from scheduler.remedy.remedies import Remedy
from scheduler.remedy.shortage import limit_told

_WORDS = {"seats": "座位", "places": "工位", "day_limit": "每日上限"}
_MOST_LIMITS = 8


def kind(remedy: Remedy) -> str:
    """Name what is changed: growth, session, cross_city or in_school."""
    names = {Growth: "growth", OneSession: "session", OtherCities: "cross_city", OwnSchool: "in_school"}
    return names[type(remedy.change)]


def price(remedy: Remedy) -> dict[str, int]:
    """Give what it takes: units of each kind of capacity, sessions; nothing where it is a decision."""
    if isinstance(remedy.change, OneSession):
        return {"sessions": 1, "seats": remedy.change.seats}
    if not isinstance(remedy.change, Growth):
        return {}
    units: Counter[str] = Counter()
    for limit, by in remedy.change.by.items():
        units[_kind_of(limit)] += by
    return {name: units[name] for name in _WORDS if units[name]}


def _kind_of(limit: Limit) -> str:
    return "places" if limit.item else "seats" if limit.half else "day_limit"


def changes(remedy: Remedy) -> list[dict[str, Any]]:
    """Give the change itself, in the terms of the batch's tables."""
    change = remedy.change
    if isinstance(change, Growth):
        return [
            {"site_id": at.site_id, "date": at.day.isoformat(), "half": at.half, "item": at.item, "more": by}
            for at, by in sorted(change.by.items())
        ]
    if isinstance(change, OneSession):
        site_id, day, half = change.session
        new = {"site_id": site_id, "date": day.isoformat(), "half": str(half), "seats": change.seats}
        return [{**new, "places": dict(change.places)}]
    if isinstance(change, OwnSchool):
        return [{"school_id": change.school_id, "trainees": list(change.trainees)}]
    return [{"cross_city.items": change.item}] if isinstance(change, OtherCities) else []


def told(problem: Problem, remedy: Remedy) -> str:
    """Say what to change and how many more are placed then, and where that takes more rooms than are stated."""
    return _change(problem, remedy) + "".join(
        f"；{problem.sites[site_id].name}的各考场合计只能坐 {held} 人，须同时补充考场表"
        for site_id, held in remedy.rooms.items()
    )


def _change(problem: Problem, remedy: Remedy) -> str:
    change = remedy.change
    sources = problem.rules.sources
    if isinstance(change, Growth):
        return f"{_growth(problem, change, price(remedy))}，可多安排 {remedy.gain} 人{_least(remedy, '在这些考点，这些人能用的名额')}"
    if isinstance(change, OneSession):
        return f"{_session(problem, change)}，可多安排 {remedy.gain} 人{_least(remedy, '座位')}"
    if isinstance(change, OtherCities):
        return (
            f"由市里决定：如把“{change.item}”列入可以跨市考试的项目（rules.toml 的 cross_city.items），"
            f"可多安排 {remedy.gain} 人到外市考点。该项目是否在所列工种之内，由主管部门认定"
            f"（{sources.get('cross_city', '')}）"
        )
    if isinstance(change, OwnSchool):
        known = problem.institutions.get(change.school_id)
        name = known.name if known else change.school_id
        return (
            f"据实核对：这 {len(change.trainees)} 人中如有{name}的全日制在校学生而名单没有填写学校编号"
            f"（school_id：{change.school_id}），填写后可在本校考点考试；如都是，可多安排 {remedy.gain} 人"
            f"（{sources.get('in_school', '')}）"
        )
    raise TypeError(type(change).__name__)


def _growth(problem: Problem, change: Growth, units: dict[str, int]) -> str:
    listed = [f"{limit_told(problem, limit)} 加 {by} 个" for limit, by in sorted(change.by.items())]
    more = f" 等 {len(listed)} 处" if len(listed) > _MOST_LIMITS else ""
    total = "、".join(f"{_WORDS[name]} {count} 个" for name, count in units.items())
    return f"增加{total}（{'；'.join(listed[:_MOST_LIMITS])}{more}）"


def _session(problem: Problem, change: OneSession) -> str:
    site_id, day, half = change.session
    places = "".join(f"、{item}工位 {number} 个" for item, number in change.places.items())
    return f"加一场：{problem.sites[site_id].name} {day} {HALVES[half]}，座位 {change.seats} 个{places}"


def _least(remedy: Remedy, where: str) -> str:
    return f"；{where}再少一个就不够" if remedy.smallest else ""


def row_ranges(rows: Sequence[int]) -> list[str]:
    """Put row numbers together: 2, 3, 4 and 9 are ``2-4`` and ``9``; 0 is not stated."""
    ranges: list[list[int]] = []
    for row in sorted(set(rows) - {0}):
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return [f"{first}" if first == last else f"{first}-{last}" for first, last in ranges]
