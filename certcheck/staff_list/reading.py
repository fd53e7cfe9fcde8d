"""What was understood of one sheet of a staff list."""

from __future__ import annotations

from dataclasses import dataclass, field

from certcheck.model import Source
from certcheck.staff_list.tables import Table
from certcheck.staff_list.uncovered import Before
from common.sheets import Sheet


@dataclass
class Reading:
    """What was understood of one sheet: tables found, how many rows are people, how many were passed over.

    ``part`` says which file of the run the sheet is in, from 0. ``unused`` are rows under a person that
    state only a date. ``shown`` are the names of file and sheet as reports
    tell them, for a name may hold somebody's number. ``before`` is what the sheet may go on with, ``goes_on`` the name of
    the sheet that it does go on with. ``above`` are people over the header who were read under it, ``not_read`` rows
    with somebody's number that no table has. ``names`` counts the rows of a sheet without a table that may hold a name.
    """

    sheet: Sheet
    tables: list[Table] = field(default_factory=list)
    people: int = 0
    skipped: int = 0
    unused: list[int] = field(default_factory=list)
    part: int = 0
    shown: tuple[str, str] | None = None
    before: Before | None = None
    goes_on: str = ""
    above: list[int] = field(default_factory=list)
    not_read: list[int] = field(default_factory=list)
    names: int = 0

    @property
    def file(self) -> str:
        """Give the name of the file as reports tell it."""
        return self.shown[0] if self.shown else self.sheet.file

    @property
    def name(self) -> str:
        """Give the name of the sheet as reports tell it; no two of a file are the same."""
        return self.shown[1] if self.shown else self.sheet.name

    @property
    def after(self) -> Before | None:
        """Give what the next sheet of the file may go on with; a list that is no table has no columns to go on with."""
        if self.tables:
            return Before(self.tables[-1], self.name) if self.tables[-1].width else None
        return self.before

    def source(self, row: int) -> Source:
        """Give the place of a row."""
        return Source(self.file, self.name, row, part=self.part)
