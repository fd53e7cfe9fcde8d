"""Hidden rows and columns of .xls sheets, by the ROW and COLINFO records of BIFF8 ([MS-XLS] 2.4.221, 2.4.53)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from common.hidden import NOTHING, Hidden

_BOUNDSHEET, _ROW, _COLINFO, _EOF = 0x85, 0x208, 0x7D, 0x0A
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_MOST_COLUMNS = 256


def hidden_in_xls(path: Path) -> dict[str, Hidden]:
    """Give what is hidden, by sheet name; sheets that hide nothing are left out.

    A file that is damaged, older or encrypted gives nothing: what is hidden is only told, never left unread.
    """
    try:
        with olefile.OleFileIO(str(path)) as container:
            if not container.exists("Workbook"):
                return {}
            data = container.openstream("Workbook").read()
        found = {name: _of_sheet(data, start) for name, start in _sheets(data)}
    except (
        OSError,
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
        struct.error,
        RecursionError,
        MemoryError,
    ):
        return {}
    return {name: hidden for name, hidden in found.items() if hidden != NOTHING}


def _records(data: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    while position + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, position)
        yield kind, data[position + 4 : position + 4 + length]
        position += 4 + length


def _sheets(data: bytes) -> Iterator[tuple[str, int]]:
    """Give the name and the place of each sheet."""
    for kind, body in _records(data, 0):
        if kind == _BOUNDSHEET:
            (start,), count, wide = struct.unpack_from("<I", body), body[6], body[7] & 1
            name = body[8 : 8 + count * (2 if wide else 1)]
            yield name.decode("utf-16-le" if wide else "latin-1"), start
        elif kind == _EOF:
            return


def _of_sheet(data: bytes, start: int) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, body in _records(data, start):
        if kind == _ROW and len(body) >= 14 and body[12] & _ROW_HIDDEN:
            rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLINFO and len(body) >= 10 and body[8] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", body)
            columns.update(range(first, min(last, _MOST_COLUMNS - 1) + 1))
        elif kind == _EOF:
            break
    return Hidden(tuple(sorted(rows)), len(columns))
