"""What leaves a hub, shared among the groups that came in: in proportion, or in turn where there are very many.

In proportion each group is spread over all sessions of the hub. In turn (as stairs: one group's people
fill a session before the next one begins) there are no more shares than groups and sessions together,
which keeps the plan of a million people small; each is still exact, and no chance for a site changes. Whole persons
are shared before parts of persons: what begins whole mostly stays whole, and need not be drawn.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scheduler.problem import Session


class Entry(NamedTuple):
    """So many units of a group that may leave for the sessions from a place on."""

    group: int
    units: int
    start: int = 0


@dataclass
class Hub:
    """Who comes in, and which sessions they leave for, by their place; both sums are equal."""

    rows: list[Entry] = field(default_factory=list)
    columns: list[tuple[int, Session, int]] = field(default_factory=list)


def share_out(hubs: Sequence[Hub], groups: int, whole: int | None) -> list[dict[Session, int]]:
    """Give each group's count of each session.

    In proportion where ``whole`` is None (everybody may then leave for all sessions of the hub), else in turn; so many
    units are a whole person.
    """
    counts: list[dict[Session, int]] = [{} for _ in range(groups)]
    for hub in hubs:
        if whole is None:
            sessions = [session for _, session, _ in hub.columns]
            shares = _proportional([row.units for row in hub.rows], [count for _, _, count in hub.columns])
            for entry, row in zip(hub.rows, shares, strict=True):
                counts[entry.group].update(
                    (session, share) for session, share in zip(sessions, row, strict=True) if share
                )
        else:
            for group, session, share in _stairs(hub, whole):
                counts[group][session] = counts[group].get(session, 0) + share
    return counts


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


def _stairs(hub: Hub, whole: int) -> Iterator[tuple[int, Session, int]]:
    """Let the groups fill the sessions one after the other, the largest groups first among those that may come."""
    waiting = deque(sorted(hub.rows, key=lambda row: (row.start, -row.units, row.group)))
    persons: deque[list[int]] = (
        deque()
    )  # group and what is left of it: whole persons, and what is no whole number
    parts: deque[list[int]] = deque()
    for place, session, count in hub.columns:
        while waiting and waiting[0].start <= place:
            entry = waiting.popleft()
            (parts if entry.units % whole else persons).append([entry.group, entry.units])
        for wanted, first, second in (
            (count - count % whole, persons, parts),
            (count % whole, parts, persons),
        ):
            for group, share in _taken(wanted, first, second):
                yield group, session, share


def _taken(wanted: int, first: deque[list[int]], second: deque[list[int]]) -> Iterator[tuple[int, int]]:
    """Take so many units from those in front, of the second queue where the first has no more."""
    while wanted and (first or second):
        queue = first or second
        entry = queue[0]
        share = min(wanted, entry[1])
        yield entry[0], share
        wanted -= share
        entry[1] -= share
        if not entry[1]:
            queue.popleft()
