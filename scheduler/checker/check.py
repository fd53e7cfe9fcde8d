"""The order in which a schedule is judged, and nothing else."""

from __future__ import annotations

from scheduler.checker.breach import Breach
from scheduler.checker.chances import equal_chances, possible_chances
from scheduler.checker.changed import Changed, ChangedFacts
from scheduler.checker.facts import Facts
from scheduler.checker.loads import Loads
from scheduler.checker.placements import clashes, coverage, limits, placements
from scheduler.checker.priority import (
    more_possible,
    more_public_possible,
    public_with_room,
    unplaced_with_room,
)
from scheduler.checker.rooms import rooms_and_groups
from scheduler.problem import Problem
from scheduler.schedule import Schedule


def check(problem: Problem, schedule: Schedule, changed: Changed | None = None) -> list[Breach]:
    """Judge a schedule, whoever made it, by rules 1 to 4 and 6; an empty list means it is good.

    The same facts and schedule give the same list in the same order, however their rows stand.
    Staff (rule 5) is not judged here. Of a schedule that was ``changed`` after its draw, rule 4 is judged with
    everybody untouched held fast.
    """
    facts = Facts(problem) if changed is None else ChangedFacts(problem, changed)
    loads = Loads(facts, schedule)
    found = [
        *coverage(facts, schedule),
        *placements(facts, schedule),
        *limits(facts, loads),
        *clashes(facts, schedule),
        *unplaced_with_room(facts, schedule, loads),
        *more_possible(facts, schedule),
        *rooms_and_groups(problem, schedule),
    ]
    if problem.rules.public_first:
        found += public_with_room(facts, schedule, loads)
        found += more_public_possible(facts, schedule)
    comparable = schedule if changed is None else changed.comparable(schedule)
    return [*found, *possible_chances(schedule), *equal_chances(facts, comparable)]
