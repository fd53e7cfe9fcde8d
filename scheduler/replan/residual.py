"""The facts for those who are touched: what the others do not take, judged by the rules on all facts."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from scheduler.allowed import Allowed
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility, Eligible
from scheduler.problem import Part, PlaceRow, Problem, Relation, Session, Time, Trainee
from scheduler.replan.touched import Sorted
from scheduler.session_rules import Refusal
from scheduler.several.persons import same_persons

_TAKEN = Refusal(1, "可以去的场次的时间都归本人的其他科目（已安排、保持不动），或已不能再用")
_IMPOSSIBLE = Refusal(1, "可以去的场次按变更表已不能再用")


@dataclass(frozen=True)
class Barred:
    """What somebody may not use beside the rules: sessions that are impossible, times taken by the same person."""

    sessions: frozenset[Session]
    times: frozenset[Time]


class ResidualEligibility(Eligibility):
    """Eligibility on all facts, less what single trainees may not use."""

    def __init__(self, problem: Problem, conflicts: ConflictGraph, barred: Mapping[str, Barred]) -> None:
        super().__init__(problem, conflicts)
        self.barred = barred

    @property
    def singular(self) -> Collection[str]:
        """Give who is like nobody else, whatever they state: who is barred from something."""
        return self.barred.keys()

    def of(self, trainee: Trainee) -> Eligible:
        """Give what a trainee may do; capacities do not count here."""
        eligible = super().of(trainee)
        own = self.barred.get(trainee.trainee_id)
        if own is None:
            return eligible
        left, lost = {}, {}
        for site_id, window in eligible.allowed.by_site.items():
            sessions = {
                session: why
                for session, why in window.items()
                if session not in own.sessions and session.time not in own.times
            }
            if sessions:
                left[site_id] = self.windows.make(sessions)
            else:
                taken = any(session.time in own.times for session in window)
                lost[site_id] = _TAKEN if taken else _IMPOSSIBLE
        if not lost:
            return Eligible(Allowed(left), eligible.closed)
        told = "；".join(sorted({why.reason for why in lost.values()}))
        return Eligible(Allowed(left), (*eligible.closed, ("", lost)), told)


def barred(problem: Problem, found: Sorted) -> dict[str, Barred]:
    """Give what single touched trainees may not use."""
    times: dict[str, set[Time]] = defaultdict(set)
    for names in same_persons(problem):
        taken = {one.session.time for name in names if (one := found.kept.get(name))}
        for name in names:
            if name in found.touched and taken:
                times[name] |= taken
    touched = (times.keys() | found.impossible.keys()) & found.touched.keys()
    return {
        name: Barred(frozenset(found.impossible.get(name, ())), frozenset(times.get(name, ())))
        for name in sorted(touched)
    }


def residual(problem: Problem, found: Sorted) -> Problem:
    """Give the touched trainees with the seats, places and days that the kept ones leave.

    Who of them is one person is told by relations among them, as all facts know it: what joins them may be a registration that is
    kept, or somebody of the staff, and is not here.
    """
    seats: Counter[Session] = Counter()
    places: Counter[tuple[Session, str]] = Counter()
    days: Counter[tuple[str, dt.date]] = Counter()
    for name, one in found.kept.items():
        trainee = problem.trainees[name]
        seats[one.session] += 1
        days[one.session.site_id, one.session.day] += 1
        if trainee.part is not Part.THEORY:
            places[one.session, trainee.item] += 1
    trainees = {name: one for name, one in problem.trainees.items() if name in found.touched}
    items = sorted({one.item for one in trainees.values()})
    rows = [
        PlaceRow(session.site_id, item, number - places[session, item], session.day, session.half)
        for session in sorted(problem.seats)
        for item in items
        if (number := problem.places_for(session, item)) is not None
    ]
    left = {session: number - seats[session] for session, number in problem.seats.items()}
    relations = (
        *(one for one in problem.relations if one.kind != "same_person"),
        *_joined(problem, trainees),
    )
    return replace(
        problem, trainees=trainees, seats=left, places=tuple(rows), staff={}, relations=relations, taken=days
    )


def _joined(problem: Problem, trainees: Collection[str]) -> list[Relation]:
    """Give relations that join those of some trainees who are one person on all facts."""
    persons = ([name for name in names if name in trainees] for names in same_persons(problem))
    return [Relation("same_person", names[0], other) for names in persons for other in names[1:]]
