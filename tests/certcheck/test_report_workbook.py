"""Cells and sheets that no workbook of Excel's would hold, but other formats do."""

import datetime as dt
import io

import openpyxl

from certcheck.report.handback import head_of
from certcheck.report.workbook import Book
from certcheck.roster import Reading
from common.sheets import Sheet


def given(*sheets):
    """Hand sheets back in which nobody was found."""
    heads = [head_of(Reading(sheet)) for sheet in sheets]
    buffer = io.BytesIO()
    book = Book(buffer, heads)
    for head, sheet in zip(heads, sheets, strict=True):
        book.begin(head)
        book.rows([(row, None) for row in sheet.rows])
    book.close()
    return openpyxl.load_workbook(buffer)


def test_cells():
    """Old dates, times, endless numbers and long texts do not stop a report."""
    cells = [
        "x" * 40_000, dt.date(1850, 1, 2), dt.datetime.fromisoformat("1850-01-02T03:00"), dt.time(8, 30),
        dt.timedelta(hours=30), float("inf"), float("nan"), True, 7, 0.5, "", "http://a.invalid", "{=1}", "\x01",
    ]  # fmt: skip
    page = given(Sheet("a.ods", "表", [cells])).active
    values = [cell.value for cell in page[1]]
    assert len(values[0]) == 32_767
    assert values[1] == "1850-01-02"
    assert (values[7], values[8], values[9], values[10]) == (True, 7, 0.5, None)
    assert (values[11], values[12]) == ("http://a.invalid", "{=1}")
    assert page["L1"].hyperlink is None


def test_merged_cells():
    """Ranges that lie over each other, or are one cell, do not stop a report."""
    merged = ((1, 1, 2, 1), (1, 1, 1, 3), (3, 1, 3, 1), (4, 1, 4, 9))
    page = given(Sheet("a.ods", "表", [["x"], [""], ["y"], ["z"]], merged=merged)).active
    assert page["A1"].value == "x"


def test_names_of_sheets():
    """Names that are too long, forbidden, alike, empty or Excel's own."""
    names = ["a" * 40, "a" * 41, "x/y:z?", "History", "", "'q'", "A", "a"]
    book = given(*(Sheet("a.ods", name, []) for name in names))
    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_only_hidden_sheets():
    """A workbook must show something."""
    book = given(Sheet("a.ods", "甲", [["x"]], hidden=True), Sheet("a.ods", "乙", [["x"]], hidden=True))
    assert [page.sheet_state for page in book.worksheets] == ["visible", "visible"]
