"""What the checker derives from the facts by itself: cities, sole sites, who may sit where.

Nothing here is taken from the planner's rooms; the rules are read again from contract section 4.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property

import numpy as np

from scheduler.checker.kinds import Ints
from scheduler.checker.people import People
from scheduler.checker.schedule.placed import Numbers
from scheduler.checker.standing import Standing, takes_place
from scheduler.problem import Half, Problem, Session, Trainee
from scheduler.trainees import Trainees

Choices = Ints
"""Sessions that may be chosen, as numbers of ``Facts.sessions``, in order; equal ones are one object."""


class Facts(Standing):
    """The facts of a batch with the checker's own derivations, each worked out once.

    ``fixed`` are trainees whom rule 4 does not ask to be moved, ``apart`` those whose choices are nobody else's
    (``scheduler.checker.changed``).
    """

    fixed: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()

    def __init__(self, problem: Problem) -> None:
        super().__init__(replace(problem, trainees=Trainees.of(problem.trainees)))
        self._reach: dict[str, int] = {}
        self._reaches = Numbers[tuple[frozenset[str], ...]]([()])
        self._tied: dict[tuple[int, int], frozenset[str]] = {}
        self._able_sessions: dict[tuple[object, ...], Choices] = {}
        self._unbarred: dict[tuple[object, ...], Choices] = {}
        self._sites_with: dict[int, frozenset[str]] = {}
        self._dated: dict[tuple[object, ...], Choices] = {}
        self._there: dict[tuple[int, frozenset[str]], Choices] = {}
        self._same: dict[bytes, Choices] = {}
        self._sites_of: dict[tuple[str, bool], frozenset[str]] = {}

    @cached_property
    def people(self) -> People:
        """Which registrations are of one person."""
        return People(self.problem)

    def allowed(self, trainee: Trainee) -> Choices:
        """Give the sessions where rules 1 to 3 let a trainee sit, leaving aside what is taken."""
        return self._allowed_among(self._untied(trainee), trainee)

    def allowed_public(self, trainee: Trainee) -> Choices:
        """Give those of the allowed sessions that are at public and authority sites of the own city."""
        return self._allowed_among(self._at(self._untied(trainee), self._public_sites(trainee)), trainee)

    def _allowed_among(self, untied: Choices, trainee: Trainee) -> Choices:
        """Give those of some sessions from which neither ties nor the own dates keep a trainee."""
        return self._within_dates(self._without_barred(untied, trainee), trainee)

    def reach(self, institution_id: str) -> int:
        """Give a number for the sites an institution has ties with, on each day; 0 where there are none.

        Institutions with one number have ties with the same sites on the same days.
        """
        if institution_id not in self._reach:
            tied = tuple(self.ties.tied_sites(institution_id, day) for day in self._unlike_days)
            number = self._reach[institution_id] = self._reaches.of(tied if any(tied) else ())
            for day, sites in zip(self._unlike_days, tied, strict=True):
                self._tied[number, self.ties.period(day)] = sites
        return self._reach[institution_id]

    def tied_sites(self, reach: int, day: dt.date) -> frozenset[str]:
        """Give the sites with which institutions of a ``reach`` have ties on an exam day."""
        return self._tied[reach, self.ties.period(day)]

    @cached_property
    def schools(self) -> frozenset[str]:
        """Give who owns any site on any day of the batch: only to their students does a school matter."""
        return frozenset(
            owner
            for day in self._unlike_days
            for site_id in self.problem.sites
            for owner in self.ties.owners(site_id, day)
        )

    def _without_barred(self, choices: Choices, trainee: Trainee) -> Choices:
        """Leave out the sessions from which rule 2 bars a trainee."""
        reach, barred = self.reach(trainee.institution_id), []
        for day in self._unlike_days if reach else ():
            tied = self.tied_sites(reach, day) & self._sites_among(choices)
            sites = frozenset(one for one in tied if self.bars(trainee, Session(one, day, Half.AM)))
            barred += [(self.ties.period(day), sites)] if sites else []
        if not barred:
            return choices
        key = (id(choices), *barred)
        if key not in self._unbarred:
            there = [self.at_sites(sites) & (self._periods == period) for period, sites in barred]
            self._unbarred[key] = self._once(choices[~np.any(there, axis=0)[choices]])
        return self._unbarred[key]

    def _sites_among(self, choices: Choices) -> frozenset[str]:
        """Give the sites of some sessions."""
        if id(choices) not in self._sites_with:
            self._sites_with[id(choices)] = frozenset(self.sessions[one].site_id for one in choices.tolist())
        return self._sites_with[id(choices)]

    @cached_property
    def _unlike_days(self) -> list[dt.date]:
        """Give one exam day for each stretch of days on which the same relations count."""
        return list({self.ties.period(one.day): one.day for one in self.sessions}.values())

    def _untied(self, trainee: Trainee) -> Choices:
        """Give the sessions that would be allowed if the institution had no ties at all."""
        serving = self._serving(trainee)
        return serving if self.may_leave_city(trainee) else self._at(serving, self._own_sites(trainee))

    def _serving(self, trainee: Trainee) -> Choices:
        """Give the open sessions that can take the trainee's item and part at all."""
        key = (trainee.item, takes_place(trainee))
        if key not in self._able_sessions:
            able = self.serving(trainee.item, theory=not takes_place(trainee))
            self._able_sessions[key] = self._once(np.flatnonzero(self.open & able))
        return self._able_sessions[key]

    def _within_dates(self, choices: Choices, trainee: Trainee) -> Choices:
        if trainee.earliest is None and trainee.latest is None:
            return choices
        key = (id(choices), trainee.earliest, trainee.latest)
        if key not in self._dated:
            first, last = trainee.earliest or dt.date.min, trainee.latest or dt.date.max
            days = self.day_numbers[choices]
            self._dated[key] = self._once(choices[(first.toordinal() <= days) & (days <= last.toordinal())])
        return self._dated[key]

    @cached_property
    def _periods(self) -> Ints:
        return np.array([self.ties.period(one.day) for one in self.sessions], np.int64)

    def _own_sites(self, trainee: Trainee) -> frozenset[str]:
        key = (self.city_of_trainee(trainee), False)
        if key not in self._sites_of:
            own = (one for one in self.problem.sites if self.own_city(trainee, one))
            self._sites_of[key] = frozenset(own)
        return self._sites_of[key]

    def _public_sites(self, trainee: Trainee) -> frozenset[str]:
        key = (self.city_of_trainee(trainee), True)
        if key not in self._sites_of:
            public = (one for one in self.problem.sites if self.is_public_here(trainee, one))
            self._sites_of[key] = frozenset(public)
        return self._sites_of[key]

    def _at(self, choices: Choices, sites: frozenset[str]) -> Choices:
        """Give those of some sessions that are at certain sites."""
        key = (id(choices), sites)
        if key not in self._there:
            self._there[key] = self._once(choices[self.at_sites(sites)[choices]])
        return self._there[key]

    def _once(self, choices: Choices) -> Choices:
        """Give some sessions as the one object that holds them."""
        return self._same.setdefault(choices.tobytes(), choices)
