"""Columns that state the same date of one certificate: 有效期 beside 有效期至, 到期日期 beside 有效期至.

Nothing that a list states is thrown away unread: the second column travels with the cells, and so do the headers,
so that a disagreement can be told in the list's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from certcheck.certificate_dates import HEADER
from certcheck.staff_list.columns import SHARED, Column
from common.sheets import CellValue, cell_text
from common.text import key, stated

SECOND = {"valid_from": "second_valid_from", "valid_to": "second_valid_to"}
"""Under which name a second column of a field travels."""
_RANGE = "valid_range"
_FIRST = {second: first for first, second in SECOND.items()}


def stated_twice(kept: Sequence[Column], dropped: Iterable[Column]) -> tuple[Column, ...]:
    """Give the columns of a table whose dates another one states too, each with the group of its certificate.

    ``dropped`` are those whose word is a weaker one for the field of another column.
    """
    seconds = [second for column in dropped if (second := _second(column, kept)) is not None]
    ranges = {column.group for column in kept if column.field == _RANGE}
    both = ranges | {column.group for column in seconds}
    if not both:
        return ()
    own = [column for column in kept if column.field in (*SECOND, _RANGE)]
    return (*(one for one in own if SHARED in both or one.group in both or one.group == SHARED), *seconds)


def _second(column: Column, kept: Sequence[Column]) -> Column | None:
    """Give a dropped column the place of the one that goes before it; None where several might."""
    before = [one for one in kept if one.field == column.field and key(one.hint) == key(column.hint)]
    if column.field not in SECOND or len(before) != 1:
        return None
    return replace(column, field=SECOND[column.field], group=before[0].group)


def field_of(column: Column) -> str:
    """Give the contract's field of a column, be it the first or the second that states it."""
    return _FIRST.get(column.field, column.field)


def is_second(column: Column) -> bool:
    """Say whether a column only repeats what another one states."""
    return column.field in _FIRST


def tell(
    columns: Iterable[Column], cells: Sequence[CellValue], claims: Mapping[int, dict[str, CellValue]]
) -> None:
    """Put the second dates of a row, and the headers of all, beside the certificates that they are of."""
    for column in columns:
        value = cells[column.index]
        if not stated(cell_text(value)):
            continue
        for group, claim in claims.items():
            if column.group in (group, SHARED):
                claim.setdefault(column.field, value)
                claim[HEADER + column.field] = stated(column.label)
