"""The dates of a certificate: single ones, ranges in one cell, and a review whose meaning the header leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from certcheck.cells import CellReader, date_of
from certcheck.findings import finding
from common.dates import CivilDate, read_date, read_range
from common.sheets import CellValue, cell_text
from common.text import fold, stated

_DATES = ("first_issue", "valid_from", "valid_to", "review_due", "review_done")
REVIEWS = ("review", "review_second", "review_third")
"""Reviews of one certificate whose header leaves open whether they are due or done."""
_END_WORDS = re.compile(
    r"^(证书)?(有效期?)?(至|到|止|截至|截止(日期)?|[-–—~～])?[:：]?|(止|前|到期)?(?:[(\[][^\d()\[\]]{1,12}[)\]])?$"
)
_OPEN_END = re.compile("(?:至|到|[-–—~～])+(?:长期|永久|长期有效)$")


def claim_dates(cells: Mapping[str, CellValue], reader: CellReader) -> dict[str, Any]:
    """Read every date of a certificate by its field; what cannot be read is said to ``reader``."""
    dates = {name: reader.date(cells, name) for name in _DATES}
    _split_range(cells, dates, reader)
    for name in REVIEWS:
        if name in cells:
            _sort_review(name, cells, dates, reader)
    return dates


def _split_range(
    cells: Mapping[str, CellValue],
    dates: dict[str, CivilDate | None],
    reader: CellReader,
) -> None:
    """Read 有效期: two dates are start and end, one date is the end; also where the end column holds two."""
    for name in ("valid_range", "valid_to", "valid_from"):
        value = cells.get(name)
        if value is None or not stated(cell_text(value)):
            continue
        both = read_range(value) if isinstance(value, str) else None
        end = date_of(value) or (_end_in(value) if name != "valid_from" else None)
        if both is not None and name != "valid_range" and both[1] < both[0]:
            both = None  # two ends in one cell, not a range that could be reversed
        if both is not None:
            dates["valid_from"], dates["valid_to"] = dates["valid_from"] or both[0], both[1]
        elif end is not None and name != "valid_from":
            dates["valid_to"] = dates["valid_to"] or end
        elif name == "valid_range":
            dates["valid_from"] = dates["valid_from"] or _start_before_open_end(value)
            reader.unreadable(name, value)
        if both is not None or end is not None:
            reader.findings = [one for one in reader.findings if one.field != name]


def _start_before_open_end(value: CellValue) -> CivilDate | None:
    """Read the start of 2024-03-01至长期; the end stays unreadable, for no certificate is for ever."""
    text = fold(value).replace(" ", "") if isinstance(value, str) else ""
    return read_date(_OPEN_END.sub("", text)) if _OPEN_END.search(text) else None


def _end_in(value: CellValue) -> CivilDate | None:
    """Read 至2027-04-30 and 2027年4月止 as the ends that they say they are."""
    return read_date(_END_WORDS.sub("", fold(value).replace(" ", ""))) if isinstance(value, str) else None


def _sort_review(
    cell: str,
    cells: Mapping[str, CellValue],
    dates: dict[str, CivilDate | None],
    reader: CellReader,
) -> None:
    """Read a bare 复审日期: a future date is due, a past one done; which was meant stays said."""
    read = reader.date(cells, cell)
    if read is None:
        return
    name = "review_due" if read.last_day() > reader.as_of else "review_done"
    meaning = "应复审日期" if name == "review_due" else "实际复审日期"
    known = dates[name]
    if known is None or (name == "review_done" and cell != "review" and known < read):
        dates[name] = read
    reader.findings.append(
        finding(
            "DATE-AMBIGUOUS",
            f"表头只写“复审日期”，{read} 按{meaning}理解；请在表头写明是“应复审日期”还是“实际复审日期”。",
            field=name,
            value=str(read),
        ),
    )
