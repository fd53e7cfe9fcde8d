"""Comments beside cells are not read: which cells have one is told."""

import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from certcheck.lists import read_lists
from certcheck.report.how_read import comments_line
from common.sheets import read_sheets
from tests.certcheck.lists import AS_OF, LI, ZHANG, catalogue, load_headers, read, xlsx

ROWS = [
    ["姓名", "身份证号", "岗位", "有效期至"],
    ["仿真张三", ZHANG, "电工", ""],
    ["仿真李四", "", "电工", ""],
]


@pytest.fixture
def commented(tmp_path):
    """A workbook of two sheets; two cells of the second have comments with text, one has an empty one."""
    path = xlsx(tmp_path / "一.xlsx", {"甲": ROWS, "乙": ROWS})
    book = openpyxl.load_workbook(path)
    for cell, text in (("D10", "下月换证"), ("D2", "证在家里"), ("C2", " ")):
        book["乙"][cell].comment = Comment(text, "班长")
    book.save(path)
    return path


def test_cells_with_comments_are_told(commented):
    """In the order of a sheet, by its name; an empty comment is none."""
    assert [sheet.comments for sheet in read_sheets(commented)] == [(), ("D2", "D10")]
    listed = read(commented)
    list(listed.entries)
    assert comments_line(listed.readings) == (
        "请核对：没有读批注，这些单元格有：工作表“乙”的 D2、D10。批注里写了证书情况的，请写进单元格，再重新核验。"
    )


def test_of_several_files_each_is_named(commented, tmp_path):
    """A sheet of the same name may stand in another file."""
    other = xlsx(tmp_path / "二.xlsx", {"乙": [[*ROWS[0]], ["仿真王五", LI, "电工", ""]]})
    listed = read_lists([commented, other], load_headers(), catalogue(), AS_OF)
    list(listed.entries)
    assert "：一.xlsx 工作表“乙”的 D2、D10。" in comments_line(listed.readings)


def test_many_comments_are_counted(tmp_path):
    """The first twenty are named."""
    path = xlsx(tmp_path / "一.xlsx", {"甲": ROWS})
    book = openpyxl.load_workbook(path)
    for row in range(1, 26):
        book["甲"].cell(row, 6).comment = Comment("问过", "班长")
    book.save(path)
    listed = read(path)
    list(listed.entries)
    assert "F20 等 25 个单元格" in comments_line(listed.readings)


def test_a_broken_part_of_comments_hinders_nothing(commented, tmp_path):
    """The list is read all the same."""
    broken = tmp_path / "二.xlsx"
    with zipfile.ZipFile(commented) as source, zipfile.ZipFile(broken, "w") as target:
        for one in source.namelist():
            target.writestr(
                one, b"<comments" if "comment" in one and one.endswith(".xml") else source.read(one)
            )
    assert [sheet.comments for sheet in read_sheets(broken)] == [(), ()]
