"""Where a table of people begins in a sheet, and what each of its columns means.

Headers are found by their words (``certcheck.staff_list.headers``) over one to three rows, and by what the
columns hold: identity numbers are known wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from certcheck.staff_list.around import HeaderMatch
from certcheck.staff_list.beside import ends_beside
from certcheck.staff_list.columns import UNSURE, Column, group_columns, settled
from certcheck.staff_list.contents import by_content, by_what_they_hold
from certcheck.staff_list.footnote_marks import counted_by_marks
from certcheck.staff_list.header_rows import MOST_ROWS, WHO, header_block, label_of, with_labels_above
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.instead import read_instead, sure_fields
from certcheck.staff_list.second_columns import second_columns
from certcheck.staff_list.stacking import Matcher, stacked
from certcheck.staff_list.twice import stated_twice
from certcheck.staff_list.unread_dates import unread_dates
from common.sheets import CellValue, Sheet
from common.text import key, unmarked

_LEAST_LABELS = 2
_SAMPLE = 200
_NUMBER = re.compile(r"\s*[TＴ]?[0-9０-９]{17}[0-9０-９XxＸｘ]\s*")
_JOINED = "post"
"""The one field whose columns are read together: who is 班长 by office and 电工 by trade is both."""


@dataclass(frozen=True)
class Table:
    """A table of people in a sheet: its header rows end before ``first`` (counted from 1)."""

    columns: tuple[Column, ...]
    unread: tuple[str, ...]
    header_row: int
    first: int
    beside: tuple[Table, ...] = ()
    by_number: bool = False
    """Known by a number under one of its labels, with only one known word."""
    start: int = 0
    end: int | None = None
    """The columns of the sheet, from 0, within which it stands."""
    twice: tuple[Column, ...] = ()
    """Columns whose dates another one states, too."""
    width: int = 0
    """Up to which column of the sheet it has labels; 0 where it was made of cards."""
    unread_dates: tuple[str, ...] = ()
    """Those of ``unread`` under which dates stand, though nobody knows whose."""

    def blocks(self) -> tuple[Table, ...]:
        """Give the tables that stand side by side in this one: 姓名 身份证号 | 姓名 身份证号."""
        return self.beside or (self,)

    def repeats(self, other: Table) -> bool:
        """Say whether this is the header of another table printed again: the same words mean the same."""
        return [_said(column) for column in self.columns] == [_said(column) for column in other.columns]

    @cached_property
    def has_id_column(self) -> bool:
        """Say whether some column holds identity numbers."""
        return any(column.field == "id_number" for column in self.columns)


def table_at(
    sheet: Sheet,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    headers: Headers,
    overrides: Mapping[str, str],
) -> Table | None:
    """Read a header that starts at a row, if one does; ``overrides`` are fields by the key of a label."""
    if any(map(_is_number, rows[number - 1])):
        return None  # most rows of a list: somebody's number stands in them
    top = [label_of(value) for value in rows[number - 1]]
    if sum(map(bool, top)) < _LEAST_LABELS:
        return None
    active = _active(top, rows[number : number + MOST_ROWS - 1], overrides)
    match = Matcher(headers, active)
    own = [match(label) for label in top]
    if not any(found and headers.is_field(found.field) for found in own):
        return None
    block = header_block(sheet, rows, number, own, match)
    columns = [stacked([row[index] for row in block], match) for index in range(len(top))]
    columns = with_labels_above(sheet, rows, number, columns, headers)
    labels = [next((row[i] for row in reversed(block) if row[i]), "") for i in range(len(top))]
    columns = read_instead(labels, counted_by_marks(labels, columns, headers), headers)
    return _table(rows, number, number + len(block), labels, columns, headers)


def _table(
    rows: Sequence[Sequence[CellValue]],
    number: int,
    first: int,
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    headers: Headers,
    span: tuple[int, int | None] = (0, None),
) -> Table | None:
    """Make a table of what its labels say and its columns hold; None where it has no people.

    ``span`` are the columns within which it stands; those of a list beside it hold nothing of it.
    """
    sure, fields = sure_fields(labels, matches, headers)
    by_number = len(fields if sure & WHO else sure) < _LEAST_LABELS
    if by_number and not (fields and _number_under_label(rows, first, labels, headers)):
        return None
    start, end = span
    sample = [[*[""] * start, *row[start:end]] for row in rows[first - 1 : first - 1 + _SAMPLE]]
    starts = _side_by_side(labels, matches)
    if starts:
        blocks = []
        for left, right in zip(starts, [*starts[1:], len(matches)], strict=True):
            own = [found if left <= index < right else None for index, found in enumerate(matches)]
            here = [label if left <= index < right else "" for index, label in enumerate(labels)]
            blocks.append(_table(rows, number, first, here, own, headers, (left, right)))
        tables = tuple(block for block in blocks if block is not None)
        if len(tables) == len(starts):
            return replace(
                tables[0],
                columns=tuple(column for table in tables for column in table.columns),
                unread=tuple(label for table in tables for label in table.unread),
                unread_dates=tuple(label for table in tables for label in table.unread_dates),
                beside=tables,
                end=None,
            )
    matches = ends_beside(labels, by_content(labels, matches, sample), sample, headers.around)
    columns, unread, twice = _columns(labels, matches, headers)
    columns += by_what_they_hold(sample, columns, labels, matches, headers)
    unread = [
        label for label in unread if not any(column.label == label and column.why for column in columns)
    ]
    if not WHO & {column.field for column in columns}:
        return None
    read = {column.index for column in (*columns, *twice)}
    dates = tuple(unread_dates(labels, matches, read, sample, headers.around))
    width = max(index for index, label in enumerate(labels, start=1) if label)
    return Table(tuple(columns), tuple(unread), number, first, (), by_number, start, end, twice, width, dates)


def _said(column: Column) -> Column:
    """Give a column without what its meaning rests on: that quotes the rows below."""
    return replace(column, why="")


def _number_under_label(
    rows: Sequence[Sequence[CellValue]], first: int, labels: Sequence[str], headers: Headers
) -> bool:
    """Say whether the first row under a header holds somebody's number under some label: 工人 over 张三, 号码 over it.

    One known word beside it is enough then; a title row has the header under it, a person whose number is
    missing has no label there, and where a label stands beside the number the list is on its side.
    """
    below = rows[first - 1] if first <= len(rows) else ()
    found = [
        headers.match(label) for label in map(label_of, below) if label and key(label) not in headers.states
    ]
    if any(one and headers.is_field(one.field) and one.field != "held" for one in found):
        return False
    return any(label and _is_number(value) for label, value in zip(labels, below, strict=False))


def _side_by_side(labels: Sequence[str], matches: Sequence[HeaderMatch | None]) -> list[int]:
    """Give where each of several people on a row begins: name and number come again in the same words."""
    places: dict[tuple[str, str], list[int]] = {}
    for index, found in enumerate(matches):
        if found and found.field in WHO:
            places.setdefault((found.field, key(unmarked(labels[index]))), []).append(index)
    repeated = [indices for indices in places.values() if len(indices) > 1]
    if len({field for field, _ in places}) < 2 or len(repeated) != len(places):
        return []
    starts = [min(indices) for indices in zip(*repeated, strict=False)]
    return [0, *starts[1:]]


def _is_number(value: CellValue) -> bool:
    return isinstance(value, str) and len(value) >= 18 and _NUMBER.fullmatch(value) is not None


def _active(
    top: Sequence[str], below: Sequence[Sequence[CellValue]], overrides: Mapping[str, str]
) -> dict[str, str]:
    """Give the overrides whose label stands in this header: another sheet's say nothing here."""
    if not overrides:
        return {}
    present = {key(label) for label in top} | {key(label_of(value)) for row in below for value in row}
    return {label: name for label, name in overrides.items() if label in present}


