"""Ends of a validity known by the column beside them: 有效期自 | 至, or a start and an empty header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from certcheck.cells import date_of
from certcheck.staff_list.around import Around, HeaderMatch
from common.dates import CivilDate
from common.sheets import CellValue, cell_text
from common.text import key, stated

_NAMELESS = "无表头"
_MOST = 5, 4
"""Of five cells that are filled, four have to fit."""


def ends_beside(
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    sample: Sequence[Sequence[CellValue]],
    around: Around,
) -> list[HeaderMatch | None]:
    """Read the end that stands to the right of its start, under 至 or under nothing.

    有效期 over a column of dates with a column of later dates beside it, as one merged cell leaves it, is a start.
    """
    read = _both_bare(labels, matches, around)
    for index in range(1, len(read)):
        left = read[index - 1]
        if left is None or left.field not in {"valid_from", "valid_range"} or _has_end(read, left.prefix):
            continue
        at = _over_joint(labels, read, sample, index, around)
        if at is None or (labels[at] and not around.is_edge("valid_to", key(labels[at]))):
            continue
        if labels[at] and left.field == "valid_from":
            read[at] = HeaderMatch("valid_to", left.prefix)
            continue
        dated, why = _later(sample, index - 1, at)
        if why and (left.field == "valid_from" or not left.why):
            read[at] = HeaderMatch("valid_to", left.prefix, why)
            read[index - 1] = (
                left if left.field == "valid_from" else replace(left, field="valid_from", why=why)
            )
        elif dated and left.field == "valid_from":
            read[at] = HeaderMatch("valid_to", _NAMELESS, unsure=_NAMELESS)
    return read


def _both_bare(
    labels: Sequence[str], matches: Sequence[HeaderMatch | None], around: Around
) -> list[HeaderMatch | None]:
    """Read 自 | 至 side by side as start and end, where no word of a validity stands over them."""
    read = list(matches)
    for index in range(1, len(read)):
        left, right = key(labels[index - 1]), key(labels[index])
        if around.is_edge("valid_from", left) and around.is_edge("valid_to", right):
            read[index - 1] = read[index - 1] or HeaderMatch("valid_from")
            read[index] = read[index] or HeaderMatch("valid_to")
    return read


def _has_end(read: Sequence[HeaderMatch | None], prefix: str) -> bool:
    return any(one is not None and one.field == "valid_to" and one.prefix == prefix for one in read)


def _over_joint(
    labels: Sequence[str],
    read: Sequence[HeaderMatch | None],
    sample: Sequence[Sequence[CellValue]],
    index: int,
    around: Around,
) -> int | None:
    """Give the place where the end may stand: here, or behind a column that holds only 至; None where neither is free."""
    cells = {key(cell_text(row[index])) for row in sample if index < len(row)} - {""}
    joint = (
        not labels[index] and index + 1 < len(read) and all(around.is_edge("valid_to", one) for one in cells)
    )
    at = index + 1 if joint and read[index] is None else index
    return at if read[at] is None else None


def _later(sample: Sequence[Sequence[CellValue]], start: int, end: int) -> tuple[bool, str]:
    """Say whether a column holds dates, and why they are the ends of the starts in another: they are later."""
    rows = [row for row in sample if end < len(row) and stated(cell_text(row[end]))]
    dates = [(_first(row[start]), date) for row in rows if (date := date_of(row[end])) is not None]
    both = [(first, date) for first, date in dates if first is not None]
    later = sum(first.last_day() < date.last_day() for first, date in both)
    of, fit = _MOST
    if not rows or len(dates) * of < len(rows) * fit:
        return False, ""
    if not both or later * of < len(both) * fit:
        return True, ""
    return True, f"抽看的 {len(rows)} 格中有 {len(dates)} 格是日期，晚于左边的日期"


def _first(value: CellValue) -> CivilDate | None:
    return date_of(value) if stated(cell_text(value)) else None
