"""The best times of people with several registrations, by exact search: as many placed, as many at public sites, as can be.

People whose registrations are in the same groups are one kind, and only numbers are searched: how many of a kind sit which
registration in which session, no more at any one time than they are. That is enough: registrations and times are then a bipartite
graph in which no node has more edges than there are people, and its edges can be coloured with one colour a person (König 1916),
so that nobody has a time twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter

from scheduler.chances.score import Score
from scheduler.limits import capacity, limits_of
from scheduler.plan import Group
from scheduler.problem import Problem, Session, Time
from scheduler.public_sites import is_public_site
from scheduler.several.one_by_one import one_by_one
from scheduler.solver.packing import Option, pack

_MOST_OPTIONS = 100_000
"""Larger searches than this are not made in whole numbers, only by linear program."""
_MOST_RELAXED = 200_000
"""The same of linear programs, some seconds; what is larger is not tried, and the note says what the split has cost."""
_LIKED_OPTIONS, _LIKED_EFFORT = 10_000, 0.2
"""The same, and the work, where the search is for what people should like best, which is tried several times."""

Liking = Callable[[str, Session], int]
"""How much a registration should get a session, from 0 to ``MOST_LIKED``."""
MOST_LIKED = 60

_NOTHING = Score(-1, -1)

_Kind = tuple[int, ...]
"""The numbers of the groups in which somebody's registrations are, in order."""


def best_times(
    problem: Problem,
    groups: Sequence[Group],
    repeated: Sequence[Sequence[str]],
    effort: float,
    known: Score,
    *,
    relaxed: bool,
) -> dict[str, Time] | None:
    """Find a time for each registration of people with several; None where the search is too large or finds nothing.

    Who is not named in what is found has no place. Where nothing better than what is ``known`` is possible, nothing is found.
    Without ``relaxed`` searches that are too large for whole numbers are not made by linear program either.
    """
    kinds = _kinds(groups, repeated)
    several = {name for names in repeated for name in names}
    search = _Search(problem)
    for group in groups:
        alone = sum(name not in several for name in group.trainees)
        if alone:
            search.add(group, alone)
    first: dict[_Kind, int] = {}
    for kind, persons in kinds.items():
        first[kind] = len(search.sizes)
        for number in kind:
            search.add(groups[number], len(persons), whose=kind)
    most = _MOST_RELAXED if relaxed else _MOST_OPTIONS
    counts = search.run(effort, known=known) if len(search.options) <= most else None
    if counts is None:
        return None
    wanted: list[dict[Time, int]] = [defaultdict(int) for _ in search.sizes]
    for option, session, count in zip(search.options, search.sessions, counts, strict=True):
        wanted[option.kind][session.time] += count
    found: dict[str, Time] = {}
    for kind, persons in kinds.items():
        own = wanted[first[kind] : first[kind] + len(kind)]
        for names, times in zip(persons, one_by_one(own, len(persons)), strict=True):
            found |= {names[place]: time for place, time in times.items()}
    return found


def _kinds(groups: Sequence[Group], repeated: Sequence[Sequence[str]]) -> dict[_Kind, list[list[str]]]:
    """Give by kind the registrations of each person, in the order of the kind's groups."""
    group_of = {name: number for number, group in enumerate(groups) for name in group.trainees}
    found: dict[_Kind, list[list[str]]] = defaultdict(list)
    for names in repeated:
        ordered = sorted(names, key=lambda name: (group_of[name], name))
        found[tuple(group_of[name] for name in ordered)].append(ordered)
    return found


def most_liked(
    problem: Problem, groups: Sequence[Group], repeated: Sequence[Sequence[str]], liking: Liking
) -> dict[str, Time] | None:
    """Find, of the times that are as good as the best, those that people like best, everybody by themselves."""
    person = {name: number for number, names in enumerate(repeated) for name in names}
    parts = [part for group in groups for part in taken_out(group, person.keys())]
    search = _Search(problem, MOST_LIKED * len(person) + 1)
    for part in parts:
        name = part.trainees[0]
        if name in person:
            search.add(part, 1, whose=person[name], liked=partial(liking, name))
        else:
            search.add(part, len(part.trainees))
    if len(search.options) > _LIKED_OPTIONS:
        return None
    counts = search.run(_LIKED_EFFORT, by_numbers=True)
    if counts is None:
        return None
    return {
        parts[option.kind].trainees[0]: session.time
        for option, session, count in zip(search.options, search.sessions, counts, strict=True)
        if count and parts[option.kind].trainees[0] in person
    }


class _Search:
    """The search: who may sit where, what that takes, and what it is worth.

    Parameters
    ----------
    pleased
        more than all that people like can add up to: to be placed is worth more.
    """

    def __init__(self, problem: Problem, pleased: int = 1) -> None:
        self._problem, self._pleased, self._many = problem, pleased, len(problem.trainees) + 1
        self._capacities: dict[Hashable, int] = {}
        self._known: dict[tuple[Session, str], Mapping[Hashable, int]] = {}
        self.sizes: list[int] = []
        self.options: list[Option] = []
        self.sessions: list[Session] = []

    def add(
        self,
        group: Group,
        people: int,
        *,
        whose: Hashable = None,
        liked: Callable[[Session], int] = lambda _: 0,
    ) -> None:
        """Add so many people of a group; those ``whose`` times are shared sit no more at one time than there are people."""
        for session in group.allowed:
            takes: dict[Hashable, int] = {**self._limits(group, session)}
            if whose is not None:
                takes[whose, session.time] = people
            self._capacities |= takes
            public = self._problem.rules.public_first and is_public_site(
                self._problem, group, session.site_id
            )
            worth = (self._many + public) * self._pleased + liked(session)
            self.options.append(Option(len(self.sizes), tuple(takes), worth))
            self.sessions.append(session)
        self.sizes.append(people)

    def run(self, effort: float, *, by_numbers: bool = False, known: Score = _NOTHING) -> list[int] | None:
        """Give how many people use each option; None where nothing was found in time, or nothing better than is known."""
        worth = (known.placed * self._many + known.public) * self._pleased
        whole = len(self.options) <= _MOST_OPTIONS
        return pack(
            self.sizes,
            self.options,
            self._capacities,
            effort,
            by_numbers=by_numbers,
            known=worth,
            whole=whole,
        )

    def _limits(self, group: Group, session: Session) -> Mapping[Hashable, int]:
        """Give the limits that one person of a group counts in, and how many each takes."""
        alike = session, group.place_item
        known = self._known.get(alike)
        if known is None:
            # places last: of several optima a search finds another one where the limits come in another order
            ordered = sorted(limits_of(self._problem, group, session), key=attrgetter("item"))
            known = self._known[alike] = {limit: capacity(self._problem, limit) for limit in ordered}
        return known


def taken_out(group: Group, apart: Collection[str]) -> list[Group]:
    """Split a group into the rest and one group for each of the named trainees in it."""
    rest = tuple(name for name in group.trainees if name not in apart)
    alone = [(name,) for name in group.trainees if name in apart]
    return [replace(group, trainees=names) for names in [rest, *alone] if names]
