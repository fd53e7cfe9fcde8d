"""What a schedule takes of seats, item places and days, and what is left."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import numpy as np

from scheduler.checker.crowd import Crowd
from scheduler.checker.kinds import Ints, Mask
from scheduler.checker.standing import takes_place
from scheduler.problem import Session, Trainee

Time = tuple[dt.date, str]


class Loads:
    """Sittings counted against the limits of a batch; sessions are numbers of ``Facts.sessions``.

    A day limit counts sittings, both halves together: capacities nest (item places in a session,
    seats of the session, the site's day), so somebody who sits in both halves counts twice.
    Placements in sessions that do not exist take nothing; people of unknown id take a seat.
    """

    def __init__(self, crowd: Crowd) -> None:
        self._facts = facts = crowd.facts
        self._room: dict[str | None, Mask] = {}
        self._left: dict[str, Ints] = {}
        there = crowd.sitting >= 0
        size = len(facts.sessions)
        self.seats = np.bincount(crowd.sitting[there], minlength=size)
        self.days = np.bincount(facts.day_of, self.seats, len(facts.days)).astype(np.int64)
        practical = there & (crowd.trainee_of >= 0)
        practical[practical] = crowd.people["theory"][crowd.trainee_of[practical]] == 0
        item = crowd.people["item"][crowd.trainee_of[practical]]
        self._items = {text: number for number, text in enumerate(crowd.texts["item"])}
        taken = np.bincount(item * size + crowd.sitting[practical], minlength=len(self._items) * size)
        self._places = taken.reshape(len(self._items), size)

    def places(self, item: str) -> Ints:
        """Give how many places for an item each session's people take."""
        number = self._items.get(item)
        return np.zeros(len(self._facts.sessions), np.int64) if number is None else self._places[number]

    def items(self) -> list[str]:
        """Give the items of which anybody takes a place, in order."""
        return sorted(text for text, number in self._items.items() if self._places[number].any())

    @cached_property
    def seats_left(self) -> Ints:
        """Give the free seats of each session, never below none."""
        left: Ints = np.maximum(0, self._facts.seats - self.seats)
        return left

    def places_left(self, item: str) -> Ints:
        """Give the free places for an item in each session, never below none."""
        if item not in self._left:
            left: Ints = np.maximum(0, self._facts.places(item) - self.places(item))
            self._left[item] = left
        return self._left[item]

    @cached_property
    def day_left(self) -> Ints:
        """Give what each of ``Facts.days`` can still take, never below none; -1 where there is no limit."""
        limits = self._facts.day_limits
        left: Ints = np.where(limits < 0, -1, np.maximum(0, limits - self.days))
        return left

    def room(self, trainee: Trainee | None = None) -> Mask:
        """Say of each session whether one more such trainee fits: a seat, the day, and a place where one is needed."""
        item = trainee.item if trainee is not None and takes_place(trainee) else None
        if item not in self._room:
            more = (self.seats_left > 0) & (self.day_left[self._facts.day_of] != 0)
            self._room[item] = more if item is None else more & (self.places_left(item) > 0)
        return self._room[item]


def time_of(session: Session) -> Time:
    """Give the time of a session: two sessions at one time cannot be sat by one person."""
    return session.day, session.half.value


def times_taken(crowd: Crowd, trainee_id: str) -> set[Time]:
    """Give the times at which the trainee's person sits for other registrations."""
    others = crowd.facts.people.others(trainee_id)
    return {time_of(crowd.several[other].session) for other in others if other in crowd.several}
