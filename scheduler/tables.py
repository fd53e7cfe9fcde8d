"""The tables of an exam batch as rows of named text cells, with their place; folder or workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from common.errors import InputError
from common.finding import Finding, Location, Severity
from common.resources import DATA
from common.sheets import CellValue, Sheet, cell_text, read_sheets
from common.text import key, stated
from common.wordtables import WordTable

TABLES = ("trainees", "institutions", "sites", "districts", "seats", "places", "rooms", "staff", "relations")
_REQUIRED = ("trainees", "institutions", "sites", "seats", "places")
_HEADER_WITHIN = 10  # a title may stand above the header


_LONGEST_NOTHING = 4  # letters and digits alone that state nothing are words such as none


class Row:
    """One row: cells by column name (text, visible, "" where nothing is stated), and where it stands.

    Cells are read when they are asked for: a batch may have a million rows. ``values`` are as wide as the header.
    """

    __slots__ = ("_number", "_sheet", "_values", "columns", "table")

    def __init__(
        self, values: Sequence[CellValue], columns: dict[str, int], table: str, sheet: Sheet, number: int
    ) -> None:
        self._values, self._sheet, self._number = values, sheet, number
        self.columns, self.table = columns, table

    def __getitem__(self, column: str) -> str:
        number = self.columns.get(column)
        if number is None:
            return ""
        value = self._values[number - 1]
        if isinstance(value, str) and (
            not value or (value.isalnum() and value.isascii() and len(value) > _LONGEST_NOTHING)
        ):
            return value
        return stated(cell_text(value))

    def raw(self, column: str) -> CellValue | None:
        """Give a cell as the file holds it; None where the table has no such column."""
        number = self.columns.get(column)
        return None if number is None else self._values[number - 1]

    def is_blank(self) -> bool:
        """Say whether no cell states anything."""
        return not any(self[column] for column in self.columns)

    @property
    def location(self) -> Location:
        """Give the place of the row."""
        return Location(self._sheet.file, self._sheet.name, self._number)

    def at(self, column: str) -> Location:
        """Give the place of one cell."""
        return Location(self._sheet.file, self._sheet.name, self._number, self.columns.get(column, 0))


@dataclass
class Faults:
    """Every fault of a batch, collected, in the order in which they were found."""

    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, message: str, location: Location) -> None:
        """Note a fault that stops planning."""
        self.found.append(Finding(code, Severity.VIOLATION, message, location=location))


@lru_cache(maxsize=1)
def _columns() -> dict[str, dict[str, list[str]]]:
    changes = load_columns(DATA / "batch" / "changes.toml", ("changes",))
    return load_columns(DATA / "batch" / "columns.toml") | changes


def load_columns(path: Path, tables: Sequence[str] = TABLES) -> dict[str, dict[str, list[str]]]:
    """Load the table of columns; what a table needs must be one of its columns."""
    words = WordTable(path)
    columns = {table: words.words(table, ("_table", "_needed")) for table in tables}
    for table, listed in columns.items():
        for name in listed["_needed"]:
            if name not in listed:
                raise words.fault(table, "_needed", f"“{name}”不是这张表的列")
    return columns


def read_tables(path: Path, faults: Faults) -> dict[str, list[Row]]:
    """Read every table of a batch.

    Raises
    ------
    InputError
        there is no such folder or workbook, or a file in it cannot be read.
    """
    sheets = _sheets(path)
    tables: dict[str, list[Row]] = {}
    for table in TABLES:
        names = {key(name) for name in _columns()[table]["_table"]}
        found = [sheet for name, sheet in sheets if key(name) in names]
        if not found and table in _REQUIRED:
            words = "、".join(_columns()[table]["_table"])
            faults.add("BATCH-TABLE-MISSING", f"缺少表 {words}", Location(path.name))
        for again in found[1:]:
            where = Location(again.file, again.name)
            faults.add("BATCH-DUPLICATE", f"这个表已有一份：{found[0].file} {found[0].name}".rstrip(), where)
        tables[table] = list(_rows(found[0], table, faults)) if found else []
    return tables


def read_table(path: Path, table: str, faults: Faults) -> list[Row]:
    """Read one table from a file of its own: of a workbook the sheet of its name, else the first one.

    Raises
    ------
    InputError
        there is no such file, or it cannot be read.
    """
    names = {key(name) for name in _columns()[table]["_table"]}
    sheets = read_sheets(path)
    found = next((sheet for sheet in sheets if key(sheet.name) in names), sheets[0] if sheets else None)
    return [] if found is None else list(_rows(found, table, faults))


def _sheets(path: Path) -> list[tuple[str, Sheet]]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
        if not files:
            raise InputError(f"{path.name}：文件夹里没有 .csv 表。批次应有 trainees.csv（考生.csv）等文件。")
        return [(file.stem, read_sheets(file)[0]) for file in files]
    if not path.exists():
        raise InputError(f"{path}：没有这个文件夹或工作簿。")
    return [(sheet.name, sheet) for sheet in read_sheets(path)]


def _rows(sheet: Sheet, table: str, faults: Faults) -> Iterator[Row]:
    number, columns = _header(sheet, table, faults)
    missing = [told(table, name) for name in _columns()[table]["_needed"] if name not in columns]
    if missing:
        where = Location(sheet.file, sheet.name, number if columns else 0)
        faults.add("BATCH-COLUMN-MISSING", f"表头缺少列：{'、'.join(missing)}", where)
        return
    needed, width = _columns()[table]["_needed"], max(columns.values())
    for index, values in enumerate(sheet.rows[number:], start=number + 1):
        wide = values if len(values) >= width else [*values, *[""] * (width - len(values))]
        row = Row(wide, columns, table, sheet, index)
        if row.is_blank():
            continue
        for name in needed:
            if not row[name]:
                faults.add("BATCH-EMPTY", f"“{told(table, name)}”不能为空", row.at(name))
        yield row


def _header(sheet: Sheet, table: str, faults: Faults) -> tuple[int, dict[str, int]]:
    """Find the header: of the first rows the one that names most columns; with the row's number."""
    words = {
        key(word): name for name, listed in _columns()[table].items() if name[0] != "_" for word in listed
    }
    best: tuple[int, dict[str, int]] = (0, {})
    for number, values in enumerate(sheet.rows[:_HEADER_WITHIN], start=1):
        columns: dict[str, int] = {}
        for column, value in enumerate(values, start=1):
            columns.setdefault(words.get(key(cell_text(value)), ""), column)
        columns.pop("", None)
        if len(columns) > len(best[1]):
            best = (number, columns)
    number, columns = best
    for column, value in enumerate(sheet.rows[number - 1] if number else [], start=1):
        name = words.get(key(cell_text(value)))
        if name is not None and columns[name] != column:
            where = Location(sheet.file, sheet.name, number, column)
            faults.add("BATCH-COLUMN-TWICE", f"“{told(table, name)}”列出现了两次，请只保留一列", where)
    return best


def told(table: str, column: str) -> str:
    """Give the Chinese name of a column."""
    listed = _columns()[table][column]
    return listed[1] if len(listed) > 1 else listed[0]
