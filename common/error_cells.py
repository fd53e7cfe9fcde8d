"""Cells of .xlsx sheets that hold an error (#N/A, #REF!), or a formula without its result: the reader gives them as empty.

Empty would say that nothing is stated; these say that something was and cannot be read. Formulas have no result where a
program wrote the file and no spreadsheet has opened and saved it since.
"""

from __future__ import annotations

import re
import zipfile

_ERROR = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)
_WITHOUT_RESULT = re.compile(
    rb'<c\b(?![^>]*\bt="(?:e|str)")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
NOT_WORKED_OUT = "#公式没有结果"
ERRORS = frozenset(
    {NOT_WORKED_OUT, "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)  # fmt: skip
"""What may stand in a cell instead of what it should state."""
_CHUNK, _LONGEST_CELL = 1 << 22, 40_000

Errors = dict[tuple[int, int], str]
"""Row and column, counted from 1, and what stands there."""


def error_cells(archive: zipfile.ZipFile, part: str) -> Errors:
    """Give the cells of a sheet's part that hold an error, or a formula without a result."""
    found: Errors = {}
    with archive.open(part) as file:
        rest = b""
        while data := file.read(_CHUNK):
            text = rest + data
            if b't="e"' in text:
                for letters, row, error in _ERROR.findall(text):
                    found[int(row), _number(letters)] = error.decode("utf-8", "replace")
            if b"<f" in text:
                for letters, row in _WITHOUT_RESULT.findall(text):
                    found[int(row), _number(letters)] = NOT_WORKED_OUT
            rest = text[-_LONGEST_CELL:]
    return found


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def in_words(error: str) -> str:
    """Say what is wrong with a cell that holds one of ``ERRORS``, and what to do."""
    if error == NOT_WORKED_OUT:
        return "单元格是公式，文件里没有存结果：请用 Excel 或 WPS 打开、保存一次，或改填数值"
    return f"单元格是公式错误 {error}：请改填内容，或清空"
