"""How far a chain of moves may lead: days of sites at which it may pass or end, and the kinds of people in it.

Where nothing is free nobody need be looked at, and mostly little is. What is given may be too much, never too
little: a chain ends with somebody for whom there is room, and each step before it begins on the day of a site
where somebody leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.checker.facts import Choices, Facts
from scheduler.checker.kinds import Ints, Mask


@dataclass(frozen=True)
class Movers:
    """Kinds of people who wait or may be moved, and where those who sit do so.

    ``choices`` are what each kind may choose, ``room`` the sessions that have room for it; ``kind`` and ``session``
    tell one sitting each.
    """

    choices: Sequence[Choices]
    room: Sequence[Mask]
    kind: Ints
    session: Ints


def in_reach(facts: Facts, movers: Movers) -> tuple[Mask, Mask]:
    """Say of each of ``Facts.days`` whether a chain may pass there, and of each kind whether it may be in one."""
    near = np.zeros(len(facts.days), np.bool_)
    for choices, room in zip(movers.choices, movers.room, strict=True):
        near[facts.day_of[choices[room[choices]]]] = True
    days = {id(choices): np.unique(facts.day_of[choices]) for choices in movers.choices}
    moving = np.zeros(len(movers.choices), np.bool_)
    while True:
        moving = np.array([near[days[id(choices)]].any() for choices in movers.choices], np.bool_)
        left = near.copy()
        left[facts.day_of[movers.session[moving[movers.kind]]]] = True
        if (left == near).all():
            return near, moving
        near = left
