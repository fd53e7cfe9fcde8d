"""Is the plan of a change written in its one form: no other keys than those of the specification, lists in their order.

The seed of a change hashes its plan, and who holds the code knows it beforehand: what may be written in several ways could
be tried until the seed suits. Not everything has one form (chances, words, the digest of a list nobody else has), and
``beyond_changes`` says so. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

_SESSION = ("site_id", "date", "half")
_BEFORE = (*_SESSION, "room", "seat", "group", "place", "exceptions")
_WHERE = ("trainee_id", "before")
_KEYS: Mapping[str, Sequence[str]] = {
    "": (
        "format", "tool", "rules", "rules_title", "rules_digest", "list_digest", "list_form", "denominator", "sites",
        "sessions", "groups", "closed", "articles", "trainees", "unplaced", "problems", "ways", "change", "institutions",
        "classes", "seating", "staff", "away", "vacant", "digest",
    ),
    "tool": ("name", "version"),
    "sites": ("site_id", "name", "kind", "city", "day_limit"),
    "sessions": (*_SESSION, "seats"),
    "groups": (
        "group", "item", "part", "district", "trainees", "cells", "unplaced", "closed", "reason", "kept", "institution",
        "class",
    ),
    "groups.cells": ("session", "count", "chance", "exceptions"),
    "groups.kept": ("room", "seat", "group", "place", "chance", "site_chance"),
    "closed": ("institution_id", "reasons"),
    "closed.reasons": ("rule", "reason", "sites"),
    "seating": ("room_size", "columns", "accessible", "rooms", "stations", "times"),
    "seating.rooms": ("site_id", "rooms"),
    "seating.rooms.rooms": ("room", "seats", "columns", "accessible"),
    "seating.stations": ("session", "item", "stations"),
    "seating.times": ("am", "pm", "theory_minutes", "practical_minutes"),
    "staff": (
        "staff_id", "person", "roles", "items", "district", "licence_to", "max_duties", "unavailable", "sits_as",
        "conflicts",
    ),
    "staff.unavailable": ("from", "to", "half"),
    "staff.conflicts": ("kind", "id", "from", "to", "reason"),
    "change": (
        "number", "parent", "changes_digest", "touched", "other_exceptions", "lost_seats", "clashes", "places",
        "impossible", "duties", "substitutes", "over",
    ),
    "change.touched": (*_WHERE, "kind", "reason"),
    "change.touched.before": _BEFORE,
    "change.other_exceptions": _WHERE,
    "change.other_exceptions.before": _BEFORE,
    "change.lost_seats": _WHERE,
    "change.lost_seats.before": _BEFORE,
    "change.places": ("session", "item", "places"),
    "change.impossible": ("trainee_id", *_SESSION),
    "change.duties": ("staff_id", "role", *_SESSION, "room"),
    "change.substitutes": (*_SESSION, "role", "order", "staff_id"),
}  # fmt: skip
"""All keys that the plan of a change may have, by where they stand; rules, articles and distances are compared elsewhere."""
_FREE = ("rules", "articles", "away")


def form_breaches(plan: Mapping[str, Any]) -> Iterator[str]:
    """Tell what of a plan stands there in another form than the program writes it."""
    unknown = sorted(set(_unknown(plan, "")))
    if unknown:
        yield f"不认识的内容：{'、'.join(unknown)}"
    yield from _of_types(plan)
    change = plan["change"]
    for name in ("touched", "other_exceptions", "lost_seats"):
        if not _rising([one["trainee_id"] for one in change[name]]):
            yield f"change.{name} 没有按考生编号排列，或有人列了两次"
    if not _rising(change["clashes"]) or not all(
        _rising(names) and len(names) > 1 for names in change["clashes"]
    ):
        yield "change.clashes 没有按考生编号排列"
    yield from _of_groups(plan)


def _unknown(value: Any, where: str) -> Iterator[str]:
    """Give the keys that no plan of a change has."""
    if isinstance(value, list):
        for one in value:
            yield from _unknown(one, where)
    elif isinstance(value, dict) and where not in _FREE:
        known = _KEYS.get(where, ())
        for name, one in value.items():
            inside = f"{where}.{name}" if where else name
            if name in known:
                yield from _unknown(one, inside)
            else:
                yield inside


def _of_types(plan: Mapping[str, Any]) -> Iterator[str]:
    """Tell what is no text, no number or no list of the right length, where nothing else would find it."""
    tables = len(plan["closed"])
    for group in plan["groups"]:
        closed = group["closed"]
        good = (
            isinstance(group["district"], str)
            and ("kept" not in group or len(group["kept"]) == len(group["trainees"]))
            and all(type(one) is int and 0 <= one < tables for one in closed)
            and _rising(closed)
        )
        if not good:
            yield f"组 {group['group']} 的区县、不能去的考点或保持的内容，形式不对"
    if not all(type(one[name]) is int for one in plan["change"]["places"] for name in ("session", "places")):
        yield "change.places 里有不是整数的数"


def _rising(values: Sequence[Any]) -> bool:
    """Say whether each is more than the one before: in order, and none twice."""
    return all(one < other for one, other in pairwise(values))


def _of_groups(plan: Mapping[str, Any]) -> Iterator[str]:
    groups = plan["groups"]
    drawn = [group for group in groups if "kept" not in group]
    kept = [group for group in groups if "kept" in group]
    names = [
        *(f"G{number:04d}" for number in range(1, len(drawn) + 1)),
        *(f"K{number:04d}" for number in range(1, len(kept) + 1)),
    ]
    if [group["group"] for group in groups] != names or any(
        "kept" in group for group in groups[: len(drawn)]
    ):
        yield "各组没有依次编号，或保持不动的组不在最后"
    if not are_in_order(drawn, several="ways" in plan):
        yield "参加抽签的组没有按项目、科目、区县、第一个考生排列"
    keys = [_kept_key(group) for group in kept]
    if not _rising(keys):
        yield "保持不动的组没有按项目、科目、区县、场次、例外排列，或相同的没有合为一组"
    for group in groups:
        if not _rising(group["trainees"]):
            yield f"组 {group['group']} 的考生没有按编号排列"
        if not _rising([cell["session"] for cell in group["cells"]]) or not all(
            cell["count"] for cell in group["cells"]
        ):
            yield f"组 {group['group']} 的场次没有依次排列，或有没有人的场次"
        size = len(group["trainees"]) * plan["denominator"]
        if any(cell["chance"] != str(Fraction(cell["count"], size)) for cell in group["cells"]):
            yield f"组 {group['group']} 的机会没有写成最简分数"
    for group in kept:
        if (group["closed"], group["reason"], group["unplaced"], len(group["cells"])) != ([], "", 0, 1):
            yield f"组 {group['group']} 保持不动，却写了别的内容"


def are_in_order(drawn: Sequence[Mapping[str, Any]], *, several: bool) -> bool:
    """Say whether drawn groups are in order; with several ways a group may be in blocks, which stay where it stood."""
    if several:
        kinds = [(one["item"], one["part"], one["district"]) for one in drawn]
        return kinds == sorted(kinds)
    return _rising([(one["item"], one["part"], one["district"], one["trainees"][0]) for one in drawn])


def _kept_key(group: Mapping[str, Any]) -> tuple[Any, ...]:
    (cell,) = group["cells"]
    return group["item"], group["part"], group["district"], cell["session"], tuple(cell["exceptions"])
