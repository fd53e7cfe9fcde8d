"""Hidden rows and columns are found where the file marks them, whichever program wrote it."""

import openpyxl
import pytest
import xlsxwriter

from common.hidden import Hidden
from common.sheets import read_sheets


def by_openpyxl(path):
    """Hide rows 3 and 5 and the columns B to C of the second sheet."""
    book = openpyxl.Workbook()
    book.active.append(["什么也不隐藏"])
    page = book.create_sheet("二")
    for number in range(1, 7):
        page.append([number, "x", "y", "z"])
    for row in (3, 5):
        page.row_dimensions[row].hidden = True
    for letter in "BC":
        page.column_dimensions[letter].hidden = True
    book.save(path)


def by_xlsxwriter(path):
    """Hide the same by another writer."""
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("一").write(0, 0, "什么也不隐藏")
    page = book.add_worksheet("二")
    for number in range(6):
        page.write_row(number, 0, [number, "x", "y", "z"])
    for row in (2, 4):
        page.set_row(row, None, None, {"hidden": True})
    page.set_column(1, 2, None, None, {"hidden": True})
    book.close()


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_hidden_rows_and_columns_are_told_and_read(tmp_path, write):
    """Rows 3 and 5 and two columns are hidden; their cells are there all the same."""
    path = tmp_path / "a.xlsx"
    write(path)
    first, second = read_sheets(path)
    assert first.hidden_cells == Hidden()
    assert second.hidden_cells == Hidden((3, 5), 2)
    assert second.rows[2][1] == "x"
