"""Before the draw: which duties certainly nobody can do, whatever the seed.

Only what is certain is counted: people who sit in a session in every draw, so rooms, groups and patrols that
are there in every draw; and of the staff everybody who might be there, conflicts with single candidates
left aside. That nothing is told here is no promise that every duty will be filled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from scheduler.duties.persons import Member, is_licensed
from scheduler.duties.posts import EXAMINER, INVIGILATOR, PATROL, Time
from scheduler.ways import all_ways

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
    for kind in sorted({kind for kind, _ in needed} | ({(INVIGILATOR, "")} if rooms else set())):
        at = {time: count for (one, time), count in needed.items() if one == kind}
        asked = max(sum(at.values()), rooms if kind[0] == INVIGILATOR else 0)
        free, able = _available(plan, kind)
        missing_at = {time: count - able[time] for time, count in sorted(at.items()) if count > able[time]}
        missing = max(asked - free, sum(missing_at.values()))
        if missing > 0:
            whole += missing
            notes.append(_told(kind, asked, free, missing, missing_at))
    return whole, notes


def _told(kind: Kind, asked: int, free: int, missing: int, missing_at: Mapping[Time, int]) -> str:
    role, item = kind
    who = f"{_WHO[role]}（{item}）" if item else _WHO[role]
    told = f"{who}至少需要 {asked} 人次，考务人员最多能出 {free} 人次，至少有 {missing} 人次无人可派"
    if missing_at:
        halves = {"am": "上午", "pm": "下午"}
        (date, half), count = next(iter(missing_at.items()))
        told += f"（如 {date} {halves[half]}至少缺 {count} 人）"
    return told


def _needed(plan: Mapping[str, Any]) -> tuple[Counter[tuple[Kind, Time]], int]:
    """Give the duties that every draw needs, by kind and time, and those of invigilators in all."""
    numbers, parts = plan["rules"]["staffing"], plan["denominator"]
    seated: Counter[int] = Counter()
    present: Counter[int] = Counter()
    at_places: Counter[tuple[int, str]] = Counter()
    in_rooms = 0
    for group in plan["groups"]:
        theory = group["part"] != "practical"
        in_rooms += (len(group["trainees"]) - -(-group["unplaced"] // parts)) if theory else 0
        for cell in group["cells"]:
            present[cell["session"]] += cell["count"]
            seated[cell["session"]] += cell["count"] // parts if theory else 0
            if group["part"] != "theory":
                at_places[cell["session"], group["item"]] += cell["count"]
    needed: Counter[tuple[Kind, Time]] = Counter()
    for number, session in enumerate(plan["sessions"]):
        time = session["date"], session["half"]
        rooms = -(-seated[number] // numbers["room_size"])
        needed[(INVIGILATOR, ""), time] += rooms * numbers["invigilators_per_room"]
        needed[(PATROL, ""), time] += (present[number] >= parts) * numbers["patrols_per_site"]
    for (number, item), count in at_places.items():
        session = plan["sessions"][number]
        time = session["date"], session["half"]
        needed[(EXAMINER, item), time] += (count >= parts) * numbers["examiners_per_item"]
    return +needed, -(-in_rooms // numbers["room_size"]) * numbers["invigilators_per_room"]


def _available(plan: Mapping[str, Any], kind: Kind) -> tuple[int, Counter[Time]]:
    """Give how many duties of a kind the staff can do at most: in all, and at each time."""
    sites: dict[Time, set[str]] = defaultdict(set)
    for session in plan["sessions"]:
        sites[session["date"], session["half"]].add(session["site_id"])
    entries: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in plan["staff"]:
        entries[entry["person"]].append(entry)
    whole, at = 0, Counter[Time]()
    for listed in entries.values():
        one = Member(listed, frozenset())
        times = [time for time, there in sites.items() if _may(one, kind, time, there)]
        whole += len(times) if one.most is None else min(len(times), one.most)
        at.update(times)
    return whole, at


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
