"""Sheets to named rows: which rows of a table are people, and what their cells are called.

A list may repeat its header, change it half-way, or hold a group of columns for each certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from certcheck.model import NamedRow, Source
from certcheck.staff_list.feet import is_foot, names_certificate
from certcheck.staff_list.filled_rows import filled_rows
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.lone_texts import goes_on_as_note, lone_text, may_be_title, states_only_dates
from certcheck.staff_list.row_cells import named_cells
from certcheck.staff_list.tables import Table, table_at
from certcheck.staff_list.twice import tell
from certcheck.staff_list.upright import Upright, is_persons_number, stood_up
from common.sheets import CellValue, Sheet, cell_text
from common.text import key, stated

__all__ = ["Reading", "Table", "named_rows"]


@dataclass
class Reading:
    """What was understood of one sheet: tables found, how many rows are people, how many were passed over.

    ``part`` says which file of the run the sheet is in, from 0. ``unused`` are rows under a person that
    state only a date. ``shown`` are the names of file and sheet as reports
    tell them, for a name may hold somebody's number.
    """

    sheet: Sheet
    tables: list[Table] = field(default_factory=list)
    people: int = 0
    skipped: int = 0
    unused: list[int] = field(default_factory=list)
    part: int = 0
    shown: tuple[str, str] | None = None

    @property
    def file(self) -> str:
        """Give the name of the file as reports tell it."""
        return self.shown[0] if self.shown else self.sheet.file

    @property
    def name(self) -> str:
        """Give the name of the sheet as reports tell it; no two of a file are the same."""
        return self.shown[1] if self.shown else self.sheet.name

    def source(self, row: int) -> Source:
        """Give the place of a row."""
        return Source(self.file, self.name, row, part=self.part)


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
    made = replace(reading, sheet=Sheet(reading.sheet.file, reading.sheet.name, upright.rows), tables=[])
    for row in _in_tables(made, headers, None):
        yield replace(row, source=replace(row.source, row=upright.places[row.source.row - 1]))
    reading.people = made.people
    place = min(upright.places)
    reading.tables = [replace(table, header_row=place, first=place) for table in made.tables[:1]]


def _in_tables(reading: Reading, headers: Headers, overrides: Mapping[str, str] | None) -> Iterator[NamedRow]:
    sheet = reading.sheet
    rows = filled_rows(sheet)
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
            number, passed_over = found.first - 1, False
            continue
        if table is None:
            continue
        nobody = _is_nobody(sheet, rows, number, table, headers, labels, below_foot=passed_over)
        people = {} if nobody else _people(reading, rows, number, table, headers)
        reading.people += len(people)
        reading.skipped += not people
        goes_on = bool(above) and not people and not passed_over
        if goes_on and states_only_dates(rows[number - 1], table, headers):
            reading.unused.append(number)
            continue
        passed_over = not people
        for block, row in people.items():
            above[block] = _continued(row, above[block]) if row.continues and block in above else row
            yield above[block]


def _is_nobody(
    sheet: Sheet,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    table: Table,
    headers: Headers,
    labels: Mapping[str, str],
    *,
    below_foot: bool,
) -> bool:
    """Say whether a row is nobody by its form: a title, the next line of a note, the numbers of columns."""
    if _is_heading(sheet, number, table) or _numbers_columns(sheet.rows[number - 1]):
        return True
    lone = lone_text(rows[number - 1])
    if lone is None:
        return False
    if below_foot and goes_on_as_note(lone, table, headers):
        return True
    return may_be_title(lone, table, headers) and _stands_above(sheet, rows, number, headers, labels)


def _people(
    reading: Reading, rows: Sequence[Sequence[CellValue]], number: int, table: Table, headers: Headers
) -> dict[int, NamedRow]:
    """Name the people of one row: one, or several by their place where lists are printed side by side."""
    named = (_named_row(reading, rows, number, block, headers) for block in table.blocks())
    return {place: row for place, row in enumerate(named) if row is not None}


def _says_anything(cells: Sequence[CellValue]) -> bool:
    return any(stated(cell_text(value)) for value in cells)


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


def _stands_above(
    sheet: Sheet,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    headers: Headers,
    labels: Mapping[str, str],
) -> bool:
    """Say whether the next row that says anything is a header."""
    below = next((at for at in range(number + 1, len(rows) + 1) if _says_anything(sheet.rows[at - 1])), None)
    found = table_at(sheet, rows, below, headers, labels) if below else None
    return found is not None and not found.by_number


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
    named = named_cells(cells, table.columns, headers)
    person, claims = named.person, named.claims
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
        other_numbers=named.other_numbers,
    )


def _own_cells(cells: Sequence[CellValue], table: Table) -> Sequence[CellValue]:
    """Give the cells of a table that stands beside another one, and a label before them that ends in a colon."""
    if table.start == 0 and table.end is None:
        return cells
    labelled = table.start > 0 and cell_text(cells[table.start - 1]).rstrip().endswith((":", "："))
    return cells[table.start - labelled : table.end]


def _continued(row: NamedRow, above: NamedRow) -> NamedRow:
    """Give a row without name and number the person above it; what it states itself stays."""
    return replace(row, person={**above.person, **row.person}, other_numbers=above.other_numbers)
