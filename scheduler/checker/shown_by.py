"""Who a breach of a session as a whole can be seen at: the first few of its people, so that a reader finds its rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.checker.breach import MOST_SHOWN
from scheduler.checker.crowd import Crowd
from scheduler.checker.kinds import Ints


def first_of_each(
    crowd: Crowd, placements: Ints, whose: Ints, wanted: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Give the ids of the first few people of each of some sessions (or rooms, days), in the order of the schedule.

    One more than is shown is given, where there are more.

    Parameters
    ----------
    whose
        for each of the placements the number of its session, in the order of the schedule.
    wanted
        the numbers asked for.
    """
    if not wanted:
        return {}
    asked = np.isin(whose, wanted)
    rows, numbers = placements[asked], whose[asked]
    order = np.argsort(numbers, kind="stable")
    rows, numbers = rows[order], numbers[order]
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    place = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows))))
    few = place <= MOST_SHOWN
    found: dict[int, tuple[str, ...]] = {}
    names = crowd.placements.frame["trainee_id"][rows[few]]
    for number, name in zip(numbers[few].tolist(), names, strict=True):
        found[number] = (*found.get(number, ()), name)
    return found
