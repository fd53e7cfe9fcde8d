"""When a session begins, by the hours that the rules name. Standard library only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from common.dates import CHINA
from scheduler.problem import Session


def begin(session: Session, hours: Mapping[str, str]) -> dt.datetime:
    """Give when a session begins; ``hours`` are those of ``am`` and ``pm``, written ``HH:MM``."""
    hour, _, minute = hours[session.half].partition(":")
    return dt.datetime.combine(session.day, dt.time(int(hour), int(minute)), CHINA)
