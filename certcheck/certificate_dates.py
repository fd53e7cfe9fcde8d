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
HEADER = "header of "
"""Before a field's name: the header over its cell, where it travels with the cells."""
_USUAL_HEADERS = {
    "valid_from": "有效期起", "valid_to": "有效期至", "valid_range": "有效期",
    "second_valid_from": "有效期起", "second_valid_to": "有效期至",
}  # fmt: skip
_MEANINGS = {"valid_from": "有效期起", "valid_to": "有效期止"}
_STARTS = ("valid_from", "second_valid_from", "valid_range", "valid_to")
_ENDS = ("valid_to", "second_valid_to", "valid_range", "valid_from")
"""The columns that may say a start or an end, the one that goes before the others first."""
_END_WORDS = re.compile(
    r"^(证书)?(有效期?)?(至|到|止|截至|截止(日期)?|[-–—~～])?[:：]?|(止|前|到期)?(?:[(\[][^\d()\[\]]{1,12}[)\]])?$"
)
_DONE = re.compile(
    r"[\s,;(\[]*(?:(?:已经?|均已)(?:按期|如期)?(?:复审|年审|审验|审核|审)(?:过|合格|通过|完成)?|(?:复审|审验|年审)(?:合格|通过|完成))[)\].。]*$"
)
"""What is written behind a date to say that the review was done then: 2025.3.15已审."""
_OPEN_END = re.compile("(?:至|到|[-–—~～])+(?:长期|永久|长期有效)$")


def claim_dates(cells: Mapping[str, CellValue], reader: CellReader) -> dict[str, Any]:
    """Read every date of a certificate by its field; what cannot be read is said to ``reader``."""
    cells = {name: _without_mark(name, value) for name, value in cells.items()}
    dates = {name: reader.date(cells, name) for name in _DATES}
    _split_range(cells, dates, reader)
    for name in REVIEWS:
        if name in cells:
            _sort_review(name, cells, dates, reader)
    if any(map(_COUNTED.fullmatch, cells)):
        dates |= _latest_review(cells, dates, reader)
    return dates


def _without_mark(name: str, value: CellValue) -> CellValue:
    """Take 已审 from behind the day of a review that was done; nothing else is left off."""
    if name.startswith("review_done") and (done := _said_done(value)):
        return str(done)
    return value


def _said_done(value: CellValue) -> CivilDate | None:
    """Give the date of a cell that says itself that the review was done on it."""
    if not isinstance(value, str) or "审" not in value:
        return None
    text = fold(value)
    bare = _DONE.sub("", text)
    return read_date(bare) if bare != text else None


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
    """Read 有效期: two dates are start and end, one date is the end; also where another column holds two.

    What a column says in its own field goes before what a range says; where they disagree, that is told.
    """
    spans = {name: _span(name, cells, reader) for name in _USUAL_HEADERS}
    for field, at, columns in (("valid_from", 0, _STARTS), ("valid_to", 1, _ENDS)):
        said = [(name, date) for name in columns if (date := spans[name][at]) is not None]
        if said:
            first = said[0][1]
            alike = [date for _, date in said if date.agrees(first)]
            dates[field] = next((date for date in alike if not date.month_only), first)
            _tell_conflict(field, said, cells, reader)


def _span(
    name: str, cells: Mapping[str, CellValue], reader: CellReader
) -> tuple[CivilDate | None, CivilDate | None]:
    """Give the start and the end that one cell says."""
    value = cells.get(name)
    if value is None or not stated(cell_text(value)):
        return None, None
    own = 0 if name.endswith("valid_from") else 1
    both = read_range(value) if isinstance(value, str) else None
    if both is not None and name != "valid_range" and both[1] < both[0]:
        both = None  # two ends in one cell, not a range that could be reversed
    single = date_of(value) or (_end_in(value) if own else None)
    if both is not None or (single is not None and own):
        reader.findings = [one for one in reader.findings if one.field != name]
    elif name not in ("valid_from", "valid_to"):  # these are told where they are read as single dates
        reader.unreadable(name.removeprefix("second_"), value)
    if both is not None:
        return both
    if single is not None:
        return (None, single) if own else (single, None)
    return (_start_before_open_end(value) if name == "valid_range" else None), None


def _tell_conflict(
    field: str,
    said: list[tuple[str, CivilDate]],
    cells: Mapping[str, CellValue],
    reader: CellReader,
) -> None:
    """Say where columns of one row name different days for the same thing; the first of them was judged."""
    name, first = said[0]
    others = [(other, date) for other, date in said[1:] if not date.agrees(first)]
    if not others:
        return
    used = _header(name, cells)
    told = "，".join(f"“{_header(other, cells)}”写 {date}" for other, date in others)
    reader.findings.append(
        finding(
            "DATE-CONFLICT",
            f"{_MEANINGS[field]}写法不一：“{used}”写 {first}，{told}；按“{used}”核验，请按证书核对后改正。",
            field=field,
            value=str(first),
            expected="、".join(dict.fromkeys(str(date) for _, date in others)),
        ),
    )


def _header(name: str, cells: Mapping[str, CellValue]) -> str:
    return cell_text(cells.get(HEADER + name)) or _USUAL_HEADERS[name]


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
    done = _said_done(cells[cell])
    if done is not None and done.first_day() <= reader.as_of:
        known = dates["review_done"]
        dates["review_done"] = max(known or done, done, key=CivilDate.last_day)
        return
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
