"""Cells of .xlsx sheets that hold an error (#N/A, #REF!): the reader of cells gives them as empty.

Empty would say that nothing is stated; an error says that something was and cannot be read.
"""

from __future__ import annotations

import re
import zipfile

_ERROR = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)
_CHUNK, _LONGEST_CELL = 1 << 22, 40_000

Errors = dict[tuple[int, int], str]
"""Row and column, counted from 1, and what stands there."""


def error_cells(archive: zipfile.ZipFile, part: str) -> Errors:
    """Give the cells of a sheet's part that hold an error."""
    found: Errors = {}
    with archive.open(part) as file:
        rest = b""
        while data := file.read(_CHUNK):
            text = rest + data
            if b't="e"' in text:
                for letters, row, error in _ERROR.findall(text):
                    found[int(row), _number(letters)] = error.decode("utf-8", "replace")
            rest = text[-_LONGEST_CELL:]
    return found


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
