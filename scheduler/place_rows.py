"""Which row of places (工位) counts for a session: the one that says more about when goes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.problem import Half, PlaceRow, Session


class PlaceRows:
    """The rows of places of a batch, by site, item and what they say of the time."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self._rows: dict[tuple[str, str, dt.date | None, Half | None], PlaceRow] = {
            (row.site_id, row.item, row.day, row.half): row for row in rows
        }
        self._named = frozenset((site_id, item) for site_id, item, *_ in self._rows)
        self._that_differ = frozenset((site, item) for site, item, *when in self._rows if any(when))

    def of(self, session: Session, item: str) -> PlaceRow | None:
        """Give the row that counts for an item in a session: of its day and half, its day, its half, or every session."""
        return self.when(session.site_id, item, session.day, session.half)

    def when(self, site: str, item: str, day: dt.date | None, half: Half | None) -> PlaceRow | None:
        """Give the row that counts for an item on a day, in a half of every day, or (neither is named) always."""
        for when in ((day, half), (day, None), (None, half), (None, None)):
            found = self._rows.get((site, item, *when))
            if found is not None:
                return found
        return None

    def always(self, site_id: str, item: str) -> PlaceRow | None:
        """Give the row of every session of a site; None where some session has another one, or none is there."""
        return None if (site_id, item) in self._that_differ else self._rows.get((site_id, item, None, None))

    def has(self, site_id: str, item: str) -> bool:
        """Say whether there is a row for an item at a site, of any number."""
        return (site_id, item) in self._named
