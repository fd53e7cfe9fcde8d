"""Which enterprise a list names above its table: 填报单位：恒远机电, where no column of it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from certcheck.roster import Reading
from certcheck.staff_list.around import bare
from common.resources import DATA
from common.sheets import CellValue, cell_text
from common.text import key, stated
from common.wordtables import WordTable

_COLON = re.compile("[:：]")
_NEXT_LABEL = re.compile(r"\s+\S{1,12}[:：].*$")  # 填报单位：甲　填报日期：11月
_MOST_ROWS = 20  # titles are short; a table far down a sheet stands under another list


def stated_employer(reading: Reading) -> str:
    """Give the enterprise that stands behind a label above the first table of a sheet, or ""."""
    if not reading.tables:
        return ""
    first = reading.tables[0].header_row
    above = reading.sheet.rows[max(first - 1 - _MOST_ROWS, 0) : first - 1]
    return next((name for cells in above for name in _named(cells)), "")


def _named(cells: Sequence[CellValue]) -> Iterator[str]:
    """Give what stands behind each label of a row: in its cell, else in the next one that says anything."""
    texts = [text for text in map(stated, map(cell_text, cells)) if text]
    for text, following in zip(texts, [*texts, ""][1:], strict=True):
        label, *behind = _COLON.split(text, maxsplit=1)
        if behind and key(bare(label)) in _labels():
            name = _NEXT_LABEL.sub("", behind[0].strip()) or following
            if stated(name) and not _COLON.search(name):
                yield name


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    words = WordTable(DATA / "roster" / "headers.toml").words("above_table", ("employer",))
    return frozenset(map(key, words["employer"]))
