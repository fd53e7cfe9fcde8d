"""Who keeps a place (工位) whose number is greater than the places that are left: nobody is moved for it, somebody must be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from common.listing import first_few
from scheduler.problem import HALVES

_MOST_TOLD = 5


def tell_lost_places(plan: Mapping[str, Any]) -> Iterator[str]:
    """Tell by session and item who of the kept has a place whose number is no longer there."""
    places = {(one["session"], one["item"]): one["places"] for one in plan["change"]["places"]}
    found: dict[tuple[int, str], list[str]] = {}
    for group in plan["groups"]:
        for name, one in zip(group["trainees"], group.get("kept", ()), strict="kept" in group):
            key = group["cells"][0]["session"], group["item"]
            if one["place"] and int(one["place"]) > places.get(key, 0):
                found.setdefault(key, []).append(f"{name}（顺序号 {one['place']}）")
    for (number, item), who in sorted(found.items()):
        session = plan["sessions"][number]
        yield (
            f"考点 {session['site_id']} {session['date']} {HALVES[session['half']]}“{item}”现在有 {places[number, item]} 个工位，"
            f"保持不动的 {first_few(who, _MOST_TOLD, '人')} 的顺序号更大：请在现场安排到能用的工位（材料上的顺序号不变）"
        )
