"""A line of the staff list and what is to be expected of it; dates in the forms people write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from examples_people import Person

Cell = str | int | dt.date

DATE_FIELDS = ("first_issue", "valid_from", "valid_to", "review_due", "review_done")
FORMS: dict[str, Callable[[dt.date], Cell]] = {
    "date": lambda day: day,
    "dash": lambda day: day.isoformat(),
    "dot": lambda day: f"{day.year}.{day.month}.{day.day}",
    "hanzi": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "compact": lambda day: f"{day:%Y%m%d}",
    "month": lambda day: f"{day:%Y.%m}",
}
USUAL_FORMS = ("date", "date", "dash", "dot", "hanzi", "compact")


@dataclass
class Line:
    """One row: the cells by field name, the records the registry holds of it, the expected findings.

    ``group`` keeps lines of one department together; ``stays`` marks a line that must follow the
    one before it.
    """

    person: Person
    cells: dict[str, Cell]
    group: str = ""
    stays: bool = False
    records: list[dict[str, Any]] = field(default_factory=list)
    codes: tuple[str, ...] = ()
    registry: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    registry_may: tuple[str, ...] = ()
    why: str = ""
    mess: str = ""
    row: int = 0

    @property
    def claims(self) -> bool:
        """Say whether the row claims a certificate."""
        return bool(self.cells.get("item") or self.cells.get("kind"))

    def expectation(self, sheet: str) -> dict[str, Any]:
        """Give the line's entry in planted.json."""
        told: dict[str, Any] = {
            "sheet": sheet,
            "row": self.row,
            "codes": list(self.codes),
            "registry_codes": list(self.registry),
        }
        told |= {"may": list(self.may)} if self.may else {}
        told |= {"registry_may": list(self.registry_may)} if self.registry_may else {}
        return told | {"why": self.why}


def plus_years(day: dt.date, years: int) -> dt.date:
    """Give the same day some years later; 29 February is not used here."""
    return day.replace(year=day.year + years)


def special_record(
    person: Person,
    category: str,
    item: str,
    dates: tuple[dt.date, dt.date, dt.date, dt.date | None],
    issuer: str,
) -> dict[str, Any]:
    """Give what the registry holds of a special operation certificate."""
    start, end, due, done = dates
    return {
        "kind": "special",
        "category": category,
        "item": item,
        "certificate_number": f"T{person.number}",
        "first_issue": start.isoformat(),
        "valid_from": start.isoformat(),
        "valid_to": end.isoformat(),
        "review_due": due.isoformat(),
        "review_done": done.isoformat() if done else None,
        "issuer": issuer,
        "status": "有效",
        "history": False,
        "person_type": None,
        "industry": None,
    }


def write_record(record: dict[str, Any], form: str) -> dict[str, Cell]:
    """Write a record's facts as cells, dates in one of the forms."""
    cells: dict[str, Cell] = {
        name: record[name] for name in ("category", "item", "certificate_number", "issuer")
    }
    for name in DATE_FIELDS:
        cells[name] = FORMS[form](dt.date.fromisoformat(record[name])) if record[name] else ""
    return cells


def person_cells(person: Person, post: str) -> dict[str, Cell]:
    return {"name": person.name, "sex": person.sex, "id_number": person.number, "post": post}
