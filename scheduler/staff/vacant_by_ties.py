"""Before the draw: is it for whom the staff work that leaves duties to nobody? Told from the plan, in counts.

What certainly nobody can do is counted twice, as it is and as if no site were closed to anybody: if that is less, ties are why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from scheduler.staff.conflicts import SITE
from scheduler.staff.needs import certainly_vacant

_MOST_TOLD = 8


def vacant_by_ties(plan: Mapping[str, Any], vacant: int) -> list[str]:
    """Say it, where it is so.

    Parameters
    ----------
    plan
        the plan with its ``staff``.
    vacant
        how many duties certainly nobody can do.
    """
    held = {session["site_id"] for session in plan["sessions"]}
    closed: dict[str, set[str]] = defaultdict(set)
    for entry in plan["staff"]:
        for conflict in entry["conflicts"]:
            if conflict["kind"] == SITE and conflict["id"] in held:
                closed[conflict["id"]].add(entry["person"])
    if not vacant or not closed:
        return []
    free, _ = certainly_vacant({**plan, "staff": [_without_sites(entry) for entry in plan["staff"]]})
    if free >= vacant:
        return []
    most_first = sorted(closed, key=lambda site: (-len(closed[site]), site))
    sites = "、".join(f"{site}（{len(closed[site])} 人）" for site in most_first[:_MOST_TOLD])
    more = f" 等 {len(closed)} 个" if len(closed) > _MOST_TOLD else ""
    return [
        (
            f"考务人员不能到自己工作单位（或与其有关联的单位）所有的考点，只因这一条，无人可派的至少由 {free} 人次增至 {vacant} 人次；"
            f"须回避的人数：考点 {sites}{more}。请增加其他单位的考务人员"
        )
    ]


def _without_sites(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "conflicts": [one for one in entry["conflicts"] if one["kind"] != SITE]}
