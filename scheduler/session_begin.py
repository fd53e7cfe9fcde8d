"""When sessions begin, by the hours that the rules name, and which have begun at a moment. Standard library only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from common.dates import CHINA
from scheduler.problem import Session


def begin(session: Session, hours: Mapping[str, str]) -> dt.datetime:
    """Give when a session begins; ``hours`` are those of ``am`` and ``pm``, written ``HH:MM``."""
    hour, _, minute = hours[session.half].partition(":")
    return dt.datetime.combine(session.day, dt.time(int(hour), int(minute)), CHINA)


def beginnings(plan: Mapping[str, Any]) -> dict[Session, dt.datetime]:
    """Give when each session of a plan begins; rules of earlier versions have no hours, then none."""
    hours = plan["rules"].get("times")
    return {one: begin(one, hours) for one in map(Session.of, plan["sessions"])} if hours else {}
