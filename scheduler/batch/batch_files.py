"""Facts back into the files of a batch: what is written reads as the same facts, to the last fraction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from common.files import write_file
from scheduler.documents.tables import csv_bytes
from scheduler.problem import Half, Problem

_MOST_DECIMALS = 20  # as many as are read


def write_batch(problem: Problem, folder: Path) -> Path:
    """Write the tables of a batch as CSV; the rules are not among them."""
    for name, (columns, rows) in _tables(problem).items():
        write_file(folder / f"{name}.csv", csv_bytes(columns, rows))
    return folder


def _tables(problem: Problem) -> Mapping[str, tuple[Sequence[str], Iterable[Sequence[str]]]]:
    return {
        "trainees": (
            ("trainee_id", "name", "id_number", "institution_id", "item", "part", "district", "class_id", "school_id",
             "earliest", "latest", "needs"),
            [(t.trainee_id, t.name, t.id_number, t.institution_id, t.item, str(t.part), t.district, t.class_id,
              t.school_id, _day(t.earliest), _day(t.latest), ";".join(t.needs)) for t in problem.trainees.values()],
        ),
        "institutions": (
            ("institution_id", "name", "kind"),
            [(one.institution_id, one.name, one.kind) for one in problem.institutions.values()],
        ),
        "sites": (
            ("site_id", "name", "kind", "owner_id", "city", "district", "lon", "lat", "day_limit", "status",
             "suspended_from", "suspended_to", "address"),
            [(s.site_id, s.name, s.kind, s.owner_id, s.city, s.district, _fraction(s.lon), _fraction(s.lat),
              _number(s.day_limit), "suspended" if s.suspended else "active", _day(s.suspended_from),
              _day(s.suspended_to), s.address) for s in problem.sites.values()],
        ),
        "districts": (
            ("district", "city", "lon", "lat"),
            [(one.district, one.city, _fraction(one.lon), _fraction(one.lat)) for one in problem.districts.values()],
        ),
        "seats": (
            ("site_id", "date", "half", "seats"),
            [(one.site_id, _day(one.day), str(one.half), str(seats)) for one, seats in problem.seats.items()],
        ),
        "places": (
            ("site_id", "date", "half", "item", "places", "stations"),
            [(p.site_id, _day(p.day), _half(p.half), p.item, str(p.places), _number(p.stations))
             for p in problem.places],
        ),
        "rooms": (
            ("site_id", "room", "seats", "columns", "accessible"),
            [(r.site_id, r.room, str(r.seats), _number(r.columns), _number(r.accessible)) for r in problem.rooms],
        ),
        "staff": (
            ("staff_id", "name", "id_number", "employer_id", "roles", "items", "district", "licence_to", "max_duties",
             "unavailable", "agreement_to", "trained_to"),
            [(s.staff_id, s.name, s.id_number, s.employer_id, ";".join(s.roles), ";".join(s.items), s.district,
              _day(s.licence_to), _number(s.max_duties), ";".join(_absence(*one) for one in s.unavailable),
              _day(s.agreement_to), _day(s.trained_to))
             for s in problem.staff.values()],
        ),
        "relations": (
            ("kind", "from_id", "to_id", "share", "since", "until"),
            [(r.kind, r.from_id, r.to_id, _fraction(r.share), _day(r.since), _day(r.until))
             for r in problem.relations],
        ),
    }  # fmt: skip


def _day(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def _half(half: Half | None) -> str:
    return "" if half is None else str(half)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _absence(first: dt.date, last: dt.date, half: Half | None) -> str:
    if half is not None:
        return f"{first} {half}"
    return f"{first}" if first == last else f"{first}..{last}"


def _fraction(value: Fraction | None) -> str:
    """Give a fraction as it can be read again: with a point where it has an end, else as a fraction."""
    if value is None:
        return ""
    decimal = _decimal(value)
    if decimal is not None:
        return decimal
    hundredth = _decimal(value * 100)  # a percentage may have two decimals more
    return f"{hundredth}%" if hundredth is not None else str(value)


def _decimal(value: Fraction) -> str | None:
    for places in range(_MOST_DECIMALS + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            whole = digits[: len(digits) - places]
            sign = "-" if value < 0 else ""
            return f"{sign}{whole}.{digits[-places:]}" if places else f"{sign}{whole}"
    return None
