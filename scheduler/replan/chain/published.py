"""The table of changes as it is published: its columns, what each change needs and may have, and how lists stand in cells.

Standard library only.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

FACTS = "facts"
"""The row that says that a corrected batch was given whole; its value is the batch's digest."""

COLUMNS = (
    "change", "id", "date", "until", "half", "item", "value", "earliest", "latest", "institution_id", "part",
    "district", "class_id", "school_id", "employer_id", "roles", "items", "licence_to", "max_duties", "unavailable",
    "reason",
)  # fmt: skip

NEEDED: Mapping[str, tuple[str, ...]] = {
    "site_closed": ("id",),
    "session_cancelled": ("id", "date", "half"),
    "session_added": ("id", "date", "half", "value"),
    "seats": ("id", "date", "half", "value"),
    "places": ("id", "item", "value"),
    "day_limit": ("id", "value"),
    "staff_unavailable": ("id",),
    "staff_added": ("id", "roles"),
    "trainee_withdrawn": ("id",),
    "trainee_added": ("id", "institution_id", "item"),
    "trainee_dates": ("id",),
    "trainee_moved": ("id",),
}
"""What a row of each kind must state."""

ALSO: Mapping[str, tuple[str, ...]] = {
    "site_closed": ("date", "until"),
    "places": ("date", "half"),
    "staff_unavailable": ("date", "until", "half"),
    "staff_added": ("employer_id", "items", "district", "licence_to", "max_duties", "unavailable"),
    "trainee_added": ("part", "district", "class_id", "school_id", "earliest", "latest"),
    "trainee_dates": ("earliest", "latest"),
}
"""What a row of a kind may state beside what it must, and the reason."""

Absence = tuple[str, str, str | None]
"""First and last day, and half of it."""

Row = Mapping[str, str]


def published_rows(table: bytes) -> list[Row]:
    """Read a published table.

    Raises
    ------
    ValueError
        it is no UTF-8.
    """
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    return [{name: row.get(name) or "" for name in COLUMNS} for row in rows]


def is_corrected(rows: Sequence[Row]) -> bool:
    """Say whether another batch was given whole."""
    return any(row["change"] == FACTS for row in rows)


def absence_text(absence: Absence) -> str:
    """Give an absence as a cell of the table states it: a day, half of one, or the first and the last of several."""
    first, last, half = absence
    if half:
        return f"{first} {half}"
    return first if first == last else f"{first}..{last}"


def absence_of(text: str) -> Absence:
    """Read what ``absence_text`` gives; of any other text nobody knows what comes."""
    first, _, last = text.partition("..")
    day, _, half = first.partition(" ")
    return day, last or day, half or None


def listed(cell: str) -> list[str]:
    """Give the members of a list in a cell."""
    return cell.split(";") if cell else []


def covers(row: Row, day: str) -> bool:
    """Say whether a row's days (all without ``date``, one without ``until``) hold an ISO day."""
    return not row["date"] or row["date"] <= day <= (row["until"] or row["date"])
