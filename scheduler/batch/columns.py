"""Which columns a table of an exam batch has, and where its header names them; every fault collected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from common.finding import Finding, Location, Severity
from common.resources import DATA
from common.sheets import Sheet, cell_text
from common.text import fold, key, stated
from common.wordtables import WordTable
from scheduler.batch.unread import resembled

TABLES = ("trainees", "institutions", "sites", "districts", "seats", "places", "rooms", "staff", "relations")
REQUIRED = ("trainees", "institutions", "sites", "seats", "places")
_MOST_TOLD = 8
HEADER_WITHIN = 10  # a title may stand above the header
# 座位数（个）, 考点编号（必填）, 日期（如 2026-12-01）; with any other note it may be another column
_FORM = r"[YMDHSymdhs0-9/:.% \-]{1,20}|am/pm|[a-z]+_[a-z]+"
_REMARK = rf"必填|选填|可选|可空|可不填|非必填|[个人名座间台套]|(?:例|如|格式|单位)[^()（）]{{0,40}}|{_FORM}"
_NOTE = re.compile(rf"\s*[(（\[【]\s*(?:{_REMARK})\s*[)）\]】]\s*$", re.ASCII)


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
    """Give the columns of every table of a batch with their own words for each."""
    changes = load_columns(DATA / "batch" / "changes.toml", ("changes",))
    return load_columns(DATA / "batch" / "columns.toml") | changes


@lru_cache(maxsize=1)
def other_words() -> dict[str, dict[str, list[str]]]:
    """Give what else offices call the tables of a batch and their columns: it counts where none has a word of its own."""
    words = WordTable(DATA / "batch" / "other_words.toml")
    found = {table: words.words(table) for table in TABLES}
    for table, listed in found.items():
        for name in listed:
            if name not in known_columns()[table]:
                raise words.fault(table, name, "不是这张表的列")
    return found


def load_columns(path: Path, tables: Sequence[str] = TABLES) -> dict[str, dict[str, list[str]]]:
    """Load the table of columns; what a table needs must be one of its columns."""
    words = WordTable(path)
    columns = {table: words.words(table, ("_table", "_needed")) for table in tables}
    for table, listed in columns.items():
        for name in listed["_needed"]:
            if name not in listed:
                raise words.fault(table, "_needed", f"“{name}”不是这张表的列")
    return columns


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


def has_needed(sheet: Sheet, table: str) -> bool:
    """Say whether a sheet has the columns that a table needs, whatever it is called."""
    _, columns = _header(sheet, table, Faults())
    return all(name in columns for name in known_columns()[table]["_needed"])


def tell_unnamed(sheet: Sheet, stated_below: Mapping[int, Sequence[int]], faults: Faults) -> None:
    """Tell what stands below no name of a column: somebody meant something by it; ``stated_below`` gives rows by column."""
    called = f"{sheet.file} {sheet.name}".rstrip()
    for column, rows in stated_below.items():
        faults.remarks.append(
            f"没有读 {called} 第 {column} 列的内容（第 {listed_rows(rows)} 行）：这一列没有列名"
        )


def listed_rows(rows: Sequence[int]) -> str:
    """List the first few of some rows, which are in order, and how many there are, for a sentence that goes on with 行."""
    return "、".join(map(str, rows[:_MOST_TOLD])) + (f" 等 {len(rows)}" if len(rows) > _MOST_TOLD else "")


def unnamed_columns(sheet: Sheet, header: int) -> list[int]:
    """Give the columns, from 1, above which the header says nothing."""
    named = [stated(cell_text(value)) for value in sheet.rows[header - 1]]
    width = max(map(len, sheet.rows))
    return [column for column in range(1, width + 1) if column > len(named) or not named[column - 1]]


def _look_at_unread(sheet: Sheet, table: str, number: int, columns: dict[str, int], faults: Faults) -> None:
    """Tell the columns that nobody reads; those that resemble one which the table lacks are faults."""
    known = known_columns()[table]
    read, others = _words(table), _others(table)
    lacking = {
        word: name
        for name, words in known.items()
        if name[0] != "_" and name not in columns
        for word in words
    }
    unread, better = [], []
    for column, value in enumerate(sheet.rows[number - 1], start=1):
        written = stated(cell_text(value))
        if not written or key(written) in read or column in columns.values():
            continue
        if key(written) in others:
            better.append((written, told(table, others[key(written)])))
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
    named = f"{sheet.file} {sheet.name}".rstrip()
    faults.remarks += [f"没有读 {named} 的列“{written}”：已读“{name}”列" for written, name in better]
    if unread:
        faults.remarks.append(f"没有读 {named} 的列{'、'.join(unread)}：没有这样的列")


def _header(sheet: Sheet, table: str, faults: Faults) -> tuple[int, dict[str, int]]:
    own, others = _words(table), _others(table)
    best: tuple[int, dict[str, int]] = (0, {})
    for number, values in enumerate(sheet.rows[:HEADER_WITHIN], start=1):
        written = list(map(cell_text, values))
        noted = [_NOTE.sub("", fold(text)) for text in written]
        # a word with a note behind it counts where no column has the word alone, another word where none has its own
        columns = _places(others, noted) | _places(own, noted) | _places(own, written)
        if len(columns) > len(best[1]):
            best = (number, columns)
    number, columns = best
    heads = [key(cell_text(value)) for value in sheet.rows[number - 1]] if number else []
    for column, head in enumerate(heads, start=1):
        name = own.get(head) or others.get(head, "")
        better = head in others and heads[columns[name] - 1] not in others
        if name and columns[name] != column and not better:
            where = Location(sheet.file, sheet.name, number, column)
            faults.add("BATCH-COLUMN-TWICE", f"“{told(table, name)}”列出现了两次，请只保留一列", where)
    return best


def _words(table: str) -> dict[str, str]:
    """Give the column of each word that may stand for it."""
    return _column_of(known_columns()[table])


def _others(table: str) -> dict[str, str]:
    """Give the column of each other word; a table of changes has none."""
    return _column_of(other_words().get(table, {}))


def _column_of(listed: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {key(word): name for name, words in listed.items() if name[0] != "_" for word in words}


def _places(words: Mapping[str, str], written: Iterable[str]) -> dict[str, int]:
    """Give the first place of each column, from 1."""
    found: dict[str, int] = {}
    for place, text in enumerate(written, start=1):
        found.setdefault(words.get(key(text), ""), place)
    found.pop("", None)
    return found


def told(table: str, column: str) -> str:
    """Give the Chinese name of a column."""
    listed = known_columns()[table][column]
    return listed[1] if len(listed) > 1 else listed[0]
