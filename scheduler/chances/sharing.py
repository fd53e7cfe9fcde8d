"""What leaves a hub, shared among the groups that came in: in proportion, or in turn where there are very many.

In proportion each group is spread over all sessions of the hub. In turn (as stairs: one group's people
fill a session before the next one begins) there are no more shares than groups and sessions together,
which keeps the plan of a million people small; each is still exact, and no chance for a site changes. Whole persons
are shared before parts of persons: what begins whole mostly stays whole, and need not be drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from scheduler.numbers import Ints

_WHOLE = 1 << 20
_GOLDEN = 648_055
"""The golden section of ``_WHOLE``: its multiples, taken around, lie evenly wherever one stops (Weyl 1916)."""


class Counts(NamedTuple):
    """Columns of one length: so many units (more than none) have to do with both of the two."""

    one: Ints
    other: Ints
    units: Ints


def share_out(into: Counts, out_of: Counts, whole: int | None) -> Counts:
    """Give how many of each group leave for each session.

    Parameters
    ----------
    into
        hub, group, and how many of the group pass the hub.
    out_of
        hub, session, and how many leave the hub for it; of each hub as many leave as come in.
    whole
        None: in proportion; else in turn, and so many units are a whole person.
    """
    return _in_proportion(into, out_of) if whole is None else _in_turn(into, out_of, whole)


def _in_turn(into: Counts, out_of: Counts, whole: int) -> Counts:
    """Let the groups fill the sessions one after the other, whole persons first, at each hub from another session on.

    Laid end to end in their turn, groups and sessions end where they end; between two ends there is one of each. A group that
    comes to twenty hubs so begins soon at one and late at another: over all of them its people sit when those of others do.
    """
    rows, columns = _in_order(into, whole), _in_order(out_of, whole)
    columns = columns[_turned(out_of.one[columns], out_of.units[columns])]
    row_ends, column_ends = np.cumsum(into.units[rows]), np.cumsum(out_of.units[columns])
    ends = np.sort(np.concatenate([row_ends, column_ends]), kind="stable")  # two sorted runs are merged
    ends = ends[np.diff(ends, prepend=0) > 0]
    return Counts(
        into.other[rows[np.searchsorted(row_ends, ends)]],
        out_of.other[columns[np.searchsorted(column_ends, ends)]],
        np.diff(ends, prepend=0),
    )


def _in_order(counts: Counts, whole: int) -> Ints:
    """Give the rows by hub, what is whole before what is not."""
    return np.lexsort((counts.other, counts.units % whole != 0, counts.one))


def _turned(hubs: Ints, units: Ints) -> Ints:
    """Give the rows, which stand by hub, so that each hub begins elsewhere among its own."""
    new = np.diff(hubs, prepend=-1) > 0
    numbers = np.cumsum(new) - 1
    before = np.cumsum(units) - units
    totals = np.bincount(numbers, units).astype(np.int64)[numbers]
    part = hubs * _GOLDEN % _WHOLE
    begin = totals // _WHOLE * part + totals % _WHOLE * part // _WHOLE  # that part of the total, in 63 bits
    return np.lexsort(((before - before[np.flatnonzero(new)[numbers]] - begin) % totals, hubs))


def _in_proportion(into: Counts, out_of: Counts) -> Counts:
    """Let every group have its part of every session."""
    found: list[tuple[int, int, int]] = []
    for rows, columns in zip(_by_hub(into), _by_hub(out_of), strict=True):
        shares = _proportional([count for _, count in rows], [count for _, count in columns])
        for (group, _), row in zip(rows, shares, strict=True):
            found += [
                (group, session, share) for (session, _), share in zip(columns, row, strict=True) if share
            ]
    return Counts(
        *(np.array(column, np.int64) for column in (zip(*found, strict=True) if found else [[]] * 3))
    )


def _by_hub(counts: Counts) -> Iterator[list[tuple[int, int]]]:
    """Give what passes each hub, in order."""
    ordered = sorted(zip(*(column.tolist() for column in counts), strict=True))
    for _, some in groupby(ordered, itemgetter(0)):
        yield [(other, units) for _, other, units in some]


def _proportional(rows: Sequence[int], columns: Sequence[int]) -> Iterator[list[int]]:
    """Share columns out to rows in proportion, in whole numbers; both sums are kept.

    Each row takes its part of what is left, the greatest remainders rounded up.
    """
    left = list(columns)
    for row in rows:
        total = sum(left)
        shares = [row * count // total for count in left]
        order = sorted(range(len(left)), key=lambda column: (-(row * left[column] % total), column))
        for column in order[: row - sum(shares)]:
            shares[column] += 1
        left = [count - share for count, share in zip(left, shares, strict=True)]
        yield shares
