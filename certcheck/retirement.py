"""The month of the legal retirement age since 2025-01-01 (Standing Committee, 2024-09-13)."""

from __future__ import annotations

import datetime as dt

from certcheck.rules import Pack
from common.dates import CivilDate

MEN, WOMEN_50, WOMEN_55 = "men", "women_50", "women_55"


def groups_for(male: bool | None) -> tuple[str, ...]:
    """Give the groups a person may be in: a number does not show which of the women's two."""
    if male is None:
        return (WOMEN_50, WOMEN_55, MEN)
    return (MEN,) if male else (WOMEN_50, WOMEN_55)


def retirement_month(pack: Pack, group: str, birth: dt.date) -> CivilDate:
    """Give the month in which the legal age is reached: birth month, old age and delay.

    The delay is min(most, k div step + 1) months, k counted from the base birth month; none
    before it.
    """
    table = pack.values[group].value
    base_year, base_month = (int(part) for part in table["base_birth"].split("-"))
    k = (birth.year - base_year) * 12 + birth.month - base_month
    delay = min(table["most"], k // table["step"] + 1) if k >= 0 else 0
    return CivilDate(birth.year, birth.month).plus_months(table["old_age"] * 12 + delay)
