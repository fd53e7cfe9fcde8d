"""Who stays where seats, places or a day's limit have become too few: by ticket, as many as fit.

Limits nest (places in a session, its seats, the site's day), so letting everybody stay who still fits, in
the order of tickets, keeps the greatest number that can stay. Standard library only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scheduler.problem import Session
from scheduler.replan.chain.touch_kinds import Kind
from scheduler.replan.codes import leave_ticket


class Staying(NamedTuple):
    """Somebody who could stay but for the limits; ``item`` is "" for who takes no place."""

    trainee_id: str
    session: Session
    item: str


class Limits(NamedTuple):
    """What may be: seats by session, places by session and item, people by site and date."""

    seats: Mapping[Session, int]
    places: Mapping[tuple[Session, str], int]
    days: Mapping[str, int | None]


def leavers(
    people: Iterable[Staying], limits: Limits, clashes: Iterable[Iterable[str]], key: bytes
) -> dict[str, Kind]:
    """Give who must leave, with ``limit`` or, who would sit twice at one time, ``clash``."""
    together = {name: frozenset(listed) for listed in clashes for name in listed}
    seats: Counter[Session] = Counter()
    places: Counter[tuple[Session, str]] = Counter()
    days: Counter[tuple[str, object]] = Counter()
    stay: dict[str, Session] = {}
    leave: dict[str, Kind] = {}
    for one in sorted(people, key=lambda who: (leave_ticket(key, who.trainee_id), who.trainee_id)):
        session = one.session
        when = (session.site_id, session.day)
        limit = limits.days.get(session.site_id)
        if any(
            other in stay and stay[other][1:] == session[1:] for other in together.get(one.trainee_id, ())
        ):
            leave[one.trainee_id] = Kind.CLASH
        elif (
            seats[session] >= limits.seats[session]
            or (limit is not None and days[when] >= limit)
            or (one.item and places[session, one.item] >= limits.places[session, one.item])
        ):
            leave[one.trainee_id] = Kind.LIMIT
        else:
            stay[one.trainee_id] = session
            seats[session] += 1
            days[when] += 1
            places[session, one.item] += 1
    return leave
