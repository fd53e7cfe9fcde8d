"""What the rivals of the grouped network share: a trainee's sessions one by one, and what one seat uses up.

All of them look for the same optimum: as many placed as possible, then as many as possible at public and
authority sites of their own city. One person's registrations at one time are left aside, as no network
holds that rule; ``scheduler.several.overlaps`` adds it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from scheduler.eligibility import Eligibility
from scheduler.problem import Part, Problem, Session, Trainee
from scheduler.public_sites import is_public_window


class Optimum(NamedTuple):
    """How many are placed, and how many of them at public sites of their own city."""

    placed: int
    public: int


@dataclass(frozen=True)
class Solved:
    """What a rival found, in how many seconds, and how large its program was."""

    optimum: Optimum
    building: float
    solving: float
    size: int


class Pair(NamedTuple):
    """One session that a trainee may sit in; ``away`` from the public sites of the own city."""

    session: Session
    away: bool


def pairs(problem: Problem, eligibility: Eligibility, trainee: Trainee) -> Iterator[Pair]:
    """Give all sessions of a trainee."""
    for site, window in eligibility.of(trainee).allowed.by_site.items():
        public = is_public_window(problem, site, window)
        for session in window.sessions:
            yield Pair(session, not public)


def uses(problem: Problem, trainee: Trainee, session: Session) -> list[tuple[Hashable, int]]:
    """Give the capacities that a seat in a session uses up, from the inmost to the outmost, with their sizes."""
    found: list[tuple[Hashable, int]] = []
    if trainee.part is not Part.THEORY:
        found.append(((session, trainee.item), problem.places_for(session, trainee.item) or 0))
    found.append((session, problem.seats[session]))
    limit = problem.sites[session.site_id].day_limit
    if limit is not None:
        found.append(((session.site_id, session.day), limit))
    return found
