"""Blank workbooks to fill in: heads, what each column holds beside its cells, and fixed words to choose from."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import xlsxwriter

from common.packing import repacked

TEXT, DATE, NUMBER = "@", "yyyy-mm-dd", "General"
"""Formats of columns: ids and identity numbers are text, or a spreadsheet drops zeros and last digits."""
_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that bytes repeat
_LAST_ROW = 20_000
_LONGEST_NOTE, _LONGEST_TITLE = 255, 32  # what Excel shows of them


class Column(NamedTuple):
    """A column: its head, what it holds, whether every row needs it, the words to choose from, the format of its cells."""

    head: str
    note: str
    needed: bool = False
    choices: Sequence[str] = ()
    form: str = TEXT
    width: int = 0


class Blank(NamedTuple):
    """A sheet: what it is called, whether it must be filled in, and its columns."""

    name: str
    needed: bool
    columns: Sequence[Column]


def blank_workbook(sheets: Iterable[Blank]) -> bytes:
    """Give a workbook; the same bytes always."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _FIXED_TIME})
    heads = {
        needed: book.add_format({"bold": True, "border": 1, "bg_color": colour})
        for needed, colour in ((True, "#FCE4D6"), (False, "#DDEBF7"))
    }
    cells = {form: book.add_format({"num_format": form}) for form in (TEXT, DATE, NUMBER)}
    for one in sheets:
        sheet = book.add_worksheet(one.name)
        if one.needed:
            sheet.set_tab_color("#2F75B5")
        for place, column in enumerate(one.columns):
            sheet.set_column(
                place, place, max(column.width, 10, 2 * len(column.head) + 3), cells[column.form]
            )
            sheet.write_string(0, place, column.head, heads[column.needed])
            sheet.data_validation(1, place, _LAST_ROW, place, _validation(column))
        sheet.freeze_panes(1, 0)
    book.close()
    return repacked(buffer.getvalue())


def _validation(column: Column) -> Mapping[str, object]:
    """Give what shows the note beside a cell, and the words to choose; other words are warned of, not refused: the program knows more."""
    note = f"{'必填。' if column.needed else ''}{column.note}"
    told = {"input_title": column.head[:_LONGEST_TITLE], "input_message": note[:_LONGEST_NOTE]}
    if not column.choices:
        return {"validate": "any", **told}
    return {
        "validate": "list", "source": list(column.choices), "error_type": "warning", "error_title": "请核对",
        "error_message": f"通常写：{'、'.join(column.choices)}", **told,
    }  # fmt: skip
