"""What the plan before and the published table say of rooms and of the places of items. Standard library only.

No plan of a first draw tells the places of items; the people it placed fit into them, so fewer need a row of the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scheduler.problem import HALVES
from scheduler.replan.chain.from_parent import Place, place_of
from scheduler.replan.chain.parent import Parent
from scheduler.replan.chain.published import Row, is_corrected
from scheduler.replan.chain.so_far import SoFar, is_about
from scheduler.replan.chain.touch_kinds import LEAVING
from scheduler.ways import all_ways

_TIMES = ("am", "pm", "theory_minutes", "practical_minutes")


def room_breaches(plan: Mapping[str, Any], parent: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    """Tell rooms, stations and times that are not those of the rules and of the plan before."""
    if "seating" not in plan:
        if "seating" in parent:
            yield "前一份计划有考场和座位，计划里没有"
        return
    seating, rules = plan["seating"], plan["rules"]
    if (seating["room_size"], seating["columns"]) != (
        rules["staffing"]["room_size"],
        rules["seating"]["columns"],
    ):
        yield "每个考场的人数或列数不是规则所写的"
    if seating["times"] != {name: rules["times"][name] for name in _TIMES}:
        yield "考试时刻不是规则所写的"
    if "seating" not in parent or is_corrected(rows):
        return
    if seating["rooms"] != parent["seating"]["rooms"]:
        yield "考点的考场与前一份计划不同，变更表没有给出更正后的批次"
    before, now = _stations(parent), _stations(plan)
    items = _worked(parent) & _worked(plan)
    both = {place_of(one) for one in parent["sessions"]} & {place_of(one) for one in plan["sessions"]}
    for one, item in sorted(before.keys() | now.keys()):
        fixed = one in both and item in items and not _is_changed(rows, one, item)
        if fixed and before.get((one, item)) != now.get((one, item)):
            yield f"考点 {one[0]} {one[1]} {HALVES[one[2]]}“{item}”的同时工位数与前一份计划不同"


def _stations(plan: Mapping[str, Any]) -> dict[tuple[Place, str], int]:
    sessions = [place_of(one) for one in plan["sessions"]]
    return {(sessions[one["session"]], one["item"]): one["stations"] for one in plan["seating"]["stations"]}


def _worked(plan: Mapping[str, Any]) -> set[str]:
    return {group["item"] for group in plan["groups"] if group["part"] != "theory"}


def _is_changed(rows: Sequence[Row], one: Place, item: str) -> bool:
    return any(row["change"] == "places" and is_about(row, one, item) for row in rows)


def place_breaches(
    plan: Mapping[str, Any], parent: Parent, rows: Sequence[Row], so_far: SoFar
) -> Iterator[str]:
    """Tell places of items that are not those of the tables, of the changes before, or of fewer people than were placed."""
    sessions = [place_of(one) for one in plan["sessions"]]
    listed = [(sessions[one["session"]], one["item"]) for one in plan["change"]["places"]]
    due = _asked(plan, parent)
    if listed != sorted(due):
        yield "各场各项目的工位数（change.places）没有列全、列多，或没有按场次和项目排列"
    corrected = is_corrected(rows)
    for one, item, places in (
        (*key, entry["places"]) for key, entry in zip(listed, plan["change"]["places"], strict=True)
    ):
        expected = so_far.places(one, item)
        if expected is not None and places != expected:
            yield f"{_told(one, item)}应为 {expected}，计划写的是 {places}"
        elif expected is None and not corrected and places < due[one, item]:
            yield f"{_told(one, item)}少于已安排的 {due[one, item]} 人，变更表没有改动"
    stated = {key: entry["places"] for key, entry in zip(listed, plan["change"]["places"], strict=True)}
    yield from _overfull(plan, sessions, stated, so_far)


def _told(one: Place, item: str) -> str:
    return f"考点 {one[0]} {one[1]} {HALVES[one[2]]}“{item}”的工位数"


def _overfull(
    plan: Mapping[str, Any],
    sessions: Sequence[Place],
    stated: Mapping[tuple[Place, str], int],
    so_far: SoFar,
) -> Iterator[str]:
    """Tell items of sessions that are to take more people, kept and drawn, than they have places, as far as these are known."""
    for way in all_ways(plan):
        people: Counter[tuple[Place, str]] = Counter()
        for group in way["groups"]:
            if group["part"] != "theory":
                for cell in group["cells"]:
                    people[sessions[cell["session"]], group["item"]] += cell["count"]
        for (one, item), count in sorted(people.items()):
            most = so_far.places(one, item)
            most = stated.get((one, item)) if most is None else most
            if most is not None and count > most * plan["denominator"]:
                yield f"{_told(one, item)}是 {most}，安排的人更多"
                return


def _asked(plan: Mapping[str, Any], parent: Parent) -> Counter[tuple[Place, str]]:
    """Give how many work at an item in a session, of those who could stay but for the limits."""
    left = {one["trainee_id"] for one in plan["change"]["touched"] if one["kind"] in LEAVING}
    return Counter(
        ((was.session.site_id, was.session.day.isoformat(), str(was.session.half)), group["item"])
        for group in plan["groups"]
        if group["part"] != "theory"
        for name in group["trainees"]
        if ("kept" in group or name in left) and (was := parent.placements.get(name)) is not None
    )
