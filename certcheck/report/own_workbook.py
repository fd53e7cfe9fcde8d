"""The user's own .xlsx with columns added: fonts, colours, number formats, widths, comments, hidden rows stay.

Only for lists that fit in memory as cells with styles; a formula comes back as its last value.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from certcheck.report.workbook import ADDED, COLOURS, LONGEST_TEXT, WIDTHS, Added, Book, Row, SheetHead
from common.packing import part
from common.scratch import scratch, temporary_files_in
from common.sheet_layout import row_height

_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's dates, fixed so that bytes repeat
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_HEAD_COLOUR = "D9D9D9"


class OwnBook:
    """Adds to a workbook as it is; where that cannot be done, writes its cells anew (``Book``).

    Parameters
    ----------
    folder
        where ``file`` is; what is written on the way is there, too.
    """

    def __init__(self, original: Path, file: BinaryIO, folder: Path, heads: Sequence[SheetHead]) -> None:
        self._original, self._file, self._folder, self._heads = original, file, folder, heads
        self._rows: list[list[Row]] = []

    def begin(self, head: SheetHead) -> None:
        """Begin the next sheet."""
        self._rows.append([])

    def rows(self, rows: Sequence[Row]) -> None:
        """Take the next rows of the sheet begun last."""
        self._rows[-1] += rows

    def close(self) -> None:
        """Write everything."""
        try:
            content = self._added_to()
        except Exception:  # noqa: BLE001 - a workbook of an odd kind may fail anywhere in the library
            self._write_anew()
        else:
            self._file.write(content)

    def wait(self) -> None:
        """Wait for nothing: what was closed is written."""

    def _write_anew(self) -> None:
        book = Book(self._file, self._heads)
        for head, rows in zip(self._heads, self._rows, strict=True):
            book.begin(head)
            book.rows(rows)
        book.close()

    def _added_to(self) -> bytes:
        book = openpyxl.load_workbook(self._original, data_only=True, keep_links=False)
        for head, rows in zip(self._heads, self._rows, strict=True):
            page = book[head.name]
            for number, (_, added) in enumerate(rows, start=1):
                if added is not None:
                    _add(page, number, head.width, added)
            _lay_out(page, head)
        for name in list(book.defined_names):
            del book.defined_names[name]  # a name may hold a formula
        book.properties.created = _FIXED_TIME
        buffer = io.BytesIO()
        # the library writes each sheet, with all its numbers, to a file first: one that the next run removes if this is killed
        with scratch(self._folder) as space, temporary_files_in(space):
            book.save(buffer)
        return _without_times(buffer)


def _add(page: Any, row: int, width: int, added: Added) -> None:
    fill = PatternFill("solid", fgColor=COLOURS[added.verdict].removeprefix("#"))
    for offset, text in enumerate(added.texts, start=1):
        if text:
            cell = page.cell(row, width + offset)
            _as_text(cell, text[:LONGEST_TEXT])
            cell.fill = fill
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    if added.due is not None:
        due = page.cell(row, width + len(ADDED), added.due)
        due.number_format = "yyyy-mm-dd"
        due.alignment = Alignment(vertical="top")
    if added.texts[1]:
        needed = row_height((*added.texts, ""), WIDTHS)
        page.row_dimensions[row].height = max(page.row_dimensions[row].height or 0, needed)


def _as_text(cell: Cell, text: str) -> None:
    """Write text that stays text, also where it begins with ``=``."""
    cell.value = text
    cell.data_type = "s"


def _lay_out(page: Any, head: SheetHead) -> None:
    """Head the added columns and make them wide enough; a header that is not fixed yet is fixed, with a filter."""
    for header, first in head.tables:
        for offset, label in enumerate(ADDED, start=1):
            column = head.width + offset
            if first - header > 1:  # a header of several rows: the title stands over all of them
                page.merge_cells(start_row=header, end_row=first - 1, start_column=column, end_column=column)
            cell = page.cell(header, column)
            cell.value = label
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.fill = PatternFill("solid", fgColor=_HEAD_COLOUR)
            cell.border = copy.copy(page.cell(header, 1).border)
    for offset, size in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(head.width + offset)].width = size
    if not head.tables:
        return
    header, first = head.tables[0]
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)  # it has grown wider
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    page.print_area = None
    if not page.print_title_rows:
        page.print_title_rows = f"{header}:{first - 1}"
    if page.freeze_panes is None:
        page.freeze_panes = f"A{first}"
    if len(head.tables) == 1 and head.rows >= first and not page.tables:
        page.auto_filter.ref = f"A{first - 1}:{get_column_letter(head.width + len(ADDED))}{head.rows}"


def _without_times(written: io.BytesIO) -> bytes:
    """Give the same archive without the time of its writing, so that the same list gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":  # the library puts the clock there whatever it is told
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            target.writestr(part(entry.filename), content)
    return buffer.getvalue()
