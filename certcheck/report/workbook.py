"""The workbook handed back, written row by row: the user's cells, and the verdict beside each row.

Values are written as they were read; text stays text (a cell that begins with ``=`` is no formula),
a formula comes back as its last value.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
import xlsxwriter.exceptions

from certcheck.report.inline_sheet import InlineSheet
from certcheck.report.new_book import new_book
from common.sheet_layout import row_height
from common.sheets import CellValue

ADDED = ("核验结论", "问题", "下一步", "最近期限")
MOST_ROWS = 1_048_576
"""How many rows a sheet may have; a longer text table goes on in another sheet."""

WIDTHS = (23, 60, 40, 12)
COLOURS = {
    "violation": "#F8CBAD",
    "attention": "#FFE699",
    "valid": "#C6E0B4",
    "unverified": "#DDEBF7",
    "not_required": "#EDEDED",
}
LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Added:
    """What is added to a row: its verdict (which gives the colour), three texts, and the nearest deadline."""

    verdict: str
    texts: tuple[str, str, str]
    due: dt.date | None = None


Row = tuple[list[CellValue], Added | None]


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What is known of a sheet before its rows.

    ``width`` is how many columns are the user's own, ``widths`` how wide each is. ``tables`` holds
    (header row, first row of people), counted from 1; ``merged`` is as in ``common.sheets.Sheet``.
    """

    name: str
    hidden: bool
    rows: int
    width: int
    widths: tuple[int, ...]
    tables: tuple[tuple[int, int], ...]
    merged: tuple[tuple[int, int, int, int], ...]

    @property
    def merged_downwards(self) -> bool:
        """Say whether cells are merged over several rows."""
        return any(bottom > top for top, _, bottom, _ in self.merged)


class Book:
    """One workbook while it is written: ``begin`` a sheet, give its ``rows`` in order, ``close``.

    Parameters
    ----------
    file
        where it is written to.
    scratch
        a folder for the parts of a long list while they are written; None keeps them in memory, which
        cells merged downwards need.
    """

    def __init__(self, file: BinaryIO, heads: Sequence[SheetHead], scratch: Path | None = None) -> None:
        self._book = new_book(file, scratch)
        self._in_order = scratch is not None
        self._formats = _formats(self._book)
        self._names = iter(_sheet_names([head.name for head in heads]))
        self._first_shown = next((head for head in heads if not head.hidden), None)
        self._page: Any = None
        self._head = heads[0]
        self._row = 0
        self._headers: dict[int, int] = {}
        self._merged: dict[int, list[tuple[int, int, int, int]]] = {}

    def begin(self, head: SheetHead) -> None:
        """Begin the next sheet."""
        self._head, self._row = head, 0
        self._headers = {row: header for header, first in head.tables for row in range(header, first)}
        self._merged = {}
        for area in head.merged:
            self._merged.setdefault(area[0] if self._in_order else 1, []).append(area)
        self._page = self._book.add_worksheet(next(self._names), InlineSheet)
        if (
            head is self._first_shown or head == self._first_shown
        ):  # the sheet that opens must be one that is seen
            self._page.activate()
            self._page.set_first_sheet()
        elif head.hidden and self._first_shown is not None:
            self._page.hide()
        for header, first in head.tables:
            self._merge_titles(header, first - 1)
        self._lay_out()

    def rows(self, rows: Sequence[Row]) -> None:
        """Write the next rows of the sheet begun last."""
        for cells, added in rows:
            if self._row == MOST_ROWS:
                self._go_on()
            self._write(cells, added)
            self._row += 1

    def close(self) -> None:
        """Write what is left."""
        self._book.close()

    def wait(self) -> None:
        """Wait for nothing: what was closed is written."""

    def _go_on(self) -> None:
        """Go on in another sheet: a text table may have more rows than a sheet can hold."""
        self._page = self._book.add_worksheet(None, InlineSheet)
        self._row = 0

    def _write(self, cells: Sequence[CellValue], added: Added | None) -> None:
        for area in self._merged.get(self._row + 1, ()):
            self._merge(area)
        for column, value in enumerate(cells):
            _write_cell(self._page, self._row, column, value, self._formats)
        if added is not None:
            self._add(added)
        elif self._row + 1 in self._headers:
            first = self._headers[self._row + 1] == self._row + 1
            for offset, label in enumerate(ADDED, start=self._head.width):
                self._page.write(self._row, offset, label if first else None, self._formats["head"])

    def _add(self, added: Added) -> None:
        page, row, width = self._page, self._row, self._head.width
        if added.texts[1]:
            page.set_row(row, row_height((*added.texts, ""), WIDTHS))
        for offset, text in enumerate(added.texts):
            if text:
                _write_text(page, row, width + offset, text, self._formats[added.verdict])
        if added.due is not None:
            page.write_datetime(row, width + len(added.texts), added.due, self._formats["due"])

    def _lay_out(self) -> None:
        """Make columns wide enough and the print one page wide; the header stays in sight, with a filter."""
        page, head = self._page, self._head
        for column, size in enumerate([*head.widths, *WIDTHS]):
            page.set_column(column, column, size)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        if head.tables:
            header, first = head.tables[0]
            page.freeze_panes(first - 1, 0)
            page.repeat_rows(header - 1, first - 2)
            last = min(head.rows, MOST_ROWS)
            if len(head.tables) == 1 and last >= first:  # a filter over a second header would sort it in
                page.autofilter(first - 2, 0, last - 1, head.width + len(ADDED) - 1)

    def _merge_titles(self, top: int, bottom: int) -> None:
        """Let the titles of what is added stand over all rows of a header."""
        for column in range(self._head.width, self._head.width + len(ADDED)):
            if bottom > top:
                self._page.merged_titles(top - 1, bottom - 1, column)

    def _merge(self, area: tuple[int, int, int, int]) -> None:
        """Merge what the user merged; ranges over each other, which only a broken file has, stay as they are."""
        top, left, bottom, right = area
        if (top, left) != (bottom, right):
            with contextlib.suppress(xlsxwriter.exceptions.OverlappingRange):
                self._page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")


