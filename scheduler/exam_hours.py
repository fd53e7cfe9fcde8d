"""Hours of an exam day, as the rules of a city say them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from scheduler.rule_values import RuleValues

_MOST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class ExamHours:
    """When the halves of a day begin (HH:MM), how early the doors open, how long the parts take (minutes)."""

    am: str
    pm: str
    entry_minutes: int
    theory_minutes: int
    practical_minutes: int

    def as_data(self) -> dict[str, Any]:
        """Give the values in the layout of rules.toml."""
        return asdict(self)


def build_hours(values: RuleValues) -> ExamHours:
    """Build the hours; what cannot be is a fault."""
    return ExamHours(
        values.clock("times.am"),
        values.clock("times.pm"),
        values.count("times.entry_minutes", 0, _MOST_MINUTES),
        values.count("times.theory_minutes", 1, _MOST_MINUTES),
        values.count("times.practical_minutes", 1, _MOST_MINUTES),
    )
