"""The staff lists of a run: files into sheets, rows and entries, in input order.

A list of usual length stays in memory as entries; a longer one is read again each time its entries are gone through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from certcheck.model import Entry
from certcheck.normalise import entries
from certcheck.offline.context import Roll
from certcheck.roster import Reading, named_rows
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.opened import afresh, opened
from certcheck.staff_list.uncovered import may_be_header
from common.catalogue import Catalogue
from common.errors import InputError
from common.text import key

MOST_KEPT = 200_000
"""Rows up to which what was read of a list is kept; a longer list is read again, to stay within memory."""


@dataclass(frozen=True)
class ListPart:
    """One file of the lists: its sheets as they are, and how many entries it gave (in input order).

    Two files may have one name, in two folders.
    """

    path: Path
    readings: tuple[Reading, ...]
    entries: int

    @property
    def file(self) -> str:
        """Give the file's name, as it is."""
        return self.path.name

    @property
    def shown(self) -> str:
        """Give the file's name as reports tell it."""
        return self.readings[0].file


@dataclass(frozen=True)
class ReadLists:
    """Everything read from the files, with what was understood of each sheet.

    ``entries`` may be gone through more than once.
    """

    parts: tuple[ListPart, ...]
    entries: Iterable[Entry]
    roll: Roll

    @property
    def readings(self) -> Iterator[Reading]:
        """Give what was understood of each sheet, in input order."""
        return (reading for part in self.parts for reading in part.readings)


@dataclass(frozen=True)
class _Way:
    """How sheets become entries: header words, tables, the checking date, the user's own columns."""

    headers: Headers
    catalogue: Catalogue
    as_of: dt.date
    overrides: Mapping[str, str]

    def entries(self, readings: Iterable[Reading]) -> Iterator[Entry]:
        """Read sheets, and fill in what was understood of each."""
        last: Reading | None = None
        for reading in readings:
            reading.before = last.after if last and last.part == reading.part else None
            last = reading
            rows = named_rows(reading, self.headers, self.overrides)
            yield from _counted(entry for row in rows for entry in entries(row, self.catalogue, self.as_of))


@dataclass(frozen=True)
class _ReadAgain:
    """The entries of a long list, made anew each time they are gone through."""

    way: _Way
    files: Sequence[Sequence[Reading]]

    def __iter__(self) -> Iterator[Entry]:
        return self.way.entries(afresh(reading) for readings in self.files for reading in readings)


def read_lists(  # noqa: PLR0913 - what is read, and five keywords that are seldom given
    paths: Sequence[Path],
    headers: Headers,
    catalogue: Catalogue,
    as_of: dt.date,
    *,
    sheet: str | None = None,
    overrides: Mapping[str, str] | None = None,
    pinned: Mapping[str, str] | None = None,
    most_kept: int = MOST_KEPT,
    show_id: bool = False,
) -> ReadLists:
    """Read staff lists.

    Parameters
    ----------
    sheet
        the one sheet to read; None for all.
    overrides
        field to label: columns that the user names.
    pinned
        the same for columns as a profile remembers them; a label that is missing is no fault.
    most_kept
        rows up to which what was read is kept in memory.
    show_id
        whether numbers within the names of files and sheets are told in full.

    Raises
    ------
    InputError
        a file cannot be read, no table of people is in any sheet of it, or a label of
        ``overrides`` stands in none.
    """
    way = _Way(headers.knowing(catalogue), catalogue, as_of, {**(pinned or {}), **(overrides or {})})
    files = opened(paths, sheet, show_id=show_id)
    keep = sum(len(one.sheet.rows) for own in files for one in own) <= most_kept
    parts: list[ListPart] = []
    kept: list[Entry] = []
    roll = Roll()
    for path, own in zip(paths, files, strict=True):
        readings = tuple(own)
        count = 0
        for entry in way.entries(readings):
            count += 1
            roll.add(entry)
            if keep:
                kept.append(entry)
        if not any(reading.tables for reading in readings):
            raise InputError(f"{path.name}：没有找到人员表。{_how_to_mend(readings)}")
        parts.append(ListPart(path, readings, count))
    _refuse_unknown_labels(parts, overrides or {})
    again = _ReadAgain(way, files)
    return ReadLists(tuple(parts), tuple(kept) if keep else again, roll)


def _how_to_mend(readings: Sequence[Reading]) -> str:
    """Say what to do about a file without a table of people: columns can only be named where there is a header."""
    one = next((reading for reading in readings if reading.not_read), None)
    if one is not None:
        first = one.not_read[0]
        header = next((at for at in range(first - 1) if may_be_header(one.sheet.rows[at])), None)
        where = f"工作表“{one.name}”" if one.name else ""
        if header is None:
            return (
                f"{where}第 {first} 行写着身份证号码，上方没有表头。请在名单上方加一行表头"
                "（姓名、身份证号、岗位、准操项目、有效期至等），再重新核验。"
            )
    return "表头里须有“姓名”或“身份证号”一列，也可以用 --columns name=表头 id_number=表头 指明。"


def _counted(listed: Iterable[Entry]) -> Iterator[Entry]:
    """Count the certificates of a row through where several people stand side by side on it."""
    sheet, row, count = "", 0, 0
    for entry in listed:
        source = entry.source
        count = count + 1 if (source.sheet, source.row) == (sheet, row) else 0
        sheet, row = source.sheet, source.row
        yield (
            entry
            if source.certificate == count
            else replace(entry, source=replace(source, certificate=count))
        )


def _refuse_unknown_labels(parts: Sequence[ListPart], overrides: Mapping[str, str]) -> None:
    """Refuse a label that no header has: the column meant would be left unread without a word."""
    rows = [
        row
        for part in parts
        for reading in part.readings
        for table in reading.tables
        for row in reading.sheet.rows[table.header_row - 1 : table.first - 1]
    ]
    known = {key(value) for row in rows for value in row if isinstance(value, str)}
    for name, label in overrides.items():
        if key(label) not in known:
            raise InputError(f"--columns {name}={label}：没有一张人员表的表头里有“{label}”。")
