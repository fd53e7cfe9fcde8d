"""Quotes that do not pair would hide rows in a cell: refused with the line; cells of several lines are read."""

import csv
import io

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from common.errors import InputError
from common.text_tables import read_text_table

CELLS = st.lists(st.lists(st.text('ab甲,"\n ', max_size=6), min_size=3, max_size=3), min_size=1, max_size=6)


def table(folder, text):
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('编号,班级,备注\nT1,一,\nT2,"二,\nT3,三,\n', 3),  # never closed
        ('编号,班级,备注\nT1,"一,\nT2,二,"好\nT3,三,\n', 2),  # closed before other text
        (
            '编号,班级,备注\nT1,"一,\nT2,二,"\nT3,三,\n',
            2,
        ),  # closed where a cell ends: T2 would be a part of T1
        ('编号,班级,备注\r\nT1,"一,\r\nT2,二,\r\nT3,三,"\r\n', 2),
        ('编号,班级,组,备注\nT1,一,甲,"先\nT2,二,乙\nT3,三,丙,后"\nT4,四,丁,\n', 2),  # T2 is short
        ('编号,班级,组,备注\nT1,一,甲,"先\nT2,二\nT3,三"\nT4,四,丁,\n', 2),  # both are
        ('编号,班级,组,备注\nT0,零,甲,\nT1,一,"甲\n\nT2,二,乙,后"\nT3,三,丙,\n', 3),  # an empty line between
        ('编号,班级,备注\nT1,一,"先\nT2",二,后\n', 2),  # a row longer than all others
        ('编号,班级,备注\n"T1,一,先\nT2",二\n', 2),
        ('编号,班级,组,备注\nT1,"一\n甲,000000199001010018\nT3,三"\nT4,四,丁,\n', 2),  # somebody's number
        (
            '编号,班级,备注\nT1,一,"新\n甲,000000199001010018,二,后"\nT4,四,\n',
            2,
        ),  # in a row longer than all others
        ('编号,班级,备注\rT1,"一,\rT2,二,"\rT3,三,\r', 2),
    ],
)
def test_a_quote_that_swallows_rows(tmp_path, text, line):
    """No row vanishes: the people of the lines behind the quote would not be there."""
    with pytest.raises(InputError, match=f"第 {line} 行起引号不成对"):
        read_text_table(table(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('编号,班级,备注\nT1,一,"先到\n后到"\n', "先到\n后到"),
        ('编号,班级,备注\nT1,一,"甲,乙\n丙"\n', "甲,乙\n丙"),
        (
            '编号,班级,备注\nT1,一,"甲,乙,\n丙"\n',
            "甲,乙,\n丙",
        ),  # as many separators as a row, yet no two rows
        ('编号,班级,备注\nT1,一,"甲\n\n乙，丙\n"\n', "甲\n\n乙，丙\n"),
        ('编号,班级,备注\nT1,一,5" 屏\n', '5" 屏'),
        ('编号,班级,备注\nT1,一,"他说""好"""\n', '他说"好"'),
        ('编号,班级,备注\nT1,一,="0012"\n', "0012"),
    ],
)
def test_what_a_cell_may_hold(tmp_path, text, cell):
    assert read_text_table(table(tmp_path, text))[1] == ["T1", "一", cell]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CELLS)
def test_a_table_that_a_program_wrote_is_read_or_refused_whole(tmp_path, rows):
    """What is refused holds, in one cell of several lines, separators."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    suspect = any("\n" in cell and "," in cell for row in rows for cell in row)
    try:
        read = read_text_table(table(tmp_path, written.getvalue()))
    except InputError:
        assert suspect
        return
    assert read == rows


def test_cells_of_two_lines_in_the_middle_of_a_row(tmp_path):
    """No line of it is as long as the rows of this file: the separators are the cell's own."""
    text = '编号,班级,组别,教室,备注\nT1,一,"1,低压\n2,高压",201,\nT2,二,"先\n后",202,"好\n的"\n'
    rows = read_text_table(table(tmp_path, text))
    assert rows[1:] == [["T1", "一", "1,低压\n2,高压", "201", ""], ["T2", "二", "先\n后", "202", "好\n的"]]


def test_headers_of_two_lines_over_short_rows(tmp_path):
    text = '编号,班级,"有效期\n至",备注\nT1,一,2030-01-01\n'
    assert read_text_table(table(tmp_path, text))[0] == ["编号", "班级", "有效期\n至", "备注"]
    text = '编号,班级\nT1,一,"先\n后"\nT2,二,好\n'
    assert read_text_table(table(tmp_path, text))[1] == ["T1", "一", "先\n后"]


WORDS = st.text("甲乙12", min_size=1, max_size=3)
RAGGED = st.lists(st.lists(WORDS, min_size=2, max_size=5), min_size=2, max_size=6)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RAGGED, st.data())
def test_no_row_vanishes_between_two_quotes(tmp_path, rows, data):
    """One quote before some cell and one behind a cell of a later row, in rows of any length: refused.

    Other rows show that rows of this file may be short; a full one stands at the top.
    """
    first = data.draw(st.integers(0, len(rows) - 2))
    last = data.draw(st.integers(first + 1, len(rows) - 1))
    opening = data.draw(st.integers(0, len(rows[first]) - 1))
    closing = data.draw(st.integers(0, len(rows[last]) - 1))
    assume(
        last > first + 1 or opening < len(rows[first]) - 1 or closing
    )  # else 甲,"一 over 二",乙: a cell of two lines
    rows[first][opening] = f'"{rows[first][opening]}'
    rows[last][closing] = f'{rows[last][closing]}"'
    whole = [
        ["编号", "班级", "组别", "教室", "备注"],
        ["T0", "零"],
        ["T0", "零", "组"],
        ["T0", "零", "组", "1"],
        *rows,
    ]
    with pytest.raises(InputError, match="引号不成对"):
        read_text_table(table(tmp_path, "\n".join(map(",".join, whole))))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(("head", "rest"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_two_encodings_in_one_file(tmp_path, head, rest, mark):
    """A header in one encoding over rows in another: told as that, with the lines, and no line is read askew."""
    if mark and head != "utf-8":
        return
    path = tmp_path / "a.csv"
    rows = "甲一,110,低压电工作业\n甲二,120,高压电工作业\n"
    path.write_bytes(mark + "姓名,身份证号,岗位\n".encode(head) + rows.encode(rest))
    utf8, other = (1, 2) if head == "utf-8" else (2, 1)
    with pytest.raises(InputError, match=f"文字编码前后不一：第 {utf8} 行是 UTF-8，第 {other} 行不是"):
        read_text_table(path)


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="gb2312", exclude_characters='",\r\n')), min_size=1, max_size=8
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_a_table_in_one_encoding_is_never_two(tmp_path, cells):
    """Whatever GB2312 text a file holds, it is read, or refused for another reason than two encodings."""
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join(cells).encode("gb18030"))
    said = ""
    try:
        read_text_table(path)
    except InputError as error:
        said = str(error)
    assert "编码前后不一" not in said


def test_gbk_that_looks_like_utf8_is_read(tmp_path):
    """联通 in GBK is two well-formed bytes pairs of UTF-8: no reason to refuse the rest."""
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,单位\n联通,联通\n张三,某厂\n".encode("gb18030"))
    assert read_text_table(path)[1] == ["联通", "联通"]
