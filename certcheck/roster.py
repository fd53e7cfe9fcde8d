"""Sheets to named rows: which rows of a table are people, and what their cells are called.

A list may repeat its header, change it half-way, or hold a group of columns for each certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from certcheck.model import NamedRow
from certcheck.staff_list.feet import is_foot, names_certificate
from certcheck.staff_list.filled_rows import filled_rows
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.lone_texts import states_only_dates
from certcheck.staff_list.nobodies import is_nobody, says_anything
from certcheck.staff_list.reading import Reading
from certcheck.staff_list.row_cells import named_cells
from certcheck.staff_list.tables import Table, table_at
from certcheck.staff_list.twice import tell
from certcheck.staff_list.uncovered import (
    beginning,
    fits,
    goes_on,
    holds_person,
    numbers_within,
    persons_number,
    rows_of_names,
)
from certcheck.staff_list.upright import Upright, is_persons_number, stood_up
from common.sheets import CellValue, Sheet, cell_text
from common.text import key

__all__ = ["Reading", "Table", "named_rows"]


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
    made = Reading(
        Sheet(reading.sheet.file, reading.sheet.name, upright.rows), part=reading.part, shown=reading.shown
    )
    read = {""}
    for row in _in_tables(made, headers, None):
        yield replace(row, source=replace(row.source, row=upright.places[row.source.row - 1]))
        read |= {persons_number(value) for cells in (row.person, *row.claims) for value in cells.values()}
    reading.people = made.people
    place = min(upright.places)
    reading.tables = [replace(table, header_row=place, first=place, width=0) for table in made.tables[:1]]
    for number, cells in enumerate(reading.sheet.rows, start=1):
        if numbers_within(cells, headers) - read:
            reading.not_read.append(number)


def _in_tables(reading: Reading, headers: Headers, overrides: Mapping[str, str] | None) -> Iterator[NamedRow]:
    rows = filled_rows(reading.sheet)
    labels = {key(label): name for name, label in (overrides or {}).items()}
    yield from _under_headers(reading, rows, None, headers, labels)
    if reading.tables:
        return
    before = reading.before
    if before is None or not goes_on(rows, before, headers):
        within = (number for number, cells in enumerate(rows, start=1) if numbers_within(cells, headers))
        reading.not_read = sorted({*reading.not_read, *within})
        reading.names = rows_of_names(rows)
        return
    reading.goes_on, reading.not_read = before.name, []
    start = beginning(rows)
    reading.tables.append(replace(before.table, header_row=start, first=start))
    padded = [[*cells, *[""] * (before.table.width - len(cells))] for cells in rows]
    yield from _under_headers(reading, padded, reading.tables[0], headers, labels)


def _under_headers(
    reading: Reading,
    rows: Sequence[Sequence[CellValue]],
    table: Table | None,
    headers: Headers,
    labels: Mapping[str, str],
) -> Iterator[NamedRow]:
    """Name the people of the rows; ``table`` is the one under which the first of them stand, where there is one."""
    sheet = reading.sheet
    above: dict[int, NamedRow] = {}  # the last person of each list that stands beside others
    number, passed_over = table.first - 1 if table else 0, False
    while number < len(rows):
        number += 1
        if not says_anything(sheet.rows[number - 1]):
            continue
        found = _header_at(reading, rows, number, table, headers, labels)
        if found is not None:
            reading.skipped += found.first - number if table else 0
            if table is None:
                yield from _over_header(reading, rows, found, headers)
            if table is None or passed_over or not found.repeats(table):
                above = {}
            table = found
            reading.tables.append(table)
            number, passed_over = found.first - 1, False
            continue
        if table is None:
            _note_number(reading, number, rows[number - 1], headers)
            continue
        nobody = is_nobody(sheet, rows, number, table, headers, labels, below_foot=passed_over)
        people = {} if nobody else _people(reading, rows, number, table, headers)
        reading.people += len(people)
        reading.skipped += not people
        if not people:
            _note_number(reading, number, rows[number - 1], headers)
        continues = bool(above) and not people and not passed_over
        if continues and states_only_dates(rows[number - 1], table, headers):
            reading.unused.append(number)
            continue
        passed_over = not people
        for block, row in people.items():
            above[block] = _continued(row, above[block]) if row.continues and block in above else row
            yield above[block]


def _header_at(
    reading: Reading,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    table: Table | None,
    headers: Headers,
    labels: Mapping[str, str],
) -> Table | None:
    """Read a header that starts at a row; people whose number is missing stand among people who have one."""
    found = table_at(reading.sheet, rows, number, headers, labels)
    amid = table is not None or bool(reading.not_read)
    if found is None or (found.by_number and amid):
        return None
    for row in range(found.header_row, found.first):
        _note_number(reading, row, rows[row - 1], headers)
    return found


def _note_number(reading: Reading, number: int, cells: Sequence[CellValue], headers: Headers) -> None:
    """Remember a row with somebody's number that no table has."""
    if holds_person(cells, headers):
        reading.not_read.append(number)


def _over_header(
    reading: Reading, rows: Sequence[Sequence[CellValue]], table: Table, headers: Headers
) -> Iterator[NamedRow]:
    """Name the people of rows over the first header that plainly fit it: somebody sorted the list with its header."""
    for number in [row for row in reading.not_read if row < table.header_row]:
        row = (
            _named_row(reading, rows, number, table, headers)
            if fits([rows[number - 1]], table, headers)
            else None
        )
        if row is not None:
            reading.not_read.remove(number)
            reading.above.append(number)
            reading.people += 1
            yield row


def _people(
    reading: Reading, rows: Sequence[Sequence[CellValue]], number: int, table: Table, headers: Headers
) -> dict[int, NamedRow]:
    """Name the people of one row: one, or several by their place where lists are printed side by side."""
    named = (_named_row(reading, rows, number, block, headers) for block in table.blocks())
    return {place: row for place, row in enumerate(named) if row is not None}


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
