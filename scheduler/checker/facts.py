"""What the checker derives from the facts by itself: cities, sole sites, who may sit where.

Nothing here is taken from the planner's rooms; the rules are read again from contract section 4.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property

import numpy as np

from scheduler.checker.kinds import Ints, Mask
from scheduler.checker.people import People
from scheduler.checker.placed import Numbers
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
        self._able_sessions: dict[tuple[object, ...], Choices] = {}
        self._wide: dict[tuple[object, ...], Choices] = {}
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
        return self._within_dates(self._allowed_any_day(trainee), trainee)

    def allowed_public(self, trainee: Trainee) -> Choices:
        """Give those of the allowed sessions that are at public and authority sites of the own city."""
        return self._at(self.allowed(trainee), self._public_sites(trainee))

    def reach(self, institution_id: str) -> int:
        """Give a number for the sites an institution has ties with, on each day; 0 where there are none.

        Institutions with one number have ties with the same sites on the same days.
        """
        if institution_id not in self._reach:
            tied = tuple(self.ties.tied_sites(institution_id, day) for day in self._unlike_days)
            self._reach[institution_id] = self._reaches.of(tied if any(tied) else ())
        return self._reach[institution_id]

    @cached_property
    def schools(self) -> frozenset[str]:
        """Give who owns any site on any day of the batch: only to their students does a school matter."""
        return frozenset(
            owner
            for day in self._unlike_days
            for site_id in self.problem.sites
            for owner in self.ties.owners(site_id, day)
        )

    def _allowed_any_day(self, trainee: Trainee) -> Choices:
        """Leave the trainee's own dates aside: those who differ in nothing else share the long work."""
        reach = self.reach(trainee.institution_id)
        whose = (reach, trainee.school_id) if reach else ()
        key = (*whose, trainee.item, takes_place(trainee), self.city_of_trainee(trainee))
        if key not in self._wide:
            untied = self._untied(trainee)
            self._wide[key] = self._once(untied[~self._barred(trainee)[untied]]) if reach else untied
        return self._wide[key]

    def _barred(self, trainee: Trainee) -> Mask:
        """Say of each session whether rule 2 bars a trainee from it."""
        barred = np.zeros(len(self.sessions), np.bool_)
        for day in self._unlike_days:
            tied = self.ties.tied_sites(trainee.institution_id, day)
            sites = frozenset(one for one in tied if self.bars(trainee, Session(one, day, Half.AM)))
            barred |= self.at_sites(sites) & (self._periods == self.ties.period(day))
        return barred

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
            if takes_place(trainee):
                able = self.places(trainee.item) > 0
            else:
                lists = (one for one in self.problem.sites if self.problem.site_lists_item(one, trainee.item))
                able = self.at_sites(frozenset(lists))
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
