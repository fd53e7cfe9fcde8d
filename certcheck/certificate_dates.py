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
STATED_REVIEWS = ("review_due", "review_done")
"""Those whose header says which; a certificate may have several of each (应复审日期1, 应复审日期2)."""
_COUNTED = re.compile("(review_due|review_done)[0-9]+")
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
    if any(map(_COUNTED.fullmatch, cells)):
        dates |= _latest_review(cells, dates, reader)
    return dates


def _latest_review(
    cells: Mapping[str, CellValue], dates: Mapping[str, CivilDate | None], reader: CellReader
) -> dict[str, CivilDate | None]:
    """Give which of several reviews counts: the last one done, and the due date behind the one that it was for.

    That is the due date next to it. Nothing done: the first due date, which is the one to be looked at.
    """
    found = {name: [date] if (date := dates[name]) else [] for name in STATED_REVIEWS}
    for cell, value in cells.items():
        counted = _COUNTED.fullmatch(cell)
        if counted and stated(cell_text(value)):
            read = date_of(value)
            if read is None:
                reader.unreadable(counted[1], value)
            else:
                found[counted[1]].append(read)
    due = sorted(found["review_due"], key=CivilDate.last_day)
    done = max(found["review_done"], key=CivilDate.last_day, default=None)
    if done is None or not due:
        return {"review_due": due[0] if due else None, "review_done": done}
    day = done.last_day()
    for_it = min(range(len(due)), key=lambda at: abs((due[at].last_day() - day).days))
    return {"review_due": due[min(for_it + 1, len(due) - 1)], "review_done": done}


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
