"""Columns of a staff list known by what they hold, where their labels do not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from certcheck.columns import Column
from certcheck.headers import HeaderMatch
from common.identity import IdForm, compact, read_identity
from common.sheets import CellValue, cell_text
from common.text import stated

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
            if cells and 2 * sum(bool(_CERTIFICATE.fullmatch(compact(cell))) for cell in cells) >= len(cells):
                read[index] = HeaderMatch("certificate_number")
    return read


def _stated_cells(sample: Sequence[Sequence[CellValue]], index: int) -> list[str]:
    cells = (stated(cell_text(row[index])) for row in sample if index < len(row))
    return [cell for cell in cells if cell]


def identity_by_content(
    sample: Sequence[Sequence[CellValue]],
    columns: Sequence[Column],
    labels: Sequence[str],
) -> list[Column]:
    """Find an identity column by what it holds: at least half of its cells are 18-digit numbers."""
    known = {column.index for column in columns}
    for index in range(len(labels)):
        cells = [] if index in known else _stated_cells(sample, index)
        numbers = sum(
            read_identity(cell).form is not IdForm.UNKNOWN and len(compact(cell)) >= 15 for cell in cells
        )
        if cells and numbers * 2 >= len(cells):
            return [Column(index, "id_number", labels[index])]
    return []
