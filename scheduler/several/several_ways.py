"""Several ways to part the times of people with several registrations, so that chance decides which, and not the plan.

A person with two registrations, one session in the morning and one in the afternoon: parted in one way, each registration
is certain of its session, and the cap is passed; parted in two ways, a coin decides. Registrations of one person and
sessions that others want, too, are no network flow, so the ways are searched for: each is a plan of its own, places as many as
the first, and as many at public sites, and gives each time to whom it was of least use before. Together they are the lottery of
the plan: one of them is drawn, all equally likely, then whoever sits where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from scheduler.chances.network import solve
from scheduler.chances.score import Score
from scheduler.plan import Lottery, Way
from scheduler.problem import Session
from scheduler.several.alike_persons import MOST_WAYS, turned
from scheduler.several.best_times import MOST_LIKED, Liking
from scheduler.several.parting import Parted, Parting
from scheduler.several.person_times import Had, Times
from scheduler.several.unevenness import Unevenness, unevenness
from scheduler.several.ways_together import together, together_anew

_MOST_REGISTRATIONS = 4
"""So many ways are tried at first, where a person holds as many registrations; twice as many where that is not enough."""
_MOST_APART = 1_000
"""Above so many registrations of such people, nobody's times are parted in a way of their own: the plan would not stay small."""
_MOST_GROUPS = 2_500
"""Above so many groups in the first way there is none beside it: each takes as long, and the plan would be large."""


def in_several_ways(parting: Parting, found: Parted) -> Lottery | None:
    """Find more ways beside the first; None where there is none, or chances would be no more even.

    Parameters
    ----------
    found
        the first way: times, groups, chances.
    """
    times, first = found.times, found.way
    if len(first.groups) > _MOST_GROUPS:
        return None
    registrations = min(max(map(len, parting.times.repeated)), _MOST_REGISTRATIONS)
    listed = _listed(parting, found, registrations * (2 if parting.few else 1))
    alone = Lottery(first.groups, first.chances, parting.denominator, (first,))
    best = _judged(parting, [times], alone)
    for many in sorted({min(registrations, len(listed)), len(listed)} - {1}):
        tried = _tried(parting, listed[:many], found.score)
        best = min(best, tried, key=_unevenness_of)
        if not best.unevenness.excess:
            break
    else:
        if parting.few and len(listed) > 1:
            best = min(best, _with_fewer(parting, tried, found.score), key=_unevenness_of)
    lottery = turned(best.lottery, parting.whole, parting.times.repeated)
    if len(lottery.ways) == 1:
        return None if best.listed == [times] else lottery._replace(ways=())
    return lottery


class _Tried(NamedTuple):
    """Ways to part the times, the plan of them, and how far its chances are from what they should be."""

    unevenness: Unevenness
    listed: list[Times]
    lottery: Lottery


_unevenness_of = attrgetter("unevenness")


def _tried(parting: Parting, listed: list[Times], reached: Score) -> _Tried:
    """Work the ways out, each with regard to the others and, where that leaves something to be wished, all at once."""
    lottery = together(parting, listed)
    found = _judged(parting, listed, lottery)
    if parting.few and len(listed) > 1 and (found.unevenness.excess or found.unevenness.shortage):
        anew = together_anew(parting, lottery, reached)
        if anew is not None:
            found = min(found, _judged(parting, listed, anew), key=_unevenness_of)
    return found


def _judged(parting: Parting, listed: list[Times], lottery: Lottery) -> _Tried:
    """Measure a plan; of few people those who are alike change places in it first."""
    if parting.few:
        lottery = turned(lottery, parting.whole, parting.times.repeated, MOST_WAYS)
    some = {name for names in parting.times.repeated for name in names}
    return _Tried(unevenness(lottery, parting.problem.rules.cap, some), listed, lottery)


def _with_fewer(parting: Parting, best: _Tried, reached: Score) -> _Tried:
    """Leave out ways, one at a time, as long as that brings chances nearer to the cap: the first ones are a guess."""
    while best.unevenness.excess and len(best.listed) > 1:
        fewer = [best.listed[:place] + best.listed[place + 1 :] for place in range(len(best.listed))]
        found = min((_tried(parting, some, reached) for some in fewer), key=_unevenness_of)
        if found.unevenness >= best.unevenness:
            break
        best = found
    return best


def _listed(parting: Parting, first: Parted, most: int) -> list[Times]:
    """Give up to so many ways to part the times, each another one and as good as the first."""
    listed, way = [first.times], first.way
    had = {name: Had() for name in first.times}
    while len(listed) < most:
        if len(had) <= _MOST_APART:  # above, nobody is looked at alone
            _add(had, way, parting.denominator)
        found = _another(parting, had, listed, first.score)
        if found is None:
            break
        listed.append(found)
        if len(had) <= _MOST_APART and len(listed) < most:
            groups = parting.grouping.groups(parting.times.at(found))
            way = Way(
                groups, solve(parting.problem, groups, parting.denominator, parting.solvers, coarse=False)
            )
    return listed


def _add(had: Mapping[str, Had], way: Way, denominator: int) -> None:
    """Add the chances of a way to what everybody had."""
    for group, one in zip(way.groups, way.chances, strict=True):
        for name in group.trainees:
            if name in had:
                for session, count in one.counts.items():
                    had[name].add(session, Fraction(count, denominator * len(group.trainees)))


def _another(parting: Parting, had: Mapping[str, Had], listed: Sequence[Times], best: Score) -> Times | None:
    """Part the times another way than those listed, with regard to what everybody had; None where none was found."""
    most = 3 * len(listed)

    def liking(name: str, session: Session) -> int:
        """Like best the sites, then the times, at which a registration had least."""
        one = had[name]
        had_here = one.at_time[session.time] + 2 * one.at_site[session.site_id]
        return MOST_LIKED - int(MOST_LIKED * had_here / most)

    for found in _candidates(parting, had, listed, liking):
        if found not in listed and parting.counted(found).score == best:
            return found
    return None


def _candidates(
    parting: Parting, had: Mapping[str, Had], listed: Sequence[Times], liking: Liking
) -> Iterator[Times]:
    """Give ways to part the times that may be as good: of few people the most even first, of many those of fewest groups."""
    times = parting.times
    if not parting.few:
        yield times.rotated(listed[0], len(listed))
    if len(had) > _MOST_APART:
        return
    if not parting.few:
        yield times.turned(had, {})
    wished = parting.liked(liking)
    if wished is not None:
        yield times.turned(had, wished)
    if parting.few:
        yield times.turned(had, {})
