"""One digest of all facts of a batch, whatever file form and row order they came in. No solver is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from common.canonical import digest
from scheduler.problem import Problem, Staff
from scheduler.trainees import SCHEMA, Trainees

FORM = 3
"""How the facts go into the digest; plans of form 1 do not state it."""

_UNORDERED = 3
_CELL, _ROW = "\x1f", "\x1e"  # in no cell: they are invisible, and reading takes what is invisible out
_COLUMNS = tuple(name for name in SCHEMA.names() if name != "row")
_MANY = 1 << 16


def facts_digest(problem: Problem, form: int = FORM) -> str:
    """Give the digest; what people are called goes in only where no way leads back from it.

    Parameters
    ----------
    form
        1 is that of plans which do not name one: each trainee a list of texts, with names and numbers hashed. 2 hashes
        the trainees' table as one text, which takes a tenth of the time for very many people. 3 leaves the order within
        the lists of the staff aside (roles, items, absences).
    """
    listed = tuple if form < _UNORDERED else _sorted
    tables: dict[str, Any] = {
        "trainees": _one_by_one(problem) if form == 1 else _trainees(problem),
        "institutions": [[i.institution_id, i.name, i.kind] for _, i in sorted(problem.institutions.items())],
        "sites": [
            [s.site_id, s.name, s.kind, s.owner_id, s.city, s.district, str(s.lon), str(s.lat), str(s.day_limit),
             str(s.suspended), str(s.suspended_from), str(s.suspended_to), *filter(None, [s.address])]
            for _, s in sorted(problem.sites.items())
        ],
        "districts": [[d.district, d.city, str(d.lon), str(d.lat)] for _, d in sorted(problem.districts.items())],
        "seats": [[s.site_id, str(s.day), str(s.half), seats] for s, seats in sorted(problem.seats.items())],
        "places": sorted([p.site_id, p.item, str(p.day), str(p.half), p.places, str(p.stations)] for p in problem.places),
        "rooms": [[r.site_id, r.room, r.seats, str(r.columns), str(r.accessible)] for r in problem.rooms],
        "staff": [
            [s.staff_id, _hidden(s.name), _hidden(s.id_number), s.employer_id, *listed(s.roles), *listed(s.items), s.district,
             str(s.licence_to), str(s.max_duties), str(listed(s.unavailable)), *_more(s)]
            for _, s in sorted(problem.staff.items())
        ],
        "relations": sorted(
            [r.kind, r.from_id, r.to_id, str(r.share), str(r.since), str(r.until)] for r in problem.relations
        ),
    }  # fmt: skip
    return digest(tables)


def _sorted(values: Iterable[Any]) -> tuple[Any, ...]:
    """Give what a list says, once each: in a cell the order means nothing. A day's half may be none."""
    return tuple(sorted(set(values), key=str))


def _one_by_one(problem: Problem) -> Iterator[list[str]]:
    for _, t in sorted(problem.trainees.items()):
        yield [
            t.trainee_id, _hidden(t.name), _hidden(t.id_number), t.institution_id, t.item, str(t.part), t.district,
            t.class_id, t.school_id, str(t.earliest), str(t.latest), *t.needs,
        ]  # fmt: skip


def _trainees(problem: Problem) -> dict[str, Any]:
    """Give the columns, and the SHA-256 of all rows by id: cells end in U+001F, rows in U+001E, days are ISO.

    Raises
    ------
    ValueError
        a cell holds one of these two characters: the text would not say where it ends.
    """
    frame = Trainees.of(problem.trainees).frame.sort("trainee_id").select(_COLUMNS)
    found = hashlib.sha256()
    for rows in frame.iter_slices(_MANY):
        written = BytesIO()
        rows.write_csv(
            written, include_header=False, separator=_CELL, line_terminator=_CELL + _ROW, quote_style="never"
        )
        text = written.getvalue()
        cells = rows.height * len(_COLUMNS)
        if text.count(_CELL.encode()) != cells or text.count(_ROW.encode()) != rows.height:
            raise ValueError("a cell of a trainee holds U+001E or U+001F")
        found.update(text)
    return {"columns": list(_COLUMNS), "digest": found.hexdigest()}


def _more(staff: Staff) -> list[str]:
    """Give what was not asked in earlier versions, where it is stated: their digests stay."""
    stated = {"agreement_to": staff.agreement_to, "trained_to": staff.trained_to}
    return [f"{name} {day}" for name, day in stated.items() if day is not None]


def _hidden(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest() if text else ""
