"""Does what a plan says of rooms and seats hold together. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
_MOST = 10**9  # far above any real number of seats


def seating_contradiction(plan: Mapping[str, Any]) -> str:
    """Give in words the first thing about seats that cannot be; "" where all is well or nothing is said.

    Raises
    ------
    KeyError, TypeError
        something is missing, or has another form.
    """
    if "seating" not in plan:
        return ""
    if not all(_are_texts(plan[name]) for name in ("institutions", "classes")):
        return "机构或班级不是文字"
    for group in plan["groups"]:
        size = len(group["trainees"])
        for name, known, least in (("institution", "institutions", 0), ("class", "classes", -1)):
            numbers = group[name]
            if len(numbers) != size or not _all_within(numbers, least, len(plan[known]) - 1):
                return f"组 {group['group']}：考生的机构或班级不对"
    return _of_rooms(plan["seating"]) or _of_stations(plan)


def _of_rooms(seating: Mapping[str, Any]) -> str:
    if not _all_within([seating["room_size"], seating["columns"]], 1, _MOST):
        return "考场的人数或列数不对"
    if not _are_texts(seating["accessible"]):
        return "需要无障碍座位的考生不对"
    if not _are_lists([seating["rooms"], *(site["rooms"] for site in seating["rooms"])]):
        return "考场不是一个列表"
    sites = [site["site_id"] for site in seating["rooms"]]
    if not _are_texts(sites) or len(set(sites)) < len(sites):
        return "考场的考点不对或重复"
    for site in seating["rooms"]:
        for room in site["rooms"]:
            good = (
                isinstance(room["room"], str)
                and _all_within([room["seats"]], 0, _MOST)
                and _all_within([room["columns"]], 1, _MOST)
                and _all_within([room["accessible"]], 0, room["seats"])
            )
            if not good:
                return f"考点 {site['site_id']} 的考场不对"
    return ""


def _of_stations(plan: Mapping[str, Any]) -> str:
    seating = plan["seating"]
    if not _are_lists([seating["stations"]]):
        return "同时工位数不是一个列表"
    for entry in seating["stations"]:
        if not _all_within([entry["session"]], 0, len(plan["sessions"]) - 1) or not _all_within(
            [entry["stations"]], 1, _MOST
        ):
            return "同时工位数不对"
    named = [(entry["session"], entry["item"]) for entry in seating["stations"]]
    if not _are_texts([item for _, item in named]) or len(set(named)) < len(named):
        return "同时工位数的项目不对或重复"
    times = seating["times"]
    minutes = [times["theory_minutes"], times["practical_minutes"]]
    if not all(_CLOCK.fullmatch(times[half]) for half in ("am", "pm")):
        return "考试时刻不对"
    return "" if _all_within(minutes, 1, _MOST) else "考试时长不对"


def _are_lists(values: Sequence[object]) -> bool:
    return all(isinstance(one, list) for one in values)


def _are_texts(listed: object) -> bool:
    return isinstance(listed, list) and all(isinstance(one, str) for one in listed)


def _all_within(numbers: Sequence[Any], least: int, most: int) -> bool:
    """Say whether all are whole numbers (no truth values, though those are whole numbers to Python) within limits."""
    return not numbers or (
        set(map(type, numbers)) == {int} and least <= min(numbers) and max(numbers) <= most
    )
