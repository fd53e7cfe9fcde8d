"""A workbook that offices sort, filter and print: titles, a frozen head, numbers as numbers, no formulas.

Titles lie in the first column alone, over columns that are free beside them: merged cells stand in the way of sorting.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import xlsxwriter

from common.packing import repacked
from common.sheet_layout import row_height

_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's creation date, fixed so that bytes repeat
_WIDTHS = {
    "考点": 36,
    "姓名": 14,
    "证件号码": 22,
    "考试项目": 22,
    "准考证号": 14,
    "日期": 12,
    "理论时间": 14,
    "实操时间": 14,
    "组内顺序号": 12,
    "考场名称": 16,
    "例外": 20,
    "工作单位": 26,
    "原因": 60,
    **dict.fromkeys(
        ("半天", "考场", "座位", "组", "批次", "次序"), 8
    ),  # a filter's arrow beside two characters
}
_USUAL_WIDTH = 10
_A4 = 9

Cells = Iterable[Sequence[int | str]]


class Page(NamedTuple):
    """A sheet: what it is called, the lines over its table, and the table."""

    name: str
    titles: Sequence[str]
    head: Sequence[str]
    rows: Cells


def workbook(pages: Iterable[Page]) -> bytes:
    """Write sheets with a frozen head and filters; a text that begins with ``=`` stays a text."""
    buffer = io.BytesIO()
    plain = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **dict.fromkeys(plain, False)})
    book.set_properties({"created": _FIXED_TIME})
    title = book.add_format({"bold": True, "font_size": 14})
    line = book.add_format({"font_size": 10})
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
    body = book.add_format({"text_wrap": True, "valign": "vcenter"})
    number = book.add_format({"align": "center", "valign": "vcenter"})
    for one in pages:
        sheet = book.add_worksheet(one.name)
        widths = [_WIDTHS.get(name, _USUAL_WIDTH) for name in one.head]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, body)
        for row, text in enumerate(one.titles):
            sheet.write_string(row, 0, text, line if row else title)
        top = len(one.titles)
        for column, name in enumerate(one.head):
            sheet.write_string(top, column, name, head)
        last = _write(sheet, top + 1, one.rows, widths, number)
        sheet.freeze_panes(top + 1, 0)
        sheet.autofilter(top, 0, last, len(one.head) - 1)
        _printed(sheet, top)
    book.close()
    return repacked(buffer.getvalue())


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    first: int,
    rows: Cells,
    widths: Sequence[int],
    number: xlsxwriter.format.Format,
) -> int:
    """Write the rows; give the number of the last one, of the head where there is none."""
    last = first - 1
    for last, row in enumerate(rows, start=first):
        long = []
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, column, value, number)
            else:
                sheet.write_string(last, column, value)
                if len(value) * (1 if value.isascii() else 2) >= widths[column]:
                    long.append((value, widths[column]))
        if long:  # not every program finds the height of wrapped lines by itself
            sheet.set_row(last, row_height(*zip(*long, strict=True)))
    return last


def _printed(sheet: xlsxwriter.worksheet.Worksheet, top: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, top)
    sheet.set_footer("&C第 &P 页　共 &N 页")
