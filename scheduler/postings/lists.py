"""What is sealed: of one site and day the duties, substitutes and vacancies, with names, without identity numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.documents.tables import csv_bytes
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.papers.sheets import DUTY_HEAD, duties, duty_rows, substitute_rows, vacancy_rows

_LIVE = ("=", "+", "-", "@", "\t")  # a spreadsheet would take what begins so for a formula


class Posting(NamedTuple):
    """One site on one day; ``name`` tells it from the others and holds no word of people."""

    name: str
    site_id: str
    day: dt.date


def postings(facts: Facts) -> list[Posting]:
    """Give the postings of a draw: each site and day somebody is on duty or waits to step in."""
    sessions = {one.session for one in facts.duties} | {one.session for one in facts.substitutes}
    wanted = {(session.site_id, session.day) for session in sessions}
    number = {site: place for place, site in enumerate(sorted({site for site, _ in wanted}), start=1)}
    return [Posting(f"{number[site]:03}-{day.isoformat()}", site, day) for site, day in sorted(wanted)]


def lists(facts: Facts, people: People, posting: Posting) -> dict[str, bytes]:
    """Give the list of a posting as ``csv`` and as ``xlsx``."""
    where = posting.site_id, posting.day
    own = dataclasses.replace(
        facts,
        duties=tuple(one for one in facts.duties if (one.session.site_id, one.session.day) == where),
        substitutes=tuple(
            one for one in facts.substitutes if (one.session.site_id, one.session.day) == where
        ),
        vacancies=tuple(one for one in facts.vacancies if (one.session.site_id, one.session.day) == where),
    )
    head = (*DUTY_HEAD[:6], "替补次序", *DUTY_HEAD[6:])
    return {"csv": csv_bytes(head, _rows(own, people)), "xlsx": duties(own, people)}


def _rows(own: Facts, people: People) -> Iterator[list[str]]:
    for row in duty_rows(own, people):
        yield [_quiet(cell) for cell in (*row[:6], "", *row[6:])]
    for row in substitute_rows(own, people):
        yield [_quiet(cell) for cell in (*row[:5], "", *row[5:])]
    for row in vacancy_rows(own, people):
        yield [_quiet(cell) for cell in (*row[:6], "", "", "无人可派", "")]


def _quiet(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_LIVE) else cell
