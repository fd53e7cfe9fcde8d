"""What plan.json says of the staff: who may do what, and where each may not be, since when and why.

A conflict bars a person from everything, from a site, from an institution's candidates or from a single
candidate. It is stated for stretches of exam days: the first and the last of them, None where the stretch
begins with the batch's first exam day or ends with its last. Rule 5 of contract section 4; what it leaves
open is read carefully: all of employment, past employment and teaching tie to whoever is connected with
that organisation by control, and a teacher belongs to the staff of a training institution. Past employment
closes no site: there the rule speaks of those who work for the owner.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from scheduler.chances.travel import kilometres
from scheduler.conflicts import ConflictGraph
from scheduler.problem import Problem
from scheduler.several.one_person import Person
from scheduler.staff.ties import StaffTies
from scheduler.trainees import Trainees

ALL, SITE, INSTITUTION, TRAINEE = "all", "site", "institution", "trainee"


def staff_data(problem: Problem, graph: ConflictGraph) -> list[dict[str, Any]]:
    """Give what the plan publishes of each member of staff, by id; no names and no numbers."""
    conflicts = StaffConflicts(problem, graph)
    found = []
    for person in conflicts.ties.people:
        barred = conflicts.of(person) if person.staff_ids else []
        found += [_entry(problem, name, person, barred) for name in person.staff_ids]
    return sorted(found, key=lambda entry: entry["staff_id"])


def _entry(
    problem: Problem, name: str, person: Person, barred: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    one = problem.staff[name]
    return {
        "staff_id": name,
        "person": person.name,
        "roles": sorted(set(one.roles)),
        "items": sorted(set(one.items)),
        "district": one.district,
        "licence_to": _day(one.in_date_to),  # signed agreement and yearly training count, too
        "max_duties": one.max_duties,
        "unavailable": [
            {"from": _day(first), "to": _day(last), "half": None if half is None else str(half)}
            for first, last, half in sorted(set(one.unavailable), key=str)
        ],
        "sits_as": list(person.trainee_ids),
        "conflicts": list(barred),
    }


def away_data(problem: Problem) -> dict[str, dict[str, int]]:
    """Give how far each district of the staff is from each site: 0 for the own one, else kilometres and 1."""
    sites = sorted({session.site_id for session in problem.seats})
    return {
        district: {
            site: 0
            if problem.sites[site].district == district
            else 1 + kilometres(problem, district, problem.sites[site])
            for site in sites
        }
        for district in sorted({one.district for one in problem.staff.values()} - {""})
    }


class StaffConflicts:
    """The conflicts of the staff on the exam days of a batch."""

    def __init__(self, problem: Problem, graph: ConflictGraph) -> None:
        self.problem, self.graph = problem, graph
        self._connected_with: dict[tuple[str, int], list[tuple[str, str]]] = {}
        self._under: dict[int, Mapping[str, Sequence[str]]] = {}

    @cached_property
    def ties(self) -> StaffTies:
        """Give the ties of persons to organisations and trainees."""
        return StaffTies(self.problem)

    @cached_property
    def _days(self) -> Sequence[dt.date]:
        return sorted({session.day for session in self.problem.seats})

    @cached_property
    def _sites(self) -> Sequence[str]:
        return sorted({session.site_id for session in self.problem.seats})

    @cached_property
    def _institutions(self) -> Sequence[str]:
        return sorted({*Trainees.of(self.problem.trainees).frame["institution_id"].unique()} - {""})

    def of(self, person: Person) -> list[dict[str, Any]]:
        """Give a person's conflicts: kind, id, first and last exam day (None: open) and the reason."""
        told: dict[tuple[str, str], list[str]] = defaultdict(lambda: [""] * len(self._days))
        for number, day in enumerate(self._days):
            for kind, name, reason in self._on(person, day):
                told[kind, name][number] = told[kind, name][number] or reason
        return [
            {"kind": kind, "id": name, **stretch}
            for (kind, name), reasons in sorted(told.items())
            for stretch in self._stretches(reasons)
        ]

    def _on(self, person: Person, day: dt.date) -> Iterator[tuple[str, str, str]]:
        works, teaches = list(self.ties.works(person, day)), list(self.ties.teaches(person, day))
        if self.problem.rules.training_staff == "never":
            for why in self.ties.trains(person, day):
                yield ALL, "", f"{why}，培训机构人员不得参与考务"
        for organisation, why in works:
            for site in self._sites:
                owned = self.graph.why_conflict(organisation, site, day)
                if owned:
                    yield SITE, site, f"{why}；{owned}"
        for organisation, why in (*works, *self.ties.worked(person, day), *teaches):
            for institution, how in self._connected(organisation, day):
                yield INSTITUTION, institution, f"{why}，{how}" if how else why
        for trainee, why in self.ties.trainees(person, day):
            yield TRAINEE, trainee, why

    def _connected(self, organisation: str, day: dt.date) -> list[tuple[str, str]]:
        """Give the candidates' institutions that an organisation is connected with, and how ("": itself)."""
        period = self.graph.period(day)
        if (organisation, period) not in self._connected_with:
            under = self._controlled(day, period)
            above = self.graph.controllers(organisation, day)
            reached = sorted({name for one in above for name in under.get(one, ())})
            self._connected_with[organisation, period] = [
                (name, "" if name == organisation else self.graph.why_connected(organisation, name, day))
                for name in reached
            ]
        return self._connected_with[organisation, period]

    def _controlled(self, day: dt.date, period: int) -> Mapping[str, Sequence[str]]:
        """Give the candidates' institutions under each controller, themselves included."""
        if period not in self._under:
            found: dict[str, list[str]] = defaultdict(list)
            for institution in self._institutions:
                for controller in self.graph.controllers(institution, day):
                    found[controller].append(institution)
            self._under[period] = found
        return self._under[period]

    def _stretches(self, reasons: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Give the runs of exam days with one reason."""
        last = len(reasons) - 1
        start = 0
        for number, reason in enumerate(reasons):
            if number < last and reasons[number + 1] == reason:
                continue
            if reason:
                yield {
                    "from": None if start == 0 else _day(self._days[start]),
                    "to": None if number == last else _day(self._days[number]),
                    "reason": reason,
                }
            start = number + 1


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
