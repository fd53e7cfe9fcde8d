"""Several registrations of one person get disjoint times, at no loss where that is possible.

First everybody is planned without the one-person rule, in groups; where the people of a group can be given its
places so that each person has different times, keeping those loses nothing. Where that fails, and splitting the
times costs somebody a place, an exact search looks for the best times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from scheduler.alike_persons import are_even
from scheduler.allowed import Allowed
from scheduler.eligibility import Eligibility
from scheduler.grouping import LARGE, Grouping, is_public_site
from scheduler.network import solve
from scheduler.person_times import PersonTimes, Times
from scheduler.persons import Time, same_persons
from scheduler.plan import Group, GroupChances, Several, Way
from scheduler.problem import Part, Problem, Session
from scheduler.score import Score, score
from scheduler.several_ways import MOST_LIKED, Liking, Parting, in_several_ways
from scheduler.sites_first.solve import bound_of, solve_sites_first
from scheduler.solver.packing import EFFORT, Option, pack
from scheduler.solver.side_by_side import SideBySide

_MANY = 200_000
"""People above whom the solvers' processes are worth their start: they load while groups are made and sites are shared."""

_UNEVEN = "一人报多科、报名情况完全相同的人，到各场的机会不全相等：一人的时间要错开，错开方式太多，没有让他们逐一轮换；每人的机会都写明"
_MOST_OPTIONS = 100_000
"""Larger searches than this are not tried: the note then says what the split has cost."""
_LARGE_EFFORT = 5.0
"""The work of the search in a large batch, where each step of it takes longer."""
_TRIED_EFFORT = 1.0
"""The work of each search where changes of a batch are tried, one after the other: less is found than may be, never more."""
_LIKED_OPTIONS, _LIKED_EFFORT = 10_000, 0.2
"""The same, and the work, where the search is for what people should like best, which is tried several times."""
_FEW_OPTIONS = 1_000
"""So many are searched at once, sooner than a guess is tried."""


@dataclass(frozen=True)
class Solution:
    """The chances of groups, in units of 1 / denominator persons, and what the one-person rule costs, in words.

    Where the times of people with several registrations are parted in several ways, all equally likely, ``chances`` is the
    mean of the ``ways``, and the groups may use what they may use in some way.
    """

    groups: tuple[Group, ...]
    chances: tuple[GroupChances, ...]
    denominator: int
    notes: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


def solve_without_overlaps(
    problem: Problem, eligibility: Eligibility, denominator: int, *, only_counts: bool = False
) -> Solution:
    """Work out groups and chances.

    With ``only_counts`` districts and even chances are left aside: as many are placed, sooner.
    """
    with SideBySide() as solvers:
        return _solved(problem, eligibility, denominator, solvers, only_counts=only_counts)


def _solved(
    problem: Problem, eligibility: Eligibility, denominator: int, solvers: SideBySide, *, only_counts: bool
) -> Solution:
    repeated = same_persons(problem)
    grouping = Grouping(problem, eligibility)
    if len(problem.trainees) > _MANY:
        solvers.start()
    if len(problem.trainees) > LARGE and not only_counts:
        solution = _sites_first(problem, eligibility, grouping, repeated, denominator, solvers)
        if solution is not None:
            return solution
    if not repeated:
        groups = grouping.groups({}, by_district=not only_counts)
        chances = solve(problem, groups, denominator, solvers, only_counts=only_counts)
        return Solution(groups, chances, denominator)
    together = grouping.groups({}, by_district=False)
    counts = solve(problem, together, 1, solvers, only_counts=True)
    best = score(problem, together, counts)
    person_times = PersonTimes(grouping, eligibility.windows, repeated)

    def split(wished: Mapping[str, Time]) -> tuple[Score, Times, Way]:
        times = person_times.split(wished)
        groups = grouping.groups(person_times.at(times), by_district=not only_counts)
        chances = solve(problem, groups, denominator, solvers, only_counts=only_counts)
        return score(problem, groups, chances, denominator), times, Way(groups, chances)

    def search(liking: Liking | None) -> dict[str, Time] | None:
        return _search(problem, together, repeated, liking, _TRIED_EFFORT if only_counts else EFFORT)

    kept, times, way = split(_wishes(together, counts, repeated))
    # what a change would give is tried again and again: of many people without the search, so that less is promised
    searched = not (only_counts and len(problem.trainees) > LARGE)
    if kept != best and searched and (found := search(None)) is not None:
        kept, times, way = max((kept, times, way), split(found), key=itemgetter(0))
    solution = Solution(way.groups, way.chances, denominator, () if kept == best else (_lost(best, kept),))
    if only_counts or len(problem.trainees) > LARGE:
        return solution

    def is_best(own: Mapping[str, Allowed]) -> bool:
        groups = grouping.groups(own, by_district=False)
        return score(problem, groups, solve(problem, groups, 1, solvers, only_counts=True)) == kept

    several = {name for names in repeated for name in names}
    options = sum(len(part.allowed) for group in together for part in _taken_out(group, several))
    parting = Parting(
        problem, grouping, person_times, denominator, solvers, is_best, search, few=options <= _FEW_OPTIONS
    )
    found_ways = in_several_ways(parting, times, way)
    return _noted(
        solution if found_ways is None else replace(solution, **found_ways._asdict()), parting.whole, repeated
    )


