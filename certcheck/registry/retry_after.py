"""How long a site asks to be left alone: the header ``Retry-After`` (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime

from certcheck.registry.interface import Exchange

_LONGEST = 86_400.0  # a day; what says longer is taken as a day


def pause_asked(exchange: Exchange) -> float:
    """Give the seconds that an answer asks to wait; 0 where it asks nothing that can be understood.

    A date is measured against the answer's own ``Date``, so that the clock of this computer does not
    matter; without one, against the moment the query began.
    """
    headers = {name.lower(): value.strip() for name, value in exchange.headers}
    wanted = headers.get("retry-after", "")
    if wanted.isascii() and wanted.isdigit():
        return min(float(wanted[:12]), _LONGEST)
    until = _moment(wanted)
    if until is None:
        return 0.0
    since = _moment(headers.get("date", "")) or dt.datetime.fromisoformat(exchange.started_at)
    return min(max((until - since).total_seconds(), 0.0), _LONGEST)


def _moment(written: str) -> dt.datetime | None:
    """Read an HTTP date; one without a zone is in UTC, as all of them are."""
    try:
        moment = parsedate_to_datetime(written)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
