"""Rows of a table that are nobody by their form: titles, the next lines of notes, the numbers of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from certcheck.staff_list.headers import Headers
from certcheck.staff_list.lone_texts import goes_on_as_note, lone_text, may_be_title
from certcheck.staff_list.tables import Table, table_at
from common.sheets import CellValue, Sheet, cell_text
from common.text import stated


def is_nobody(
    sheet: Sheet,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    table: Table,
    headers: Headers,
    labels: Mapping[str, str],
    *,
    below_foot: bool,
) -> bool:
    """Say whether a row is nobody by its form: a title, the next line of a note, the numbers of columns."""
    if _is_heading(sheet, number, table) or _numbers_columns(sheet.rows[number - 1]):
        return True
    lone = lone_text(rows[number - 1])
    if lone is None:
        return False
    if below_foot and goes_on_as_note(lone, table, headers):
        return True
    return may_be_title(lone, table, headers) and _stands_above(sheet, rows, number, headers, labels)


def says_anything(cells: Sequence[CellValue]) -> bool:
    """Say whether any cell of a row states something."""
    return any(stated(cell_text(value)) for value in cells)


def _is_heading(sheet: Sheet, number: int, table: Table) -> bool:
    """Say whether a row is one text merged over most of the table: the name of what follows."""
    if not sheet.merged:
        return False
    filled = [index for index, value in enumerate(sheet.rows[number - 1]) if says_anything([value])]
    if len(filled) != 1:
        return False
    wide = [
        right - left + 1 for top, left, _, right in sheet.merged if top == number and left == filled[0] + 1
    ]
    return bool(wide) and wide[0] * 2 > len(table.columns)


def _stands_above(
    sheet: Sheet,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    headers: Headers,
    labels: Mapping[str, str],
) -> bool:
    """Say whether the next row that says anything is a header."""
    below = next((at for at in range(number + 1, len(rows) + 1) if says_anything(sheet.rows[at - 1])), None)
    found = table_at(sheet, rows, below, headers, labels) if below else None
    return found is not None and not found.by_number


def _numbers_columns(cells: Sequence[CellValue]) -> bool:
    """Say whether a row only counts the columns of a printed form: 1, 2, 3 and so on."""
    count = 0
    for value in cells:
        text = stated(cell_text(value))
        count += bool(text)
        if text and text != str(count):
            return False
    return count > 2
