"""Who has no place and what would help, as a page."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from common.templates import environment
from scheduler.documents.remedy_words import row_ranges
from scheduler.exam_words import PARTS

_TEMPLATE = "remedies.html"


def remedies_page(data: Mapping[str, Any]) -> str:
    """Give the page."""
    shown = [
        {
            **one,
            "groups": [_shown(group) for group in one["groups"]],
        }
        for one in data["bottlenecks"]
    ]
    also = [_shown(group) for group in data["also"]]
    return environment().get_template(_TEMPLATE).render(data=data, bottlenecks=shown, also=also)


def _shown(group: Mapping[str, Any]) -> dict[str, Any]:
    words = {
        "part_words": PARTS[group["part"]],
        "row_words": "、".join(row_ranges(group["rows"])),
        "expected_words": _people(Fraction(group["expected_unplaced"])),
    }
    return {**group, **words}


def _people(expected: Fraction) -> str:
    """Say an expected number of people; remedies.json has it exactly."""
    if expected.denominator == 1:
        return f"{expected} 人"
    return f"约 {float(expected):.1f} 人"
