"""A table of an exam batch as rows of named text cells, with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from common.error_cells import ERRORS, in_words
from common.finding import Location
from common.privacy import says_number
from common.sheets import CellValue, Sheet, cell_text
from common.text import key, stated
from scheduler.batch.columns import (
    TABLES,
    Faults,
    known_columns,
    read_header,
    tell_unnamed,
    told,
    unnamed_columns,
)
from scheduler.batch.feet import foot_mark
from scheduler.batch.merged_cells import spread

_LEAST_NAMES = 2  # of columns that a row repeats before it is a header
_PRIVATE = ("id_number", "staff_id")  # the second is told in other words (``scheduler.batch.references``)
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff])[^\S\r\n]*[\r\n]\s*(?=[\u4e00-\u9fff])")


class Row:
    """One row: cells by column name (text, visible, "" where nothing is stated), and where it stands.

    ``values`` are the cells as the file holds them, as wide as the header, which is the sheet's row ``header`` (0: not known).
    """

    __slots__ = ("_header", "_number", "_sheet", "_texts", "_values", "columns", "table")

    def __init__(
        self,
        values: Sequence[CellValue],
        columns: dict[str, int],
        table: str,
        sheet: Sheet,
        number: int,
        header: int = 0,
    ) -> None:
        self._values, self._sheet, self._number, self._header = values, sheet, number, header
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

    def header(self, column: str) -> str:
        """Give what stands above a column, with its notes; "" where there is no such column."""
        number = self.columns.get(column)
        return (
            stated(cell_text(self._sheet.rows[self._header - 1][number - 1]))
            if number and self._header
            else ""
        )

    def leading(self) -> str:
        """Give the first cell that states something, also of columns that nobody reads."""
        return next(filter(None, (in_one_line(cell_text(value)) for value in self._values)), "")

    def stated(self) -> dict[str, str]:
        """Give the cells that state something, by column name."""
        return {name: text for name, text in self._texts.items() if text}

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


def read_rows(sheet: Sheet, table: str, faults: Faults) -> Iterator[Row]:
    """Give the rows of a table that state anything; a needed cell that does not is a fault."""
    number, columns = read_header(sheet, table, faults)
    if not columns:
        return
    sheet = spread(sheet, number, columns, table, faults)
    tell_unnamed(sheet, below(sheet.rows, number, unnamed_columns(sheet, number)), faults)
    width = max(columns.values())
    for index, values in enumerate(sheet.rows[number:], start=number + 1):
        wide = values if len(values) >= width else [*values, *[""] * (width - len(values))]
        row = Row(wide, columns, table, sheet, index, number)
        stated_cells = row.stated()
        if not stated_cells or tell_repeated_header(row, sheet.rows[number - 1], faults):
            continue
        if not tell_lacking(row, table, faults):
            continue
        for name, text in stated_cells.items():
            if text in ERRORS:
                faults.add(*no_value(table, name, text), row.at(name))
            if table in TABLES and name not in _PRIVATE and says_number(text):
                faults.add(*private(table, name), row.at(name))
        yield row


def below(rows: Sequence[Sequence[CellValue]], header: int, columns: Sequence[int]) -> dict[int, list[int]]:
    """Give by column the rows below the header where some columns state anything."""
    found: dict[int, list[int]] = {}
    for number, values in enumerate(rows[header:] if columns else (), start=header + 1):
        for column in columns:
            if column <= len(values) and stated(cell_text(values[column - 1])):
                found.setdefault(column, []).append(number)
    return found


def tell_repeated_header(row: Row, header: Sequence[CellValue], faults: Faults) -> bool:
    """Tell a row that names the columns once more, as where lists were put one below the other; says whether it does."""
    texts = row.stated()
    if len(texts) < _LEAST_NAMES or any(
        key(text) != key(cell_text(header[row.columns[name] - 1])) for name, text in texts.items()
    ):
        return False
    faults.add("BATCH-HEADER-AGAIN", "这一行又是表头（几份表接在了一起），请删去这一行", row.location)
    return True


def tell_lacking(row: Row, table: str, faults: Faults) -> bool:
    """Tell which needed cells of a row state nothing; gives False where the row is a line of totals or a note, which is told."""
    lacking = [name for name in known_columns()[table]["_needed"] if not row[name]]
    marked = foot_mark(len(lacking), next(iter(row.stated().values())), row.leading())
    if marked:  # what follows the word may be somebody's name
        message = f"这一行像是合计、签名或说明（“{marked}”），不是{_named(table)}表的数据：请删去这一行"
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
    """Give code and words of the fault that a column which is published, or printed unmasked, holds an identity number."""
    if column == "name" and table in ("trainees", "staff"):
        return "BATCH-ID-IS-IDENTITY", "“姓名”里有身份证号：是不是与“身份证号”一列填反了？请改正"
    return "BATCH-ID-IS-IDENTITY", f"“{told(table, column)}”里有身份证号：这一列会写进公布的文件，请改掉"
