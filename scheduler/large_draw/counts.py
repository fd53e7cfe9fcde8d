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
from scheduler.large_draw.people import Ints
from scheduler.rounding import Dice, round_flow

_SUMS = 4  # each cell contributes to so many sums, in the order of the specification


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
    sink = 0
    group = 1 + cells.group
    seats = 1 + groups + cells.session
    day = 1 + groups + sessions + day_of[cells.session]
    hub = 1 + groups + 2 * sessions + cells.group * sessions + site_of[cells.session]
    beyond = 1 + groups + 2 * sessions + groups * sessions
    places = np.where(cells.theory, seats, beyond + cells.session * len(cells.items) + cells.item)
    left = np.array([one["unplaced"] for one in plan["groups"]], np.int64)
    staying = np.flatnonzero(left)
    # the sums that each cell contributes to, side by side, so that reading row by row is their order
    tails = np.stack([group, seats, day, places], axis=1)
    heads = np.stack([hub, day, np.full_like(day, sink), seats], axis=1)
    used = np.ones(tails.shape, bool)
    used[:, _SUMS - 1] = ~cells.theory
    named = np.stack([hub, seats, day, places], axis=1)  # one end of each names the sum
    counts = np.broadcast_to(cells.units[:, None], tails.shape)
    summed = _summed(named[used], tails[used], heads[used], counts[used])
    arcs = (
        (hub, places, cells.units),
        (1 + staying, np.full_like(staying, sink), left[staying]),
        summed,
    )
    tail, head, units = (np.concatenate(listed) for listed in zip(*arcs, strict=True))
    return tail, head, units


def _summed(named: Ints, tails: Ints, heads: Ints, counts: Ints) -> tuple[Ints, Ints, Ints]:
    """Add up counts by what they are named, in the order in which the names come up first."""
    first, _, number = distinct(named)
    totals = np.zeros(len(first), np.int64)
    np.add.at(totals, number, counts)
    order = np.argsort(first)
    rows = first[order]
    return tails[rows], heads[rows], totals[order]
