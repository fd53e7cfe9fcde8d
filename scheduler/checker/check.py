"""The order in which a schedule is judged, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from scheduler.checker.breach import Breach
from scheduler.checker.cap import avoidable_above_cap
from scheduler.checker.cap import not_judged as cap_not_judged
from scheduler.checker.chance_sums import impossible_sums
from scheduler.checker.chances import equal_chances, of_only_sessions, possible_chances
from scheduler.checker.changed import Changed, ChangedFacts
from scheduler.checker.crossing import exceptions_are_named, needing_names
from scheduler.checker.crowd import Crowd
from scheduler.checker.facts import Facts
from scheduler.checker.loads import Loads
from scheduler.checker.numbers import impossible_numbers
from scheduler.checker.placements import clashes, coverage, limits, placements
from scheduler.checker.priority import (
    better_placed,
    better_public,
    more_possible,
    more_public_possible,
    not_judged,
    public_with_room,
    unplaced_with_room,
)
from scheduler.checker.rooms import rooms_and_groups
from scheduler.checker.stated_rooms import beyond_rooms
from scheduler.exam_words import EXCEPTIONS, say_exceptions
from scheduler.problem import Problem
from scheduler.schedule import Schedule


class Judgement(NamedTuple):
    """What a schedule does wrong, in words what of rule 4 was not judged, and what it does not state and so was not, by its name."""

    breaches: list[Breach]
    open: list[str]
    unstated: dict[str, str]


def check(problem: Problem, schedule: Schedule, changed: Changed | None = None) -> list[Breach]:
    """Give what a schedule does wrong, as ``judge``; an empty list means it is good."""
    return judge(problem, schedule, changed).breaches


def judge(problem: Problem, schedule: Schedule, changed: Changed | None = None) -> Judgement:
    """Judge a schedule, whoever made it, by rules 1 to 4 and 6.

    The same facts and schedule give the same list in the same order, however their rows stand.
    Staff (rule 5) is not judged here. Of a schedule that was ``changed`` after its draw, rule 4 is judged with
    everybody untouched held fast.
    """
    facts = Facts(problem) if changed is None else ChangedFacts(problem, changed)
    crowd = Crowd(facts, schedule)
    loads = Loads(crowd)
    with ThreadPoolExecutor(
        1
    ) as beside:  # what goes over very many people in arrays leaves the interpreter to the rest
        chances = beside.submit(_chances, crowd, changed)
        placed, public = better_placed(crowd, loads), better_public(crowd, loads)
        found = [
            *coverage(crowd),
            *placements(crowd),
            *_placed_again(facts, schedule),
            *limits(crowd, loads),
            *clashes(crowd),
            *unplaced_with_room(crowd, loads),
            *more_possible(placed),
            *rooms_and_groups(crowd),
            *impossible_numbers(crowd),
        ]
        if changed is None:  # else whoever is kept may be in a further room that was needed before
            found += beyond_rooms(crowd)
        if problem.rules.public_first:
            found += public_with_room(crowd, loads)
            found += more_public_possible(public)
        found += chances.result()
    found += of_only_sessions(crowd)  # not beside: it asks what all may choose, as moving others does
    found += [] if changed is not None else avoidable_above_cap(crowd)
    told = [*not_judged(crowd, placed, public), *cap_not_judged(crowd, changed)]
    return Judgement(found, told, dict(_unstated(crowd)))


def _unstated(crowd: Crowd) -> Iterator[tuple[str, str]]:
    """Say what a schedule leaves out, so that nobody takes it for judged."""
    if not exceptions_are_named(crowd.schedule) and (people := needing_names(crowd)):
        yield (
            "exceptions",
            f"安排里没有“例外”一列：有 {people} 人要按例外（{say_exceptions(EXCEPTIONS)}）才能这样安排，是否逐一写明没有检查。",
        )
    stated = [crowd.placed[one] >= 0 for one in ("chance", "site_chance")]
    lacking = sum(one.any() and not one.all() for one in stated)
    if lacking:
        people = int((~np.all([one for one in stated if one.any()], axis=0)).sum())
        yield "chances", f"有 {people} 人没有写明机会，其他人写了：这些人的机会没有判断。"


def _chances(crowd: Crowd, changed: Changed | None) -> list[Breach]:
    """Judge what a schedule states of chances, by itself; after a change they come of several draws, and sums say nothing."""
    sums = [] if changed is not None else impossible_sums(crowd)
    return [*possible_chances(crowd), *equal_chances(crowd), *sums]


def _placed_again(facts: Facts, schedule: Schedule) -> Iterator[Breach]:
    """Judge further placements of trainees each by itself: they take no place, but whoever mends the list may keep them."""
    for further in schedule.again:
        yield from placements(Crowd(facts, replace(schedule, placements=further)))
