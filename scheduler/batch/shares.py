"""Parts of ownership: 0.6 or 60%, and plain numbers of a column whose header says that they are per cent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from common.text import fold
from scheduler.batch.columns import Faults, listed_rows
from scheduler.batch.tables import Row

_DECIMAL = re.compile(r"([0-9]{1,12}(\.[0-9]{1,20})?|\.[0-9]{1,20})%?|[0-9]{1,9}/[0-9]{1,9}")
_PER_CENT = re.compile(r".*[(\[【]\s*(?:单位\s*[:：]?\s*)?%\s*[)\]】]\s*")


def share(row: Row, column: str, faults: Faults) -> Fraction | None:
    """Read a part: 0.6 or 60%; a bare 60 is not guessed at, but where the header says that it is per cent."""
    text = _written(row, column)
    if not text:
        return None
    # the form is tested first: Fraction would also take 1e999999999, and work on it for ever
    try:
        value = Fraction(text.removesuffix("%")) if _DECIMAL.fullmatch(text) else Fraction(-1)
    except ZeroDivisionError:
        value = Fraction(-1)
    value /= 100 if text.endswith("%") else 1
    if not 0 <= value <= 1:
        faults.add("BATCH-NUMBER", f"持股比例“{row[column]}”应写成 0.6 或 60%", row.at(column))
        return None
    return value


def _written(row: Row, column: str) -> str:
    """Give the text of a cell, per cent where it or its header says so."""
    text = fold(row[column]).replace(" %", "%")
    return f"{text}%" if _is_bare(row, column) else text


def _is_bare(row: Row, column: str) -> bool:
    """Say whether a cell holds a plain number under a header of per cent; a fraction (1/4) is what it says."""
    bare = row[column] and not any(mark in fold(row[column]) for mark in "%/")
    return bool(bare) and _PER_CENT.fullmatch(fold(row.header(column))) is not None


def tell_small(rows: Iterable[Row], column: str) -> list[str]:
    """Tell plain numbers up to 1 under a header of per cent: they may be meant as parts."""
    small = [
        row
        for row in rows
        if _is_bare(row, column) and 0 < (share(row, column, Faults()) or 0) <= Fraction(1, 100)
    ]
    if not small:
        return []
    first = small[0]
    listed = listed_rows([row.location.row for row in small])
    what = f"“{first.header(column)}”一列有不大于 1 的数，按百分数读（“{first[column]}”是 {first[column]}%）"
    return [f"{what}；如是 0 到 1 的比例，请把表头里的 % 去掉：第 {listed} 行"]
