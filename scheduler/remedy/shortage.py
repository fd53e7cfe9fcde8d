"""Who has no place and why: bottlenecks (minimum cuts) told as seats, in the words of a reader."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from scheduler.grouping import lost_by_times
from scheduler.limits import capacity
from scheduler.plan import Bottleneck, Group, Limit
from scheduler.problem import Problem
from scheduler.remedy.needs import Needs
from scheduler.trainees import Trainees

_MOST_SITES = 6

Cut = tuple[tuple[int, ...], tuple[Limit, ...]]
"""Numbers of groups, and the limits that hold them back; none where they have no session."""


def find_bottlenecks(problem: Problem, groups: Sequence[Group]) -> tuple[Bottleneck, ...]:
    """Give the independent bottlenecks, in the order of their first group; none where all have places.

    Their shortages sum to the number of people without a place.
    """
    found = []
    for numbers, limits in _alike_together(groups, Needs(problem, groups).cuts()):
        people = sum(len(groups[number].trainees) for number in numbers)
        places = sum(capacity(problem, limit) for limit in limits)
        told = _told(problem, [groups[number] for number in numbers], limits, people, places)
        found.append(Bottleneck(numbers, limits, people, places, told))
    return tuple(sorted(found, key=lambda one: one.groups))


def _alike_together(groups: Sequence[Group], cuts: Iterable[Cut]) -> Iterator[Cut]:
    """Put together those who have no session for the same reasons, of one item and city: a reader would do the same things."""
    nowhere: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for numbers, limits in cuts:
        if limits:
            yield numbers, limits
        for number in () if limits else numbers:
            group = groups[number]
            nowhere[_nowhere(group), group.item, group.city].append(number)
    for listed in nowhere.values():
        yield tuple(sorted(listed)), ()


def _told(
    problem: Problem, groups: Sequence[Group], limits: Sequence[Limit], people: int, places: int
) -> str:
    if not limits:
        return _nowhere(groups[0])
    items: Counter[str] = Counter()
    for group in groups:
        items[group.item] += len(group.trainees)
    who = "、".join(f"{item} {count} 人" for item, count in sorted(items.items()))
    names = (name for group in groups for name in group.trainees)
    institutions = Trainees.of(problem.trainees).rows_of(names)["institution_id"].unique()
    sites = sorted({limit.site_id for limit in limits})
    named = "、".join(problem.sites[site].name for site in sites[:_MOST_SITES])
    where = f"{named}{f' 等 {len(sites)} 个考点' if len(sites) > _MOST_SITES else ''}"
    return (
        f"名额不足：{who}（来自 {len(institutions)} 家机构）可用的名额只有 {places} 个（{where}），"
        f"少 {people - places} 个"
    )


def _nowhere(group: Group) -> str:
    """Say of a group without any session which rule closed each site, or that another item of theirs has the times."""
    lost = lost_by_times(group)
    sites: dict[str, list[str]] = {}
    for (_, site), refusal in sorted(group.refused.items()):
        if site not in lost:
            sites.setdefault(refusal.reason, []).append(site)
    reasons = "；".join(f"{'、'.join(listed)}：{reason}" for reason, listed in sites.items())
    if lost:
        return (
            f"“{group.item}”与本人其他科目的时间冲突，同一时间只能考一科，"
            f"可以去的场次（考点 {'、'.join(sorted(lost))}）的时间给了其他科目"
        ) + (f"，不能去其他考点（{reasons}）" if reasons else "")
    return f"“{group.item}”没有可以去的考点（{reasons}）" if reasons else "本批次没有考点场次"


def limit_told(problem: Problem, limit: Limit) -> str:
    """Name a limit to a reader: ``考点甲 2026-12-01 上午 低压电工作业工位``."""
    half = {"am": " 上午", "pm": " 下午", "": ""}[limit.half]
    what = f"{limit.item}工位" if limit.item else "座位" if limit.half else "每日上限"
    return f"{problem.sites[limit.site_id].name} {limit.day}{half} {what}"
