"""Hidden rows and columns are found where the file marks them, whichever program wrote it."""

import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt

from common.hidden import Hidden
from common.hidden_xls import hidden_in_xls
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


def by_xlwt(path):
    """Hide the same in the old format, which keeps it in records of its own."""
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, "什么也不隐藏")
    page = book.add_sheet("二")
    for number in range(6):
        for column, value in enumerate([number, "x", "y", "z"]):
            page.write(number, column, value)
    for row in (2, 4):
        page.row(row).hidden = True
    for column in (1, 2):
        page.col(column).hidden = True
    book.save(str(path))


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.3"><office:body><office:spreadsheet>
<table:table table:name="一"><table:table-column/><table:table-row>{cell}</table:table-row></table:table>
<table:table table:name="二"><table:table-column/>
<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/><table:table-column/>
<table:table-row table:number-rows-repeated="2">{cells}</table:table-row>
<table:table-row table:visibility="collapse">{cells}</table:table-row><table:table-row>{cells}</table:table-row>
<table:table-row table:visibility="filter">{cells}</table:table-row><table:table-row>{cells}</table:table-row>
<table:table-row table:visibility="collapse" table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry
 manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def by_hand(path):
    """Hide the same as LibreOffice writes it: rows hidden by hand or by a filter, and all empty rows below."""
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _ODS.format(cell=cell, cells=cell * 4))


@pytest.mark.parametrize(
    ("write", "suffix"), [(by_openpyxl, "xlsx"), (by_xlsxwriter, "xlsx"), (by_xlwt, "xls"), (by_hand, "ods")]
)
def test_hidden_rows_and_columns_are_told_and_read(tmp_path, write, suffix):
    """Rows 3 and 5 and two columns are hidden; their cells are there all the same."""
    path = tmp_path / f"a.{suffix}"
    write(path)
    first, second = read_sheets(path)
    assert first.hidden_cells == Hidden()
    assert second.hidden_cells == Hidden((3, 5), 2)
    assert second.rows[2][1] == "x"


def test_a_damaged_old_workbook_hides_nothing(tmp_path):
    """Whatever byte is broken: what is hidden is only told, so not knowing it stops nobody."""
    path = tmp_path / "a.xls"
    by_xlwt(path)
    data = path.read_bytes()
    for place in range(0, len(data), 97):
        path.write_bytes(data[:place] + b"\xff\x00\xff" + data[place + 3 :])
        assert all(isinstance(hidden, Hidden) for hidden in hidden_in_xls(path).values())
        path.write_bytes(data[:place])
        hidden_in_xls(path)
