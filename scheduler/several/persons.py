"""People with several registrations: one person never sits twice at one time (rule 1).

Registrations of one person get disjoint times (days and halves) before the chances are worked out,
so that no draw can put the person in two places. The times are split so that each registration keeps
at least one wherever that is possible, and the rest evenly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from scheduler.problem import Problem, Time
from scheduler.several.one_person import persons


def same_persons(problem: Problem) -> list[list[str]]:
    """Give the trainee ids of every person who holds several, by number or ``same_person``."""
    return sorted(list(one.trainee_ids) for one in persons(problem) if len(one.trainee_ids) > 1)


def split_times(
    times: Mapping[str, Sequence[Time]],
    preferred: Mapping[str, Time] | None = None,
) -> dict[str, frozenset[Time]]:
    """Split the times of one person's registrations.

    Parameters
    ----------
    times
        when each registration may be sat, in order.
    preferred
        a time per registration that a good plan would give it; kept where they differ, of two alike
        for the one whose name goes first.
    """
    if len(times) == 2 and len(preferred or {}) == 2 and len({*(preferred or {}).values()}) == 2:
        return _halved(times, preferred or {})
    return shared_out(times, preferred or {}, lambda _name, _time: 0)


def shared_out(
    times: Mapping[str, Sequence[Time]],
    preferred: Mapping[str, Time],
    had: Callable[[str, Time], Fraction | int],
) -> dict[str, frozenset[Time]]:
    """Give each registration a time of its own where that is possible, then the spare ones to whom they are of least use.

    Parameters
    ----------
    times, preferred
        as for ``split_times``.
    had
        how much a registration had of a time before; of several who had as little it goes to the one that has fewest times.
    """
    own: dict[str, set[Time]] = {name: set() for name in times}
    taken = _match_times(times, preferred)
    for time, name in taken.items():
        own[name].add(time)
    for time in sorted({time for listed in times.values() for time in listed} - set(taken)):
        holders = [name for name, listed in times.items() if time in listed]
        own[min(holders, key=lambda name: (had(name, time), len(own[name]), name))].add(time)
    return {name: frozenset(kept) for name, kept in own.items()}


def _halved(times: Mapping[str, Sequence[Time]], preferred: Mapping[str, Time]) -> dict[str, frozenset[Time]]:
    """Halve the times of two registrations in one of few ways, so that many people share the way.

    Times are numbered in order; the two times that a plan prefers differ in some binary digit, and that
    digit parts all others, too.
    """
    (first, other) = sorted(times)
    both = sorted({time for listed in times.values() for time in listed})
    number = {time: index for index, time in enumerate(both)}
    differing = number[preferred[first]] ^ number[preferred[other]]
    digit = differing & -differing
    side = number[preferred[first]] & digit
    mine = frozenset(time for time in times[first] if number[time] & digit == side)
    return {first: mine, other: frozenset(times[other]) - mine}


def _match_times(times: Mapping[str, Sequence[Time]], preferred: Mapping[str, Time]) -> dict[Time, str]:
    """Give as many registrations as possible a time of their own (augmenting paths); wishes stay, the first go first."""
    taken: dict[Time, str] = {}
    for name in sorted(preferred):
        taken.setdefault(preferred[name], name)
    settled, settled_names = set(taken), set(taken.values())

    def place(name: str, tried: set[Time]) -> bool:
        for time in times[name]:
            if time in tried or time in settled:
                continue
            tried.add(time)
            if time not in taken or place(taken[time], tried):
                taken[time] = name
                return True
        return False

    for name in times:
        if name not in settled_names:
            place(name, set())
    return taken
