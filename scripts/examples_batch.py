"""The files of the exam batch: CSV with English headers, UTF-8 with byte order mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from examples_batch_staff import relation_rows, staff_rows
from examples_batch_tables import (
    DISTRICTS,
    INSTITUTIONS,
    OTHER_PLACES,
    PLACES,
    RULES,
    SESSIONS,
    SITES,
)
from examples_people import Register
from examples_proof import prove
from examples_trainees import trainees

_HEADERS = {
    "trainees": "trainee_id name id_number institution_id item part district class_id school_id earliest latest",
    "institutions": "institution_id name kind",
    "sites": "site_id name kind owner_id city district lon lat day_limit status suspended_from suspended_to address",
    "districts": "district city lon lat",
    "seats": "site_id date half seats",
    "places": "site_id date half item places",
    "staff": "staff_id name id_number employer_id roles items district licence_to max_duties unavailable",
    "relations": "kind from_id to_id share since until",
}


def batch_files() -> dict[str, bytes]:
    """Give the files of the batch by path; fails where not everybody would have a place."""
    register = Register("batch")
    registered = trainees(register)
    staff, relations = staff_rows(register, registered), relation_rows(registered)
    prove(registered, staff, relations)
    tables: dict[str, Iterable[Sequence[object]]] = {
        "trainees": [trainee.row() for trainee in registered],
        "institutions": INSTITUTIONS,
        "sites": SITES,
        "districts": DISTRICTS,
        "seats": seat_rows(),
        "places": place_rows(),
        "staff": staff,
        "relations": relations,
    }
    written = {f"batch/{name}.csv": _csv(_HEADERS[name].split(), rows) for name, rows in tables.items()}
    return written | {"batch/rules.toml": RULES.encode()}


def seat_rows() -> list[tuple[str, str, str, int]]:
    """Give one row for each session."""
    return [
        (site, f"2026-12-{when[:2]}", when[2:], seats)
        for site, (seats, times) in SESSIONS.items()
        for when in times.split()
    ]


def place_rows() -> list[tuple[str, str, str, str, int]]:
    """Give the usual places of each site, then the sessions that differ."""
    usual = [(site, "", "", item, places) for site, items in PLACES.items() for item, places in items.items()]
    return [*usual, *OTHER_PLACES]


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
