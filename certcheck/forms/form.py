"""A form as data: title, head, table, note. What is not known stays blank for a person to fill in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from common.resources import DATA


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One cell of a form's header and the rows and columns it spans, counted from 0."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str


@dataclass(frozen=True)
class Form:
    """One page of a form; ``head`` pairs a label with its content, "" where it is blank."""

    title: str
    head: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
    widths: tuple[int, ...]
    """Relative widths of the columns."""

    def header(self) -> list[HeaderCell]:
        """Give the cells of the header: a label ``top：bottom`` spans its neighbours of the same top."""
        parts = [label.split("：", 1) for label in self.columns]
        deep = any(len(part) > 1 for part in parts)
        cells: list[HeaderCell] = []
        for column, part in enumerate(parts):
            if len(part) == 1:
                cells.append(HeaderCell(0, column, 1 if deep else 0, column, part[0]))
                continue
            same = [index for index, other in enumerate(parts) if len(other) > 1 and other[0] == part[0]]
            if column == same[0]:
                cells.append(HeaderCell(0, column, 0, same[-1], part[0]))
            cells.append(HeaderCell(1, column, 1, column, part[1]))
        return cells

    @property
    def header_rows(self) -> int:
        """Give the number of header rows."""
        return 1 + max(cell.last_row for cell in self.header())


@lru_cache(maxsize=1)
def templates() -> dict[str, Any]:
    """Give the wording of the forms."""
    return tomllib.loads((DATA / "forms" / "rudong-2022.toml").read_text(encoding="utf-8"))
