"""Rule 6: numbers of seats and places that there cannot be, and places of people who sit no practical part.

Gaps are no fault, and neither are high numbers (but those beyond stated rooms: ``stated_rooms``) or names: whoever makes a list by hand may
call a seat what stands on the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.crowd import Crowd
from scheduler.checker.kinds import Mask, coded
from scheduler.problem import Part, Trainee
from scheduler.schedule import Placement

_RULE = 6
_BELOW_ONE = re.compile(r"-[0-9]*|\+?0+|-[0-9]*\.[0-9]*")
_WORDS = {"room": "考场", "seat": "座位", "group": "工位组", "place": "工位"}


def impossible_numbers(crowd: Crowd) -> Iterator[Breach]:
    """Find numbers below 1, and who sits theory alone and has a group or a place; in the order of the ids."""
    odd = np.any([_below_one(crowd, name) for name in _WORDS], axis=0)
    theory = np.append(crowd.people["theory"], 0)[crowd.trainee_of] != 0
    odd |= theory & ((crowd.placed["group"] > 0) | (crowd.placed["place"] > 0))
    for trainee, one in crowd.records(crowd.placed_in_order(np.flatnonzero(odd))):
        yield from faults(trainee, one)


def faults(trainee: Trainee | None, one: Placement) -> Iterator[Breach]:
    """Judge the numbers of one placement."""
    start = f"考生 {one.trainee_id} 在{say_session(one.session)}的"
    for name, word in _WORDS.items():
        written = getattr(one, name)
        if _BELOW_ONE.fullmatch(written):
            code = "SEAT-RANGE" if name in ("room", "seat") else "PLACE-RANGE"
            told = f"{start}{word}号是 {written}，应从 1 起"
            yield session_breach(code, _RULE, told, one.session, trainee_id=one.trainee_id)
    if trainee is not None and trainee.part is Part.THEORY and (one.group or one.place):
        told = f"{start}考试只有理论，却有工位组或工位"
        yield session_breach("GROUP-NEEDLESS", _RULE, told, one.session, trainee_id=one.trainee_id)


def _below_one(crowd: Crowd, name: str) -> Mask:
    codes, texts = coded(crowd.placements.frame[name])
    return np.array([_BELOW_ONE.fullmatch(one) is not None for one in texts], np.bool_)[codes]
