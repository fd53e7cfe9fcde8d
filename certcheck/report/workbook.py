"""The list handed back: the user's own sheets with verdict and reasons added beside each row.

Values are written as they were read; text stays text (a cell that begins with ``=`` is no formula),
a formula comes back as its last value.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
import xlsxwriter.exceptions

from certcheck.findings import next_step, title
from certcheck.model import Outcome
from certcheck.report.layout import column_widths, row_height
from certcheck.roster import Reading
from certcheck.verdict import VERDICTS
from common.finding import Severity
from common.sheets import CellValue, Sheet, cell_text

_ADDED = ("核验结论", "问题", "下一步")
_WIDTHS = (18, 60, 40)
_SAMPLE, _WIDEST = 300, 30
_COLOURS = {
    "violation": "#F8CBAD",
    "attention": "#FFE699",
    "valid": "#C6E0B4",
    "unverified": "#DDEBF7",
    "not_required": "#EDEDED",
}
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FIRST_YEAR = 1900
_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's creation date, fixed so that bytes repeat


def handed_back(sheets: Sequence[Sheet], readings: Sequence[Reading], outcomes: Iterable[Outcome]) -> bytes:
    """Give one workbook for the sheets of one file."""
    by_row: dict[tuple[str, int], list[Outcome]] = {}
    for outcome in outcomes:
        source = outcome.entry.source
        by_row.setdefault((source.sheet, source.row), []).append(outcome)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _FIXED_TIME})
    formats = _formats(book)
    names = _sheet_names([sheet.name for sheet in sheets])
    shown = [index for index, sheet in enumerate(sheets) if not sheet.hidden]
    for index, (sheet, reading) in enumerate(zip(sheets, readings, strict=True)):
        page = book.add_worksheet(names[index])
        if shown and index == shown[0]:  # the sheet that opens must be one that is seen
            page.activate()
            page.set_first_sheet()
        elif sheet.hidden and shown:
            page.hide()
        _write_sheet(page, sheet, reading, by_row, formats)
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    formats = {
        verdict: book.add_format({"bg_color": colour, "text_wrap": True, "valign": "top"})
        for verdict, colour in _COLOURS.items()
    }
    formats["head"] = book.add_format({"bold": True, "bg_color": "#D9D9D9", "text_wrap": True})
    formats["date"] = book.add_format({"num_format": "yyyy-mm-dd"})
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


def _write_sheet(
    page: Any,
    sheet: Sheet,
    reading: Reading,
    by_row: Mapping[tuple[str, int], list[Outcome]],
    formats: Mapping[str, Any],
) -> None:
    width = max([len(row) for row in sheet.rows] + [right for *_, right in sheet.merged], default=0)
    _merge(page, sheet)
    for row_index, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            _write_cell(page, row_index, column, value, formats)
        added = _added(by_row.get((sheet.name, row_index + 1), []))
        for offset, text in enumerate(added):
            page.write_string(row_index, width + offset, text[0], formats[text[1]])
        if added:
            page.set_row(row_index, row_height([text for text, _ in added], _WIDTHS))
    for table in reading.tables:
        for offset, label in enumerate(_ADDED):
            page.write_string(table.header_row - 1, width + offset, label, formats["head"])
    _lay_out(page, sheet, reading, width)


def _lay_out(page: Any, sheet: Sheet, reading: Reading, width: int) -> None:
    """Make columns as wide as their texts and the print one page wide; the header stays in sight."""
    first = reading.tables[0].header_row - 1 if reading.tables else 0
    sample = ([cell_text(value) for value in row] for row in sheet.rows[first : first + _SAMPLE])
    for column, size in enumerate([*column_widths(sample, width, _WIDEST), *_WIDTHS]):
        page.set_column(column, column, size)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if reading.tables:
        page.freeze_panes(reading.tables[0].first - 1, 0)
        page.repeat_rows(first, reading.tables[0].first - 2)


def _merge(page: Any, sheet: Sheet) -> None:
    """Merge what the user merged; ranges over each other, which only a broken file has, stay as they are."""
    for top, left, bottom, right in sheet.merged:
        if (top, left) != (bottom, right):
            with contextlib.suppress(xlsxwriter.exceptions.OverlappingRange):
                page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")


def _write_cell(page: Any, row: int, column: int, value: CellValue, formats: Mapping[str, Any]) -> None:
    if value == "":
        return
    if isinstance(value, bool):
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
        page.write_string(row, column, str(value)[:_LONGEST_TEXT], formats["text"])


def _added(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Give verdict, reasons and next steps of all certificates of one row, with their colour."""
    if not outcomes:
        return []
    worst = min((outcome.verdict for outcome in outcomes), key=list(VERDICTS).index)
    findings = list(dict.fromkeys(f for outcome in outcomes for f in outcome.findings))
    findings.sort(key=lambda finding: list(Severity).index(finding.severity))
    reasons = "\n".join(f"【{title(f.code)}】{f.message}{f.waived or ''}" for f in findings)
    open_ones = [f for f in findings if f.severity is not Severity.NOTE and f.waived is None]
    steps = "\n".join(dict.fromkeys(next_step(f.code) for f in open_ones))
    return [(text[:_LONGEST_TEXT], worst) for text in (VERDICTS[worst], reasons, steps)]
