"""Does a plan hold together: what the draw relies on, checked before it begins. Standard library only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from scheduler.checks import MALFORMED
from scheduler.plan_ids import are_ids
from scheduler.seats.checks import seating_contradiction
from scheduler.staff.checks import staff_contradiction
from scheduler.ways import all_ways

_LARGEST = 2**128  # far above any real denominator, far below what the dice can split evenly
_LEAST_WAYS = 2
_SESSION = ("site_id", "date", "half")
_HALVES = ("am", "pm")
_EXCEPTIONS = frozenset({"sole_site", "in_school", "cross_city"})
_CHANCE = re.compile("[0-9]+(/[0-9]+)?")
_GROUP = ("group", "item", "part", "trainees", "cells", "unplaced", "reason")


def contradiction(plan: Mapping[str, Any]) -> str:
    """Give in words the first thing in a plan that cannot be; "" where all is well."""
    try:
        return _contradiction(plan)
    except MALFORMED:
        return "缺少内容或内容的形式不对"


def overfull(plan: Mapping[str, Any]) -> str:
    """Say which session or day of a site is to take more people than it may; "" for none. No plan tells places of items."""
    try:
        return next((told for way in all_ways(plan) if (told := _overfull(way))), "")
    except MALFORMED:
        return "缺少场次或考点的名额"


def _contradiction(plan: Mapping[str, Any]) -> str:
    denominator = plan["denominator"]
    if not _whole(denominator) or not 1 <= denominator <= _LARGEST:
        return "denominator 不是可用的整数"
    if any(type(plan[name]) is not list for name in ("sessions", "sites", "groups") if name in plan):
        return "场次、考点或考生组不是一个列表"
    wrong = _of_sessions(plan["sessions"])
    if wrong:
        return wrong
    seen: set[str] = set()
    for group in plan["groups"]:
        told = _of_group(group, plan, seen)
        if told:
            return f"组 {group['group']}：{told}"
    return (
        _of_totals(plan, len(seen))
        or _of_ways(plan)
        or seating_contradiction(plan)
        or staff_contradiction(plan)
    )


def _of_totals(plan: Mapping[str, Any], people: int) -> str:
    """Say which total is not that of the groups; what is foretold of vacant duties does not follow from them."""
    unplaced = Fraction(sum(group["unplaced"] for group in plan["groups"]), plan["denominator"])
    for name, due in (("trainees", people), ("unplaced", str(unplaced))):
        if name in plan and (type(plan[name]) is not type(due) or plan[name] != due):
            return f"{name} 与各组之和不符"
    return "" if _whole(plan.get("vacant", 0)) and plan.get("vacant", 0) >= 0 else "vacant 不是整数"


def _overfull(plan: Mapping[str, Any]) -> str:
    sessions, unit = plan["sessions"], plan["denominator"]
    people = [0] * len(sessions)
    for group in plan["groups"]:
        for cell in group["cells"]:
            people[cell["session"]] += cell["count"]
    limits = {site["site_id"]: site["day_limit"] for site in plan["sites"]}
    told = [session["seats"] for session in sessions] + [most for most in limits.values() if most is not None]
    if len(limits) < len(plan["sites"]) or not all(_whole(number) and number >= 0 for number in told):
        return "场次或考点的名额不对，或考点重复"
    days: dict[tuple[str, str], int] = {}
    for session, count in zip(sessions, people, strict=True):
        site, day = session["site_id"], session["date"]
        if count > session["seats"] * unit:
            return f"{site} {day} {session['half']} 的人数超过座位数"
        days[site, day] = days.get((site, day), 0) + count
    over = [
        when for when, count in days.items() if (most := limits[when[0]]) is not None and count > most * unit
    ]
    return f"{' '.join(over[0])} 的人数超过每日上限" if over else ""


def _of_sessions(sessions: Sequence[Mapping[str, Any]]) -> str:
    for session in sessions:
        if not all(isinstance(session[name], str) for name in _SESSION):
            return "场次的内容不对"
        if session["half"] not in _HALVES or not are_ids([session["site_id"]]):
            return "场次的内容不对"
        if dt.date.fromisoformat(session["date"]).isoformat() != session["date"]:
            return "场次的日期不对"
    distinct = {tuple(session[name] for name in _SESSION) for session in sessions}
    return "有两个相同的场次" if len(distinct) < len(sessions) else ""


def _of_group(group: Mapping[str, Any], plan: Mapping[str, Any], seen: set[str]) -> str:
    if any(name not in group for name in _GROUP) or group["part"] not in ("theory", "practical", "both"):
        return "缺少内容"
    texts = all(isinstance(group[name], str) for name in ("group", "item", "reason"))
    if not texts or not isinstance(group["cells"], list):
        return "缺少内容"
    names, before = group["trainees"], len(seen)
    if type(names) is not list or not are_ids(names):
        return "考生编号不对：应为文字，两端没有空格，没有看不见的字符"
    seen.update(names)
    if not names or len(seen) != before + len(names):
        return "考生重复，或没有考生"
    size, unplaced = plan["denominator"] * len(names), group["unplaced"]
    for cell in group["cells"]:
        wrong = _of_cell(cell, len(plan["sessions"]), size)
        if wrong:
            return wrong
    whole = _whole(unplaced) and unplaced >= 0
    good = whole and unplaced + sum(cell["count"] for cell in group["cells"]) == size
    return "" if good else "人数加起来不等于组的人数"


def _of_cell(cell: Mapping[str, Any], sessions: int, size: int) -> str:
    count, session = cell["count"], cell["session"]
    if not _whole(count) or count < 0 or not _whole(session) or not 0 <= session < sessions:
        return "场次或人数不对"
    if not _are_exceptions(cell["exceptions"]):
        return "例外不对"
    return "" if _is_chance(cell["chance"], count, size) else "机会与人数不一致"


def _of_ways(plan: Mapping[str, Any]) -> str:
    """Say what is wrong with the ways of a plan: each gives everybody, and their mean is what the groups say."""
    if "ways" not in plan:
        return ""
    ways, unit = plan["ways"], plan["denominator"]
    if type(ways) is not list or len(ways) < _LEAST_WAYS:
        return "ways 应有两种以上的错开方式"
    for number, group in enumerate(plan["groups"]):
        told = [*(cell["count"] for cell in group["cells"]), group["unplaced"]]
        counts = [way[number] for way in ways]
        if any(type(count) is not int or count < 0 for listed in counts for count in listed):
            return f"组 {group['group']}：某种错开方式的人数不对"
        if any(sum(listed) != unit * len(group["trainees"]) for listed in counts):
            return f"组 {group['group']}：某种错开方式的人数加起来不等于组的人数"
        if [sum(column) for column in zip(*counts, strict=True)] != [len(ways) * count for count in told]:
            return f"组 {group['group']}：各种错开方式的平均人数与 cells 不一致"
    return "" if {len(way) for way in ways} == {len(plan["groups"])} else "ways 的组数不对"


def _are_exceptions(listed: object) -> bool:
    """Say whether a cell names exceptions that there are, each once."""
    return type(listed) is list and len(set(listed)) == len(listed) and _EXCEPTIONS.issuperset(listed)


@lru_cache(maxsize=1 << 16)
def _is_chance(told: str, count: int, size: int) -> bool:
    """Say whether a chance is what it says; in a large plan few of them come up very often."""
    return _CHANCE.fullmatch(told) is not None and Fraction(told) == Fraction(count, size)


def _whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
