"""Which sessions have begun when the lots of a change are drawn.

The plan of a change names them (``change.over``): their vacant posts stay vacant. Standard library only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from scheduler.checks import Check
from scheduler.problem import Session
from scheduler.session_begin import beginnings


def over_check(plan: Mapping[str, Any], drawn: str) -> Iterator[Check]:
    """Check that the sessions told as over are those that have begun when the lots are drawn.

    Parameters
    ----------
    drawn
        the moment, ISO 8601 with its zone: of an announced change that of its public value.
    """
    begun, moment = beginnings(plan), dt.datetime.fromisoformat(drawn)
    due = [
        number for number, one in enumerate(plan["sessions"]) if begun and begun[Session.of(one)] <= moment
    ]
    told = plan["change"].get("over")
    if told is not None:
        good = told == due and due != [] and all(type(number) is int for number in told)
        yield Check(
            good, f"抽签时已经开考的场次（change.over）{'无误' if good else '不是抽签时已经开考的那些'}"
        )
    elif due:
        yield Check(True, "计划没有写哪些场次抽签时已经开考（以前的版本），这些场次的空岗照样补派")
