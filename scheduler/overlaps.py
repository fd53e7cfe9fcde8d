"""Several registrations of one person get disjoint times, at no loss where that is possible.

First everybody is planned without the one-person rule, in groups; where the people of a group can be given its
places so that each person has different times, keeping those loses nothing. Where that fails, and splitting the
times costs somebody a place, an exact search looks for the best times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from scheduler.allowed import Allowed
from scheduler.eligibility import Eligibility
from scheduler.grouping import Grouping, is_public_site
from scheduler.network import solve
from scheduler.persons import Time, same_persons, split_times
from scheduler.plan import Group, GroupChances
from scheduler.problem import Part, Problem, Session
from scheduler.solver.packing import Option, pack
from scheduler.solver.side_by_side import SideBySide
from scheduler.trainees import Trainees

_MOST_OPTIONS = 100_000
"""Larger searches than this are not tried: the note then says what the split has cost."""

Score = tuple[int, int]
Split = tuple[tuple[Group, ...], tuple[GroupChances, ...]]


def solve_without_overlaps(
    problem: Problem, eligibility: Eligibility, denominator: int, *, only_counts: bool = False
) -> tuple[tuple[Group, ...], tuple[GroupChances, ...], list[str]]:
    """Work out groups and chances; gives also what the one-person rule costs, in words.

    With ``only_counts`` districts and even chances are left aside: as many are placed, sooner.
    """
    with SideBySide() as solvers:
        return _solved(problem, eligibility, denominator, solvers, only_counts=only_counts)


def _solved(
    problem: Problem, eligibility: Eligibility, denominator: int, solvers: SideBySide, *, only_counts: bool
) -> tuple[tuple[Group, ...], tuple[GroupChances, ...], list[str]]:
    repeated = same_persons(problem)
    grouping = Grouping(problem, eligibility)
    if not repeated:
        groups = grouping.groups({}, by_district=not only_counts)
        return groups, solve(problem, groups, denominator, solvers, only_counts=only_counts).chances, []
    together = grouping.groups({}, by_district=False)
    counts, prices = solve(problem, together, 1, solvers, only_counts=True)
    best = _score(problem, together, counts)
    windows = _PersonWindows(problem, eligibility, repeated)

    def split(wished: Mapping[str, Time]) -> Split:
        groups = grouping.groups(windows.split(wished), by_district=not only_counts)
        solved = solve(problem, groups, denominator, solvers, only_counts=only_counts, prices=prices)
        return groups, solved.chances

    plan = split(_wishes(together, counts, repeated))
    kept = _score(problem, plan[0], plan[1], denominator)
    if kept != best:
        found = _search(problem, together, repeated)
        if found is not None:
            plan = max(plan, split(found), key=lambda one: _score(problem, one[0], one[1], denominator))
            kept = _score(problem, plan[0], plan[1], denominator)
    return *plan, [] if kept == best else [_lost(best, kept)]


def _lost(best: Score, kept: Score) -> str:
    return f"一人报多科的时间错开后，可安排人数由 {best[0]} 变为 {kept[0]}，公共考点人数由 {best[1]} 变为 {kept[1]}"


class _PersonWindows:
    """What several registrations of one person may use, split so that no time is in two of them."""

    def __init__(self, problem: Problem, eligibility: Eligibility, repeated: Sequence[Sequence[str]]) -> None:
        self._windows, self._repeated = eligibility.windows, repeated
        people = Trainees.of(problem.trainees).some(name for names in repeated for name in names)
        self._allowed = {name: eligibility.of(one).allowed for name, one in people.items()}
        self._times: dict[int, tuple[Time, ...]] = {}
        self._kept: dict[tuple[int, frozenset[Time]], Allowed] = {}

    def split(self, wished: Mapping[str, Time]) -> dict[str, Allowed]:
        """Split the times of everybody with several registrations, with the wished ones kept."""
        own: dict[str, Allowed] = {}
        for names in self._repeated:
            wishes = {name: wished[name] for name in names if name in wished}
            times = split_times({name: self._when(self._allowed[name]) for name in names}, wishes)
            for name in names:
                own[name] = self._at(self._allowed[name], times[name])
        return own

    def _when(self, allowed: Allowed) -> tuple[Time, ...]:
        """Give the times of a set of sessions; most people have one of few sets."""
        known = self._times.get(id(allowed))
        if known is None:
            known = tuple(sorted({(session.day, session.half) for session in allowed}))
            self._times[id(allowed)] = known
        return known

    def _at(self, allowed: Allowed, times: frozenset[Time]) -> Allowed:
        known = self._kept.get((id(allowed), times))
        if known is None:
            known = self._kept[id(allowed), times] = self._windows.kept(allowed, times)
        return known


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
    problem: Problem, groups: Sequence[Group], repeated: Sequence[Sequence[str]]
) -> dict[str, Time] | None:
    """Find the best times of all by exact search; None where it is too large or does not finish."""
    several = {name for names in repeated for name in names}
    groups = [part for group in groups for part in _taken_out(group, several)]
    if sum(len(group.allowed) for group in groups) > _MOST_OPTIONS:
        return None
    person = {name: number for number, names in enumerate(repeated) for name in names}
    capacities: dict[Hashable, int] = {}
    options: list[Option] = []
    sessions: list[Session] = []
    many = len(problem.trainees) + 1
    for kind, group in enumerate(groups):
        for session in group.allowed:
            takes = _takes(problem, group, session)
            if group.trainees[0] in person:
                takes[person[group.trainees[0]], session.day, session.half] = 1
            capacities |= takes
            public = problem.rules.public_first and is_public_site(problem, group, session.site_id)
            options.append(Option(kind, tuple(takes), many + public))
            sessions.append(session)
    counts = pack([len(group.trainees) for group in groups], options, capacities)
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


def _score(
    problem: Problem, groups: Sequence[Group], chances: Sequence[GroupChances], denominator: int = 1
) -> Score:
    """Count who is placed and who at public sites; both are whole numbers in an optimum."""
    placed = public = 0
    for group, one in zip(groups, chances, strict=True):
        placed += sum(one.counts.values())
        if problem.rules.public_first:
            by_site: Counter[str] = Counter()
            for session, count in one.counts.items():
                by_site[session.site_id] += count
            public += sum(
                count for site_id, count in by_site.items() if is_public_site(problem, group, site_id)
            )
    return placed // denominator, public // denominator
