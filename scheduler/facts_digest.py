"""One digest of all facts of a batch, whatever file form and row order they came in. No solver is loaded."""

from __future__ import annotations

import hashlib
from typing import Any

from common.canonical import digest
from scheduler.problem import Problem, Staff


def facts_digest(problem: Problem) -> str:
    """Give the digest.

    Names and numbers of people go in hashed, so that the digest can be published.
    """
    tables: dict[str, Any] = {
        "trainees": (
            [t.trainee_id, _hidden(t.name), _hidden(t.id_number), t.institution_id, t.item, str(t.part), t.district,
             t.class_id, t.school_id, str(t.earliest), str(t.latest), *t.needs]
            for _, t in sorted(problem.trainees.items())
        ),
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
            [s.staff_id, _hidden(s.name), _hidden(s.id_number), s.employer_id, *s.roles, *s.items, s.district,
             str(s.licence_to), str(s.max_duties), str(s.unavailable), *_more(s)]
            for _, s in sorted(problem.staff.items())
        ],
        "relations": sorted(
            [r.kind, r.from_id, r.to_id, str(r.share), str(r.since), str(r.until)] for r in problem.relations
        ),
    }  # fmt: skip
    return digest(tables)


def _more(staff: Staff) -> list[str]:
    """Give what was not asked in earlier versions, where it is stated: their digests stay."""
    stated = {"agreement_to": staff.agreement_to, "trained_to": staff.trained_to}
    return [f"{name} {day}" for name, day in stated.items() if day is not None]


def _hidden(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest() if text else ""
