"""Lists that do not stand as a table: labels in a column with people side by side, or a card for each person.

Both are turned into a table of their own, with the row of the sheet that each of its rows comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certcheck.staff_list.headers import Headers
from common.identity import compact
from common.sheets import CellValue, Sheet, cell_text
from common.text import key, stated

_COLONS = ("：", ":")
_MOST_COLUMNS = 5_000  # a sheet on its side has a column for each person
_MOST_CARD_CELLS = 200_000
_LOOKED_AT = 200  # rows in which the first card would stand
_NUMBER = re.compile(r"\d{17}[\dX]|\d{15}")
_FAR = 4  # columns between a label and its value, which merged cells leave empty


@dataclass(frozen=True)
class Upright:
    """A table made of a sheet: ``rows[0]`` is its header, ``places[i]`` the sheet's row that row i comes from."""

    rows: list[list[CellValue]]
    places: list[int]


def stood_up(sheet: Sheet, headers: Headers) -> Upright | None:
    """Give the table that a sheet holds on its side or in cards; None where it holds neither.

    What gives both away is a number in the row of its own label; in a table it stands below.
    """
    if not any(_number_beside_label(row, headers) for row in sheet.rows[:_LOOKED_AT]):
        return None
    return _turned(sheet, headers) or _from_cards(sheet, headers)


def is_persons_number(text: str) -> bool:
    """Say whether a text holds a number of 15 or 18 digits."""
    return len(text) >= 15 and _NUMBER.search(compact(text)) is not None


def _number_beside_label(row: Sequence[CellValue], headers: Headers) -> bool:
    texts = [value for value in row if isinstance(value, str)]
    if not any(map(is_persons_number, texts)):
        return False
    return any(
        _field(text, headers) == "id_number" or (_inside(text, headers) or ("",))[0] == "id_number"
        for text in texts
    )


def _field(value: CellValue, headers: Headers) -> str:
    """Give the field whose label a cell is, or ""."""
    label = stated(value).rstrip("：:") if isinstance(value, str) else ""
    found = headers.match(label) if label and key(label) not in headers.states else None
    return found.field if found and headers.is_field(found.field) and not found.prefix else ""


def _turned(sheet: Sheet, headers: Headers) -> Upright | None:
    """Turn a sheet whose labels stand in one column: each column to the right is a person."""
    width = max(map(len, sheet.rows), default=0)
    if width > _MOST_COLUMNS:
        return None
    for column in range(min(width, 3)):
        labels = [
            (number, row[column])
            for number, row in enumerate(sheet.rows, start=1)
            if column < len(row) and _field(row[column], headers)
        ]
        fields = [_field(label, headers) for _, label in labels]
        if "name" not in fields or len(set(fields)) < 2 or len(set(fields)) < len(fields):
            continue
        people = [
            [sheet.rows[number - 1][at] if at < len(sheet.rows[number - 1]) else "" for number, _ in labels]
            for at in range(column + 1, width)
        ]
        people = [cells for cells in people if any(stated(cell_text(cell)) for cell in cells)]
        named = [cells for cells in people if stated(cell_text(cells[fields.index("name")]))]
        if len(named) < 2 or len(named) < len(people) or any(_field(c, headers) for p in people for c in p):
            continue
        place = labels[fields.index("name")][0]
        return Upright([[label for _, label in labels], *people], [place] * (len(people) + 1))
    return None


def _from_cards(sheet: Sheet, headers: Headers) -> Upright | None:
    """Read cards: a label, its value beside it or behind its colon; each 姓名 begins another person.

    A field that comes again before the next 姓名 begins the person's next certificate.
    """
    if sum(map(len, sheet.rows)) > _MOST_CARD_CELLS:
        return None
    cards: list[tuple[int, dict[str, CellValue]]] = []
    labels: dict[str, str] = {}
    for number, field, label, value in _pairs(sheet, headers):
        if field == "name":
            cards.append((number, {}))
        elif not cards:
            continue
        elif field in cards[-1][1]:
            cards.append((number, {}))
        cards[-1][1].setdefault(field, value)
        labels.setdefault(field, label)
    named = any(stated(cell_text(card.get("name"))) for _, card in cards)
    if not named or not {"name", "id_number"} <= labels.keys():
        return None
    rows: list[list[CellValue]] = [list(labels.values())]
    rows += [[card.get(field, "") for field in labels] for _, card in cards]
    return Upright(rows, [cards[0][0], *(number for number, _ in cards)])


def _pairs(sheet: Sheet, headers: Headers) -> Iterator[tuple[int, str, str, CellValue]]:
    """Give row, field, label and value of every pair, in reading order."""
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            inside = _inside(cell, headers)
            if inside is not None:
                yield number, *inside
                continue
            field = _field(cell, headers)
            if field:
                yield number, field, stated(cell).rstrip("：:"), _beside(row, column, headers)


def _inside(cell: str, headers: Headers) -> tuple[str, str, CellValue] | None:
    """Read 姓名：张三, label and value in one cell."""
    for colon in _COLONS:
        label, found, value = cell.partition(colon)
        field = _field(label, headers) if found and stated(value) else ""
        if field:
            return field, stated(label), stated(value)
    return None


def _beside(row: Sequence[CellValue], column: int, headers: Headers) -> CellValue:
    """Give the value to the right of a label; another label there means that nothing was filled in."""
    for value in row[column + 1 : column + 1 + _FAR]:
        if stated(cell_text(value)):
            return (
                ""
                if _field(value, headers) or (isinstance(value, str) and _inside(value, headers))
                else value
            )
    return ""
