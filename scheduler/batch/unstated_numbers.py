"""Cells of identity numbers that state none: strangers who have the same words there are not one person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from common.resources import DATA
from common.text import REMEMBERED, fold, key
from common.wordtables import WordTable
from scheduler.batch.columns import listed_rows

_NOTHING = re.compile(r"[0\s\-]+|[?\s]+")
_MASKED = re.compile(
    r".*[*×●∗✱※].*|X{2,}|[0-9]+X{3,}[0-9X]*"
)  # of other documents none is digits around three X
_DAMAGED = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]{1,2}|[0-9]\.[0-9]+E[0-9]{1,2}")


class Unstated(StrEnum):
    """Why a cell states no number, in the words for people."""

    WORD = "身份证号写的不是号码（如待补、未知、0、?）"
    MASKED = "身份证号有遮盖（如 *、×）"
    DAMAGED = "身份证号成了科学计数（如 8.10E+17），数字已经丢失"


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    listed = WordTable(DATA / "batch" / "words.toml").words("number")["unstated"]
    return frozenset(map(key, listed))


@lru_cache(REMEMBERED)
def unstated(text: str) -> Unstated | None:
    """Say why a cell that is not empty states no number; None where it may state one."""
    written = fold(text).upper()
    if _MASKED.fullmatch(written):
        return Unstated.MASKED
    if _DAMAGED.fullmatch(written):
        return Unstated.DAMAGED
    return Unstated.WORD if _NOTHING.fullmatch(written) or key(written) in _words() else None


def tell_unstated(table: str, cells: Iterable[tuple[int, str]]) -> list[str]:
    """Tell the rows whose cells state no number though something stands in them, by why; ``cells`` are rows and texts."""
    rows: dict[Unstated, list[int]] = defaultdict(list)
    for row, text in cells:
        why = unstated(text)
        if why is not None:
            rows[why].append(row)
    return [
        f"{table}表 {len(rows[why])} 行的{why}，按没有填身份证号计{_ADVICE[why]}：第 {listed_rows(rows[why])} 行"
        for why in Unstated
        if rows[why]
    ]


_FULL = "，请把这一列设为文本，填写完整的号码"
_ADVICE = {Unstated.WORD: "，不用它认人", Unstated.MASKED: _FULL, Unstated.DAMAGED: _FULL}
