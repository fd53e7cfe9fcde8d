"""What a row of a table of changes says, of whom and of which days, to be held against the other rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.tables import Row
from scheduler.problem import HALVES

SUBJECTS = {"trainee": "考生", "staff": "考务人员"}
"""How the kinds of rows about people begin, and who they are; all others are about sites."""
DATES = ("earliest", "latest")
_ALWAYS = dt.date.min, dt.date.max


@dataclass(frozen=True)
class Said:
    """What a row says of whom, of which days; ``first`` and ``last`` hold all days where none is named."""

    kind: str
    name: str
    number: int
    days: tuple[dt.date, dt.date]
    half: str
    item: str
    value: int | None
    dates: Mapping[str, dt.date | None]

    @property
    def subject(self) -> str:
        """Give what kind of id it is about: a trainee's, one of the staff, else a site's."""
        return next((one for one in SUBJECTS if self.kind.startswith(one)), "site")

    @property
    def always(self) -> bool:
        """Say whether no day is named."""
        return self.days == _ALWAYS

    def covers(self, other: Said) -> bool:
        """Say whether all days and halves of another row are among those of this one."""
        days = self.days[0] <= other.days[0] and other.days[1] <= self.days[1]
        return days and self.half in ("", other.half)

    def meets(self, other: Said) -> bool:
        """Say whether two rows have a half-day in common."""
        days = self.days[0] <= other.days[1] and other.days[0] <= self.days[1]
        return days and (self.half == other.half or not self.half or not other.half)

    @property
    def when(self) -> str:
        """Tell site, day and half of a row about one session."""
        return f"{self.name} {self.days[0]} {HALVES[self.half]}"


def read_said(kind: str, row: Row) -> Said | None:
    """Read a row; None where a day or a number cannot be read, which is told elsewhere."""
    quiet = Faults()
    first, last = cells.day(row, "date", quiet), cells.day(row, "until", quiet)
    half, value = cells.word(row, "half", "half", quiet), cells.count(row, "value", quiet)
    dates = {column: cells.day(row, column, quiet) for column in DATES}
    if quiet.found:
        return None
    days = _ALWAYS if first is None else (first, last or first)
    name = cells.identifier(row, "id")
    return Said(kind, name, row.location.row, days, half, row["item"], value, dates)
