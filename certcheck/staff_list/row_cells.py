"""The cells of one row under the names of their fields: the person's, and those of each certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certcheck.staff_list.claimed import complete
from certcheck.staff_list.columns import HINT, SHARED, UNSURE, Column
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.second_columns import stood_in
from common.sheets import CellValue, cell_text
from common.text import key, stated


@dataclass(frozen=True, slots=True)
class RowCells:
    """What a row states: the person's cells by field, and those of each certificate by its group."""

    person: dict[str, CellValue]
    claims: dict[int, dict[str, CellValue]]
    other_numbers: tuple[tuple[str, CellValue], ...] = ()


def named_cells(cells: Sequence[CellValue], columns: Sequence[Column], headers: Headers) -> RowCells:
    """Put the cells of a row under the fields of their columns; what states nothing is left out."""
    person: dict[str, CellValue] = {}
    claims: dict[int, dict[str, CellValue]] = {}
    shared: dict[str, CellValue] = {}
    unsure: dict[str, CellValue] = {}
    second: list[tuple[Column, CellValue]] = []
    for column in columns:
        value = cells[column.index]
        if value == "" or not stated(value if isinstance(value, str) else cell_text(value)):
            continue
        if column.field == "held" and headers.held.says_no(value):
            continue
        if column.second:
            second.append((column, value))
        elif column.field in headers.person:
            person[column.field] = _joined(person.get(column.field), value)
        elif column.field == UNSURE:
            unsure[UNSURE] = _told(
                unsure.get(UNSURE), f"{stated(column.label) or '无表头'}：{cell_text(value)}"
            )
        elif column.group == SHARED:
            shared[column.field] = value
        else:
            claim = claims.setdefault(column.group, {})
            if column.field != "held" or not headers.held.says_yes(value):
                claim[column.name] = value
            if column.hint:
                claim[HINT] = column.hint
    others = stood_in(person, second, columns) if second else ()
    return RowCells(person, complete(claims, shared, unsure, headers), others)


def _told(before: CellValue | None, text: str) -> str:
    """Put what is told of a row's unsure dates together."""
    return text if before is None else f"{before}；{text}"


def _joined(first: CellValue | None, second: CellValue) -> CellValue:
    """Put two columns of one field together, each word once."""
    if first is None or key(cell_text(second)) in key(cell_text(first)):
        return second if first is None else first
    return f"{stated(cell_text(first))}、{stated(cell_text(second))}"
