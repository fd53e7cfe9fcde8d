"""The times that people with several registrations do not sit at, handed about until nobody more finds a place.

Whoever sits keeps the time; the other times of a person go to that registration to which they were open least. A round loses
nothing, for what it begins with is still possible, and it places one more where moving others makes room for somebody and their
spare times happen to lie right. It proves nothing: the best of all is found, or bounded, by exact search
(``scheduler.several.best_times``).
"""

from __future__ import annotations

from fractions import Fraction

from scheduler.chances.score import Score
from scheduler.problem import Time
from scheduler.several.parting import Counted, Parting
from scheduler.several.person_times import Had, Times

_IN_VAIN, _TRIED_IN_VAIN = 6, 2
"""So many rounds in a row may bring nothing; the second where changes of a batch are tried, one after the other.

In measured batches one to three were enough where anything was to be gained.
"""


def handed_about(parting: Parting, first: Times, most: Score) -> tuple[Score, dict[str, Time]]:
    """Hand spare times about.

    Parameters
    ----------
    first
        how the times are parted at first.
    most
        what cannot be surpassed: where that is reached there is no further round.

    Returns
    -------
    tuple of Score and dict
        What is reached, and the time of each registration that sits then.
    """
    had = {name: Had() for names in parting.times.repeated for name in names}
    most_in_vain = _TRIED_IN_VAIN if parting.only_counts else _IN_VAIN
    parted, best, wished, in_vain = first, Score(-1, -1), dict[str, Time](), 0
    while in_vain < most_in_vain:
        counted = parting.counted(parted)
        in_vain = in_vain + 1 if counted.score <= best else 0
        best, wished = counted.score, _seated(counted, had)
        if best == most:
            break
        for name, own in parted.items():
            for time in own:
                had[name].at_time[time] += Fraction(1)
        parted = parting.times.turned(had, wished)
    return best, wished


def _seated(counted: Counted, asked: dict[str, Had]) -> dict[str, Time]:
    """Give one time of a session to each registration that sits; who is alike in a group may have any of its sessions."""
    found: dict[str, Time] = {}
    for group, one in zip(counted.groups, counted.counts, strict=True):
        sessions = (session for session, many in one.counts.items() for _ in range(many))
        found.update(
            (name, session.time)
            for name, session in zip(group.trainees, sessions, strict=False)
            if name in asked
        )
    return found
