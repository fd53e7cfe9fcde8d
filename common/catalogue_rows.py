"""Rows of a reference table, read cell by cell; a fault names file, row and field."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from common.errors import DataError
from common.text import key

_Choice = TypeVar("_Choice", bound=StrEnum)


class Row:
    """One row of a table: its cells, read field by field."""

    def __init__(self, file: str, number: int, cells: dict[str, str]) -> None:
        self.file, self.number, self._cells = file, number, cells

    def fault(self, field: str, problem: str) -> DataError:
        """Give the error that says where in the table something is wrong."""
        return DataError(self.file, problem, row=self.number, field=field)

    def optional(self, field: str) -> str:
        """Give a cell that may be empty."""
        return self._cells[field]

    def text(self, field: str) -> str:
        """Give a cell that must not be empty."""
        if not self._cells[field]:
            raise self.fault(field, "不能为空")
        return self._cells[field]

    def one_of(self, field: str, allowed: Iterable[str]) -> str:
        """Give a cell that must hold one of some values."""
        value, options = self._cells[field], list(allowed)
        if value not in options:
            shown = "、".join(option or "（空）" for option in options)
            raise self.fault(field, f"“{value}”不在允许的值之内：{shown}")
        return value

    def choice(self, field: str, options: type[_Choice]) -> _Choice:
        """Give a cell as a member of an enumeration."""
        return options(self.one_of(field, [option.value for option in options]))

    def yes(self, field: str) -> bool:
        """Give a cell that says yes or no."""
        return self.one_of(field, ("yes", "no")) == "yes"

    def date(self, field: str) -> dt.date | None:
        """Give a day, or None where the cell is empty."""
        value = self._cells[field]
        if value and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise self.fault(field, f"“{value}”不是 YYYY-MM-DD 格式的日期")
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError:
            raise self.fault(field, f"“{value}”不是一个真实的日期") from None

    def words(self, field: str) -> tuple[str, ...]:
        """Give the words of a cell, separated by ``;``."""
        if not self._cells[field]:
            return ()
        found = tuple(word.strip() for word in self._cells[field].split(";"))
        if not all(key(word) for word in found):
            raise self.fault(field, "“;”之间有空的词")
        if len(set(found)) < len(found):
            raise self.fault(field, "同一个词写了两次")
        return found


def read_rows(path: Path, columns: list[str]) -> Iterator[Row]:
    """Read a table's rows after checking that it has exactly the columns it should."""
    file = str(path)
    try:
        lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), strict=True))
    except FileNotFoundError:
        raise DataError(file, "找不到这个文件") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(file, f"无法读取：{error}") from None
    header = lines[0] if lines else []
    for column in [*columns, *header]:
        if header.count(column) != 1 or column not in columns:
            problem = "没有这一列" if column not in header else "不认识的列，或列名重复"
            raise DataError(file, problem, row=1, field=column)
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(header):
            raise DataError(file, f"应有 {len(header)} 格，实有 {len(cells)} 格", row=number)
        yield Row(file, number, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