def _noted(solution: Solution, whole: Sequence[Group], repeated: Sequence[Sequence[str]]) -> Solution:
    """Say so where people who are alike in all their registrations have unequal chances of some site."""
    several = Several(solution.groups, solution.chances, solution.denominator, solution.ways)
    even = are_even(several, whole, repeated, by_site=True)
    return solution if even else replace(solution, notes=(*solution.notes, _UNEVEN))


def _sites_first(
    problem: Problem,
    eligibility: Eligibility,
    grouping: Grouping,
    repeated: Sequence[Sequence[str]],
    denominator: int,
    solvers: SideBySide,
) -> Solution | None:
    """Solve a large batch sites first, the times of people with several registrations parted in one way.

    None where that may place fewer than is possible: then those times must be looked at together. Where everybody has one
    registration it never does: each city is either at its bound or was solved at once, and they have nothing in common.
    """
    times = PersonTimes(grouping, eligibility.windows, repeated)
    own = times.at(times.split({}))
    groups = grouping.groups(own)
    chances, reached, bound = solve_sites_first(problem, groups, denominator, solvers)
    solution = Solution(groups, chances, denominator)
    if not repeated:
        return solution
    if times.lose_sites(own):
        bound = bound_of(problem, grouping.groups({}), solvers)
    return solution if reached == bound else None


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
            left[-1][session.day, session.half] += count
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


def _search(
    problem: Problem,
    groups: Sequence[Group],
    repeated: Sequence[Sequence[str]],
    liking: Liking | None,
    effort: float,
) -> dict[str, Time] | None:
    """Find the best times of all by exact search; None where it is too large or does not finish.

    Of those that are as good, the ones which people with several registrations like best.
    """
    several = {name for names in repeated for name in names}
    groups = [part for group in groups for part in _taken_out(group, several)]
    most, effort = (_MOST_OPTIONS, effort) if liking is None else (_LIKED_OPTIONS, _LIKED_EFFORT)
    if len(problem.trainees) > LARGE:
        effort = min(effort, _LARGE_EFFORT)
    if sum(len(group.allowed) for group in groups) > most:
        return None
    person = {name: number for number, names in enumerate(repeated) for name in names}
    capacities: dict[Hashable, int] = {}
    options: list[Option] = []
    sessions: list[Session] = []
    many = len(problem.trainees) + 1
    pleased = 1 if liking is None else MOST_LIKED * len(person) + 1
    for kind, group in enumerate(groups):
        for session in group.allowed:
            takes = _takes(problem, group, session)
            name, liked = group.trainees[0], 0
            if name in person:
                takes[person[name], session.day, session.half] = 1
                liked = liking(name, session) if liking is not None else 0
            capacities |= takes
            public = problem.rules.public_first and is_public_site(problem, group, session.site_id)
            options.append(Option(kind, tuple(takes), (many + public) * pleased + liked))
            sessions.append(session)
    counts = pack(
        [len(group.trainees) for group in groups], options, capacities, effort, by_numbers=liking is not None
    )
    if counts is None:
        return None
    return {
        groups[option.kind].trainees[0]: (session.day, session.half)
        for option, session, count in zip(options, sessions, counts, strict=True)
        if count and groups[option.kind].trainees[0] in person
    }


def _takes(problem: Problem, group: Group, session: Session) -> dict[Hashable, int]:
    """Give the capacities that one person of a group uses in a session."""
    takes: dict[Hashable, int] = {session: problem.seats[session]}
    limit = problem.day_limit(session.site_id, session.day)
    if limit is not None:
        takes[session.site_id, session.day] = limit
    if group.part is not Part.THEORY:
        takes[session, group.item] = problem.places_for(session, group.item) or 0
    return takes


def _taken_out(group: Group, apart: set[str]) -> list[Group]:
    """Split a group into the rest and one group for each of the named trainees in it."""
    rest = tuple(name for name in group.trainees if name not in apart)
    alone = [(name,) for name in group.trainees if name in apart]
    return [replace(group, trainees=names) for names in [rest, *alone] if names]
