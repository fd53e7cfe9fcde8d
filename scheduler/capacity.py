"""Every group's chance of every session: expected counts by network flow (rule 4, in its order).

A person's chance of a session is the group's count there over denominator times group size.
``scheduler.chances.network`` says what is optimised, ``scheduler.several.overlaps`` how one person never sits twice at
one time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from math import lcm

from scheduler.chances.size import is_large
from scheduler.eligibility import Eligibility
from scheduler.grouping import lost_by_times
from scheduler.plan import Bottleneck, CapacityPlan, Group, Lottery
from scheduler.problem import Problem
from scheduler.public_sites import is_public_site
from scheduler.remedy.shortage import find_bottlenecks
from scheduler.several.overlaps import solve_without_overlaps
from scheduler.several.persons import same_persons

_EVEN = 60
"""Parts of a person in which shares are spread: 1/2 to 1/6, 1/10, 1/12 and 1/15 are whole numbers of them."""
_EVEN_LARGE = 12
"""Those of a large batch: who is alone in a group then has a chance at twelve sites, not at sixty."""

_FULL = "全部考生超过上限的部分合计已经最小，这些人再低，别人就要更高"
_FULL_ALONE = "超过上限的部分合计已经最小"
"""Where the draw has nobody else, as after a change."""
_FEW_SITES = "因为可去的考点只有 {} 个"
_OR = "；或者（看抽中哪种错开方式）"
_DRAWN = "；给哪一科由抽签决定"
_NOT_PROVEN = "没有找到超过上限的部分合计更小的安排（本批次有人一人报多科，没有试遍各种错开方式）"
_PARTED = "因为其中有人一人报多科，同一时间只能考一科；试过的各种错开方式都不能再低"
_PARTED_ONCE = "因为其中有人一人报多科，同一时间只能考一科；时间只按一种方式错开"


def plan_chances(problem: Problem, eligibility: Eligibility) -> CapacityPlan:
    """Work out the chances of a batch."""
    even = _EVEN_LARGE if is_large(problem) else _EVEN
    denominator = lcm(even, problem.rules.cap.denominator)
    found, costs = solve_without_overlaps(problem, eligibility, denominator)
    notes = (*costs, *_above_cap(problem, found))
    plan = CapacityPlan(found.groups, found.chances, found.denominator, notes, ways=found.ways)
    if not plan.unplaced:
        return plan
    ways = [way.groups for way in found.ways or (plan,)]
    cuts = [find_bottlenecks(problem, way) for way in ways]
    return replace(plan, bottlenecks=cuts[0], reasons=_reasons(ways, cuts))


def _reasons(ways: Sequence[Sequence[Group]], cuts: Sequence[Sequence[Bottleneck]]) -> dict[int, str]:
    """Give why groups may have no place: for want of places in one way and of time in another, both."""
    told: dict[int, dict[bool, str]] = defaultdict(dict)
    for one in chain.from_iterable(cuts):
        for number in one.groups:
            told[number].setdefault(bool(one.limits), one.told)
    drawn = _by_draw(ways, cuts)
    return {
        number: _OR.join(reasons.values()) + (_DRAWN if number in drawn else "")
        for number, reasons in told.items()
    }


def _by_draw(ways: Sequence[Sequence[Group]], cuts: Sequence[Sequence[Bottleneck]]) -> set[int]:
    """Give the groups that have no session at all in some ways only, for want of time, and are short of nothing else."""
    nowhere = Counter(number for cut in cuts for one in cut if not one.limits for number in one.groups)
    short = {number for cut in cuts for one in cut if one.limits for number in one.groups}
    return {
        number
        for number, times in nowhere.items()
        if times < len(ways) and number not in short and any(lost_by_times(way[number]) for way in ways)
    }


def _above_cap(problem: Problem, lottery: Lottery) -> list[str]:
    """Tell whose chance for one site is above the cap, and why.

    Where everybody has one registration, all that is above the cap is together as little as can be; others could have taken it
    over, though. The times of several are parted before chances are worked
    out (docs/decisions/0005); not all ways are tried, in a large batch one only, and the chances of others depend on them.
    """
    unit, cap = lottery.denominator, problem.rules.cap
    found = [
        (group, site_id, Fraction(count, len(group.trainees) * unit))
        for group, one in zip(lottery.groups, lottery.chances, strict=True)
        for site_id, count in one.by_site().items()
        if count * cap.denominator > len(group.trainees) * unit * cap.numerator
    ]
    several = {name for names in same_persons(problem) for name in names} if found else set()
    above: dict[tuple[str, str], list[tuple[Group, Fraction]]] = defaultdict(list)
    for group, site_id, chance in found:
        above[site_id, _why(group, chance, several, in_ways=bool(lottery.ways))].append((group, chance))
    if not above:
        return []
    crowds = _Crowds(lottery)
    return [
        _told_above(problem, crowds, site_id, why, listed) for (site_id, why), listed in sorted(above.items())
    ]


class _Crowds:
    """How many may go to each site, and how many are expected there."""

    def __init__(self, lottery: Lottery) -> None:
        self.everybody = sum(len(group.trainees) for group in lottery.groups)
        self.may, units = Counter[str](), Counter[str]()
        for group, one in zip(lottery.groups, lottery.chances, strict=True):
            for site_id in group.allowed.by_site:
                self.may[site_id] += len(group.trainees)
            units.update(one.by_site())
        self.there = {site_id: Fraction(count, lottery.denominator) for site_id, count in units.items()}


def _told_above(
    problem: Problem, crowds: _Crowds, site_id: str, why: str, listed: Sequence[tuple[Group, Fraction]]
) -> str:
    """Tell whose chance for a site is above the cap for one reason: the plain cause first where it is known, then how many."""
    items: Counter[str] = Counter()
    for group, _ in listed:
        items[group.item] += len(group.trainees)
    number = items.total()
    named = "、".join(f"{item} {count} 人" for item, count in sorted(items.items()))
    highest = max(chance for _, chance in listed)
    because = _FULL_ALONE if why == _FULL and number == crowds.everybody else why
    cause = ""
    if why in (_FULL, _NOT_PROVEN) and any(is_public_site(problem, group, site_id) for group, _ in listed):
        cause = _crowded(problem, crowds.may[site_id], crowds.there[site_id])
    return (
        f"{cause}到考点“{problem.sites[site_id].name}”的机会，{number} 人超过上限 {problem.rules.cap}"
        f"（最高 {highest}；{named}），{because}。"
    )


def _crowded(problem: Problem, may: int, there: Fraction) -> str:
    """Say that public sites are filled first where that alone puts more people there than the cap allows on average; else ""."""
    if not problem.rules.public_first or there <= may * problem.rules.cap:
        return ""
    tenths = (there * 10 + Fraction(1, 2)) // 1
    many = f" {there} 人" if there.denominator == 1 else f"约 {tenths // 10}.{tenths % 10} 人"
    return f"公共考点优先排满：可以去这里的 {may} 人中有{many}排在这里。"


def _why(group: Group, chance: Fraction, several: Collection[str], *, in_ways: bool) -> str:
    """Say why a chance is above the cap; where even shares of all sites are, nothing else matters."""
    parted = any(name in several for name in group.trainees)
    sites = len(group.allowed.by_site) + (len(lost_by_times(group)) if parted else 0)
    if chance * sites <= 1:
        return _FEW_SITES.format(sites)
    if parted:
        return _PARTED if in_ways else _PARTED_ONCE
    return _NOT_PROVEN if several else _FULL
