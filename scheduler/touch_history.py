"""What changes did to somebody, from the published plans of a chain: the place before, the reason, the place after.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.drawn_links import Link

LOST_SEAT, OTHER_EXCEPTIONS = "lost_seat", "other_exceptions"
"""Of those who stay in their session: only the seat is another, or only what is said of exceptions."""
_KEYS = ("site_id", "date", "half", "room", "seat", "group", "place")
Place = Mapping[str, Any]


@dataclass(frozen=True)
class Touched:
    """What one change did to somebody.

    ``kind`` as the plan says it, or one of the two words above; ``reason`` its words, "" of those two; ``before`` and ``after``
    are places (None: none). ``drawn`` is False where the lots of the change are still to be drawn: nothing comes after yet.
    """

    change: int
    kind: str
    reason: str
    before: Place | None
    after: Place | None
    drawn: bool


def history_of(links: Sequence[Link], name: str, row: Mapping[str, str]) -> list[Touched]:
    """Give what the changes of a chain did to somebody, the first first.

    Parameters
    ----------
    links
        the draws of the folder, the last first.
    row
        of the last drawn assignments.csv; empty where there is no place.
    """
    found: list[Touched] = []
    after = _place(row)
    for link in links:
        entries, drawn = list(_entries(link.plan, name)), link.record is not None
        for kind, entry in entries:
            now = after if drawn and kind != "withdrawn" else None
            found.append(Touched(link.number, kind, entry.get("reason", ""), entry["before"], now, drawn))
        if entries:  # where somebody was before one change is where the change before it left them
            after = entries[0][1]["before"]
    return found[::-1]


def _entries(plan: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    change = plan.get("change", {})
    for key, kind in (
        ("touched", None), ("lost_seats", LOST_SEAT), ("other_exceptions", OTHER_EXCEPTIONS),
    ):  # fmt: skip
        for entry in change.get(key, ()):
            if entry["trainee_id"] == name:
                yield (kind or entry["kind"]), entry


def _place(row: Mapping[str, str]) -> Place | None:
    if not row:
        return None
    told = row.get("exception", "")
    return {key: row.get(key, "") for key in _KEYS} | {"exceptions": told.split(";") if told else []}
