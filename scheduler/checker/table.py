"""A CSV table as people save it: encoding, separator and headers are found, rows keep their number."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from common.errors import InputError
from common.text import key, stated

_SEPARATORS = (",", "\t", ";", "，")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and the stated text of the known columns."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that state anything, and which known columns it has."""

    file: str
    columns: frozenset[str]
    rows: tuple[Row, ...]


def read_table(path: Path, headers: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]) -> Table:
    """Read a CSV file; ``headers`` gives the words for each column beside its own name.

    Raises
    ------
    InputError
        the file cannot be read as text or as CSV, or a needed column is missing or there twice.
    """
    lines = _split(path)
    head = next((number for number, line in enumerate(lines) if any(map(stated, line))), None)
    if head is None:
        raise InputError(f"{path.name}：文件是空的，第一行应为列名 {'、'.join(needed)}")
    columns = _columns(path.name, lines[head], headers)
    missing = [name for name in needed if name not in columns]
    if missing:
        words = "、".join(f"{name}（{headers[name][0]}）" for name in missing)
        raise InputError(f"{path.name}：缺少列 {words}，请在第一行写上列名")
    rows = []
    for number, line in enumerate(lines[head + 1 :], start=head + 2):
        if any(map(stated, line)):
            cells = {name: stated(line[place]) for name, place in columns.items() if place < len(line)}
            rows.append(Row(number, cells))
    return Table(path.name, frozenset(columns), tuple(rows))


def _columns(file: str, line: list[str], headers: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    names = {key(word): name for name, words in headers.items() for word in (name, *words)}
    found: dict[str, int] = {}
    for place, cell in enumerate(line):
        name = names.get(key(cell))
        if name in found:
            raise InputError(f"{file}：列 {name}（{headers[name][0]}）出现了两次，请只保留一列")
        if name is not None:
            found[name] = place
    return found


def _split(path: Path) -> list[list[str]]:
    text = _text(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(f"{path.name}：不是可读的 CSV 文件（{error}），请检查引号是否成对") from error


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name}：无法读取文件（{error.strerror}）") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path.name}：文字编码不是 UTF-8 或 GB18030，请另存为 UTF-8 的 CSV 文件")