def _columns(
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    headers: Headers,
) -> tuple[list[Column], list[str], tuple[Column, ...]]:
    """Give each column its meaning, a label that names no field as not read, and the dates stated twice."""
    columns: list[Column] = []
    claims: list[Column] = []
    unread: list[str] = []
    for index, (label, match) in enumerate(zip(labels, matches, strict=True)):
        if match is None or not headers.is_field(match.field):
            unread += [label] if label else []
        elif headers.is_person_field(match.field):
            columns.append(Column(index, match.field, label, why=match.why))
        else:
            claims.append(Column(index, match.field, label, 0, match.prefix, match.why, match.unsure))
    best = {column.field: column for column in sorted(columns, key=lambda c: -_rank(c, headers))}
    kept = [column for column in columns if column.field == _JOINED or best[column.field] == column]
    second = second_columns(columns, best, labels, matches, headers)
    used = {column.index for column in kept + second}
    unread += [column.label for column in columns if column.index not in used]
    claims, left = settled(claims, headers)
    unsure = [column for column in claims if column.field == UNSURE]
    claims, dropped = group_columns([column for column in claims if column.field != UNSURE], headers)
    twice = stated_twice(claims, dropped)
    read = {column.index for column in twice}
    left += [column.label for column in (*unsure, *dropped) if column.index not in read]
    return kept + second + claims + unsure, unread + left, twice


def _rank(column: Column, headers: Headers) -> float:
    """Rank the columns of one field: a number that says 身份 first, then by word, then by place."""
    unsure = column.field == "id_number" and "身份" not in column.label
    return 1000 * unsure + headers.rank(column.field, column.label) + column.index / 100_000
