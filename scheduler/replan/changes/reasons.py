"""Which row of a table of changes is the reason for what became of somebody: the last that concerns the own session.

Standard library only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scheduler.problem import Session
from scheduler.replan.leaving import Limits, Staying

PublishedRow = Sequence[str]
"""A row as it is published: change, id, date, until, half, item ... reason."""

SEATS, PLACES, DAY_LIMIT = "seats", "places", "day_limit"
_ALSO = {SEATS: ("session_added",)}
"""Which other changes state the same: a session that goes and comes again has the seats that it comes with."""


class Full:
    """Which limits are reached by those who stay."""

    def __init__(self, staying: Iterable[Staying], limits: Limits) -> None:
        self._limits = limits
        self._seats: Counter[Session] = Counter()
        self._places: Counter[tuple[Session, str]] = Counter()
        self._days: Counter[tuple[str, object]] = Counter()
        for one in staying:
            self._seats[one.session] += 1
            self._places[one.session, one.item] += 1
            self._days[one.session.site_id, one.session.day] += 1

    def of(self, one: Staying) -> list[str]:
        """Give the kinds of changes that made no room for somebody."""
        session, limits = one.session, self._limits
        day = limits.days.get(session.site_id)
        reached = {
            SEATS: self._seats[session] >= limits.seats[session],
            PLACES: one.item != "" and self._places[session, one.item] >= limits.places[session, one.item],
            DAY_LIMIT: day is not None and self._days[session.site_id, session.day] >= day,
        }
        return [kind for kind, full in reached.items() if full]


def stated(rows: Sequence[PublishedRow], kinds: Iterable[str], session: Session, item: str) -> str:
    """Give the reason of the last row of one of these kinds that concerns a session, the kinds in their order; "" for none."""
    for kind in kinds:
        kinds_of = (kind, *_ALSO.get(kind, ()))
        concerning = [row for row in rows if row[0] in kinds_of and concerns(row, session, item)]
        if concerning and concerning[-1][-1]:
            return concerning[-1][-1]
    return ""


def concerns(row: PublishedRow, session: Session, item: str) -> bool:
    """Say whether a row about a site names a session, and of places the item."""
    kind, site_id, date, _, half, of_item, *_ = row
    return (
        site_id == session.site_id
        and date in ("", session.day.isoformat())
        and half in ("", session.half)
        and (kind != PLACES or of_item == item)
    )
