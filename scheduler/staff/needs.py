"""Before the draw: which duties certainly nobody can do, whatever the seed.

Only what is certain is counted: people who sit in a session in every draw, so rooms, groups and patrols that
are there in every draw; and of the staff everybody who might be there, conflicts with single candidates
left aside. That nothing is told here is no promise that every duty will be filled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from scheduler.duties.persons import Member, is_licensed
from scheduler.duties.posts import EXAMINER, INVIGILATOR, PATROL, Time
from scheduler.staff.filling import most_filled
from scheduler.ways import all_ways

_HALVES = {"am": "上午", "pm": "下午"}
_WHO = {INVIGILATOR: "监考员", EXAMINER: "考评员", PATROL: "巡考员"}
Kind = tuple[str, str]
"""Role and, of an examiner, the item."""


def certainly_vacant(plan: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Give how many duties at least will be done by nobody, and that in words by role and item.

    Parameters
    ----------
    plan
        the plan with its ``staff``; without staff no duties are drawn, and nothing is told.
    """
    if not plan["staff"]:
        return 0, []
    return min(map(_vacant, all_ways(plan)), key=itemgetter(0))  # certain is what holds in every way


def _vacant(plan: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Give what ``certainly_vacant`` does, of a plan with one way."""
    needed, rooms = _needed(plan)
    whole, notes = 0, []
    together: dict[Time, dict[str, set[tuple[Kind, str]]]] = defaultdict(lambda: defaultdict(set))
    for kind in sorted({kind for kind, _, _ in needed} | ({(INVIGILATOR, "")} if rooms else set())):
        at: dict[Time, dict[str, int]] = defaultdict(dict)
        for (one, time, site), count in needed.items():
            if one == kind:
                at[time][site] = count
        asked = max(sum(sum(sites.values()) for sites in at.values()), rooms if kind[0] == INVIGILATOR else 0)
        able = _able(plan, kind)
        lacking = {
            time: sum(sites.values()) - most_filled(sites, Counter(able.at[time].values()))
            for time, sites in sorted(at.items())
        }
        missing_at = {time: count for time, count in lacking.items() if count}
        missing_there = _most_missing(at, able)
        missing = max(asked - able.whole, sum(missing_at.values()), missing_there[0])
        if missing > 0:
            whole += missing
            where = missing_there if missing_there[0] > sum(missing_at.values()) else (0, "")
            notes.append(_told(kind, asked, able.whole, missing, missing_at, where))
        for time, people in able.at.items():
            for person, sites in people.items():
                together[time][person] |= {(kind, site) for site in sites}
    in_all, note = _in_all(needed, together)
    return max(whole, in_all), [*notes, *([note] if in_all > whole else [])]


def _in_all(
    needed: Mapping[tuple[Kind, Time, str], int],
    together: Mapping[Time, Mapping[str, Iterable[tuple[Kind, str]]]],
) -> tuple[int, str]:
    """Give how many duties of all kinds nobody can do because one person has one duty at a time, and that in words."""
    at: dict[Time, dict[tuple[Kind, str], int]] = defaultdict(dict)
    for (kind, time, site), count in needed.items():
        at[time][kind, site] = count
    missing = {}
    for time, posts in sorted(at.items()):
        people = Counter(map(frozenset, together[time].values())) if time in together else {}
        missing[time] = sum(posts.values()) - most_filled(posts, people)
    whole = sum(missing.values())
    first = next((time for time, count in missing.items() if count), ("", "am"))
    told = f"一人同时只能担任一项任务，各岗位合计至少有 {whole} 人次无人可派（如 {_moment(first)}至少 {missing.get(first, 0)} 人次）"
    return whole, told


def _moment(time: Time) -> str:
    return f"{time[0]} {_HALVES[time[1]]}"


def _most_missing(at: Mapping[Time, Mapping[str, int]], able: _Able) -> tuple[int, str]:
    """Give the site at which, all its times together, most duties have nobody, and how many; people do only so many duties."""
    asked: Counter[str] = Counter()
    for sites in at.values():
        asked.update(sites)
    return max(((count - able.of_site[site], site) for site, count in sorted(asked.items())), default=(0, ""))


def _told(
    kind: Kind, asked: int, free: int, missing: int, missing_at: Mapping[Time, int], where: tuple[int, str]
) -> str:
    role, item = kind
    who = f"{_WHO[role]}（{item}）" if item else _WHO[role]
    told = f"{who}至少需要 {asked} 人次，考务人员最多能出 {free} 人次，至少有 {missing} 人次无人可派"
    if missing_at:
        time, count = next(iter(missing_at.items()))
        told += f"（如 {_moment(time)}至少缺 {count} 人）"
    if where[0] > 0:
        told += f"（考点 {where[1]}：能在那里的人不够）"
    return told


def _needed(plan: Mapping[str, Any]) -> tuple[Counter[tuple[Kind, Time, str]], int]:
    """Give the duties that every draw needs, by kind, time and site, and those of invigilators in all."""
    numbers, parts = plan["rules"]["staffing"], plan["denominator"]
    seated: Counter[int] = Counter()
    at_practice: Counter[int] = Counter()
    present: Counter[int] = Counter()
    at_places: Counter[tuple[int, str]] = Counter()
    in_rooms = 0
    for group in plan["groups"]:
        theory = group["part"] != "practical"
        in_rooms += (len(group["trainees"]) - -(-group["unplaced"] // parts)) if theory else 0
        for cell in group["cells"]:
            present[cell["session"]] += cell["count"]
            seated[cell["session"]] += cell["count"] // parts if theory else 0
            at_practice[cell["session"]] += 0 if theory else -(-cell["count"] // parts)
            if group["part"] != "theory":
                at_places[cell["session"], group["item"]] += cell["count"]
    needed: Counter[tuple[Kind, Time, str]] = Counter()
    for number, session in enumerate(plan["sessions"]):
        time = session["date"], session["half"]
        # all of a session are as many as expected, rounded down or up; so many at most sit the practical part alone
        certain = max(seated[number], present[number] // parts - at_practice[number])
        rooms = -(-certain // numbers["room_size"])
        needed[(INVIGILATOR, ""), time, session["site_id"]] += rooms * numbers["invigilators_per_room"]
        needed[(PATROL, ""), time, session["site_id"]] += (present[number] >= parts) * numbers[
            "patrols_per_site"
        ]
    for (number, item), count in at_places.items():
        session = plan["sessions"][number]
        time = session["date"], session["half"]
        needed[(EXAMINER, item), time, session["site_id"]] += (count >= parts) * numbers["examiners_per_item"]
    return +needed, -(-in_rooms // numbers["room_size"]) * numbers["invigilators_per_room"]


class _Able(NamedTuple):
    """How many duties of a kind the staff can do at most: in all and at each site; and at each time who may be at which sites."""

    whole: int
    of_site: Counter[str]
    at: Mapping[Time, Mapping[str, frozenset[str]]]


def _able(plan: Mapping[str, Any], kind: Kind) -> _Able:
    sites: dict[Time, set[str]] = defaultdict(set)
    for session in plan["sessions"]:
        sites[session["date"], session["half"]].add(session["site_id"])
    entries: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in plan["staff"]:
        entries[entry["person"]].append(entry)
    whole, of_site, at = 0, Counter[str](), defaultdict[Time, dict[str, frozenset[str]]](dict)
    for listed in entries.values():
        one = Member(listed, frozenset())
        times = [time for time, there in sites.items() if _may(one, kind, time, there)]
        whole += len(times) if one.most is None else min(len(times), one.most)
        often: Counter[str] = Counter()
        for time in times:
            there = frozenset(sites[time] - one.barred(time[0]).sites)
            at[time][one.name] = there
            often.update(there)
        of_site.update(
            {site: count if one.most is None else min(count, one.most) for site, count in often.items()}
        )
    return _Able(whole, of_site, at)


def _may(one: Member, kind: Kind, time: Time, sites: Iterable[str]) -> bool:
    """Say whether somebody may do a duty of a kind at some site at a time."""
    barred = one.barred(time[0])
    return (
        one.most != 0
        and not barred.all
        and not barred.sites.issuperset(sites)
        and not one.is_away(time)
        and any(is_licensed(entry, time[0]) for entry in one.skilled(kind[0], (kind[1],)))
    )
