"""Rows that hold one text alone: the title of what follows, or a note that goes on; and rows with only a date."""

from __future__ import annotations

from collections.abc import Sequence

from certcheck.staff_list.around import bare
from certcheck.staff_list.contents import is_name
from certcheck.staff_list.feet import names_certificate
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.row_cells import named_cells
from certcheck.staff_list.tables import Table
from common.sheets import CellValue, cell_text
from common.text import fold, key, stated

_MOST_DIGITS = 5  # more may be somebody's number
_LEAST_PART = 3  # 王班 is a name, 安全班 a part of an enterprise


def lone_text(cells: Sequence[CellValue]) -> tuple[int, str] | None:
    """Give the one text of a row with its column; None where it holds anything else."""
    found: tuple[int, str] | None = None
    for index, value in enumerate(cells):
        if value == "" or not stated(cell_text(value)):
            continue
        if found is not None or not isinstance(value, str):
            return None
        found = (index, value)
    return found


def may_be_title(lone: tuple[int, str], table: Table, headers: Headers) -> bool:
    """Say whether a lone text may be the title of the table below it: no name, no number, no certificate.

    In a column of certificates it is one only where it is called as a part of an enterprise is: a certificate that
    nobody knows may stand there.
    """
    index, text = lone
    if sum(map(str.isdigit, text)) > _MOST_DIGITS or _names_certificate(text, headers):
        return False
    plain = key(bare(text))
    part = len(plain) >= _LEAST_PART and plain.endswith(tuple(headers.not_people["parts"]))
    fields = {column.field for column in table.columns if column.index == index}
    return part or (not fields & headers.claim.keys() and not is_name(fold(text), headers.surnames))


def goes_on_as_note(lone: tuple[int, str], table: Table, headers: Headers) -> bool:
    """Say whether a lone text below a note or a total is the next line of it: in a column of certificates, and none."""
    index, text = lone
    fields = {column.field for column in table.columns if column.index == index}
    return bool(fields & headers.claim.keys()) and not _names_certificate(text, headers)


def _names_certificate(text: str, headers: Headers) -> bool:
    found = headers.match(text)
    return (
        headers.known.item(text) or headers.known.kind(text) or (found is not None and found.field == "held")
    )


def states_only_dates(cells: Sequence[CellValue], table: Table, headers: Headers) -> bool:
    """Say whether a row states something of a certificate and neither whose nor which: a date, of whatever."""
    for block in table.blocks():
        named = named_cells(cells, block.columns, headers)
        claims = named.claims.values()
        if "name" in named.person or "id_number" in named.person or any(map(names_certificate, claims)):
            return False
        if claims:
            return True
    return False
