"""When a page was asked, by what it shows, by its wrapping, or by its file: always in the time of China."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from common.dates import CHINA
from common.text import fold

_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T ]*(\d{1,2})[:时](\d{2})(?:[:分](\d{2}))?.*"
)


def moment_in(texts: Iterable[str]) -> str:
    """Give the first full moment that is written, ISO 8601 with zone; "" where there is none."""
    for text in texts:
        match = _MOMENT.fullmatch(fold(text))
        if match:
            try:
                year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
                return dt.datetime(year, month, day, hour, minute, second, tzinfo=CHINA).isoformat()
            except ValueError:
                continue
    return ""


def of_file(modified: int) -> str:
    """Give when a file was last changed, from seconds since 1970; "" for a time that no calendar has."""
    try:
        return dt.datetime.fromtimestamp(modified, CHINA).isoformat()
    except (OverflowError, OSError, ValueError):
        return ""


def in_china(moment: str) -> str:
    """Give a moment of ISO 8601 in the time of China, so that moments sort as texts."""
    return dt.datetime.fromisoformat(moment).astimezone(CHINA).isoformat() if moment else ""
