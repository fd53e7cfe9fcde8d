"""A workbook read by another process is the same workbook, and its troubles are told as usual."""

import datetime as dt
import os
import signal

import openpyxl
import pytest

from common import sheets
from common.errors import InputError
from common.sheets_aside import read_aside

ROWS = [[], ["", "姓名", "日期"], ["", "张三", dt.date(2026, 1, 2)], ["", "张三", 5]]


@pytest.fixture
def book(tmp_path):
    """A workbook with a title area left out, a merge, an empty and a hidden sheet."""
    path = tmp_path / "名单.xlsx"
    made = openpyxl.Workbook()
    for row in ROWS:
        made.active.append(row)
    made.active.merge_cells("B3:B4")
    made.active.row_dimensions[4].hidden = True
    made.create_sheet("空")
    made.create_sheet("隐藏").sheet_state = "hidden"
    made.save(path)
    return path


def test_the_same_sheets(book, monkeypatch):
    """Rows, empty columns in front, merges, hidden rows and sheets: all of it, and equal texts are one object."""
    here = sheets.read_sheets(book)
    monkeypatch.setattr(sheets, "LARGE", 0)
    aside = sheets.read_sheets(book)
    assert aside == here
    assert [sheet.name for sheet in here] == ["Sheet", "空", "隐藏"]
    assert aside[0].rows[1:] == [["", "姓名", "日期"], ["", "张三", dt.date(2026, 1, 2)], ["", "", 5]]
    assert aside[0].rows[2][0] is aside[0].rows[3][0]


def test_a_damaged_workbook(book, monkeypatch):
    """It is told in the same sentence."""
    monkeypatch.setattr(sheets, "LARGE", 0)
    data = book.read_bytes()
    sheet = data.index(b"xl/worksheets/sheet1.xml")
    book.write_bytes(data[: sheet + 60] + b"\x00" * 40 + data[sheet + 100 :])
    with pytest.raises(InputError, match="名单"):
        sheets.read_sheets(book)


def ends_suddenly(path):
    """Stand for a reader that the system ends for want of memory."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    yield path, iter(())


def test_not_enough_memory(book):
    """A process that is gone is told in a sentence."""
    with pytest.raises(InputError, match="内存不足"):
        list(read_aside(book, ends_suddenly))
