"""Which organisations and trainees a member of staff is tied to on a day, and why (contract, rule 5)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from common.dates import add_months
from scheduler.problem import Problem, Relation
from scheduler.several.one_person import Person, persons

_FROM, _TO = "from", "to"
_MOST_YEARS = 1000  # longer than any employment; a rule may say any number


@dataclass(frozen=True)
class StaffTies:
    """The ties that relations and employers make for persons; every question is asked for a day."""

    problem: Problem

    @cached_property
    def people(self) -> Sequence[Person]:
        """Give everybody on the staff, then trainees with several registrations."""
        return persons(self.problem)

    @cached_property
    def _registrations(self) -> Mapping[str, Sequence[str]]:
        """Give the registrations of the person behind an id, staff member's or trainee's."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.people:
            for name in {*one.staff_ids, *one.trainee_ids}:
                found[name].extend(one.trainee_ids)
        return found

    @cached_property
    def _ends(self) -> Mapping[tuple[str, str, str], Sequence[Relation]]:
        """Give the relations by kind, end and the id at that end; order does not depend on the input's."""
        found: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
        for relation in sorted(self.problem.relations, key=_canonical):
            found[relation.kind, _FROM, relation.from_id].append(relation)
            found[relation.kind, _TO, relation.to_id].append(relation)
        return found

    def _about(self, kind: str, end: str, person: Person) -> Iterator[Relation]:
        for name in sorted({*person.staff_ids, *person.trainee_ids}):
            yield from self._ends.get((kind, end, name), ())

    def works(self, person: Person, day: dt.date) -> Iterator[tuple[str, str]]:
        """Give the organisations that somebody works for on a day: employer_id and every ``employs``."""
        for name in person.staff_ids:
            employer = self.problem.staff[name].employer_id
            if employer:
                yield employer, f"任职于{self._called(employer)}"
        for relation in self._about("employs", _TO, person):
            if relation.holds_on(day):
                yield relation.from_id, f"受雇于{self._called(relation.from_id)}{_since(relation)}"

    def worked(self, person: Person, day: dt.date) -> Iterator[tuple[str, str]]:
        """Give past employers that still count: within the rules' years, or without a stated end."""
        for relation in self._about("employed", _TO, person):
            if self._still_counts(relation, day):
                end = f"（{relation.until} 离职）" if relation.until else "（离职日期未写明）"
                yield relation.from_id, f"曾任职于{self._called(relation.from_id)}{end}"

    def _still_counts(self, relation: Relation, day: dt.date) -> bool:
        if relation.since is not None and day < relation.since:
            return False
        if relation.until is None:
            return True
        try:
            return day <= add_months(relation.until, 12 * min(self.problem.rules.years, _MOST_YEARS))
        except ValueError:  # beyond the last year that a date can have
            return True

    def teaches(self, person: Person, day: dt.date) -> Iterator[tuple[str, str]]:
        """Give the institutions that somebody teaches at on a day."""
        for relation in self._about("teaches", _FROM, person):
            if relation.holds_on(day):
                yield relation.to_id, f"在{self._called(relation.to_id)}任教{_since(relation)}"

    def trains(self, person: Person, day: dt.date) -> Iterator[str]:
        """Give what makes somebody one of a training institution's people on a day: works for one, or teaches there."""
        for organisation, why in (*self.works(person, day), *self.teaches(person, day)):
            known = self.problem.institutions.get(organisation)
            if known is not None and known.kind == "training":
                yield why

    def trainees(self, person: Person, day: dt.date) -> Iterator[tuple[str, str]]:
        """Give the registrations of everybody whom somebody ever taught, or is a relative of."""
        for relation in self._about("taught", _FROM, person):
            if relation.since is None or relation.since <= day:  # what was taught stays taught
                yield from self._registered(relation.to_id, person, "教过考生")
        for end in (_FROM, _TO):
            for relation in self._about("relative", end, person):
                if relation.holds_on(day):
                    other = relation.to_id if end == _FROM else relation.from_id
                    yield from self._registered(other, person, "有亲属是考生")

    def _registered(self, name: str, person: Person, words: str) -> Iterator[tuple[str, str]]:
        own = (name,) if name in self.problem.trainees else ()
        for trainee_id in dict.fromkeys([*self._registrations.get(name, ()), *own]):
            if trainee_id not in person.trainee_ids:
                yield trainee_id, f"{words} {trainee_id}"

    def _called(self, organisation: str) -> str:
        known = self.problem.institutions.get(organisation)
        return known.name if known else organisation


def _since(relation: Relation) -> str:
    return f"（自 {relation.since}）" if relation.since else ""


def _canonical(relation: Relation) -> tuple[str, ...]:
    shown = (relation.from_id, relation.to_id, relation.since, relation.until)
    return tuple(map(str, shown))
