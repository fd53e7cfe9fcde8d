"""A table in columns: a plain file is read at once, every other one row by row; both say the same.

A schedule may have a million rows, and nearly every one is as our own program, or a spreadsheet, writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from common.text import fold, stated
from common.text_columns import read_text_columns
from scheduler.checker.schedule.table import (
    Headers,
    Source,
    columns_of,
    has_columns,
    read_table,
    separator,
    unread_of,
)

ROW = "row"
_COMMA = ","
_WIDE = "[^\\x00-\\x7f]"  # what folding may change
_PLAIN_ID = "^[0-9A-Za-z_-]*[0-9][0-9A-Za-z_-]*$"
"""What ``stated`` leaves as it is: nothing invisible, and with its figure no word for "nothing"."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows of a file that state anything, as columns of stated text ("" where nothing is stated).

    ``frame`` has every column asked for, also those that the file does not have, and ``row``, the number of
    the row as a spreadsheet shows it; ``known`` are the columns of the file, ``unread`` the names of its others.
    """

    file: str
    known: frozenset[str]
    frame: pl.DataFrame
    unread: tuple[str, ...] = ()


def read_columns(source: Source, headers: Headers, needed: tuple[str, ...]) -> Columns:
    """Read a CSV file or a sheet; ``headers`` gives the words for each column beside its own name.

    Raises
    ------
    InputError
        the file cannot be read as text or as CSV, or a needed column is missing or there twice.
    """
    at_once = _at_once(source, headers, needed) if isinstance(source, Path) else None
    found = at_once or _row_by_row(source, headers, needed)
    lacking = [pl.lit("").alias(name) for name in headers if name not in found.known]
    return replace(found, frame=found.frame.with_columns(lacking))


def each(column: pl.Series, change: Callable[[str], str], among: pl.Series | None = None) -> pl.Series:
    """Change the texts of a column, each distinct one once; only those ``among`` some, where they are given."""
    distinct = (column if among is None else among).unique()
    changed = {one: other for one in distinct if (other := change(one)) != one}
    return column.replace(changed) if changed else column


def ids(column: pl.Series) -> pl.Series:
    """Give ids as the batch reads them: full-width characters fold."""
    return each(column, fold, column.filter(column.str.contains(_WIDE)))


def rows_of(rows: pl.DataFrame, names: Iterable[str]) -> dict[str, int]:
    """Give the row of each of some trainees who have one row; ``rows`` has the columns ``trainee_id`` and ``row``."""
    asked = pl.Series(list(names), dtype=pl.String)
    listed = rows.with_columns(ids(rows["trainee_id"])).filter(pl.col("trainee_id").is_in(asked.implode()))
    return dict(listed.filter(pl.col("trainee_id").is_unique()).iter_rows())


def _at_once(path: Path, headers: Headers, needed: tuple[str, ...]) -> Columns | None:
    """Read a plain file with commas and the column names in its first line; None for every other one."""
    cells = read_text_columns(path, _COMMA)
    if cells is None:
        return None
    cells = cells.fill_null("")
    names = list(cells.row(0))
    if separator(_COMMA.join(names)) != _COMMA or not has_columns(names, headers, needed):
        return None
    columns = columns_of(path.name, names, headers, needed)
    stating = _stating(cells[1:], columns, needed[0])
    return Columns(path.name, frozenset(columns), stating, unread_of(names, columns))


def _stating(cells: pl.DataFrame, columns: Mapping[str, int], name: str) -> pl.DataFrame:
    """Give the known columns of the rows that state anything, with the numbers of the rows.

    ``name`` is the column of names: in nearly every row it states one that needs no second look.
    """
    frame = cells.with_row_index(ROW, offset=2)
    whose = cells.columns[columns[name]]
    odd = frame.filter(~pl.col(whose).str.contains(_PLAIN_ID))
    empty = [number for number, *line in odd.iter_rows() if not any(map(stated, line))]
    if empty:
        frame = frame.filter(~pl.col(ROW).is_in(empty))
    texts = {
        one: each(frame[cells.columns[place]], stated, odd[whose] if one == name else None)
        for one, place in columns.items()
    }
    return pl.DataFrame({ROW: frame[ROW].cast(pl.Int64), **texts})


def _row_by_row(source: Source, headers: Headers, needed: tuple[str, ...]) -> Columns:
    table = read_table(source, headers, needed)
    names = sorted(table.columns)
    rows = [(row.number, *(row[name] for name in names)) for row in table.rows]
    schema = {ROW: pl.Int64, **dict.fromkeys(names, pl.String)}
    return Columns(table.file, table.columns, pl.DataFrame(rows, schema, orient="row"), table.unread)
