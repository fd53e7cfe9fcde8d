"""The ways of a plan: how the times of people with several registrations are parted is drawn first.

A plan of people with one registration each has one way, and says nothing of ways. Else it may have ``ways``, all equally
likely: in each the expected counts are others, and the counts of the plan's cells are their mean. What is said of counts for
every draw must hold in every way. Standard library only (docs/draw-specification.md, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scheduler.rounding import Dice

_WAY = b"zhengkao/way/1"


def drawn_way(plan: Mapping[str, Any], key: bytes) -> Mapping[str, Any]:
    """Give the plan with the counts of the way that the key draws; the plan itself where there is one way only."""
    ways = plan.get("ways")
    return plan if ways is None else _in_way(plan, ways[Dice(_WAY, key).below(len(ways))])


def all_ways(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give the plan with the counts of each of its ways."""
    if plan.get("ways") is None:
        yield plan
        return
    for way in plan["ways"]:
        yield _in_way(plan, way)


def _in_way(plan: Mapping[str, Any], way: list[list[int]]) -> Mapping[str, Any]:
    """Give the plan with other counts; chances, which are those of all ways together, stay."""
    groups = [
        {
            **group,
            "cells": [
                {**cell, "count": count} for cell, count in zip(group["cells"], counts[:-1], strict=True)
            ],
            "unplaced": counts[-1],
        }
        for group, counts in zip(plan["groups"], way, strict=True)
    ]
    return {**plan, "groups": groups}
