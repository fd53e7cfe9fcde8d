"""Before the draw: which duties certainly nobody can do, whatever the seed.

Only what is certain is counted: people who sit in a session in every draw, so rooms, groups and patrols that
are there in every draw; and of the staff everybody who might be there, kept away by candidates
only where that is certain. That nothing is told here is no promise that every duty will be filled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from common.listing import first_few
from scheduler.duties.persons import Member
from scheduler.duties.posts import EXAMINER, INVIGILATOR, PATROL, Time
from scheduler.problem import HALVES
from scheduler.staff.able import Able, Staff, members_of
from scheduler.staff.certain_ties import CandidateTies, CertainBars, Kind
from scheduler.staff.filling import most_filled
from scheduler.staff.needed import needed_duties
from scheduler.ways import all_ways

_WHO = {INVIGILATOR: "监考员", EXAMINER: "考评员", PATROL: "巡考员"}
_MOST_TIMES = 6
T = TypeVar("T", bound=Hashable)


def certainly_vacant(plan: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Give how many duties at least will be done by nobody, and that in words by role and item.

    Parameters
    ----------
    plan
        the plan with its ``staff``; without staff no duties are drawn, and nothing is told.
    """
    if not plan["staff"]:
        return 0, []
    members = members_of(plan)
    ties = CandidateTies(plan, members)
    return _told_in_all(_in_every_way([_lacking(way, members, ties) for way in all_ways(plan)]))


class _Lacking(NamedTuple):
    """Duties of a kind, ``asked`` for in all, and how many of them the staff can do; who is lacking in all, at a time, at a site."""

    asked: int
    able: int
    missing: int
    at: Mapping[Time, int]
    there: Mapping[str, int]


class _Way(NamedTuple):
    """What is lacking in one way: of each kind, at each time of all kinds together, and in all."""

    kinds: Mapping[Kind, _Lacking]
    together: Mapping[Time, int]
    whole: int


def _lacking(plan: Mapping[str, Any], members: Sequence[Member], ties: CandidateTies) -> _Way:
    """Give what is lacking of a plan with one way."""
    needed = needed_duties(plan)
    staff = Staff(plan, members, CertainBars(plan, ties))
    able = {kind: staff.able(kind) for kind in needed.kinds()}
    kinds = {kind: _lacking_of(needed.at(kind), needed.at_least(kind), one) for kind, one in able.items()}
    in_all = _in_all(needed.at_each, _posts(able))
    return _Way(kinds, in_all, max(sum(one.missing for one in kinds.values()), sum(in_all.values())))


def _lacking_of(at: Mapping[Time, Mapping[str, int]], least: int, able: Able) -> _Lacking:
    """Give what is lacking of one kind, of which so many are needed at each time and site, and ``least`` at least in all."""
    asked = max(sum(sum(sites.values()) for sites in at.values()), least)
    missing_at = {
        time: sum(sites.values()) - most_filled(sites, Counter(able.at[time].values()))
        for time, sites in sorted(at.items())
    }
    there = _missing_there(at, able)
    missing = max(asked - able.whole, sum(missing_at.values()), max(there.values(), default=0), 0)
    return _Lacking(asked, able.whole, missing, missing_at, there)


def _posts(able: Mapping[Kind, Able]) -> Mapping[Time, Mapping[str, set[tuple[Kind, str]]]]:
    """Give what each person might do at each time: kinds of duties, and where."""
    found: dict[Time, dict[str, set[tuple[Kind, str]]]] = defaultdict(lambda: defaultdict(set))
    for kind, one in able.items():
        for time, people in one.at.items():
            for person, sites in people.items():
                found[time][person] |= {(kind, site) for site in sites}
    return found


def _in_every_way(ways: Sequence[_Way]) -> _Way:
    """Give what is lacking in every way: of each number the least."""
    first, *others = ways
    for other in others:
        kinds = {
            kind: _Lacking(
                min(one.asked, more.asked),
                max(one.able, more.able),
                min(one.missing, more.missing),
                _least(one.at, more.at),
                _least(one.there, more.there),
            )
            for kind, one in first.kinds.items()
            if (more := other.kinds.get(kind)) is not None
        }
        first = _Way(kinds, _least(first.together, other.together), min(first.whole, other.whole))
    return first


def _least(one: Mapping[T, int], other: Mapping[T, int]) -> dict[T, int]:
    return {key: min(count, other[key]) for key, count in one.items() if key in other}


def _told_in_all(certain: _Way) -> tuple[int, list[str]]:
    """Give how many are lacking, and that in words: of each kind, and where that says less than is lacking, in all."""
    notes = [_told(kind, one) for kind, one in sorted(certain.kinds.items()) if one.missing]
    in_all, single = sum(certain.together.values()), sum(one.missing for one in certain.kinds.values())
    if in_all > single:
        first, count = next((time, count) for time, count in certain.together.items() if count)
        notes.append(
            f"一人同时只能担任一项任务，各岗位合计至少有 {in_all} 人次无人可派（如 {_moment(first)}至少 {count} 人次）"
        )
    if certain.whole > max(in_all, single):
        notes.append(f"各岗位合计至少有 {certain.whole} 人次无人可派；是哪些岗位，看抽中哪种错开方式")
    return certain.whole, notes


def _in_all(
    needed: Mapping[tuple[Kind, Time, str], int],
    together: Mapping[Time, Mapping[str, Iterable[tuple[Kind, str]]]],
) -> dict[Time, int]:
    """Give how many duties of all kinds nobody can do at each time, because one person has one duty at a time."""
    at: dict[Time, dict[tuple[Kind, str], int]] = defaultdict(dict)
    for (kind, time, site), count in needed.items():
        at[time][kind, site] = count
    missing = {}
    for time, posts in sorted(at.items()):
        people = Counter(map(frozenset, together[time].values())) if time in together else {}
        missing[time] = sum(posts.values()) - most_filled(posts, people)
    return missing


def _moment(time: Time) -> str:
    return f"{time[0]} {HALVES[time[1]]}"


def _missing_there(at: Mapping[Time, Mapping[str, int]], able: Able) -> dict[str, int]:
    """Give at each site how many duties, all its times together, have nobody; people do only so many duties."""
    asked: Counter[str] = Counter()
    for sites in at.values():
        asked.update(sites)
    return {site: max(0, count - able.of_site[site]) for site, count in sorted(asked.items())}


def _told(kind: Kind, one: _Lacking) -> str:
    role, item = kind
    who = f"{_WHO[role]}（{item}）" if item else _WHO[role]
    short = [f"{_moment(time)}至少缺 {count} 人" for time, count in one.at.items() if count]
    times = first_few(short, _MOST_TIMES, "个半天")
    lacking = f"至少有 {one.missing} 人次无人可派"
    if one.asked - one.able == one.missing:
        told = f"{who}至少需要 {one.asked} 人次，考务人员最多能出 {one.able} 人次，{lacking}"
        return told + (f"（如 {short[0]}）" if short else "")
    # other half-days or sites have people to spare: totals would contradict what is lacking at sight
    if sum(one.at.values()) == one.missing:
        return f"{who}{lacking}：{times}"
    most, site = max(((count, site) for site, count in one.there.items()), default=(0, ""))
    if most <= sum(one.at.values()):  # of several ways each lacks them elsewhere
        return f"{who}{lacking}" + (f"（如 {short[0]}）" if short else "")
    return f"{who}{lacking}：考点 {site} 至少缺 {most} 人次，能在那里的人不够" + (
        f"（其中 {times}）" if short else ""
    )
