"""Several registrations of one person get disjoint times, at no loss where that is possible.

First everybody is planned without the one-person rule, in groups; where the people of a group can be given its
places so that each person has different times, keeping those loses nothing. Where that fails, and splitting the
times costs somebody a place, spare times are handed about, and an exact search looks for what is better still.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from scheduler.chances.network import solve
from scheduler.chances.score import Score
from scheduler.chances.size import is_large
from scheduler.eligibility import Eligibility
from scheduler.grouping import Grouping
from scheduler.plan import Group, GroupChances, Lottery
from scheduler.problem import Problem, Time
from scheduler.several.alike_persons import are_even
from scheduler.several.best_times import best_times
from scheduler.several.parting import Counted, Parted, Parting
from scheduler.several.person_times import PersonTimes
from scheduler.several.persons import same_persons
from scheduler.several.several_ways import in_several_ways
from scheduler.several.spare_times import handed_about
from scheduler.sites_first.solve import NoRoomError, bound_of, solve_sites_first
from scheduler.solver.packing import EFFORT
from scheduler.solver.side_by_side import SideBySide

_MANY = 200_000
"""People above whom the solvers' processes are worth their start: they load while groups are made and sites are shared."""

_UNEVEN = "一人报多科、报名情况完全相同的人，到各场的机会不全相等：一人的时间要错开，错开方式太多，没有让他们逐一轮换；每人的机会都写明"
_LARGE_EFFORT = 5.0
"""The work of the search in a large batch, where each step of it takes longer."""
_TRIED_EFFORT = 1.0
"""The work of each search where changes of a batch are tried, one after the other: less is found than may be, never more."""


Notes = tuple[str, ...]
"""What the one-person rule costs, in words."""


def solve_without_overlaps(
    problem: Problem, eligibility: Eligibility, denominator: int, *, only_counts: bool = False
) -> tuple[Lottery, Notes]:
    """Work out groups and chances, and what the one-person rule costs.

    With ``only_counts`` districts and even chances are left aside: as many are placed, sooner.
    """
    with SideBySide() as solvers:
        return _solved(problem, eligibility, denominator, solvers, only_counts=only_counts)


def _solved(
    problem: Problem, eligibility: Eligibility, denominator: int, solvers: SideBySide, *, only_counts: bool
) -> tuple[Lottery, Notes]:
    repeated = same_persons(problem)
    grouping = Grouping(problem, eligibility)
    if len(problem.trainees) > _MANY:
        solvers.start()
    large = is_large(problem)
    if large and not only_counts:
        found = _sites_first(problem, eligibility, grouping, repeated, denominator, solvers)
        if found is not None:
            return found, ()
    if not repeated:
        groups = grouping.groups({}, by_district=not only_counts)
        chances = solve(problem, groups, denominator, solvers, coarse=large, only_counts=only_counts)
        return Lottery(groups, chances, denominator), ()
    person_times = PersonTimes(grouping, eligibility.windows, repeated)
    parting = Parting(problem, grouping, person_times, denominator, solvers, only_counts)
    unparted = parting.unparted()
    parted = _best_parted(parting, unparted)
    lost = () if parted.score == unparted.score else (_lost(unparted.score, parted.score),)
    one_way = Lottery(parted.way.groups, parted.way.chances, denominator)
    if only_counts or large:
        return one_way, lost
    lottery = in_several_ways(parting, parted) or one_way
    even = are_even(lottery, parting.whole, repeated, by_site=True)
    return lottery, lost if even else (*lost, _UNEVEN)


def _best_parted(parting: Parting, unparted: Counted) -> Parted:
    """Part the times so that nobody less is placed than without it, or as few less as can be found."""
    found = parting.parted(_wishes(unparted.groups, unparted.counts, parting.times.repeated))
    if found.score == unparted.score:
        return found
    reached, wished = handed_about(parting, found.times, unparted.score)
    if reached > found.score:
        found = parting.parted(wished)
    # what a change would give is tried again and again: of many people without the search, so that less is promised
    if found.score == unparted.score or (parting.only_counts and parting.large):
        return found
    effort = _TRIED_EFFORT if parting.only_counts else _LARGE_EFFORT if parting.large else EFFORT
    better = best_times(
        parting.problem,
        parting.together,
        parting.times.repeated,
        effort,
        found.score,
        relaxed=not parting.only_counts,
    )
    return found if better is None else max(found, parting.parted(better), key=attrgetter("score"))


def _sites_first(
    problem: Problem,
    eligibility: Eligibility,
    grouping: Grouping,
    repeated: Sequence[Sequence[str]],
    denominator: int,
    solvers: SideBySide,
) -> Lottery | None:
    """Solve a large batch sites first, the times of people with several registrations parted in one way.

    None where that may place fewer than is possible: then those times must be looked at together. Where everybody has one
    registration it never does: each city is either at its bound or was solved at once, and they have nothing in common.
    """
    times = PersonTimes(grouping, eligibility.windows, repeated)
    own = times.at(times.split({}))
    groups = grouping.groups(own)
    try:
        chances, reached, bound = solve_sites_first(
            problem, groups, denominator, solvers, may_fail=bool(repeated)
        )
    except NoRoomError:  # parted otherwise there may be room, and a network of everything is dear
        return None
    lottery = Lottery(groups, chances, denominator)
    if not repeated:
        return lottery
    if times.lose_sites(own):
        bound = bound_of(problem, grouping.groups({}), solvers)
    return lottery if reached == bound else None


def _lost(best: Score, kept: Score) -> str:
    return f"一人报多科的时间错开后，可安排人数由 {best[0]} 变为 {kept[0]}，公共考点人数由 {best[1]} 变为 {kept[1]}"


def _wishes(
    groups: Sequence[Group], chances: Sequence[GroupChances], repeated: Sequence[Sequence[str]]
) -> dict[str, Time]:
    """Give people with several registrations times among their groups' places, different ones where possible.

    Who has the least choice chooses first, what most places are left of; then rather the other half of a day: people
    who are split into mornings and afternoons share few sets of sessions, and a plan of many stays small.
    """
    several = {name for names in repeated for name in names}
    left: list[Counter[Time]] = []
    group_of: dict[str, int] = {}
    for number, (group, one) in enumerate(zip(groups, chances, strict=True)):
        left.append(Counter())
        for session, count in one.counts.items():
            left[-1][session.time] += count
        group_of.update((name, number) for name in group.trainees if name in several)
    wished: dict[str, Time] = {}
    for names in repeated:
        taken: list[Time] = []
        for name in sorted(names, key=lambda one: (len(left[group_of[one]]), one)):
            free = left[group_of[name]]
            halves = {half for _, half in taken}
            time = max(
                (time for time in free if time not in taken),
                key=lambda time: (time[1] not in halves, free[time], time),
                default=None,
            )
            if time is not None:
                wished[name] = time
                taken.append(time)
                free.subtract([time])
                if not free[time]:
                    del free[time]
    return wished
