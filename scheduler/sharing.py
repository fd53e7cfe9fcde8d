"""What leaves a hub, shared among the groups that came in: in proportion, or in turn where there are very many.

In proportion each group is spread over all sessions of the hub. In turn (as stairs: one group's people
fill a session before the next one begins) there are no more shares than groups and sessions together,
which keeps the plan of a million people small; each is still exact, and no chance for a site changes. Whole persons
are shared before parts of persons: what begins whole mostly stays whole, and need not be drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scheduler.problem import Session


@dataclass
class Hub:
    """Who comes in, by number of the group, and which sessions they leave for; both sums are equal."""

    rows: list[tuple[int, int]] = field(default_factory=list)
    columns: list[tuple[Session, int]] = field(default_factory=list)


def share_out(hubs: Sequence[Hub], groups: int, whole: int | None) -> list[dict[Session, int]]:
    """Give each group's count of each session.

    In proportion where ``whole`` is None, else in turn; so many units are a whole person.
    """
    counts: list[dict[Session, int]] = [{} for _ in range(groups)]
    for hub in hubs:
        sessions = [session for session, _ in hub.columns]
        if whole is None:
            shares = _proportional([count for _, count in hub.rows], [count for _, count in hub.columns])
            for (group, _), row in zip(hub.rows, shares, strict=True):
                counts[group].update(
                    (session, share) for session, share in zip(sessions, row, strict=True) if share
                )
        else:
            for group, session, share in _stairs(hub, whole):
                counts[group][session] = share
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
    """Let the groups fill the sessions one after the other, whole persons and the largest groups first."""
    columns = iter(sorted(hub.columns, key=lambda column: column[1] % whole != 0))
    session, left = next(columns, (None, 0))
    for group, count in sorted(hub.rows, key=lambda row: (row[1] % whole != 0, -row[1], row[0])):
        wanted = count
        while wanted and session is not None:
            share = min(wanted, left)
            if share:
                yield group, session, share
            wanted, left = wanted - share, left - share
            if not left:
                session, left = next(columns, (None, 0))
