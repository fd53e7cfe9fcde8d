"""How people and sites appear on papers: by name where the kept batch says it, else by id; numbers masked."""

from __future__ import annotations

import datetime as dt

from common.privacy import mask, mask_name
from scheduler.papers.facts import Facts
from scheduler.problem import Problem


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

    def works_for_training(self, staff_id: str) -> bool:
        """Say whether a staff member's employer is a training institution, as far as the batch states it."""
        known = self._problem.staff.get(staff_id) if self._problem else None
        at = self._problem.institutions.get(known.employer_id) if known and self._problem else None
        return at is not None and at.kind == "training"

    def in_date_to(self, staff_id: str) -> dt.date | None:
        """Give until when a staff member's licence, agreement and training are in date; None where nothing is stated."""
        known = self._problem.staff.get(staff_id) if self._problem else None
        return known.in_date_to if known else None

    def site(self, site_id: str) -> str:
        """Give a site's name."""
        return str(self._facts.sites[site_id]["name"])

    def address(self, site_id: str) -> str:
        """Give where a site is: city, district and address as far as they are stated, none twice."""
        site = self._problem.sites.get(site_id) if self._problem else None
        if site is None:
            return str(self._facts.sites[site_id]["city"])
        above = [part for part in (site.city, site.district) if part not in site.address]
        return "".join(dict.fromkeys([*above, site.address]))

    def _shown(self, number: str) -> str:
        return number if self._show_id else mask(number) or ""
