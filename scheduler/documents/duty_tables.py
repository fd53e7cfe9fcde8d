"""Duties, substitutes and vacancies as CSV: bytes that a draw is verified by (contract section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.documents.tables import csv_bytes
from scheduler.duties.draw import Duties
from scheduler.file_names import DUTIES, SUBSTITUTES, VACANCIES

DUTY_COLUMNS = ("staff_id", "role", "site_id", "date", "half", "room")
SUBSTITUTE_COLUMNS = ("site_id", "date", "half", "role", "order", "staff_id")
VACANCY_COLUMNS = ("role", "site_id", "date", "half", "room", "reason")


def duty_tables(drawn: Duties) -> dict[str, bytes]:
    """Give the three files by name; a patrol's room is empty."""
    return {
        DUTIES: csv_bytes(DUTY_COLUMNS, (_row(one) for one in drawn.duties)),
        SUBSTITUTES: csv_bytes(SUBSTITUTE_COLUMNS, (_row(one) for one in drawn.substitutes)),
        VACANCIES: csv_bytes(VACANCY_COLUMNS, (_row(one) for one in drawn.vacancies)),
    }


def _row(values: Iterable[str | int]) -> Sequence[str]:
    return ["" if value == 0 else str(value) for value in values]
