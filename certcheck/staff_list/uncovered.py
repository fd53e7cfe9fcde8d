"""Rows with somebody's number that stand under no header: which they are, and whether a table's columns fit them.

Nobody whose number is written down vanishes without a word. What plainly fits a header that stands elsewhere is read
under it, and that is told; everything else is told as not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from certcheck.cells import date_of
from certcheck.staff_list.around import ELSEWHERE
from certcheck.staff_list.columns import Column
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.tables import Table
from common.dates import read_range
from common.identity import IdForm, compact, read_identity
from common.sheets import CellValue, cell_text
from common.text import fold, key, stated

_WITHIN = re.compile(r"(?<![0-9A-Za-z])T?([0-9]{17}[0-9Xx])(?![0-9A-Za-z])")
_NAME = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff·•・]{2,12}")
_SHORT_NAME = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
_LEAST_LABELS = 2
_YEARS = range(1900, 2100)
_NUMBERS = frozenset({"id_number", "certificate_number"})
_DATES = frozenset(
    [
        "birth",
        "appointed",
        "retrained",
        "left_job",
        "returned",
        "first_issue",
        "valid_from",
        "valid_to",
        "valid_range",
        "review_due",
        "review_done",
        "review",
        "review_second",
        "review_third",
    ]
)
_TEXTS = frozenset(
    [
        "name",
        "employer",
        "department",
        "post",
        "kind",
        "category",
        "item",
        "issuer",
        "person_type",
        "industry",
    ]
)
_PERSONS = frozenset({"name", "employer", "department", "post"})


@dataclass(frozen=True)
class Before:
    """The last table of the sheets before in one file, with the name of its sheet: a list may go on under it."""

    table: Table
    name: str


def persons_number(value: CellValue) -> str:
    """Give the identity number that a whole cell is, also behind a T, or "": 18 digits with a birth date, or 15."""
    text = compact(cell_text(value)).removeprefix("T")
    if len(text) not in (15, 18):
        return ""
    number = read_identity(text)
    sound = number.has_birth and number.birth is not None and number.birth.year in _YEARS
    return number.text if sound else ""


def holds_person(cells: Sequence[CellValue], headers: Headers) -> bool:
    """Say whether a row holds somebody's number: nobody's who only filled the list in, and 15 digits beside a name."""
    numbers = [(value, found) for value in cells if (found := persons_number(value))]
    if not numbers or _is_fillers(cells, headers):
        return False
    whole = any(
        read_identity(compact(cell_text(value))).form is not IdForm.RESIDENT15 for value, _ in numbers
    )
    return whole or any(map(_may_be_name, cells))


def numbers_within(cells: Sequence[CellValue], headers: Headers) -> set[str]:
    """Give the 18-digit numbers anywhere in the cells of a row but those whose label is certainly another's."""
    if _is_fillers(cells, headers):
        return set()
    found: set[str] = set()
    label = ""
    for value in cells:
        text = fold(stated(cell_text(value)))
        numbers = [persons_number(number) for number in _WITHIN.findall(text)] or [persons_number(value)]
        own = _WITHIN.sub("", text).rstrip(":：")
        match = headers.match(own or label)
        if match is None or match.field != ELSEWHERE:
            found.update(filter(None, numbers))
        label = text if text and not any(numbers) else label
    return found


def rows_of_names(rows: Iterable[Sequence[CellValue]]) -> int:
    """Count the rows in which a whole cell may be somebody's name; a list of names alone has no number to be known by."""
    return sum(any(_SHORT_NAME.fullmatch(_text(value).replace(" ", "")) for value in row) for row in rows)


def goes_on(rows: Sequence[Sequence[CellValue]], before: Before, headers: Headers) -> bool:
    """Say whether the rows of a sheet without a header go on with the list of the sheet before."""
    told = [row for row in rows if any(map(_text, row))]
    numbered = [row for row in told if any(map(persons_number, row))]
    first = takewhile(lambda row: row is not numbered[0], told) if numbered else ()
    return not any(map(may_be_header, first)) and fits(numbered, before.table, headers)


def beginning(rows: Sequence[Sequence[CellValue]]) -> int:
    """Give the row, from 1, with which such a sheet's people begin: behind titles with a label (单位：某厂)."""
    for number, row in enumerate(rows, start=1):
        texts = [text for text in map(_text, row) if text]
        if texts and (any(map(persons_number, row)) or not any(":" in fold(text) for text in texts)):
            return number
    return 1


def fits(rows: Sequence[Sequence[CellValue]], table: Table, headers: Headers) -> bool:
    """Say whether rows plainly stand in the columns of a table: numbers, names and dates where it has them."""
    if table.beside or not rows or any(_width(row) > table.width for row in rows):
        return False
    numbers = {column.index for column in table.columns if column.field in _NUMBERS}
    identity = {column.index for column in table.columns if column.field == "id_number"} or numbers
    people = [row for row in rows if any(persons_number(_at(row, index)) for index in identity)]
    if not people or any(
        persons_number(value) and at not in numbers for row in rows for at, value in enumerate(row)
    ):
        return False
    if any(_is_label(value, headers) for row in rows for value in row):
        return False
    names = [column.index for column in table.columns if column.field == "name"]
    if names and not any(_may_be_name(_at(row, index)) for row in people for index in names):
        return False
    return not any(_misfits(rows, column, headers) for column in table.columns)


def _misfits(rows: Sequence[Sequence[CellValue]], column: Column, headers: Headers) -> bool:
    """Say whether most of what stands in a column is of another sort than its field."""
    values = [value for row in rows if _text(value := _at(row, column.index))]
    wrong = sum(_is_wrong(value, column.field, headers) for value in values)
    return wrong * 2 > len(values)


def _is_wrong(value: CellValue, field: str, headers: Headers) -> bool:
    text = _text(value)
    if field in _DATES:
        return date_of(value) is None and read_range(text) is None
    if field not in _TEXTS:
        return False
    if field == "name" and any(map(str.isdigit, text)):
        return True
    dated = not text.isdigit() and date_of(value) is not None
    return dated or (field in _PERSONS and text.endswith("作业") and headers.known.exact_item(text))


def _is_fillers(cells: Sequence[CellValue], headers: Headers) -> bool:
    """Say whether a row begins with the word for who filled in, signed or answers questions."""
    first = next((text for text in map(_text, cells) if text), "")
    return key(first).startswith(tuple(map(key, headers.not_people["fillers"])))


def _is_label(value: CellValue, headers: Headers) -> bool:
    """Say whether a cell is a header's word for who it is, which no person's row holds."""
    found = headers.match(_text(value)) if isinstance(value, str) else None
    return (
        found is not None and found.field in {"name", "id_number", "certificate_number"} and not found.prefix
    )


def may_be_header(cells: Sequence[CellValue]) -> bool:
    """Say whether a row may be a header in words that nobody knows: several texts, and no digit."""
    texts = [text for text in map(_text, cells) if not text.endswith((":", "：")) and text]
    return len(texts) >= _LEAST_LABELS and not any(map(str.isdigit, "".join(texts)))


def _may_be_name(value: CellValue) -> bool:
    text = _text(value)
    latin = text.replace(" ", "").isascii() and text.replace(" ", "").isalpha()
    return latin or _NAME.fullmatch(fold(text).replace(" ", "")) is not None


def _width(cells: Sequence[CellValue]) -> int:
    return max((at for at, value in enumerate(cells, start=1) if _text(value)), default=0)


def _at(cells: Sequence[CellValue], index: int) -> CellValue:
    return cells[index] if index < len(cells) else ""


def _text(value: CellValue) -> str:
    return stated(cell_text(value))
