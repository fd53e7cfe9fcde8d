"""Hidden rows and columns of .ods sheets, by the marks in ``content.xml`` (ODF 1.3 part 3, 19.749)."""

from __future__ import annotations

import html
import re
import zipfile

from common.hidden import NOTHING, Hidden

_TAG = re.compile(rb"<table:(table-row|table-column|table)(?=[\s>/])([^>]*)>")
_HIDDEN = re.compile(rb'\btable:visibility="(?:collapse|filter)"')
_REPEATED = re.compile(rb'\btable:number-(?:rows|columns)-repeated="(\d{1,7})"')
_NAME = re.compile(rb'\btable:name="([^"]*)"')
_CHUNK, _LONGEST_TAG = 1 << 22, 2000
_MOST_ROWS = 1_048_576


def hidden_in_ods(archive: zipfile.ZipFile) -> dict[str, Hidden]:
    """Give what is hidden, by sheet name; sheets that hide nothing are left out."""
    if "content.xml" not in archive.namelist():
        return {}
    counts = _Counts()
    with archive.open("content.xml") as file:
        rest = b""
        while data := file.read(_CHUNK):
            text = rest + data
            end = 0
            for tag in _TAG.finditer(text):
                counts.take(tag[1], tag[2])
                end = tag.end()
            rest = text[max(end, len(text) - _LONGEST_TAG) :]
    return counts.found()


class _Counts:
    """Counts rows through; a tag may stand for many rows."""

    def __init__(self) -> None:
        self._name, self._row, self._columns = "", 0, 0
        self._rows: list[int] = []
        self._found: dict[str, Hidden] = {}

    def take(self, tag: bytes, attributes: bytes) -> None:
        """Take one tag."""
        if tag == b"table":
            self._end()
            name = _NAME.search(attributes)
            self._name = html.unescape(name[1].decode("utf-8", "replace")) if name else ""
            return
        repeated = _REPEATED.search(attributes)
        count = min(int(repeated[1]) if repeated else 1, _MOST_ROWS)
        hidden = bool(_HIDDEN.search(attributes))
        if tag == b"table-column":
            self._columns += count if hidden else 0
            return
        if hidden and count < _MOST_ROWS // 2:  # the empty rows to the end of the sheet hide nobody
            self._rows += range(self._row + 1, self._row + count + 1)
        self._row += count

    def _end(self) -> None:
        hidden = Hidden(tuple(self._rows), self._columns)
        if hidden != NOTHING:
            self._found[self._name] = hidden
        self._rows, self._row, self._columns = [], 0, 0

    def found(self) -> dict[str, Hidden]:
        """Give what was counted."""
        self._end()
        return self._found
