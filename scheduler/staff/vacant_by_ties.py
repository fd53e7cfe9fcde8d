"""Before the draw: is it ties, to sites or to candidates, that leave duties to nobody? Told from the plan, in counts.

What certainly nobody can do is counted as it is, and as if no site were closed to anybody, as if nobody were tied to a candidate:
where that is less, ties are why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from common.listing import first_few
from scheduler.staff.able import members_of
from scheduler.staff.certain_ties import CandidateTies, CertainBars
from scheduler.staff.conflicts import INSTITUTION, SITE, TRAINEE
from scheduler.staff.needs import certainly_vacant
from scheduler.ways import all_ways

_MOST_TOLD = 8


def vacant_by_ties(plan: Mapping[str, Any], vacant: int) -> list[str]:
    """Say where duties that certainly nobody can do are vacant because the staff is tied to sites or candidates.

    Parameters
    ----------
    plan
        the plan with its ``staff``.
    vacant
        how many duties certainly nobody can do.
    """
    return [*_by_sites(plan, vacant), *_by_candidates(plan, vacant)] if vacant else []


def _by_sites(plan: Mapping[str, Any], vacant: int) -> list[str]:
    """Say how much owners' sites cost."""
    held = {session["site_id"] for session in plan["sessions"]}
    closed: dict[str, set[str]] = defaultdict(set)
    for entry in plan["staff"]:
        for conflict in entry["conflicts"]:
            if conflict["kind"] == SITE and conflict["id"] in held:
                closed[conflict["id"]].add(entry["person"])
    if not closed:
        return []
    free, _ = certainly_vacant(_without(plan, SITE))
    if free >= vacant:
        return []
    most_first = sorted(closed, key=lambda site: (-len(closed[site]), site))
    told = [f"{site}（{len(closed[site])} 人）" for site in most_first]
    return [
        (
            f"考务人员不能到自己工作单位（或与其有关联的单位）所有的考点，只因这一条，无人可派的至少由 {free} 人次增至 {vacant} 人次；"
            f"须回避的人数：考点 {first_few(told, _MOST_TOLD, '个')}。请增加其他单位的考务人员"
        )
    ]


def _by_candidates(plan: Mapping[str, Any], vacant: int) -> list[str]:
    """Say how much those cost whom the staff are tied to, or who are on it, and certainly sit."""
    avoided = {entry["person"] for entry in plan["staff"] if _has(entry, INSTITUTION, TRAINEE)}
    registered = {entry["person"] for entry in plan["staff"] if entry["sits_as"]}
    if not _certainly_kept(plan):
        return []
    free, _ = certainly_vacant(_without(plan, INSTITUTION, TRAINEE, sitting=True))
    if free >= vacant:
        return []
    told = [
        f"{words} {len(people)} 人"
        for words, people in (("须回避考生的", avoided), ("本人也报考的", registered))
        if people
    ]
    return [
        (
            "考务人员不能监考、考评或巡考与自己有关联的考生（任职、任教、教过、亲属），本人考试时也不能担任考务，只因这一条"
            f"（只计肯定在场的考生），无人可派的至少由 {free} 人次增至 {vacant} 人次；{'、'.join(told)}。请增加与考生没有关联的考务人员"
        )
    ]


def _certainly_kept(plan: Mapping[str, Any]) -> bool:
    """Say whether candidates certainly keep anybody from anything, in any way: to count again takes longer."""
    members = members_of(plan)
    ties = CandidateTies(plan, members)
    return any(CertainBars(way, ties).keep_anybody(members) for way in all_ways(plan))


def _has(entry: Mapping[str, Any], *kinds: str) -> bool:
    return any(one["kind"] in kinds for one in entry["conflicts"])


def _without(plan: Mapping[str, Any], *kinds: str, sitting: bool = False) -> dict[str, Any]:
    """Give the plan as if no conflict were of some kinds, and nobody of the staff a candidate."""
    staff = [
        {
            **entry,
            "conflicts": [one for one in entry["conflicts"] if one["kind"] not in kinds],
            "sits_as": [] if sitting else entry["sits_as"],
        }
        for entry in plan["staff"]
    ]
    return {**plan, "staff": staff}
