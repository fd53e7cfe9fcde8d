"""Practical batches that end later than their half-day allows: told when a batch is planned, not in the plan.

How many come is known before the draw but for its rounding, so the number is the most that can come of those who sit
no theory and of those who sit both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scheduler.problem import HALVES, Half, Session
from scheduler.seats.times import MIDNIGHT, batch_spans, begins, clock, stations_of

EVENING = 20 * 60
"""After this an exam day is told as too long; no law says so."""
_MOST_TOLD = 8
_ADVICE = "请增加同时工位数，减少该场该项目的工位数，或改到别的场次"


class _Late(NamedTuple):
    session: Session
    item: str
    people: int
    stations: int
    batches: int
    end: int

    def told(self) -> str:
        """Name it: where, how many, and until when."""
        site, day, half = self.session
        until = f"，到 {clock(self.end)}" if self.end <= MIDNIGHT else ""
        what = f"最多 {self.people} 人、同时 {self.stations} 人，分 {self.batches} 批{until}"
        return f"考点 {site} {day} {HALVES[half]}“{self.item}”{what}"


def late_batches(plan: Mapping[str, Any]) -> Iterator[str]:
    """Give one sentence for each kind: no end before midnight, into the afternoon's exam, into the evening."""
    if "seating" not in plan:
        return
    times = plan["seating"]["times"]
    if not plan["seating"]["stations"] and not any(
        _why(half, batch_spans(times, half, 1, 1)[-1][1], times) for half in Half
    ):
        return  # everybody works at once, and that ends in time, however many they are
    kinds: dict[str, list[_Late]] = defaultdict(list)
    for one in _ends(plan):
        why = _why(one.session.half, one.end, times)
        if why:
            kinds[why].append(one)
    for kind, found in kinds.items():
        yield f"{kind}：{_listed(found)}。{_ADVICE}"


def _why(half: Half, end: int, times: Mapping[str, Any]) -> str:
    """Say what is wrong with an end, in minutes after midnight; "" where nothing is."""
    afternoon = begins(times, Half.PM)
    if end > MIDNIGHT:
        return "实操分批，当天考不完"
    if half == Half.AM and end > afternoon:
        return f"上午场的实操分批，排到了下午场开考（{clock(afternoon)}）以后，工位、考务人员和考生会冲突"
    return f"实操分批，排到了晚上 {clock(EVENING)} 以后" if end > EVENING else ""


def _ends(plan: Mapping[str, Any]) -> Iterator[_Late]:
    """Give when the last batch of each item ends, by session."""
    sessions = [Session.of(entry) for entry in plan["sessions"]]
    counts: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for group in plan["groups"]:
        if group["part"] != "theory":
            for cell in group["cells"]:
                counts[cell["session"], group["item"]][group["part"] != "practical"] += cell["count"]
    stations = stations_of(plan)
    for (number, item), units in sorted(counts.items()):
        session = sessions[number]
        people = [-(-count // plan["denominator"]) for count in units]
        at_once = stations.get((session, item), max(sum(people), 1))
        alone, both = (-(-count // at_once) for count in people)
        spans = batch_spans(plan["seating"]["times"], session.half, alone, both)
        if spans:
            yield _Late(session, item, sum(people), at_once, len(spans), spans[-1][1])


def _listed(found: Sequence[_Late]) -> str:
    more = f" 等 {len(found)} 处" if len(found) > _MOST_TOLD else ""
    return "；".join(one.told() for one in found[:_MOST_TOLD]) + more
