"""The table of trainees in columns of stated text: as many rows as there are people, few distinct cells.

Every cell is read by the functions that read all other tables (``scheduler.batch.tables``, ``scheduler.batch.cells``), but each
distinct one once; cells that are plain (printable ASCII without blanks, common Chinese characters) are what they
state. A row can be had as a ``Row`` by its number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from common.error_cells import ERRORS
from common.sheets import CellValue, Sheet, cell_text
from common.text import NOTHING_STATED, fold, stated
from scheduler.batch.columns import Faults, known_columns, read_header, tell_unnamed, unnamed_columns
from scheduler.batch.merged_cells import spread
from scheduler.batch.tables import Row, below, in_one_line, no_value, tell_lacking, tell_repeated_header

_NAME = "trainees"
_IDS = ("trainee_id", "institution_id", "school_id")
_OWN = ("trainee_id", "name", "id_number")  # of many distinct cells; the other columns hold few

# no folding changes text of these characters: no blanks, nothing invisible, no full-width or compatibility forms
_CHARACTER = r"\x21-\x7e\u4e00-\u9fff"
_WORDS = [word for word in NOTHING_STATED if word]
_BEGINNING = re.escape("".join(sorted({first for word in _WORDS for first in (word[0], word[0].upper())})))
_LONGER = max(map(len, _WORDS)) + 1
_PLAIN = f"^([{_CHARACTER}--[{_BEGINNING}]][{_CHARACTER}]*|[{_CHARACTER}]{{{_LONGER},}})?$"
"""Text that states itself, or an empty cell: it begins as no word for nothing does, or is longer than all of them."""


@dataclass(frozen=True, slots=True)
class TextSheet(Sheet):
    """A plain text file: ``rows`` are only its first ones, ``cells`` all of them, null where empty."""

    cells: pl.DataFrame = field(default_factory=pl.DataFrame, repr=False)


@dataclass(frozen=True)
class TraineeTable:
    """All rows that state anything.

    Attributes
    ----------
    frame
        ``row`` (its number in the sheet) and each known column's stated text, "" where nothing is; ids in the one form
        that ``scheduler.batch.cells.identifier`` gives them.
    columns
        where each known column stands in the sheet, from 1.
    values
        cells that the file holds as something else than text (numbers, dates), by row and column.
    """

    sheet: Sheet = field(repr=False)
    columns: dict[str, int]
    frame: pl.DataFrame = field(repr=False)
    values: Mapping[str, Mapping[int, CellValue]] = field(repr=False)

    @classmethod
    def empty(cls) -> TraineeTable:
        """Give a table without rows."""
        names = [name for name in known_columns()[_NAME] if name[0] != "_"]
        frame = pl.DataFrame(schema={"row": pl.Int64} | dict.fromkeys(names, pl.String))
        return cls(Sheet("", "", []), {}, frame, {})

    @classmethod
    def read(cls, sheet: Sheet, faults: Faults) -> TraineeTable:
        """Find the header and read the rows below it; a needed cell that states nothing is a fault."""
        number, columns = read_header(sheet, _NAME, faults)
        none = cls.empty()
        if not columns:
            return none
        unnamed = unnamed_columns(sheet, number)
        if isinstance(sheet, TextSheet):
            tell_unnamed(sheet, _stated_below(sheet.cells, number, unnamed), faults)
            texts, values = _text_cells(sheet.cells, number, columns), none.values
        else:
            sheet = spread(sheet, number, columns, _NAME, faults)
            tell_unnamed(sheet, below(sheet.rows, number, unnamed), faults)
            texts, values = _any_cells(sheet.rows[number:], number, columns)
        frame = _stated(texts, list(columns))
        frame = frame.filter(pl.any_horizontal(pl.col(name) != "" for name in columns))
        missing = [pl.lit("").alias(name) for name in none.frame.columns if name not in frame.columns]
        table = cls(sheet, columns, frame.with_columns(missing), values)
        return table._looked_through(sheet.rows[number - 1], faults)

    def _looked_through(self, header: Sequence[CellValue], faults: Faults) -> TraineeTable:
        """Tell rows that name the columns once more, which are left out, and cells that are empty or hold an error."""
        table = self._without_headers(header, faults)
        table = table.without(_tell_empty(table, faults))
        _tell_errors(table, faults)
        return table

    def _without_headers(self, header: Sequence[CellValue], faults: Faults) -> TraineeTable:
        """Leave out rows that name the columns once more, and tell them: nobody is called so."""
        word = _read("trainee_id", cell_text(header[self.columns["trainee_id"] - 1]))
        alike = self.frame.filter(pl.col("trainee_id") == word)["row"]
        again = [number for number in alike if tell_repeated_header(self.row(number), header, faults)]
        return self.without(again)

    def without(self, rows: Sequence[int]) -> TraineeTable:
        """Leave out rows that were told."""
        return replace(self, frame=self.frame.filter(~pl.col("row").is_in(rows))) if rows else self

    def row(self, number: int) -> Row:
        """Give a row by its number in the sheet."""
        cells = self.frame.row(self.frame["row"].search_sorted(number), named=True)
        line = self._line(number)
        for name, column in self.columns.items():
            line[column - 1] = self.values.get(name, {}).get(number, cells[name])
        return Row(line, self.columns, _NAME, self.sheet, number)

    def _line(self, number: int) -> list[CellValue]:
        """Give the cells of a row, also of columns that nobody reads, at least as many as there are columns that are read."""
        sheet, at = self.sheet, number - 1
        held = sheet.cells.row(at) if isinstance(sheet, TextSheet) else sheet.rows[at]
        line: list[CellValue] = ["" if value is None else value for value in held]
        return line + [""] * (max(self.columns.values()) - len(line))


def _tell_empty(table: TraineeTable, faults: Faults) -> list[int]:
    """Tell cells that are needed and state nothing; gives the rows that are lines of totals or notes, told as such."""
    needed = known_columns()[_NAME]["_needed"]
    lacking = table.frame.filter(pl.any_horizontal(pl.col(name) == "" for name in needed))
    return [number for number in lacking["row"] if not tell_lacking(table.row(number), _NAME, faults)]


def _tell_errors(table: TraineeTable, faults: Faults) -> None:
    """Tell cells that hold an error; all of them begin alike, which is found fast."""
    for name in table.columns:
        held = table.frame.select("row", name).filter(pl.col(name).str.starts_with("#"))
        for number, text in held.filter(pl.col(name).is_in(list(ERRORS))).rows():
            faults.add(*no_value(_NAME, name, text), table.row(number).at(name))


def _text_cells(cells: pl.DataFrame, above: int, columns: Mapping[str, int]) -> pl.DataFrame:
    """Give the known columns below the header as text; ``above`` is the header's row."""
    named = {name: cells.to_series(column - 1)[above:] for name, column in columns.items()}
    numbers = pl.int_range(above + 1, cells.height + 1, dtype=pl.Int64, eager=True)
    return pl.DataFrame({"row": numbers} | named)


