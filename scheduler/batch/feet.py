"""Lines that stand below a table and are none of its rows: totals, signatures, notes. They are told, never left out in silence."""

from __future__ import annotations

import re

_TOTAL = r"合\s*计|总\s*计|共\s*计|小\s*计|总数"
_SIGNED = r"填[表报]|制表|编制|审核|审批|复核|校对|经办|主管|负责人|联系|签[字名]|盖章|单位[(（]|备注|说明|注(?=[:：])"
_BEGINS = re.compile(f"{_TOTAL}|{_SIGNED}")
# such a line for certain, whatever stands behind it: no id and no name is written so
_TOTAL_ALONE = re.compile(rf".{{0,12}}?(?P<mark>{_TOTAL})\s*[:：]?\s*(?:共?\s*\d+\s*\D{{0,2}})?")
_SIGNED_ALONE = re.compile(rf"(?P<mark>{_SIGNED})[^:：]{{0,4}}[:：].*", re.DOTALL)


def foot_mark(lacking: int, first: str, leading: str) -> str:
    """Give the word by which a row is such a line; "" where it is none.

    Parameters
    ----------
    lacking
        how many cells that are needed state nothing.
    first
        the first cell that states something, of the columns that are read.
    leading
        the same of all columns: the word often stands in the one of the serial number.
    """
    for text in (leading, first) if lacking else (first,):
        begins = _BEGINS.match(text) if lacking > 1 else None
        alone = _TOTAL_ALONE.fullmatch(text) or _SIGNED_ALONE.fullmatch(text)
        if begins:
            return begins[0]
        if alone:
            return alone["mark"]
    return ""
