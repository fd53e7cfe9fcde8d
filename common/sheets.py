"""Tables from files: workbooks by python-calamine, text tables by ``text_tables``.

A cell stays the Python value that the file holds (text, number, date, truth value), because a
number in an identity column and the same digits as text mean different things. Rows and columns
count from 1 as the spreadsheet shows them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import functools
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import python_calamine

from common.comments import commented_cells
from common.error_cells import Errors, error_cells
from common.errors import InputError
from common.files import os_reason
from common.hidden import NOTHING, Hidden, hidden_cells, sheet_parts
from common.hidden_ods import hidden_in_ods
from common.hidden_xls import hidden_in_xls
from common.sheets_aside import read_aside
from common.text_tables import read_text_table

CellValue = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta

MOST_BYTES = 2 * 1024**3
"""Greatest size of a file, packed or unpacked; larger ones are refused before they are read."""

LARGE = 200_000_000
"""Unpacked bytes from which on a workbook is read by a process of its own, whose memory is given back."""

_MOST_CELLS = 30_000_000
_NEW_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".ods")
_FAR_COLUMN = re.compile(rb'\br="([A-Z]{2,3})\d{1,7}"')
_ROW = re.compile(rb'<row\b[^>]{0,200}?\br="(\d{1,7})"')
_CHUNK = 1 << 22
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the only ways in which a workbook may be packed
_NO_TABLE = "{}：不是可以读取的表格（可能已损坏或加密）。请用 Excel 或 WPS 另存为 .xlsx。"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a workbook says of a sheet beside its rows; ``merged`` as in ``Sheet``."""

    name: str
    hidden: bool
    merged: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: ``rows[0]`` is the spreadsheet's row 1; all rows have one width.

    ``merged`` holds (first row, first column, last row, last column), counted from 1.
    """

    file: str
    name: str
    rows: list[list[CellValue]] = field(repr=False)
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_cells: Hidden = NOTHING
    comments: tuple[str, ...] = ()
    """Cells beside which a comment stands that is not read."""


def read_sheets(path: Path) -> list[Sheet]:
    """Read every sheet of a workbook, or the one table of a text file.

    Raises
    ------
    InputError
        the file is missing, locked by a password, broken, too large, or no table.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise InputError(f"{path.name}：不是普通文件（如管道或设备），无法读取。")
        if found.st_size > MOST_BYTES:
            raise InputError(f"{path.name}：文件超过 2 GB，无法读取。请拆分后再核验。")
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise _unopened(path, error) from error
    if not start:
        raise InputError(f"{path.name}：是空文件。")
    if start.startswith(b"PK\x03\x04"):
        marks, unpacked = _looked_through(path)
        if unpacked >= LARGE:
            return [_sheet(path, facts, rows, marks) for facts, rows in read_aside(path, open_workbook)]
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        marks = _Marks(hidden_in_xls(path))
    else:
        rows: list[list[CellValue]] = [list(row) for row in read_text_table(path)]
        return [Sheet(path.name, "", rows)]
    return [_sheet(path, facts, rows, marks) for facts, rows in open_workbook(path)]


def _unopened(path: Path, error: OSError) -> InputError:
    return InputError(f"{path.name}：打不开（{os_reason(error)}）。请检查路径和权限。")


def _sheet(path: Path, facts: SheetFacts, given: Iterable[list[CellValue]], marks: _Marks) -> Sheet:
    rows = list(given)
    _put_in(rows, marks.errors.get(facts.name, {}))
    hidden = marks.hidden.get(facts.name, NOTHING)
    comments = marks.comments.get(facts.name, ())
    return Sheet(path.name, facts.name, rows, facts.hidden, facts.merged, hidden, comments)


def _put_in(rows: list[list[CellValue]], errors: Errors) -> None:
    """Put errors into the cells that are empty; the reader leaves out last rows and columns that hold nothing else."""
    height = max([len(rows), *(row for row, _ in errors)])
    width = max([len(rows[0]) if rows else 0, *(column for _, column in errors)])
    rows += [[] for _ in range(height - len(rows))]
    for line in rows if errors else ():
        line.extend([""] * (width - len(line)))
    for (row, column), error in errors.items():
        if rows[row - 1][column - 1] == "":
            rows[row - 1][column - 1] = error


def filled_down(
    rows: Sequence[list[CellValue]], areas: Iterable[tuple[int, int, int]]
) -> tuple[list[list[CellValue]], int]:
    """Give rows in which what stands in the first cell of an area stands in all of them, and how many were filled.

    ``areas`` are (first row, column, last row), counted from 1; rows that change are copies, and none gets longer.
    """
    filled, count = list(rows), 0
    for top, column, bottom in areas:
        for number in range(top, min(bottom, len(rows))):
            if column <= min(len(rows[top - 1]), len(rows[number])):
                filled[number] = [*filled[number]]
                filled[number][column - 1] = filled[top - 1][column - 1]
                count += 1
    return filled, count


