"""Sheets to named rows: where the table is, what each column means, which rows are people.

Headers are found by their words (``certcheck.headers``), over one or two rows; a list may repeat
its header, change it half-way, or hold a group of columns for each certificate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from certcheck.columns import HINT, SHARED, Column, group_columns
from certcheck.headers import HeaderMatch, Headers
from certcheck.model import NamedRow, Source
from common.identity import IdForm, read_identity
from common.sheets import CellValue, Sheet, cell_text
from common.text import fold, key, stated

_LEAST_LABELS = 2
_SAMPLE = 200
_NUMBERED = re.compile(r"[\d\s.、()（）-]*")


@dataclass(frozen=True)
class Table:
    """A table of people in a sheet: its header rows end before ``first`` (counted from 1)."""

    columns: tuple[Column, ...]
    unread: tuple[str, ...]
    header_row: int
    first: int

    def has(self, name: str) -> bool:
        """Say whether some column holds the field."""
        return any(column.field == name for column in self.columns)


@dataclass
class Reading:
    """What was read of one sheet: rows of people, tables found, rows passed over."""

    sheet: Sheet
    rows: list[NamedRow] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    skipped: int = 0


def read_roster(sheet: Sheet, headers: Headers, overrides: Mapping[str, str] | None = None) -> Reading:
    """Read all people of a sheet, in order; a sheet without a table of people gives no table."""
    reading = Reading(sheet)
    rows = _filled_down(sheet)
    labels = {key(label): name for name, label in (overrides or {}).items()}
    table: Table | None = None
    above: NamedRow | None = None
    number = 0
    while number < len(rows):
        number += 1
        found = _table_at(sheet, rows, number, headers, labels)
        if found is not None:
            if table is not None:
                reading.skipped += found.first - number
            table, above = found, None
            reading.tables.append(table)
            number = found.first - 1
            continue
        if table is None or not any(stated(cell_text(value)) for value in rows[number - 1]):
            continue
        row = _named_row(sheet, rows[number - 1], number, table, headers)
        if row is None:
            reading.skipped += 1
            continue
        if row.continues and above is not None:
            row = _continued(row, above)
        above = row
        reading.rows.append(row)
    return reading


def _filled_down(sheet: Sheet) -> list[list[CellValue]]:
    """Repeat a vertically merged value in every row it spans: one cell was meant for all of them."""
    rows = sheet.rows
    for top, left, bottom, _ in sheet.merged:
        if bottom > top and top <= len(rows) and left <= len(rows[top - 1]):
            value = rows[top - 1][left - 1]
            for row in rows[top : min(bottom, len(rows))]:
                if left <= len(row):
                    row[left - 1] = value
    return rows


def _table_at(
    sheet: Sheet,
    rows: list[list[CellValue]],
    number: int,
    headers: Headers,
    overrides: Mapping[str, str],
) -> Table | None:
    """Read a header that starts at a row, if one does."""
    top = [_label(value) for value in rows[number - 1]]
    matches = [_match(label, headers, overrides) for label in top]
    fields = {match.field for match in matches if match}
    if not fields & {"name", "id_number"} or len(fields) < _LEAST_LABELS:
        return None
    filled = _filled_right(sheet, number, top)
    below = [_label(value) for value in rows[number]] if number < len(rows) else []
    if _is_second_header(top, matches, below, filled, headers, overrides):
        matches = [
            _two_row_match(filled[i], below[i] if i < len(below) else "", headers, overrides)
            for i in range(len(filled))
        ]
        top = [below[i] if i < len(below) and below[i] else label for i, label in enumerate(filled)]
        first = number + 2
    else:
        first = number + 1
    columns, unread = _columns(top, matches, headers)
    if not any(column.field == "id_number" for column in columns):
        columns += _identity_by_content(rows[first - 1 : first - 1 + _SAMPLE], columns, top)
    return Table(tuple(columns), tuple(unread), number, first)


def _label(value: CellValue) -> str:
    return stated(value) if isinstance(value, str) else ""


def _match(label: str, headers: Headers, overrides: Mapping[str, str]) -> HeaderMatch | None:
    if not label:
        return None
    if key(label) in overrides:
        return HeaderMatch(overrides[key(label)])
    match = headers.match(label)
    if match and match.field in overrides.values():
        return None  # the user named another column for this field
    return match


def _filled_right(sheet: Sheet, number: int, labels: list[str]) -> list[str]:
    """Spread a horizontally merged label over the columns it spans."""
    filled = list(labels)
    for top, left, bottom, right in sheet.merged:
        if top <= number <= bottom and right > left and left <= len(filled):
            for column in range(left, min(right, len(filled)) + 1):
                filled[column - 1] = labels[left - 1]
    return filled


def _is_second_header(
    top: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    below: Sequence[str],
    filled: Sequence[str],
    headers: Headers,
    overrides: Mapping[str, str],
) -> bool:
    """Say whether the row below refines the header: it adds labels and holds no person."""
    adds = 0
    for index, label in enumerate(below):
        if not label or index >= len(top) or label == top[index]:
            continue
        match = matches[index]
        if match and match.field in {"name", "id_number"}:
            return False
        if _two_row_match(filled[index], label, headers, overrides):
            adds += 1
        else:
            return False
    return adds > 0


def _two_row_match(
    top: str,
    bottom: str,
    headers: Headers,
    overrides: Mapping[str, str],
) -> HeaderMatch | None:
    """Match two labels of one column: together (有效期 + 止), the lower alone, then the upper."""
    if not bottom or bottom == top:
        return _match(top, headers, overrides)
    both = _match(top + bottom, headers, overrides)
    if both and not both.prefix:
        return both
    lower = _match(bottom, headers, overrides)
    if lower:
        return HeaderMatch(lower.field, lower.prefix or top)
    return both


def _columns(
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    headers: Headers,
) -> tuple[list[Column], list[str]]:
    """Give each column its meaning; a label that names no field is listed as not read."""
    columns: list[Column] = []
    unread: list[str] = []
    claims: list[Column] = []
    taken: set[str] = set()
    for index, (label, match) in enumerate(zip(labels, matches, strict=False)):
        if match is None or not (headers.is_field(match.field) or match.field == "review"):
            unread += [label] if label else []
        elif not headers.is_person_field(match.field):
            claims.append(Column(index, match.field, label, 0, match.prefix))
        elif match.field in taken:
            unread.append(label)
        else:
            taken.add(match.field)
            columns.append(Column(index, match.field, label))
    claims, dropped = group_columns(claims, headers)
    return columns + claims, unread + dropped


def _identity_by_content(
    sample: Sequence[Sequence[CellValue]],
    columns: Sequence[Column],
    labels: Sequence[str],
) -> list[Column]:
    """Find an identity column by what it holds: at least half of its cells are 18-digit numbers."""
    known = {column.index for column in columns}
    for index in range(max((len(row) for row in sample), default=0)):
        if index in known:
            continue
        cells = [
            cell_text(row[index]) for row in sample if index < len(row) and stated(cell_text(row[index]))
        ]
        numbers = sum(read_identity(cell).form is not IdForm.UNKNOWN and len(cell) >= 15 for cell in cells)
        if cells and numbers * 2 >= len(cells):
            return [Column(index, "id_number", labels[index] if index < len(labels) else "")]
    return []


def _named_row(
    sheet: Sheet,
    cells: Sequence[CellValue],
    number: int,
    table: Table,
    headers: Headers,
) -> NamedRow | None:
    """Name the cells of one row; None where the row is no person."""
    person: dict[str, CellValue] = {}
    claims: dict[int, dict[str, CellValue]] = {}
    shared: dict[str, CellValue] = {}
    for column in table.columns:
        value = cells[column.index] if column.index < len(cells) else ""
        if not stated(cell_text(value)):
            continue
        if headers.is_person_field(column.field):
            person[column.field] = value
        elif column.group == SHARED:
            shared[column.field] = value
        else:
            claim = claims.setdefault(column.group, {})
            claim[column.field] = value
            if column.hint:
                claim[HINT] = column.hint
    claims = {group: {**shared, **claim} for group, claim in claims.items()}
    alone = "name" not in person and "id_number" not in person
    if alone and not claims:
        return None
    if "id_number" not in person and _is_footer(cells, claims, headers):
        return None
    return NamedRow(
        Source(sheet.file, sheet.name, number),
        person,
        tuple(claims[group] for group in sorted(claims)),
        has_id_column=table.has("id_number"),
        continues=alone,
    )


def _is_footer(
    cells: Sequence[CellValue],
    claims: Mapping[int, Mapping[str, CellValue]],
    headers: Headers,
) -> bool:
    """Say whether a row is a total, a note or a signature: its first words tell, and it has no dates."""
    texts = [stated(cell_text(value)) for value in cells]
    texts = [text for text in texts if text and not _NUMBERED.fullmatch(fold(text))]
    if not texts or any(len(claim.keys() - {HINT}) > 1 for claim in claims.values()):
        return False
    return headers.not_people.match(fold(texts[0]).replace(" ", "")) is not None


def _continued(row: NamedRow, above: NamedRow) -> NamedRow:
    """Give a row without name and number the person above it; what it states itself stays."""
    return NamedRow(row.source, {**above.person, **row.person}, row.claims, row.has_id_column, continues=True)
