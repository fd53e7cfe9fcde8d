"""Placements as CSV: the bytes that a draw is verified by (contract section 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from scheduler.schedule import ASSIGNMENT_COLUMNS, UNASSIGNED_COLUMNS, Schedule


def assignments_csv(schedule: Schedule) -> bytes:
    """Give assignments.csv: by trainee id."""
    rows = (
        (
            one.trainee_id, one.session.site_id, one.session.day.isoformat(), str(one.session.half),
            one.room, one.seat, one.group, one.place,
            ";".join(one.exceptions), _text(one.chance), _text(one.site_chance),
        )
        for _, one in sorted(schedule.placements.items())
    )  # fmt: skip
    return csv_bytes(ASSIGNMENT_COLUMNS, rows)


def unassigned_csv(schedule: Schedule) -> bytes:
    """Give unassigned.csv: who has no place, and why."""
    return csv_bytes(UNASSIGNED_COLUMNS, sorted(schedule.unplaced.items()))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write UTF-8 with a byte order mark, so that spreadsheets open it, and CRLF line ends."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")
