"""Merged cells of a workbook: what one shows stands for every row that it spans.

The file holds the value in the first cell only. Read as it stands, the other rows would state nothing: no leave for the staff
below, no owner of the sites below, and nobody would be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from common.finding import Location
from common.sheets import Sheet, cell_text, filled_down
from common.text import stated
from scheduler.batch.columns import Faults, told


def spread(sheet: Sheet, header: int, columns: Mapping[str, int], table: str, faults: Faults) -> Sheet:
    """Give a sheet whose merged cells below the header have their value in each row; one over several columns is a fault.

    Parameters
    ----------
    header
        the row of the column names.
    columns
        where each known column stands, from 1.
    """
    areas = []
    names = {column: name for name, column in columns.items()}
    for top, left, bottom, right in sorted(sheet.merged):
        over = [names[column] for column in range(left, right + 1) if column in names]
        if (
            not header < top <= len(sheet.rows)
            or not over
            or not stated(cell_text(sheet.rows[top - 1][left - 1]))
        ):
            continue
        if len(over) > 1:
            if left > min(names):  # a line of totals or a note begins in the first column, and is told as one
                where = Location(sheet.file, sheet.name, top, left)
                listed = "、".join(f"“{told(table, name)}”" for name in over)
                faults.add("BATCH-MERGED", f"合并单元格跨了{listed}几列，请取消合并，分别填写", where)
        else:
            areas.append((top, left, bottom))
    rows, filled = filled_down(sheet.rows, areas)
    if not filled:
        return sheet
    called = f"{sheet.file} {sheet.name}".rstrip()
    faults.remarks.append(f"{called} 有合并单元格：其中每一行都按合并的内容读入（补入 {filled} 格）")
    return replace(sheet, rows=rows)
