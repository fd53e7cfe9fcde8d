"""Sheets to named rows: which rows of a table are people, and what their cells are called.

A list may repeat its header, change it half-way, or hold a group of columns for each certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from certcheck.claimed import complete
from certcheck.columns import HINT, SHARED, UNSURE
from certcheck.feet import is_foot, names_certificate
from certcheck.headers import Headers
from certcheck.model import NamedRow, Source
from certcheck.tables import Table, table_at
from certcheck.twice import tell
from certcheck.upright import Upright, is_persons_number, stood_up
from common.sheets import CellValue, Sheet, cell_text, filled_down
from common.text import key, stated

_PADS = ("", " ", "  ", "\u3000", "\u00a0", "\u200b")
_DITTO = frozenset(
    before + mark + after
    for mark in ("同上", "同 上", "〃", "″", "”", "''")
    for before in _PADS
    for after in _PADS
)

__all__ = ["Reading", "Table", "named_rows"]


@dataclass
class Reading:
    """What was understood of one sheet: tables found, how many rows are people, how many were passed over.

    ``part`` says which file of the run the sheet is in, from 0.
    """

    sheet: Sheet
    tables: list[Table] = field(default_factory=list)
    people: int = 0
    skipped: int = 0
    part: int = 0

    def source(self, row: int) -> Source:
        """Give the place of a row."""
        return Source(self.sheet.file, self.sheet.name, row, part=self.part)


def named_rows(
    reading: Reading, headers: Headers, overrides: Mapping[str, str] | None = None
) -> Iterator[NamedRow]:
    """Name all people of a reading's sheet, in order, and count them and the rows passed over into it.

    A sheet without a table of people gives no table and nobody.
    """
    upright = stood_up(reading.sheet, headers)
    if upright is None:
        return _in_tables(reading, headers, overrides)
    made = Sheet(reading.sheet.file, reading.sheet.name, upright.rows)
    if _people_in_tables(reading.sheet, headers, overrides) >= _people_in_tables(made, headers, None):
        return _in_tables(reading, headers, overrides)
    return _stood_up(reading, upright, headers)


def _people_in_tables(sheet: Sheet, headers: Headers, overrides: Mapping[str, str] | None) -> tuple[int, int]:
    """Say how many people with a number stand in tables, and how many of them are named.

    A form over a table must not hide them, and the dates of cards must not count as people.
    """
    rows = _in_tables(Reading(sheet), headers, overrides)
    numbered = [row for row in rows if is_persons_number(cell_text(row.person.get("id_number")))]
    return len(numbered), sum("name" in row.person for row in numbered)


def _stood_up(reading: Reading, upright: Upright, headers: Headers) -> Iterator[NamedRow]:
    """Name the people of a list that does not stand as a table, with the rows of the sheet they stand in."""
    made = Reading(Sheet(reading.sheet.file, reading.sheet.name, upright.rows), part=reading.part)
    for row in _in_tables(made, headers, None):
        yield replace(row, source=replace(row.source, row=upright.places[row.source.row - 1]))
    reading.people = made.people
    place = min(upright.places)
    reading.tables = [replace(table, header_row=place, first=place) for table in made.tables[:1]]


def _in_tables(reading: Reading, headers: Headers, overrides: Mapping[str, str] | None) -> Iterator[NamedRow]:
    sheet = reading.sheet
    rows = _filled_down(sheet)
    labels = {key(label): name for name, label in (overrides or {}).items()}
    table: Table | None = None
    above: dict[int, NamedRow] = {}  # the last person of each list that stands beside others
    number, passed_over = 0, False
    while number < len(rows):
        number += 1
        if not _says_anything(sheet.rows[number - 1]):
            continue
        found = table_at(sheet, rows, number, headers, labels)
        if found is not None and table is not None and found.by_number:
            found = None  # people whose number is missing stand over people who have one
        if found is not None:
            reading.skipped += found.first - number if table else 0
            if table is None or passed_over or not found.repeats(table):
                above = {}
            table = found
            reading.tables.append(table)
            number = found.first - 1
            continue
        if table is None:
            continue
        nobody = _is_heading(sheet, number, table) or _numbers_columns(sheet.rows[number - 1])
        people = {} if nobody else _people(reading, rows, number, table, headers)
        reading.people += len(people)
        passed_over = not people
        if not people:
            reading.skipped += 1
        for block, row in people.items():
            above[block] = _continued(row, above[block]) if row.continues and block in above else row
            yield above[block]


def _people(
    reading: Reading, rows: Sequence[Sequence[CellValue]], number: int, table: Table, headers: Headers
) -> dict[int, NamedRow]:
    """Name the people of one row: one, or several by their place where lists are printed side by side."""
    named = (_named_row(reading, rows, number, block, headers) for block in table.blocks())
    return {place: row for place, row in enumerate(named) if row is not None}


def _says_anything(cells: Sequence[CellValue]) -> bool:
    return any(stated(cell_text(value)) for value in cells)


def _filled_down(sheet: Sheet) -> list[list[CellValue]]:
    """Repeat a vertically merged value in every row it spans, and the cell that 同上 means.

    One cell was meant for all of them.
    """
    rows, _ = filled_down(sheet.rows, ((top, left, bottom) for top, left, bottom, _ in sheet.merged))
    for index in range(1, len(rows)):
        if not _DITTO.isdisjoint(rows[index]):
            rows[index] = [_ditto(value, rows[index - 1], at) for at, value in enumerate(rows[index])]
    return rows


def _ditto(value: CellValue, above: Sequence[CellValue], at: int) -> CellValue:
    """Give what 同上 stands for: the cell above it."""
    return above[at] if value in _DITTO and at < len(above) else value


def _is_heading(sheet: Sheet, number: int, table: Table) -> bool:
    """Say whether a row is one text merged over most of the table: the name of what follows."""
    if not sheet.merged:
        return False
    filled = [index for index, value in enumerate(sheet.rows[number - 1]) if _says_anything([value])]
    if len(filled) != 1:
        return False
    wide = [
        right - left + 1 for top, left, _, right in sheet.merged if top == number and left == filled[0] + 1
    ]
    return bool(wide) and wide[0] * 2 > len(table.columns)


def _numbers_columns(cells: Sequence[CellValue]) -> bool:
    """Say whether a row only counts the columns of a printed form: 1, 2, 3 and so on."""
    count = 0
    for value in cells:
        text = stated(cell_text(value))
        count += bool(text)
        if text and text != str(count):
            return False
    return count > 2


def _named_row(
    reading: Reading,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    table: Table,
    headers: Headers,
) -> NamedRow | None:
    """Name the cells of one row; None where the row is no person."""
    cells = rows[number - 1]
    person, claims = _named_cells(cells, table, headers)
    alone = "name" not in person and "id_number" not in person
    if alone and not any(names_certificate(claim) for claim in claims.values()):
        return None
    if is_foot(_own_cells(cells, table), person, claims, headers):
        return None
    tell(table.twice, cells, claims)
    return NamedRow(
        reading.source(number),
        person,
        tuple(claims[group] for group in sorted(claims)),
        has_id_column=table.has_id_column,
        continues=alone,
    )


def _own_cells(cells: Sequence[CellValue], table: Table) -> Sequence[CellValue]:
    """Give the cells of a table that stands beside another one, and a label before them that ends in a colon."""
    if table.start == 0 and table.end is None:
        return cells
    labelled = table.start > 0 and cell_text(cells[table.start - 1]).rstrip().endswith((":", "："))
    return cells[table.start - labelled : table.end]


def _named_cells(
    cells: Sequence[CellValue], table: Table, headers: Headers
) -> tuple[dict[str, CellValue], dict[int, dict[str, CellValue]]]:
    """Give the person's cells by field, and those of each certificate by its group."""
    person: dict[str, CellValue] = {}
    claims: dict[int, dict[str, CellValue]] = {}
    shared: dict[str, CellValue] = {}
    unsure: dict[str, CellValue] = {}
    for column in table.columns:
        value = cells[column.index]
        if value == "" or not stated(value if isinstance(value, str) else cell_text(value)):
            continue
        if column.field == "held" and headers.held.says_no(value):
            continue
        if column.field in headers.person:
            person[column.field] = _joined(person.get(column.field), value)
        elif column.field == UNSURE:
            unsure[UNSURE] = _told(
                unsure.get(UNSURE), f"{stated(column.label) or '无表头'}：{cell_text(value)}"
            )
        elif column.group == SHARED:
            shared[column.field] = value
        else:
            claim = claims.setdefault(column.group, {})
            if column.field != "held" or not headers.held.says_yes(value):
                claim[column.field] = value
            if column.hint:
                claim[HINT] = column.hint
    return person, complete(claims, shared, unsure, headers)


def _told(before: CellValue | None, text: str) -> str:
    """Put what is told of a row's unsure dates together."""
    return text if before is None else f"{before}；{text}"


def _joined(first: CellValue | None, second: CellValue) -> CellValue:
    """Put two columns of one field together, each word once."""
    if first is None or key(cell_text(second)) in key(cell_text(first)):
        return second if first is None else first
    return f"{stated(cell_text(first))}、{stated(cell_text(second))}"


def _continued(row: NamedRow, above: NamedRow) -> NamedRow:
    """Give a row without name and number the person above it; what it states itself stays."""
    return NamedRow(row.source, {**above.person, **row.person}, row.claims, row.has_id_column, continues=True)
