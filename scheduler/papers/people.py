"""How people and sites appear on papers: by name where the kept batch says it, else by id; numbers masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from common.privacy import mask, mask_name
from scheduler.papers.facts import Facts
from scheduler.problem import Problem
from scheduler.several.one_person import Person
from scheduler.staff.ties import StaffTies

UNADDRESSED = "（未写明详细地址）"
"""Beside city and district where nothing more is stated: alone, these look like an address."""


class People:
    """Looks up what may be printed of trainees, staff and sites.

    Parameters
    ----------
    problem
        the batch the plan was made of; None where it was not kept.
    show_id
        whether identity numbers are printed in full.
    """

    def __init__(self, facts: Facts, problem: Problem | None, *, show_id: bool) -> None:
        self._facts, self._problem, self._show_id = facts, problem, show_id

    @cached_property
    def _ties(self) -> StaffTies | None:
        return StaffTies(self._problem) if self._problem else None

    @cached_property
    def _person(self) -> Mapping[str, Person]:
        listed = self._ties.people if self._ties else ()
        return {name: one for one in listed for name in one.staff_ids}

    def name(self, trainee_id: str) -> str:
        """Give a trainee's name, else the id."""
        known = self._problem.trainees.get(trainee_id) if self._problem else None
        return known.name if known and known.name else trainee_id

    def masked_name(self, trainee_id: str) -> str:
        """Give a trainee's name for the public; "" where it is not known."""
        known = self._problem.trainees.get(trainee_id) if self._problem else None
        return mask_name(known.name) if known and known.name else ""

    def number(self, trainee_id: str) -> str:
        """Give a trainee's identity number, masked unless it is to be shown."""
        known = self._problem.trainees.get(trainee_id) if self._problem else None
        return self._shown(known.id_number if known else "")

    def number_or_none(self, trainee_id: str) -> str:
        """Give the number as it is shown; where the batch was kept and states none, say so, for the id is no number."""
        return self.number(trainee_id) or ("未登记" if self.stated else "")

    def staff_name(self, staff_id: str) -> str:
        """Give a staff member's name, else the id."""
        known = self._problem.staff.get(staff_id) if self._problem else None
        return known.name if known and known.name else staff_id

    def employer(self, staff_id: str) -> str:
        """Give the name of a staff member's employer; "" where it is not known."""
        known = self._problem.staff.get(staff_id) if self._problem else None
        if not known or not known.employer_id or not self._problem:
            return ""
        at = self._problem.institutions.get(known.employer_id)
        return at.name if at else ""

    @property
    def stated(self) -> bool:
        """Say whether what the batch states of people is known: it was kept."""
        return self._problem is not None

    def trains(self, staff_id: str, day: dt.date) -> bool:
        """Say whether somebody is one of a training institution's people on a day, as ``training_staff`` reads it."""
        person = self._person.get(staff_id)
        return person is not None and self._ties is not None and any(self._ties.trains(person, day))

    def licence_to(self, staff_id: str) -> dt.date | None:
        """Give until when a staff member's licence is valid; None where nothing is stated."""
        known = self._problem.staff.get(staff_id) if self._problem else None
        return known.licence_to if known else None

    def site(self, site_id: str) -> str:
        """Give a site's name; one that a change closed is in the batch only, and without it has its id."""
        stated = self._facts.sites.get(site_id)
        known = self._problem.sites.get(site_id) if self._problem and not stated else None
        return str(stated["name"]) if stated else known.name if known else site_id

    def address(self, site_id: str) -> str:
        """Give where a site is: city, district and address as far as they are stated, none twice; say so where no more is stated."""
        site = self._problem.sites.get(site_id) if self._problem else None
        if site is None:
            return f"{self._facts.sites[site_id]['city']}{UNADDRESSED}"
        above = [part for part in (site.city, site.district) if part not in site.address]
        told = "".join(dict.fromkeys([*above, site.address]))
        return told if site.has_address else f"{told}{UNADDRESSED}"

    def _shown(self, number: str) -> str:
        return number if self._show_id else mask(number) or ""