def _stated_below(cells: pl.DataFrame, header: int, columns: Sequence[int]) -> dict[int, list[int]]:
    """Give by column the rows below the header where some columns state anything, as ``below``."""
    found = {}
    for column in columns:
        texts = cells.to_series(column - 1)[header:]
        rows = [number + header + 1 for number in texts.is_not_null().arg_true() if stated(texts[number])]
        if rows:
            found[column] = rows
    return found


def _any_cells(
    rows: Sequence[Sequence[CellValue]], above: int, columns: Mapping[str, int]
) -> tuple[pl.DataFrame, dict[str, dict[int, CellValue]]]:
    """Give the known columns as text, and beside them the cells that are something else."""
    texts: dict[str, list[str]] = {}
    values: dict[str, dict[int, CellValue]] = {}
    for name, column in columns.items():
        listed = [row[column - 1] if len(row) >= column else "" for row in rows]
        texts[name] = list(map(cell_text, listed))
        values[name] = {
            number: value
            for number, value in enumerate(listed, start=above + 1)
            if not isinstance(value, str)
        }
    numbers = range(above + 1, above + 1 + len(rows))
    schema = {"row": pl.Int64} | dict.fromkeys(columns, pl.String)
    return pl.DataFrame({"row": numbers} | texts, schema), values


def _stated(texts: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Give what each cell states, "" where nothing; as ``in_one_line``, each distinct odd cell once."""
    frame = texts.with_columns(pl.col(names).fill_null("")).rechunk()
    odd = frame.select(_odd(name).implode() for name in names).row(0, named=True)
    return frame.with_columns(
        pl.col(name).replace(listed, [_read(name, text) for text in listed])
        for name, listed in odd.items()
        if listed
    )


def _odd(name: str) -> pl.Expr:
    """Give the distinct cells of a column that are not plain."""
    cells = pl.col(name) if name in _OWN else pl.col(name).unique(maintain_order=True)
    return cells.filter(~cells.str.contains(_PLAIN)).unique()


def _read(name: str, text: str) -> str:
    return fold(stated(text)) if name in _IDS else in_one_line(text)
