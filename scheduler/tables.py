"""A table of an exam batch as rows of named text cells, with their place: headers, rows, faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from common.error_cells import ERRORS, in_words
from common.finding import Finding, Location, Severity
from common.privacy import says_number
from common.resources import DATA
from common.sheets import CellValue, Sheet, cell_text
from common.text import key, stated
from common.wordtables import WordTable
from scheduler.unread import resembled

TABLES = ("trainees", "institutions", "sites", "districts", "seats", "places", "rooms", "staff", "relations")
REQUIRED = ("trainees", "institutions", "sites", "seats", "places")
_PRIVATE = ("id_number", "staff_id")  # the second is told in other words (``scheduler.references``)
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff])[^\S\r\n]*[\r\n]\s*(?=[\u4e00-\u9fff])")
_BELOW = re.compile(r"合\s*计|总\s*计|共\s*计|小\s*计|总数|填表|制表|审核|负责人|备注|说明|注[:：]|联系")
HEADER_WITHIN = 10  # a title may stand above the header


class Row:
    """One row: cells by column name (text, visible, "" where nothing is stated), and where it stands.

    ``values`` are the cells as the file holds them, as wide as the header.
    """

    __slots__ = ("_number", "_sheet", "_texts", "_values", "columns", "table")

    def __init__(
        self, values: Sequence[CellValue], columns: dict[str, int], table: str, sheet: Sheet, number: int
    ) -> None:
        self._values, self._sheet, self._number = values, sheet, number
        self.columns, self.table = columns, table
        self._texts = {
            name: in_one_line(value if isinstance(value := values[column - 1], str) else cell_text(value))
            for name, column in columns.items()
        }

    def __getitem__(self, column: str) -> str:
        return self._texts.get(column, "")

    def raw(self, column: str) -> CellValue | None:
        """Give a cell as the file holds it; None where the table has no such column."""
        number = self.columns.get(column)
        return None if number is None else self._values[number - 1]

    def is_blank(self) -> bool:
        """Say whether no cell states anything."""
        return not any(self._texts.values())

    @property
    def location(self) -> Location:
        """Give the place of the row."""
        return Location(self._sheet.file, self._sheet.name, self._number)

    def at(self, column: str) -> Location:
        """Give the place of one cell."""
        return Location(self._sheet.file, self._sheet.name, self._number, self.columns.get(column, 0))


def in_one_line(text: str) -> str:
    """Give what a cell states; Chinese that was broken into lines to fit the cell is one word again."""
    return stated(_BROKEN.sub("", text) if "\n" in text or "\r" in text else text)


@dataclass
class Faults:
    """Every fault of a batch, collected, in the order in which they were found; ``remarks`` say what nobody read or what is hidden."""

    found: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, code: str, message: str, location: Location) -> None:
        """Note a fault that stops planning."""
        self.found.append(Finding(code, Severity.VIOLATION, message, location=location))


@lru_cache(maxsize=1)
def known_columns() -> dict[str, dict[str, list[str]]]:
    """Give the columns of every table of a batch with the words for each."""
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


def read_rows(sheet: Sheet, table: str, faults: Faults) -> Iterator[Row]:
    """Give the rows of a table that state anything; a needed cell that does not is a fault."""
    number, columns = read_header(sheet, table, faults)
    if not columns:
        return
    width = max(columns.values())
    for index, values in enumerate(sheet.rows[number:], start=number + 1):
        wide = values if len(values) >= width else [*values, *[""] * (width - len(values))]
        row = Row(wide, columns, table, sheet, index)
        if row.is_blank():
            continue
        if not tell_lacking(row, table, faults):
            continue
        for name in columns:
            if row[name] in ERRORS:
                faults.add(*no_value(table, name, row[name]), row.at(name))
            if table in TABLES and name not in _PRIVATE and says_number(row[name]):
                faults.add(*private(table, name), row.at(name))
        yield row


def tell_lacking(row: Row, table: str, faults: Faults) -> bool:
    """Tell which needed cells of a row state nothing; gives False where the row is a line of totals or a note, which is told."""
    lacking = [name for name in known_columns()[table]["_needed"] if not row[name]]
    first = next(text for name in row.columns if (text := row[name])) if lacking else ""
    below = _BELOW.match(first)
    if len(lacking) > 1 and below:  # what follows the word may be somebody's name
        message = f"这一行像是合计、签名或说明（“{below[0]}”），不是{_named(table)}表的数据：请删去这一行"
        faults.add("BATCH-EMPTY", message, row.location)
        return False
    for name in lacking:
        faults.add("BATCH-EMPTY", f"“{told(table, name)}”不能为空", row.at(name))
    return True


def _named(table: str) -> str:
    return known_columns()[table]["_table"][-1]


def no_value(table: str, column: str, error: str) -> tuple[str, str]:
    """Give code and words of the fault that a cell holds an error, or a formula without its result."""
    return "BATCH-ERROR-CELL", f"“{told(table, column)}”{in_words(error)}"


def private(table: str, column: str) -> tuple[str, str]:
    """Give code and words of the fault that a column which is published holds an identity number."""
    return "BATCH-ID-IS-IDENTITY", f"“{told(table, column)}”里有身份证号：这一列会写进公布的文件，请改掉"


def read_header(sheet: Sheet, table: str, faults: Faults) -> tuple[int, dict[str, int]]:
    """Find the header: of the first rows the one that names most columns; gives the row's number and the columns.

    Without columns where one that is needed is missing; that is a fault.
    """
    number, columns = _header(sheet, table, faults)
    missing = [told(table, name) for name in known_columns()[table]["_needed"] if name not in columns]
    if missing:
        where = Location(sheet.file, sheet.name, number if columns else 0)
        faults.add("BATCH-COLUMN-MISSING", f"表头缺少列：{'、'.join(missing)}", where)
        return number, {}
    _look_at_unread(sheet, table, number, columns, faults)
    return number, columns


def _look_at_unread(sheet: Sheet, table: str, number: int, columns: dict[str, int], faults: Faults) -> None:
    """Tell the columns that nobody reads; those that resemble one which the table lacks are faults."""
    known = known_columns()[table]
    read = {key(word) for name, words in known.items() if name[0] != "_" for word in words}
    lacking = {
        word: name
        for name, words in known.items()
        if name[0] != "_" and name not in columns
        for word in words
    }
    unread = []
    for column, value in enumerate(sheet.rows[number - 1], start=1):
        written = stated(cell_text(value))
        if not written or key(written) in read:
            continue
        meant = resembled(written, lacking)
        if meant:
            told_as = told(table, lacking[meant])
            where = Location(sheet.file, sheet.name, number, column)
            message = (
                f"没有“{written}”这一列，是不是“{told_as}”？请改成这个名称；如另有所指，请改用别的名称或删去"
            )
            faults.add("BATCH-COLUMN-UNKNOWN", message, where)
        else:
            unread.append(f"“{written}”")
    if unread:
        named = f"{sheet.file} {sheet.name}".rstrip()
        faults.remarks.append(f"没有读 {named} 的列{'、'.join(unread)}：没有这样的列")


def _header(sheet: Sheet, table: str, faults: Faults) -> tuple[int, dict[str, int]]:
    words = {
        key(word): name
        for name, listed in known_columns()[table].items()
        if name[0] != "_"
        for word in listed
    }
    best: tuple[int, dict[str, int]] = (0, {})
    for number, values in enumerate(sheet.rows[:HEADER_WITHIN], start=1):
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
    listed = known_columns()[table][column]
    return listed[1] if len(listed) > 1 else listed[0]
