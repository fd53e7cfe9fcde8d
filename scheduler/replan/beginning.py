"""When sessions begin, by the hours that the rules name, and which have begun when the lots of a change are drawn.

The plan of a change names these (``change.over``): their vacant posts stay vacant. Standard library only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from common.dates import CHINA
from scheduler.checks import Check
from scheduler.problem import Session


def begin(session: Session, hours: Mapping[str, str]) -> dt.datetime:
    """Give when a session begins; ``hours`` are those of ``am`` and ``pm``, written ``HH:MM``."""
    hour, _, minute = hours[session.half].partition(":")
    return dt.datetime.combine(session.day, dt.time(int(hour), int(minute)), CHINA)


def over_check(plan: Mapping[str, Any], drawn: str) -> Iterator[Check]:
    """Check that the sessions told as over are those that have begun when the lots are drawn.

    Parameters
    ----------
    drawn
        the moment, ISO 8601 with its zone: of an announced change that of its public value.
    """
    hours, moment = plan["rules"].get("times"), dt.datetime.fromisoformat(drawn)
    due = [
        number
        for number, one in enumerate(plan["sessions"])
        if hours and begin(Session.of(one), hours) <= moment  # rules of earlier versions have no hours
    ]
    told = plan["change"].get("over")
    if told is not None:
        good = told == due and due != [] and all(type(number) is int for number in told)
        yield Check(
            good, f"抽签时已经开考的场次（change.over）{'无误' if good else '不是抽签时已经开考的那些'}"
        )
    elif due:
        yield Check(True, "计划没有写哪些场次抽签时已经开考（以前的版本），这些场次的空岗照样补派")
