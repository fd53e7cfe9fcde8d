"""The expected counts of a large plan made whole: only what is fractional is rounded, on arrays that find it.

Arcs that carry whole persons take no part in the rounding (docs/draw-specification.md, section 5), so the same cycles and
the same dice come of the fractional ones alone, in their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from scheduler.large_draw.cells import Cells
from scheduler.large_draw.ordering import distinct
from scheduler.numbers import Ints
from scheduler.rounding import Dice, round_flow


def whole_counts(plan: Mapping[str, Any], cells: Cells, dice: Dice) -> Ints:
    """Give the whole number of every cell."""
    denominator = plan["denominator"]
    tails, heads, units = _flow(plan, cells)
    fractional = np.flatnonzero(units % denominator)
    first, second = np.split(distinct(np.concatenate([tails[fractional], heads[fractional]])).number, 2)
    rounded = round_flow(
        first.tolist(), second.tolist(), (units[fractional] % denominator).tolist(), denominator, dice
    )
    whole = units // denominator
    whole[fractional] += np.array(rounded, np.int64)
    return np.asarray(whole[: len(cells.units)])


def _flow(plan: Mapping[str, Any], cells: Cells) -> tuple[Ints, Ints, Ints]:
    """Give the arcs of section 4 of the specification in their order, nodes by any number."""
    names = {one["site_id"]: number for number, one in enumerate(plan["sessions"])}
    days = {(one["site_id"], one["date"]): number for number, one in enumerate(plan["sessions"])}
    site_of = np.array([names[one["site_id"]] for one in plan["sessions"]], np.int64)
    day_of = np.array([days[one["site_id"], one["date"]] for one in plan["sessions"]], np.int64)
    groups, sessions = len(plan["groups"]), len(plan["sessions"])
    sink = np.zeros(len(cells), np.int64)
    group = 1 + cells.group
    seats = 1 + groups + cells.session
    day = 1 + groups + sessions + day_of[cells.session]
    hub = 1 + groups + 2 * sessions + cells.group * sessions + site_of[cells.session]
    beyond = 1 + groups + 2 * sessions + groups * sessions
    places = np.where(cells.theory, seats, beyond + cells.session * len(cells.items) + cells.item)
    left = np.array([one["unplaced"] for one in plan["groups"]], np.int64)
    staying = np.flatnonzero(left)
    everyone, practical = np.arange(len(cells)), np.flatnonzero(~cells.theory)
    # the sums that each cell contributes to, in their order; one end of each names the sum
    sums = (
        _summed(hub, group, hub, cells.units, everyone),
        _summed(seats, seats, day, cells.units, everyone),
        _summed(day, day, sink, cells.units, everyone),
        _summed(places, places, seats, cells.units, practical),
    )
    order = np.argsort(np.concatenate([first * len(sums) + turn for turn, (first, *_) in enumerate(sums)]))
    summed = tuple(np.concatenate([one[column] for one in sums])[order] for column in (1, 2, 3))
    arcs = (
        (hub, places, cells.units),
        (1 + staying, np.zeros_like(staying), left[staying]),
        summed,
    )
    tail, head, units = (np.concatenate(listed) for listed in zip(*arcs, strict=True))
    return tail, head, units


def _summed(named: Ints, tails: Ints, heads: Ints, units: Ints, rows: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Add up what some cells count by what their sums are named; gives of each sum its first cell, and the arc."""
    first, _, number = distinct(named[rows] - named.min(initial=0))
    totals = np.zeros(len(first), np.int64)
    np.add.at(totals, number, units[rows])
    first = rows[first]
    return first, tails[first], heads[first], totals
