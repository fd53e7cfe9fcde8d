"""The chances of several ways to part times, all at once: what each way by itself, with regard to the others, does not find.

Worked out one after the other (``ways_together``), ways can be stuck: each alone would make something worse, and two together nothing.
Here they are one small program in whole numbers: every way places as many as can be and keeps every capacity, and of the mean as
little as can be is above the cap, then a shortage is shared as evenly as can be, in steps. What it finds is a beginning, from which
each way is worked out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scheduler.chances.score import Score
from scheduler.limits import capacity, limits_of
from scheduler.plan import Group, GroupChances, Limit
from scheduler.problem import Problem, Session
from scheduler.public_sites import is_public_site
from scheduler.solver.whole_numbers import Program

_MOST_CELLS, _EFFORT = 600, 0.5
"""So many numbers at most, and so much work, in the solver's own measure: it is tried for each few ways."""
_STEPS = 12
"""Parts of everything that somebody could go without, each dearer than the one before."""

Chances = Sequence[GroupChances]


def at_once(
    problem: Problem,
    parted: Sequence[Sequence[Group]],
    denominator: int,
    best: Score,
    known: Sequence[Chances],
) -> Mapping[int, Chances] | None:
    """Work out the chances of all ways at once; None where that is much work, or finds nothing.

    Parameters
    ----------
    parted
        for each way the groups, with what they may use in it.
    denominator
        units that are a person.
    best
        how many each way places, and at public sites of their own city.
    known
        the chances of each way as far as they are known: where the search begins.
    """
    if sum(len(group.allowed) for groups in parted for group in groups) > _MOST_CELLS:
        return None
    program = _Ways(problem, parted, denominator, known)
    for number in range(len(parted)):
        program.keep_limits(number)
        program.reach(number, best)
    program.judge()
    return program.solved()


class _Ways:
    """The program: a number for each session that a group may use in a way."""

    def __init__(
        self, problem: Problem, parted: Sequence[Sequence[Group]], denominator: int, known: Sequence[Chances]
    ) -> None:
        self._problem, self._parted, self._denominator = problem, parted, denominator
        self._program = Program()
        self._cells = [
            [
                {
                    session: self._program.number(self._units(group), guess=one.counts.get(session, 0))
                    for session in group.allowed
                }
                for group, one in zip(groups, chances, strict=True)
            ]
            for groups, chances in zip(parted, known, strict=True)
        ]

    def _units(self, group: Group) -> int:
        return len(group.trainees) * self._denominator

    def keep_limits(self, number: int) -> None:
        """Let no group have more than its people, and no session, item or day take more than it may."""
        taken: dict[Limit, list[int]] = defaultdict(list)
        for group, cells in zip(self._parted[number], self._cells[number], strict=True):
            self._program.row([(place, 1) for place in cells.values()], most=self._units(group))
            for session, place in cells.items():
                for limit in sorted(limits_of(self._problem, group, session), key=_seats_places_day):
                    taken[limit].append(place)
        everybody = len(self._problem.trainees)
        for limit, places in taken.items():
            most = min(capacity(self._problem, limit), everybody) * self._denominator
            self._program.row([(place, 1) for place in places], most=most)

    def reach(self, number: int, best: Score) -> None:
        """Let as many be placed, and at public sites, as can be."""
        placed, public = [], []
        for group, cells in zip(self._parted[number], self._cells[number], strict=True):
            for session, place in cells.items():
                placed.append((place, 1))
                if is_public_site(self._problem, group, session.site_id):
                    public.append((place, 1))
        self._program.row(placed, least=best.placed * self._denominator)
        if self._problem.rules.public_first:
            self._program.row(public, least=best.public * self._denominator)

    def judge(self) -> None:
        """Let cost most what is above the cap in all ways together, then what somebody goes without, the dearer the more."""
        ways, cap = len(self._parted), self._problem.rules.cap
        everybody = sum(map(self._units, self._parted[0])) * ways
        for number, group in enumerate(self._parted[0]):
            units = self._units(group) * ways
            at: dict[str, list[int]] = defaultdict(list)
            for cells in self._cells:
                for session, place in cells[number].items():
                    at[session.site_id].append(place)
            for places in at.values():
                over = self._program.number(units, cost=2 * _STEPS * everybody)
                terms = [(place, cap.denominator) for place in places]
                self._program.row([*terms, (over, -cap.denominator)], most=cap.numerator * units)
            width = -(-units // _STEPS)
            steps = [self._program.number(width, cost=2 * step + 1) for step in range(_STEPS)]
            used = [place for places in at.values() for place in places]
            self._program.row([(place, 1) for place in (*used, *steps)], least=units)

    def solved(self) -> Mapping[int, Chances] | None:
        """Give the chances of each way."""
        found = self._program.solve(_EFFORT)
        if found is None:
            return None
        return {
            number: tuple(
                self._chances(group, {session: found[place] for session, place in cells.items()})
                for group, cells in zip(self._parted[number], self._cells[number], strict=True)
            )
            for number in range(len(self._parted))
        }

    def _chances(self, group: Group, counts: Mapping[Session, int]) -> GroupChances:
        some = {session: count for session, count in sorted(counts.items()) if count}
        return GroupChances(some, self._units(group) - sum(some.values()))


def _seats_places_day(limit: Limit) -> tuple[bool, str]:
    """Order the limits of a session: of several optima a search finds another one where they come in another order."""
    return not limit.half, limit.item
