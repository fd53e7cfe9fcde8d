"""What a schedule takes of seats, item places and days, and what is left."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from scheduler.checker.facts import Facts, takes_place
from scheduler.problem import Session, Trainee
from scheduler.schedule import Schedule

Time = tuple[dt.date, str]


class Loads:
    """Sittings counted against the limits of a batch.

    A day limit counts sittings, both halves together: capacities nest (item places in a session,
    seats of the session, the site's day), so somebody who sits in both halves counts twice.
    Placements in sessions that do not exist take nothing; people of unknown id take a seat.
    """

    def __init__(self, facts: Facts, schedule: Schedule) -> None:
        self._facts = facts
        self.seats: Counter[Session] = Counter()
        self.places: Counter[tuple[Session, str]] = Counter()
        self.days: Counter[tuple[str, dt.date]] = Counter()
        for trainee_id, placement in schedule.placements.items():
            session = placement.session
            if session not in facts.problem.seats or session.site_id not in facts.problem.sites:
                continue
            self.seats[session] += 1
            self.days[session.site_id, session.day] += 1
            trainee = facts.problem.trainees.get(trainee_id)
            if trainee is not None and takes_place(trainee):
                self.places[session, trainee.item] += 1

    def seats_left(self, session: Session) -> int:
        """Give the free seats of a session, never below none."""
        return max(0, self._facts.problem.seats[session] - self.seats[session])

    def places_left(self, session: Session, item: str) -> int:
        """Give the free places for an item in a session, never below none."""
        return max(0, (self._facts.problem.places_for(session, item) or 0) - self.places[session, item])

    def day_left(self, site_id: str, day: dt.date) -> int | None:
        """Give what the site's day can still take; None where there is no limit."""
        limit = self._facts.problem.sites[site_id].day_limit
        return None if limit is None else max(0, limit - self.days[site_id, day])

    def takes_more(self, session: Session) -> bool:
        """Say whether a session has a free seat on a day that is not full."""
        return self.seats_left(session) > 0 and self.day_left(session.site_id, session.day) != 0

    def has_room(self, session: Session, trainee: Trainee) -> bool:
        """Say whether one more such trainee fits: a seat, a place where needed, and the day."""
        return self.takes_more(session) and (
            not takes_place(trainee) or self.places_left(session, trainee.item) > 0
        )


def time_of(session: Session) -> Time:
    """Give the time of a session: two sessions at one time cannot be sat by one person."""
    return session.day, session.half.value


def times_taken(facts: Facts, schedule: Schedule, trainee_id: str) -> set[Time]:
    """Give the times at which the trainee's person sits for other registrations."""
    return _times(schedule, facts.people.others(trainee_id))


def _times(schedule: Schedule, trainee_ids: Iterable[str]) -> set[Time]:
    return {
        time_of(schedule.placements[other].session) for other in trainee_ids if other in schedule.placements
    }
