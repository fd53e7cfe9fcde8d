"""Quotes that do not pair would hide rows in a cell: refused with the line; cells of several lines are read."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
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
    """What is refused holds, in one cell, as many separators as the lines it spans would."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    suspect = any(
        cell.count("\n") and cell.count(",") == 2 * cell.count("\n") for row in rows for cell in row
    )
    try:
        read = read_text_table(table(tmp_path, written.getvalue()))
    except InputError:
        assert suspect
        return
    assert read == rows
