"""The tables of an exam batch: which file of a folder, or sheet of a workbook, holds which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from common.errors import InputError
from common.finding import Location
from common.left_beside import left_beside
from common.sheets import Sheet, read_sheets
from common.text import key
from common.text_columns import read_text_columns
from scheduler.batch.columns import (
    HEADER_WITHIN,
    REQUIRED,
    TABLES,
    Faults,
    has_needed,
    known_columns,
    listed_rows,
    other_words,
)
from scheduler.batch.tables import Row, read_rows
from scheduler.batch.trainee_table import TextSheet, TraineeTable
from scheduler.batch.unread import resembled
from scheduler.errors import BadBatchError

_TRAINEES = "trainees"
_LINE = re.compile(r"第 (\d+) 行")
_FILES = 8  # read side by side: as many as a batch has
_OTHER_FORMS = (
    ".txt",
    ".tsv",
    ".xlsx",
    ".xlsm",
    ".xlsb",
    ".xls",
    ".ods",
    ".et",
)  # in a folder only .csv is read


@dataclass(frozen=True)
class Tables:
    """The tables of a batch: the one of trainees, which may be very long, in columns; the others row by row."""

    trainees: TraineeTable
    others: Mapping[str, list[Row]]

    def __getitem__(self, table: str) -> list[Row]:
        return self.others[table]


def read_tables(path: Path, faults: Faults) -> Tables:
    """Read every table of a batch.

    Raises
    ------
    BadBatchError
        a file of the folder cannot be read: what the others say of it would be told wrongly.
    InputError
        there is no such folder or workbook, or it cannot be read.
    """
    sheets = _sheets(path, faults)
    if not path.is_dir() and [name for name, _ in sheets] == [""]:
        raise InputError(
            f"{path.name}：是一张文本表，不是工作簿。批次应是含各张表的文件夹，或各表各占一张工作表的工作簿（.xlsx）。"
        )
    told = {table: Faults() for table in TABLES}  # in this order, whichever is read first
    found = {table: _sheet_of(table, sheets, path, told[table]) for table in TABLES}
    with ThreadPoolExecutor(1) as beside:  # a long list leaves the interpreter to the other tables
        coming = beside.submit(_trainees, found.pop(_TRAINEES), told[_TRAINEES])
        others = {
            table: [] if sheet is None else list(read_rows(sheet, table, told[table]))
            for table, sheet in found.items()
        }
        trainees = coming.result()
    for one in told.values():
        faults.found += one.found
        faults.remarks += one.remarks
    _look_at_unread(path, sheets, faults)
    return Tables(trainees, others)


def _sheet_of(table: str, sheets: Sequence[tuple[str, Sheet]], path: Path, faults: Faults) -> Sheet | None:
    """Give the sheet that holds a table, None where there is none; that it is missing or there twice is a fault."""
    found = [sheet for name, sheet in sheets if key(name) in _taken_names(table, sheets)]
    if not found and table in REQUIRED:
        english, chinese = _words(table)[0], _words(table)[-1]
        faults.add("BATCH-TABLE-MISSING", f"缺少表 {chinese}（{english}）", Location(path.name))
    for again in found[1:]:
        where = Location(again.file, again.name)
        faults.add("BATCH-DUPLICATE", f"这个表已有一份：{found[0].file} {found[0].name}".rstrip(), where)
    if not found:
        return None
    _look_at_hidden(found[0], faults)
    return found[0]


def _trainees(sheet: Sheet | None, faults: Faults) -> TraineeTable:
    return TraineeTable.empty() if sheet is None else TraineeTable.read(sheet, faults)


def _look_at_hidden(sheet: Sheet, faults: Faults) -> None:
    """Tell rows and columns that are hidden in a sheet that is read: they are read like all others."""
    rows, columns = sheet.hidden_cells.rows, sheet.hidden_cells.columns
    where = f"{sheet.file} {sheet.name}".rstrip()
    if sheet.hidden:
        faults.remarks.append(f"{where} 是隐藏的工作表，照常读入")
    if not rows and not columns:
        return
    told = [f"{len(rows)} 行（第 {listed_rows(rows)} 行）"] if rows else []
    told += [f"{columns} 列"] if columns else []
    faults.remarks.append(f"{where} 隐藏了{'、'.join(told)}，与其他的一样读入")


def _look_at_unread(path: Path, sheets: Sequence[tuple[str, Sheet]], faults: Faults) -> None:
    """Tell sheets and files that nobody reads; those whose names resemble a table that is missing are faults."""
    here = {key(name) for name, _ in sheets}
    taken = {table: _taken_names(table, sheets) for table in TABLES}
    missing = {
        word: table
        for table in TABLES
        if here.isdisjoint(taken[table])
        for word in (*_words(table), *_other_words(table))
    }
    known = set().union(*taken.values())
    strange = [(name, sheet.file, sheet.name) for name, sheet in sheets if key(name) not in known]
    if path.is_dir():
        others = (file for file in _listed(path) if file.suffix.lower() in _OTHER_FORMS)
        strange += [(file.stem, file.name, "") for file in others]
    meant = [missing.get(resembled(name, missing), "") for name, _, _ in strange]
    for (_, file, sheet), table in zip(strange, meant, strict=True):
        if table:
            called = _words(table)[-1]
            right = f"{called}.csv 或 {table}.csv" if path.is_dir() else called
            joined = f"与其他像是“{called}”的合并为一张，" if meant.count(table) > 1 else ""
            message = f"没有读：不是批次的表名，是不是“{called}”表？请{joined}改名为 {right}；如另有所指，请改用别的名称或移走"
            faults.add("BATCH-TABLE-UNKNOWN", message, Location(file, sheet))
        elif Path(file).suffix.lower() not in _OTHER_FORMS or not path.is_dir():
            faults.remarks.append(f"没有读 {f'{file} {sheet}'.rstrip()}：批次里没有这样的表")


def read_table(path: Path, table: str, faults: Faults) -> list[Row]:
    """Read one table from a file of its own: of a workbook the sheet of its name, else the first one with its columns.

    A second sheet with its columns is a fault: whoever wrote there meant it. Other sheets are told.

    Raises
    ------
    InputError
        there is no such file, or it cannot be read.
    """
    sheets = read_sheets(path)
    if not sheets:
        return []
    alike = [sheet for sheet in sheets if has_needed(sheet, table)]
    named = [sheet for sheet in sheets if key(sheet.name) in _names(table)]
    found = (*named, *alike, *sheets)[0]
    for other in sheets:
        if other is found or not any(map(any, other.rows)):
            continue
        hidden = "（隐藏的工作表）" if other.hidden else ""
        if other in alike:
            message = f"没有读{hidden}：“{found.name}”和这张工作表都是{_words(table)[-1]}，只能有一张。请合并到一张，或移走多余的"
            faults.add("BATCH-DUPLICATE", message, Location(other.file, other.name))
        else:
            faults.remarks.append(f"没有读 {other.file} {other.name}{hidden}：不是{_words(table)[-1]}")
    _look_at_hidden(found, faults)
    return list(read_rows(found, table, faults))


def _taken_names(table: str, sheets: Sequence[tuple[str, Sheet]]) -> set[str]:
    """Give the names that count for a table: its own, or else another one that offices use, where one sheet alone has such a one."""
    here = [key(name) for name, _ in sheets]
    others = {key(name) for name in _other_words(table)}
    alone = sum(name in others for name in here) == 1
    return others if alone and _names(table).isdisjoint(here) else _names(table)


def _other_words(table: str) -> list[str]:
    return other_words().get(table, {}).get("_table", [])


def names_of_tables() -> set[str]:
    """Give every name that a table of a batch may have, as keys."""
    return {key(name) for table in TABLES for name in (*_words(table), *_other_words(table))}


def _names(table: str) -> set[str]:
    return {key(name) for name in _words(table)}


def _words(table: str) -> list[str]:
    return known_columns()[table]["_table"]


def _sheets(path: Path, faults: Faults) -> list[tuple[str, Sheet]]:
    if path.is_dir():
        files = [file for file in _listed(path) if file.suffix.lower() == ".csv"]
        if not files:
            raise InputError(f"{path.name}：文件夹里没有 .csv 表。批次应有 trainees.csv（考生.csv）等文件。")
        with ThreadPoolExecutor(_FILES) as pool:  # of which one may be long
            coming = [(file, pool.submit(_of_file, file)) for file in files]
        found = []
        for file, sheet in coming:
            try:
                found.append((file.stem, sheet.result()))
            except InputError as error:
                tell_unreadable("BATCH-FILE", file, error, faults)
        if faults.found:
            raise BadBatchError(faults.found)
        return found
    if not path.exists():
        raise InputError(f"{path}：没有这个文件夹或工作簿。")
    return [(sheet.name, sheet) for sheet in read_sheets(path)]


def _listed(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if not left_beside(file.name))


def tell_unreadable(code: str, file: Path, error: InputError, faults: Faults) -> None:
    """Note that a file cannot be read, at the line that the error names, if any."""
    told = str(error).removeprefix(f"{file.name}：").removeprefix(f"{file}：")
    row = _LINE.search(told)
    faults.add(code, told, Location(file.name, row=int(row[1]) if row else 0))


def _of_file(file: Path) -> Sheet:
    """Read a text file; that of the trainees in columns where it is plain enough."""
    called = _names(_TRAINEES) | {key(name) for name in _other_words(_TRAINEES)}
    cells = read_text_columns(file) if key(file.stem) in called else None
    if cells is None:
        return read_sheets(file)[0]
    head = cells.head(HEADER_WITHIN).fill_null("").rows()
    return TextSheet(file.name, "", [list(row) for row in head], cells=cells)
