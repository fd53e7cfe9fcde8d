"""What the changes of a chain gave up: sessions, seats, places, days of sites. Nobody proposes to take that back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from scheduler.file_names import CHAIN, PLAN_FILE
from scheduler.folder import read_json
from scheduler.plan import Limit
from scheduler.problem import Half, Problem, Session
from scheduler.replan.chain.parent import Parent, earlier_rows
from scheduler.replan.changes.reasons import PLACES, PublishedRow, concerns


@dataclass(frozen=True)
class GivenUp:
    """What is smaller than it was.

    ``days`` are sites and days of sessions that are gone, no day for a site that has none left; ``seats`` sessions that
    take fewer; ``limits`` sites that take fewer a day; ``places`` all published rows about places: what was there before
    they do not say.
    """

    days: frozenset[tuple[str, dt.date | None]]
    seats: frozenset[Session]
    limits: frozenset[str]
    places: tuple[PublishedRow, ...]

    def may_hold(self, session: Session) -> bool:
        """Say whether the site has given up no session of that day, and not all of its sessions."""
        return not {(session.site_id, session.day), (session.site_id, None)} & self.days

    def may_grow(self, limit: Limit) -> bool:
        """Say whether nothing of a limit was given up."""
        if not limit.half:
            return limit.site_id not in self.limits
        session = Session(limit.site_id, limit.day, Half(limit.half))
        if not limit.item:
            return session not in self.seats
        return not any(concerns(row, session, limit.item) for row in self.places)


def given_up(drawn: Parent, problem: Problem) -> GivenUp:
    """Give what the facts have less of than the chain had."""
    plans = [read_json(drawn.folder / CHAIN / str(link) / PLAN_FILE, "") for link in range(drawn.number)]
    seats = [(Session.of(one), int(one["seats"])) for plan in plans for one in plan["sessions"]]
    gone = {session for session, _ in seats} - problem.seats.keys()
    held = {session.site_id for session in problem.seats}
    return GivenUp(
        frozenset((one.site_id, one.day if one.site_id in held else None) for one in gone),
        frozenset(session for session, many in seats if many > problem.seats.get(session, many)),
        frozenset(site["site_id"] for plan in plans for site in plan["sites"] if _takes_fewer(site, problem)),
        tuple(tuple(row.values()) for _, row in earlier_rows(drawn) if row["change"] == PLACES),
    )


def _takes_fewer(site: dict[str, Any], problem: Problem) -> bool:
    """Say whether a site takes fewer people a day than an earlier plan says; no limit is more than any."""
    known, before = problem.sites.get(site["site_id"]), site["day_limit"]
    now = None if known is None else known.day_limit
    return now is not None and (before is None or before > now)
