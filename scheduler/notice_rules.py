"""Rules of a city about telling: days of notice, who issues the papers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from scheduler.rule_values import RuleValues

_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Notice:
    """How early the public is told (calendar days) and the plan filed (working days), by whom, and where files are published."""

    public_days: int
    filing_days: int
    issuer: str
    contact: str
    website: str = ""

    def as_data(self) -> dict[str, Any]:
        """Give the values in the layout of rules.toml; no address is none there: plans of before it was a rule stay the same."""
        return {key: value for key, value in asdict(self).items() if key != "website" or value}


def build_notice(values: RuleValues) -> Notice:
    """Build the rules of notice; what cannot be is a fault."""
    return Notice(
        values.count("notice.public_days", 0, _MOST_DAYS),
        values.count("notice.filing_days", 0, _MOST_DAYS),
        values.text("notice.issuer"),
        values.text("notice.contact"),
        values.text("notice.website"),
    )
