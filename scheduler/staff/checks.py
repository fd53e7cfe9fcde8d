"""Does what a plan says of the staff hold together: checked before duties are drawn. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduler.plan_ids import are_ids

_KINDS = ("all", "site", "institution", "trainee")
_NUMBERS = (
    "invigilators_per_room", "examiners_per_item", "patrols_per_site", "substitutes", "halves_running",
)  # fmt: skip


def staff_contradiction(plan: Mapping[str, Any]) -> str:
    """Give in words the first thing said of the staff that cannot be; "" where all is well, or no staff.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        something is missing or of another form.
    """
    entries = plan.get("staff", [])
    if type(entries) is not list:
        return "考务人员不是一个列表"
    if not entries:
        return ""
    if not are_ids(entry["staff_id"] for entry in entries):
        return "考务人员编号不对：应为文字，两端没有空格，没有看不见的字符"
    if len({entry["staff_id"] for entry in entries}) != len(entries):
        return "考务人员编号重复"
    staffing = plan["rules"]["staffing"]
    if not all(_whole(staffing[name]) for name in _NUMBERS) or staffing["halves_running"] < 1:
        return "每考场、每组的人数不是整数"
    if not all(_whole(far) for sites in plan["away"].values() for far in sites.values()):
        return "考务人员的距离不是整数"
    told = next((entry["staff_id"] for entry in entries if not _is_well(entry)), None)
    return "" if told is None else f"考务人员 {told} 的内容不对"


def _is_well(entry: Mapping[str, Any]) -> bool:
    return (
        all(isinstance(entry[name], str) for name in ("staff_id", "person", "district"))
        and all(_texts(entry[name]) for name in ("roles", "items", "sits_as"))
        and (entry["licence_to"] is None or isinstance(entry["licence_to"], str))
        and (entry["max_duties"] is None or _whole(entry["max_duties"]))
        and all(isinstance(entry[name], list) for name in ("unavailable", "conflicts"))
        and all(
            isinstance(one["from"], str) and isinstance(one["to"], str) and one["half"] in (None, "am", "pm")
            for one in entry["unavailable"]
        )
        and all(
            one["kind"] in _KINDS
            and isinstance(one["id"], str)
            and all(one[end] is None or isinstance(one[end], str) for end in ("from", "to"))
            for one in entry["conflicts"]
        )
    )


def _texts(listed: object) -> bool:
    return isinstance(listed, list) and all(isinstance(one, str) for one in listed)


def _whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0
