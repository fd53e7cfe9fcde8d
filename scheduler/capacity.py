"""Every group's chance of every session: expected counts by network flow (rule 4, in its order).

A person's chance of a session is the group's count there over denominator times group size.
``scheduler.network`` says what is optimised, ``scheduler.overlaps`` how one person never sits twice at
one time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from scheduler.eligibility import Eligibility
from scheduler.grouping import LARGE
from scheduler.overlaps import solve_without_overlaps
from scheduler.plan import CapacityPlan, Group, GroupChances
from scheduler.problem import Problem
from scheduler.remedy.shortage import find_bottlenecks

_EVEN = 60
"""Parts of a person in which shares are spread: 1/2 to 1/6, 1/10, 1/12 and 1/15 are whole numbers of them."""
_EVEN_LARGE = 12
"""Those of a large batch: who is alone in a group then has a chance at twelve sites, not at sixty."""


def plan_chances(problem: Problem, eligibility: Eligibility) -> CapacityPlan:
    """Work out the chances of a batch."""
    even = _EVEN_LARGE if len(problem.trainees) > LARGE else _EVEN
    denominator = lcm(even, problem.rules.cap.denominator)
    groups, chances, notes = solve_without_overlaps(problem, eligibility, denominator)
    notes += _above_cap(problem, groups, chances, denominator)
    short = find_bottlenecks(problem, groups) if any(one.unplaced for one in chances) else ()
    return CapacityPlan(groups, chances, denominator, tuple(notes), short)


def _above_cap(
    problem: Problem,
    groups: Sequence[Group],
    chances: Sequence[GroupChances],
    denominator: int,
) -> list[str]:
    """Tell whose chance for one site is above the cap, because nothing else was possible."""
    above: dict[tuple[str, str], int] = defaultdict(int)
    greatest: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for group, one in zip(groups, chances, strict=True):
        by_site: dict[str, int] = defaultdict(int)
        for session, count in one.counts.items():
            by_site[session.site_id] += count
        for site_id, count in by_site.items():
            whole = len(group.trainees) * denominator
            if count * problem.rules.cap.denominator > whole * problem.rules.cap.numerator:
                above[group.item, site_id] += len(group.trainees)
                greatest[group.item, site_id] = max(Fraction(count, whole), greatest[group.item, site_id])
    return [
        f"{item}：{people} 人到考点“{problem.sites[site_id].name}”的机会超过上限 {problem.rules.cap}"
        f"（最高 {greatest[item, site_id]}），没有别的安排能容纳。"
        for (item, site_id), people in sorted(above.items())
    ]
