"""What ties a member of staff to organisations, sites and candidates on a day (contract, rule 5).

The checker's own reading of the relations; nothing is taken from the planner's rooms.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from scheduler.checker.facts import Facts
from scheduler.checker.people import named_trainees, shared_numbers
from scheduler.problem import Problem, Relation

_Id = tuple[str, str]
_STAFF, _TRAINEE, _NUMBER = "staff", "trainee", "number"


class Bodies:
    """Which ids are one person: found by spreading from each id over numbers and ``same_person``."""

    def __init__(self, problem: Problem) -> None:
        self._near: dict[_Id, set[_Id]] = defaultdict(set)
        ends_of = {name for one in problem.relations for name in (one.from_id, one.to_id)}
        self._known = {_STAFF: problem.staff.keys(), _TRAINEE: named_trainees(problem, ends_of)}
        for kind, name, number in shared_numbers(problem):
            self._link((kind, name), (_NUMBER, number))
        for relation in problem.relations:
            if relation.kind == "same_person":
                ends = [*self.ids_of(relation.from_id), *self.ids_of(relation.to_id)]
                for one in ends[1:]:
                    self._link(ends[0], one)
        self._bodies: dict[_Id, frozenset[_Id]] = {}

    def _link(self, one: _Id, other: _Id) -> None:
        self._near[one].add(other)
        self._near[other].add(one)

    def ids_of(self, name: str) -> list[_Id]:
        """Give what an id of a relation may mean: a member of staff, a trainee, or both."""
        return [(kind, name) for kind, known in self._known.items() if name in known]

    def body(self, one: _Id) -> frozenset[_Id]:
        """Give all ids of the person behind one."""
        if one not in self._bodies:
            found, new = {one}, [one]
            while new:
                more = self._near.get(new.pop(), set()) - found
                found |= more
                new += more
            together = frozenset(other for other in found if other[0] != _NUMBER)
            self._bodies.update(dict.fromkeys(together, together))
        return self._bodies[one]

    def staff_of(self, staff_id: str) -> list[str]:
        """Give all staff ids of a member of staff's person."""
        return sorted(name for kind, name in self.body((_STAFF, staff_id)) if kind == _STAFF)

    def trainees_of(self, staff_id: str) -> list[str]:
        """Give the trainee ids of a member of staff's person."""
        return sorted(name for kind, name in self.body((_STAFF, staff_id)) if kind == _TRAINEE)


@dataclass(frozen=True)
class Ties:
    """The ties of members of staff, asked for a day; ``of`` questions take a staff id."""

    facts: Facts

    @cached_property
    def bodies(self) -> Bodies:
        """Give who is one person."""
        return Bodies(self.facts.problem)

    @cached_property
    def _by_end(self) -> Mapping[tuple[str, bool, _Id], list[Relation]]:
        """Give relations by kind, whether the person stands first, and who that may be."""
        found: dict[tuple[str, bool, _Id], list[Relation]] = defaultdict(list)
        for relation in self.facts.problem.relations:
            for first, name in ((True, relation.from_id), (False, relation.to_id)):
                for one in self.bodies.ids_of(name):
                    found[relation.kind, first, one].append(relation)
        return found

    def _relations(self, staff_id: str, kind: str, *, first: bool) -> Iterator[Relation]:
        for one in self.bodies.body((_STAFF, staff_id)):
            yield from self._by_end.get((kind, first, one), ())

    def employers(self, staff_id: str, day: dt.date) -> set[str]:
        """Give whom somebody works for on a day."""
        staff = self.facts.problem.staff
        found = {staff[name].employer_id for name in self.bodies.staff_of(staff_id)}
        employed = self._relations(staff_id, "employs", first=False)
        return (found | {one.from_id for one in employed if one.holds_on(day)}) - {""}

    def taught_at(self, staff_id: str, day: dt.date) -> set[str]:
        """Give where somebody teaches on a day."""
        return {one.to_id for one in self._relations(staff_id, "teaches", first=True) if one.holds_on(day)}

    def left(self, staff_id: str, day: dt.date) -> set[str]:
        """Give the past employers that still count on a day; one without a stated end still counts."""
        years = self.facts.problem.rules.years
        return {
            one.from_id
            for one in self._relations(staff_id, "employed", first=False)
            if (one.since is None or one.since <= day)
            and (one.until is None or not _later(day, one.until, years))
        }

    def candidates(self, staff_id: str, day: dt.date) -> dict[str, list[str]]:
        """Give the trainee ids of those somebody taught ("taught") or is related to ("relative"), or both."""
        taught, related = set[str](), set[str]()
        for one in self._relations(staff_id, "taught", first=True):
            if one.since is None or one.since <= day:
                taught |= self._registered(one.to_id)
        for first in (True, False):
            for one in self._relations(staff_id, "relative", first=first):
                if one.holds_on(day):
                    related |= self._registered(one.to_id if first else one.from_id)
        ties = (("taught", taught), ("relative", related))
        others = (taught | related).difference(self.bodies.trainees_of(staff_id))
        return {name: [why for why, names in ties if name in names] for name in others}

    def _registered(self, name: str) -> set[str]:
        return {
            other
            for one in self.bodies.ids_of(name)
            for kind, other in self.bodies.body(one)
            if kind == _TRAINEE
        }

    def connected(self, organisations: set[str], other: str, day: dt.date) -> str:
        """Give the first of some organisations that another one is, or is connected with; "" if none."""
        ties = self.facts.ties
        around = ties.controllers(other, day)
        return min((one for one in organisations if ties.controllers(one, day) & around), default="")


def _later(day: dt.date, until: dt.date, years: int) -> bool:
    """Say whether a day is more than so many years after another, by the calendar.

    What ended on 29 February ends its years on the last day of February (Civil Code, article 202).
    """
    last, now = (until.year + years, until.month), (day.year, day.month)
    if last != now:
        return now > last
    return day.day > min(until.day, calendar.monthrange(*now)[1])
