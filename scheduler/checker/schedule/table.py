"""A table as people save it: encoding, separator and headers are found, rows keep their number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from common.errors import InputError
from common.files import os_reason
from common.sheets import Sheet, cell_text, filled_down
from common.text import fold, key, stated

Headers = Mapping[str, tuple[str, ...]]
"""The words for each column, beside its own name; those behind the first count where neither that nor the name is there."""

Source = Path | Sheet
"""A CSV file, or a sheet of a workbook."""

HEADER_WITHIN = 10
_BESIDE = {"place": ("group", frozenset(map(key, ("顺序号", "次序"))))}
"""Words that mean a column only right of another one: elsewhere they number the rows."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how a spreadsheet begins what it calls Unicode text
_SEPARATORS = (",", "\t", ";", "，")
_NUMBER = re.compile(r"(?:第\s*)?0*([0-9]{1,9})(?:\.0+)?\s*(?:号?考场|号?组|号?座位?|号?工位|号)?(?:\(.*\))?")


class Row:
    """One row: its number as a spreadsheet shows it, and the stated text of the known columns."""

    __slots__ = ("_columns", "_line", "number")

    def __init__(self, number: int, line: Sequence[str], columns: Mapping[str, int]) -> None:
        self.number, self._line, self._columns = number, line, columns

    def __getitem__(self, column: str) -> str:
        place = self._columns.get(column)
        return "" if place is None or place >= len(self._line) else stated(self._line[place])


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that state anything, to be gone through once, which known columns it has, and the names of the others."""

    file: str
    columns: frozenset[str]
    rows: Iterator[Row]
    unread: tuple[str, ...] = ()


def read_table(source: Source, headers: Headers, needed: tuple[str, ...]) -> Table:
    """Read a CSV file or a sheet; ``headers`` gives the words for each column beside its own name.

    The header is the first row that has all needed columns, within the first few: titles may stand above it.

    Raises
    ------
    InputError
        the file cannot be read as text or as CSV, or a needed column is missing or there twice.
    """
    file = name_of(source)
    cells = _lines(source) if isinstance(source, Path) else _sheet_lines(source)
    lines = ((number, line) for number, line in enumerate(cells, start=1) if any(map(stated, line)))
    first = list(islice(lines, HEADER_WITHIN))
    if not first:
        raise InputError(f"{file}：文件是空的，第一行应为列名 {'、'.join(needed)}")
    place = next((at for at, (_, line) in enumerate(first) if has_columns(line, headers, needed)), 0)
    header = first[place][1]
    columns = columns_of(file, header, headers, needed)
    rows = (Row(number, line, columns) for number, line in chain(first[place + 1 :], lines))
    return Table(file, frozenset(columns), rows, unread_of(header, columns))


def is_table(sheet: Sheet, headers: Headers, needed: tuple[str, ...]) -> bool:
    """Say whether one of the first rows of a sheet has all needed columns."""
    return any(has_columns(line, headers, needed) for line in islice(_sheet_lines(sheet), HEADER_WITHIN))


def name_of(source: Source) -> str:
    """Give what a table is called in messages: the file's name, and the sheet's."""
    return source.name if isinstance(source, Path) else f"{source.file} {source.name}".strip()


def has_columns(line: Sequence[str], headers: Headers, needed: tuple[str, ...]) -> bool:
    """Say whether a line of texts names all needed columns."""
    written = set(map(key, line))
    return all(written & {key(word) for word in (name, *headers[name])} for name in needed)


def columns_of(file: str, line: list[str], headers: Headers, needed: tuple[str, ...]) -> dict[str, int]:
    """Give the place of each known column in a line of column names.

    Raises
    ------
    InputError
        a needed column is missing, or a column is there twice.
    """
    columns = _found(file, line, headers)
    missing = [name for name in needed if name not in columns]
    if missing:
        words = "、".join(f"{name}（{headers[name][0]}）" for name in missing)
        raise InputError(f"{file}：缺少列 {words}，请在第一行写上列名")
    return columns


def unread_of(line: Sequence[str], columns: Mapping[str, int]) -> tuple[str, ...]:
    """Give the names of the columns that are not known."""
    known = set(columns.values())
    return tuple(name for place, cell in enumerate(line) if place not in known and (name := stated(cell)))


def _found(file: str, line: list[str], headers: Headers) -> dict[str, int]:
    written = list(map(key, line))
    own = {key(word): name for name, words in headers.items() for word in (name, *words[:1])}
    others = {key(word): name for name, words in headers.items() for word in words[1:]}
    found: dict[str, int] = {}
    for names in (own, others):
        better = frozenset(found)
        for place, word in enumerate(written):
            name = names.get(word)
            if name is None or name in better:
                continue
            if name in found:
                raise InputError(f"{file}：列 {name}（{headers[name][0]}）出现了两次，请只保留一列")
            found[name] = place
    for name, (other, words) in _BESIDE.items():
        beside = found.get(other, len(line)) + 1
        if name in headers and name not in found and beside < len(line) and key(line[beside]) in words:
            found[name] = beside
    return found


def _sheet_lines(sheet: Sheet) -> Iterator[list[str]]:
    """Give the lines of a sheet; what is merged downwards stands in every line, as people write a site of many rows."""
    # a title lies over several columns
    areas = [(top, left, bottom) for top, left, bottom, right in sheet.merged if left == right]
    rows, _ = filled_down(sheet.rows, areas)
    return ([cell_text(cell) for cell in row] for row in rows)


def _lines(path: Path) -> Iterator[list[str]]:
    """Give the lines of a file one by one: a schedule may have a million."""
    text = _text(path)
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator(first), strict=True)
    except csv.Error as error:
        raise InputError(f"{path.name}：不是可读的 CSV 文件，请检查引号是否成对") from error


def separator(line: str) -> str:
    """Give what most likely separates the cells of a line."""
    return max(_SEPARATORS, key=line.count)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name}：无法读取文件（{os_reason(error)}）") from error
    for encoding in ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path.name}：文字编码不是 UTF-8 或 GB18030，请另存为 UTF-8 的 CSV 文件")


def number_form(text: str) -> str:
    """Bring the number of a room, a group, a seat or a place to one form (1.0, 01 and 第1考场 are 1); other names stay."""
    written = fold(text)
    plain = _NUMBER.fullmatch(written)
    return plain[1] if plain else written
