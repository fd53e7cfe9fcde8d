"""The problem list as a workbook: written, filled in by hand, and read again next month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from certcheck.report.new_book import new_book
from certcheck.report.problem_keys import by_name
from certcheck.report.problems import BY_HAND, SOLVED, Problem
from common.errors import InputError
from common.sheet_layout import row_height
from common.sheets import CellValue, cell_text, read_sheets
from common.text import stated

_OWN = ("状态", "问题", "人员", "证件号码", "部门", "岗位", "说明", "依据", "整改措施")
_KEY, _SINCE = "识别码", "首次核验"
_COLUMNS = ("序号", *_OWN, *BY_HAND, _KEY, _SINCE)
_HIDDEN = (_KEY, _SINCE)
_WIDTHS = (5, 8, 15, 8, 20, 10, 10, 36, 22, 20, 8, 11, 11, 12, 10, 10)
_SHEET = "问题清单"
_ROWS_A_SHEET = 1_000_000


def write_problems(
    file: BinaryIO,
    problems: Sequence[Problem],
    scratch: Path | None = None,
    *,
    rows_a_sheet: int = _ROWS_A_SHEET,
) -> None:
    """Write the list as a workbook that is filled in by hand and given back next month.

    More problems than a sheet can hold go on in another sheet. ``scratch`` is a folder for the parts of a
    long list while they are written; None keeps them in memory.
    """
    book = new_book(file, scratch)
    styles = _styles(book)
    for first in range(0, max(len(problems), 1), rows_a_sheet):
        page = book.add_worksheet(f"{_SHEET}{first // rows_a_sheet + 1 if first else ''}")
        _write_page(page, problems[first : first + rows_a_sheet], first + 1, styles)
    book.close()


def _styles(book: Any) -> dict[str, Any]:
    plain = {"text_wrap": True, "valign": "top", "border": 1}
    hand = {"bg_color": "#FFFBE6"}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#D9D9D9", "text_wrap": True, "border": 1}),
        "cell": book.add_format(plain),
        "hand": book.add_format(plain | hand),
        "done": book.add_format(plain | {"font_color": "#808080"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "border": 1} | hand),
    }


def _write_page(page: Any, problems: Sequence[Problem], first: int, styles: Mapping[str, Any]) -> None:
    """Write one sheet; ``first`` is the serial number of its first problem."""
    for column, (label, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        page.write_string(0, column, label, styles["head"])
        page.set_column(column, column, width, None, {"hidden": label in _HIDDEN})
    for row, problem in enumerate(problems, start=1):
        page.set_row(row, row_height((problem.status, *problem.cells), _WIDTHS[1 : 1 + len(_OWN)]))
        page.write_number(row, 0, first + row - 1, styles["cell"])
        style = styles["done" if problem.status == SOLVED else "cell"]
        for column, text in enumerate((problem.status, *problem.cells), start=1):
            page.write_string(row, column, text, style)
        for column, value in enumerate(problem.by_hand, start=1 + len(_OWN)):
            if isinstance(value, dt.date):
                page.write_datetime(row, column, value, styles["day"])
            else:
                page.write_string(row, column, cell_text(value), styles["hand"])
        for column, text in enumerate((problem.key, problem.since), start=len(_COLUMNS) - len(_HIDDEN)):
            page.write_string(row, column, text, styles["cell"])
    page.freeze_panes(1, 4)
    page.autofilter(0, 0, max(len(problems), 1), len(_COLUMNS) - len(_HIDDEN) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&C第 &P 页 共 &N 页")
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def read_problems(path: Path) -> list[Problem]:
    """Read an earlier problem list, with what was filled in by hand.

    Raises
    ------
    InputError
        the file is no problem list of this program.
    """
    problems: list[Problem] | None = None
    for sheet in read_sheets(path):
        labels = [cell_text(value) for value in sheet.rows[0]] if sheet.rows else []
        if all(label in labels for label in (*_OWN, *BY_HAND, *_HIDDEN)):
            where = {label: labels.index(label) for label in (*_OWN, *BY_HAND, *_HIDDEN)}
            rows = (row for row in sheet.rows[1:] if stated(cell_text(row[where[_KEY]])))
            problems = [*(problems or []), *(_read_problem(row, where) for row in rows)]
    if problems is not None:
        return by_name(problems)
    raise InputError(
        f"{path.name}：不是本程序写出的问题清单（缺少“{_KEY}”等列）。请给出上次的 problems.xlsx。"
    )


def _read_problem(row: Sequence[CellValue], where: Mapping[str, int]) -> Problem:
    by_hand: list[CellValue] = [row[where[label]] for label in BY_HAND]
    return Problem(
        cell_text(row[where[_KEY]]),
        cell_text(row[where["状态"]]),
        tuple(cell_text(row[where[label]]) for label in _OWN[1:]),
        tuple(value.date() if isinstance(value, dt.datetime) else value for value in by_hand),
        cell_text(row[where[_SINCE]]),
    )
