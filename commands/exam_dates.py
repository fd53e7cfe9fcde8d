"""What today says about the days of an exam."""

from __future__ import annotations

import datetime as dt
from typing import Any


def too_near(content: dict[str, Any]) -> list[str]:
    """Tell which periods of notice are over; not in the plan, which must not depend on today."""
    from commands import settings
    from scheduler import workdays

    days = {dt.date.fromisoformat(one["date"]) for one in content["sessions"]}
    notice = content["rules"]["notice"]
    return workdays.too_near(days, settings.today(), notice["public_days"], notice["filing_days"])
