"""A new workbook as all lists of ours begin: texts stay texts, and the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's creation date, fixed so that bytes repeat


def new_book(file: BinaryIO, scratch: Path | None) -> xlsxwriter.Workbook:
    """Give a new workbook.

    Parameters
    ----------
    file
        where it is written to.
    scratch
        a folder for the parts of a long list while they are written, row after row; None keeps them in memory.
    """
    options: dict[str, Any] = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "in_memory": scratch is None, "constant_memory": scratch is not None,
    }  # fmt: skip
    if scratch is not None:
        options["tmpdir"] = str(scratch)
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": _FIXED_TIME})
    return book
