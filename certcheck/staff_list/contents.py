"""Columns of a staff list known by what they hold, where their labels do not tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from certcheck.staff_list.around import ELSEWHERE, HeaderMatch
from certcheck.staff_list.columns import SHARED, Column
from certcheck.staff_list.headers import Headers
from common.identity import IdForm, compact, read_identity
from common.sheets import CellValue, cell_text
from common.text import fold, stated

_NAME = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff·•・]{2,12}")
_CERTIFICATE = re.compile(r"T\d{17}[\dX]")


def by_content(
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    sample: Sequence[Sequence[CellValue]],
) -> list[HeaderMatch | None]:
    """Read 证件号码 as the certificate's where it holds T and a number; 身份证号 stays what it says."""
    read = list(matches)
    for index, found in enumerate(matches):
        if found and found.field == "id_number" and "身份" not in labels[index]:
            cells = _stated_cells(sample, index)
            fitting = sum(map(is_certificate_number, cells))
            if cells and 2 * fitting >= len(cells):
                why = f"抽看的 {len(cells)} 格中有 {fitting} 格是 T 加 18 位号码"
                read[index] = HeaderMatch("certificate_number", why=why)
    return read


def _stated_cells(sample: Sequence[Sequence[CellValue]], index: int) -> list[str]:
    cells = (stated(cell_text(row[index])) for row in sample if index < len(row))
    return [cell for cell in cells if cell]


def by_what_they_hold(
    sample: Sequence[Sequence[CellValue]],
    named: Sequence[Column],
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    headers: Headers,
) -> list[Column]:
    """Find the columns that no label names; one whose label is certainly another's holds nothing of ours."""
    known = [*named]
    known += [
        Column(i, ELSEWHERE, labels[i]) for i, one in enumerate(matches) if one and one.field == ELSEWHERE
    ]
    before = len(known)
    if not any(column.field == "id_number" for column in named):
        known += identity_by_content(sample, known, labels)
    if not any(column.field == "name" for column in named):
        known += names_by_content(sample, known, labels, headers.surnames)
    known += certificate_numbers_by_content(sample, known, labels)
    known += items_by_content(sample, known, labels, headers)
    return known[before:]


def identity_by_content(
    sample: Sequence[Sequence[CellValue]], columns: Sequence[Column], labels: Sequence[str]
) -> list[Column]:
    """Find an identity column by what it holds: at least half of its cells are 18-digit numbers."""
    return _first_column(sample, columns, labels, ("id_number", 2, _is_identity, "是身份证号"))


def names_by_content(
    sample: Sequence[Sequence[CellValue]],
    columns: Sequence[Column],
    labels: Sequence[str],
    surnames: frozenset[str],
) -> list[Column]:
    """Find a column of names by what it holds: four cells of five begin with a surname, and few are alike."""
    fits = partial(is_name, surnames=surnames)
    found = _first_column(sample, columns, labels, ("name", 1.25, fits, "是姓名"))
    cells = _stated_cells(sample, found[0].index) if found else []
    return found if 2 * len(set(cells)) > len(cells) else []


def is_name(cell: str, surnames: frozenset[str]) -> bool:
    """Say whether a cell may be somebody's name: it begins with a surname, or parts a name with a dot."""
    plain = fold(cell).replace(" ", "")
    return bool(_NAME.fullmatch(plain)) and (plain[0] in surnames or plain[:2] in surnames or "·" in plain)


def certificate_numbers_by_content(
    sample: Sequence[Sequence[CellValue]], columns: Sequence[Column], labels: Sequence[str]
) -> list[Column]:
    """Find a column of certificate numbers by what it holds, where no column is called so: T and 18 digits.

    Where a row has several certificates, nothing tells whose number it is: it is said of each.
    """
    if any(column.field == "certificate_number" for column in columns):
        return []
    told = "是 T 加 18 位号码"
    found = _first_column(sample, columns, labels, ("certificate_number", 2, is_certificate_number, told))
    several = any(column.group > 0 for column in columns)
    return [replace(column, group=SHARED) for column in found] if several else found


def items_by_content(
    sample: Sequence[Sequence[CellValue]],
    columns: Sequence[Column],
    labels: Sequence[str],
    headers: Headers,
) -> list[Column]:
    """Find a column of items by what it holds, where none is called so: most cells are in the catalogue.

    One that names items goes before one that names categories, wherever it stands.
    """
    if {"item", "held", "kind"} & {column.field for column in columns}:
        return []
    told = "是目录中的项目"
    exact = _first_column(sample, columns, labels, ("item", 1.25, headers.known.exact_item, told))
    return exact or _first_column(sample, columns, labels, ("item", 1.25, headers.known.item, told))


def is_certificate_number(cell: str) -> bool:
    """Say whether a cell is the number of a certificate made of somebody's own: T and 18 digits."""
    return bool(_CERTIFICATE.fullmatch(compact(cell)))


def _is_identity(cell: str) -> bool:
    return len(compact(cell)) >= 15 and read_identity(cell).form is not IdForm.UNKNOWN


def _first_column(
    sample: Sequence[Sequence[CellValue]],
    columns: Sequence[Column],
    labels: Sequence[str],
    sought: tuple[str, float, Callable[[str], bool], str],
) -> list[Column]:
    """Give the first column without a meaning of which one cell of so many fits; ``sought`` says the rest."""
    field, of, fits, told = sought
    known = {column.index for column in columns}
    for index in range(len(labels)):
        cells = [] if index in known else _stated_cells(sample, index)
        fitting = sum(map(fits, cells))
        if cells and fitting * of >= len(cells):
            why = f"抽看的 {len(cells)} 格中有 {fitting} 格{told}"
            return [Column(index, field, labels[index], why=why)]
    return []
