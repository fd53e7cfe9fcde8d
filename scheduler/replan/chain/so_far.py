"""What the tables and plans of a chain make certain up to a change: when people can come, how many places items have.

A row of a table holds for all later changes, too, until another batch is given whole: of that nobody knows what it says.
Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.replan.chain.from_parent import Place, place_of
from scheduler.replan.chain.published import Row, is_corrected

Window = tuple[str, str]
"""First and last ISO day on which somebody can come; "" where no table says."""
_OPEN: Window = ("", "")


class SoFar:
    """What is certain after the tables and plans that were taken in, in the order of their changes."""

    def __init__(self) -> None:
        self.windows: dict[str, Window] = {}
        self._rows: list[Row] = []
        self._places: dict[tuple[Place, str], int] = {}

    def take(self, rows: Sequence[Row]) -> None:
        """Take in the table of a change; its plan comes afterwards."""
        if is_corrected(rows):
            self.windows, self._rows, self._places = {}, [], {}
        self._rows += (row for row in rows if row["change"] == "places")
        for row in rows:
            stated = row["earliest"], row["latest"]
            if row["change"] == "trainee_added":
                self.windows[row["id"]] = stated
            elif row["change"] == "trainee_dates":
                first, last = self.windows.get(row["id"], _OPEN)
                self.windows[row["id"]] = stated[0] or first, stated[1] or last
            elif row["change"] == "trainee_withdrawn":
                self.windows.pop(row["id"], None)

    def take_plan(self, plan: Mapping[str, Any]) -> None:
        """Take in what the plan of a change says of places: no plan of a first draw tells them."""
        sessions = [place_of(one) for one in plan["sessions"]]
        for one in plan.get("change", {}).get("places", ()):
            self._places[sessions[one["session"]], one["item"]] = one["places"]

    def places(self, one: Place, item: str) -> int | None:
        """Give the places for an item in a session; None where nobody knows."""
        found = (row for row in reversed(self._rows) if is_about(row, one, item))
        row = next(found, None)
        return self._places.get((one, item)) if row is None else int(row["value"])


def is_about(row: Row, one: Place, item: str) -> bool:
    """Say whether a row ``places`` names a session and an item."""
    return (
        (row["id"], row["item"]) == (one[0], item)
        and row["date"] in ("", one[1])
        and row["half"] in ("", one[2])
    )
