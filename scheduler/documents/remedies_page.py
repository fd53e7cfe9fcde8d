"""Who has no place and what would help, as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from common.templates import environment
from scheduler.documents.remedy_words import row_ranges
from scheduler.exam_words import PARTS

_TEMPLATE = "remedies.html"
_MOST_NAMED = 300


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
        "id_words": _ids(group["trainees"]),
        "row_words": "、".join(row_ranges(group["rows"])),
        "expected_words": _people(Fraction(group["expected_unplaced"])),
    }
    return {**group, **words}


def _ids(names: Sequence[str]) -> str:
    """Name people as every other page does; of very many the first ones: a browser does not open a cell of a million."""
    if len(names) <= _MOST_NAMED:
        return "、".join(names)
    return f"{'、'.join(names[:_MOST_NAMED])} 等 {len(names)} 人，全部编号见 remedies.json"


def _people(expected: Fraction) -> str:
    """Say an expected number of people; remedies.json has it exactly."""
    if expected.denominator == 1:
        return f"{expected} 人"
    return f"约 {float(expected):.1f} 人"