def _formats(book: Any) -> dict[str, Any]:
    formats = {
        verdict: book.add_format({"bg_color": colour, "text_wrap": True, "valign": "top"})
        for verdict, colour in COLOURS.items()
    }
    formats["head"] = book.add_format(
        {"bold": True, "bg_color": "#D9D9D9", "text_wrap": True, "valign": "vcenter"}
    )
    formats["date"] = book.add_format({"num_format": "yyyy-mm-dd"})
    formats["due"] = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    formats["time"] = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    formats["clock"] = book.add_format({"num_format": "hh:mm:ss"})
    formats["hours"] = book.add_format({"num_format": "[h]:mm:ss"})
    formats["text"] = book.add_format({"num_format": "@"})
    return formats


def _sheet_names(names: Sequence[str]) -> list[str]:
    """Give names that a workbook may have; those of other formats may be longer, or have other marks."""
    given: list[str] = []
    taken = {"history"}  # the one word that Excel keeps for itself
    for number, name in enumerate(names, start=1):
        plain = _FORBIDDEN.sub("_", name).strip("'")[:_LONGEST_NAME].strip("'") or f"表{number}"
        if plain.casefold() in taken:
            end = f"_{number}"
            plain = plain[: _LONGEST_NAME - len(end)] + end
        taken.add(plain.casefold())
        given.append(plain)
    return given


def _write_text(page: Any, row: int, column: int, text: str, style: Any) -> None:
    if text.startswith(
        "<r>"
    ):  # the library takes it for text that is formatted already, and writes it as it is
        page.write_rich_string(row, column, text[:1], style, text[1:LONGEST_TEXT], style)
    else:
        page.write_string(row, column, text[:LONGEST_TEXT], style)


def _write_cell(page: Any, row: int, column: int, value: CellValue, formats: Mapping[str, Any]) -> None:
    if isinstance(value, str):
        if value:
            _write_text(page, row, column, value, formats["text"])
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float) and math.isfinite(value):
        page.write_number(row, column, value)
    elif isinstance(value, dt.date) and value.year >= _FIRST_YEAR:
        timed = isinstance(value, dt.datetime) and value.time() != dt.time()
        page.write_datetime(row, column, value, formats["time" if timed else "date"])
    elif isinstance(value, dt.time):
        page.write_datetime(row, column, value, formats["clock"])
    elif isinstance(value, dt.timedelta):
        page.write_datetime(row, column, value, formats["hours"])
    else:
        page.write_string(row, column, str(value)[:LONGEST_TEXT], formats["text"])
