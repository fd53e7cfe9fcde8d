"""Hidden rows and columns: they are read like all others, and the report says so. Here: .xlsx sheets.

The reader of cells does not tell what is hidden, so the marks are looked up in the file itself.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_BOUNDS = re.compile(rb'\b(min|max)="(\d{1,5})"')
_CHUNK, _LONGEST_TAG = 1 << 22, 500
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden in one sheet: row numbers as the spreadsheet shows them, and how many columns."""

    rows: tuple[int, ...] = ()
    columns: int = 0


NOTHING = Hidden()


def hidden_cells(archive: zipfile.ZipFile) -> dict[str, Hidden]:
    """Give what is hidden, by sheet name; sheets that hide nothing are left out.

    A workbook that names its parts in a way that is not understood gives nothing: what is hidden is
    only told, never left unread.
    """
    found = {name: _of_part(archive, part) for name, part in sheet_parts(archive).items()}
    return {name: hidden for name, hidden in found.items() if hidden != NOTHING}


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the part of the archive that holds each sheet; {} where they are named in a way not understood."""
    try:
        parts = _parts(archive)
    except (KeyError, ET.ParseError, ValueError):
        return {}
    names = set(archive.namelist())
    return {name: part for name, part in parts.items() if part in names}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the part that holds each sheet."""
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - see below
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    # expat since 2.4.1 refuses entities that grow without end, and both parts are small
    workbook = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    parts = {}
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION)) or ""
        parts[sheet.get("name", "")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _of_part(archive: zipfile.ZipFile, part: str) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    with archive.open(part) as file:
        rest = b""
        while data := file.read(_CHUNK):
            text = rest + data
            rows.update(map(int, _ROW.findall(text)))
            for tag in _COLUMN.findall(text):
                bounds = {name: int(value) for name, value in _BOUNDS.findall(tag)}
                columns.update(range(bounds.get(b"min", 1), bounds.get(b"max", 0) + 1))
            rest = text[-_LONGEST_TAG:]
    return Hidden(tuple(sorted(rows)), len(columns))