def cell_text(value: CellValue | None) -> str:
    """Give the text of a cell as a person sees it; whole numbers without decimals, dates as ISO."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


@dataclass(frozen=True)
class _Marks:
    """What a file says beside its cells, by sheet name: what is hidden, which cells hold an error, which have a comment."""

    hidden: Mapping[str, Hidden] = field(default_factory=dict)
    errors: Mapping[str, Errors] = field(default_factory=dict)
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _looked_through(path: Path) -> tuple[_Marks, int]:
    """Refuse a workbook that would unpack to more than memory should hold.

    Gives its marks, and how many bytes it unpacks to.
    """
    marks = _Marks()
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if any(entry.compress_type not in _PACKED for entry in entries):
                raise InputError(_NO_TABLE.format(path.name))
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked <= MOST_BYTES:
                _refuse_far_cells(path, archive)
                parts = sheet_parts(archive)
                errors = {name: error_cells(archive, part) for name, part in parts.items()}
                marks = _Marks(
                    hidden_cells(archive) or hidden_in_ods(archive), errors, commented_cells(archive)
                )
    except (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, zlib.error, OSError) as error:
        if (
            isinstance(error, OSError) and error.errno != errno.EINVAL
        ):  # that is a place before the file's beginning
            raise _unopened(path, error) from error
        raise InputError(f"{path.name}：文件已损坏，不能作为工作簿打开。请重新导出一份。") from error
    if unpacked > MOST_BYTES:
        raise InputError(f"{path.name}：解压后超过 2 GB，已拒绝读取。请检查文件来源。")
    return marks, unpacked


def _refuse_far_cells(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a sheet whose last cell stands so far off that its empty cells would fill the memory."""
    for name in archive.namelist():
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            continue
        height, column = 0, b"Z"
        with archive.open(name) as file:
            rest = b""
            while data := file.read(_CHUNK):
                text = rest + data
                height = max([height, *map(int, _ROW.findall(text))])
                column = max([column, *_FAR_COLUMN.findall(text)], key=lambda far: (len(far), far))
                rest = text[-300:]
        width = functools.reduce(lambda total, letter: total * 26 + letter - 64, column, 0)
        if height * width > _MOST_CELLS:
            last = f"{column.decode()}{height}"
            raise InputError(
                f"{path.name}：有一张工作表的内容一直到 {last} 单元格，无法读取。请删除远处多余的行和列再另存。"
            )


def open_workbook(path: Path) -> Iterator[tuple[SheetFacts, Iterator[list[CellValue]]]]:
    """Go through the sheets of a workbook: what is known of each, and its rows one by one.

    Raises
    ------
    InputError
        it is locked by a password, or cannot be read.
    """
    with _told(path):
        workbook = python_calamine.load_workbook(_source(path))
        for head in workbook.sheets_metadata:
            if head.typ == python_calamine.SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(head.name)
                merged = tuple(
                    (a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or []
                )
                shown = head.visible == python_calamine.SheetVisibleEnum.Visible
                yield SheetFacts(head.name, not shown, merged), _rows(path, sheet)


def _source(path: Path) -> str | BinaryIO:
    """Give what the reader opens: it goes by a file's ending, which says nothing where somebody renamed it."""
    with path.open("rb") as file:
        old = file.read(4) == b"\xd0\xcf\x11\xe0"
    fits = path.suffix.lower() == ".xls" if old else path.suffix.lower() in _NEW_ENDINGS
    return str(path) if fits else io.BytesIO(path.read_bytes())


def _rows(path: Path, sheet: python_calamine.CalamineSheet) -> Iterator[list[CellValue]]:
    """Give every row from the first one on, with the empty columns in front that the reader leaves out."""
    left = sheet.start[1] if sheet.start else 0
    before: list[CellValue] = [""] * left
    with _told(path):
        for row in sheet.iter_rows():
            yield [*before, *row] if left else row


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell in a sentence why a workbook cannot be read."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise InputError(f"{path.name}：有打开密码。请另存为一份不加密的文件再核验。") from error
    except BaseException as error:
        if isinstance(error, OSError) and error.errno:  # of the system, not of the reader
            raise _unopened(path, error) from error
        # the Rust reader ends in a panic, which is no Exception, on some damaged files
        known = (python_calamine.CalamineError, OSError, ValueError)
        if not isinstance(error, known) and type(error).__name__ != "PanicException":
            raise
        raise InputError(_NO_TABLE.format(path.name)) from error
