"""A finding: something a person should know about a fact, with where it stands and why it matters.

A bad row is never an exception; it is a value of this kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as record_field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; a violation breaks a rule, a note only informs."""

    VIOLATION = "violation"
    ATTENTION = "attention"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a fact stands: rows and columns count from 1, as a spreadsheet shows them."""

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.row:
            parts.append(f"第 {self.row} 行")
        if self.column:
            parts.append(f"{column_letters(self.column)} 列")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Waived:
    """Somebody answers for leaving a finding as it is, up to and including a day (ISO)."""

    reason: str
    approver: str
    until: str

    def __str__(self) -> str:
        return f"已豁免：{self.reason}（批准人 {self.approver}，至 {self.until}）"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that weighs nothing by what the list itself says, without anybody's approval."""

    reason: str

    def __str__(self) -> str:
        return f"不计入问题：{self.reason}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding in the form of the contract, section 3.

    ``message`` is the sentence for the reader, ``basis`` the article it rests on; ``field``,
    ``value`` and ``expected`` say what was found where. ``location`` is set where it is not
    plain from the outcome that carries the finding; ``step`` what to do, where that is not what its code says.
    ``value`` and ``expected`` are as they stand in
    the source and are masked where they are shown; ``message`` never holds a whole number.
    """

    code: str
    severity: Severity
    message: str
    basis: str = ""
    field: str | None = None
    value: str | None = record_field(default=None, repr=False)
    expected: str | None = record_field(default=None, repr=False)
    location: Location | None = None
    waived: Waived | SetAside | None = None
    step: str = ""


def column_letters(number: int) -> str:
    """Give the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
