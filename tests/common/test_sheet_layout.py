"""Widths and heights of spreadsheet cells."""

from common.sheet_layout import column_widths, row_height, text_width


def test_a_chinese_character_is_two_columns():
    """Four characters and two digits are ten columns; of several lines the widest counts."""
    assert text_width("证书编号12") == 10
    assert text_width("ab\n证书") == 4
    assert text_width("") == 0


def test_a_row_is_as_high_as_its_longest_cell():
    """Forty columns of text in a column of 21 are two lines; an empty row is one line."""
    assert row_height(["证" * 20, "a"], [21, 5]) == row_height(["x\ny", ""], [9, 9])
    assert row_height(["", ""], [9, 9]) < row_height(["证" * 20, ""], [21, 9])
    assert row_height(["证" * 9999], [9]) == 409


def test_columns_fit_their_texts_up_to_a_bound():
    """An identity number shows whole, a long remark is cut off at the bound."""
    assert column_widths([["000000199001010018", "备" * 99]], 2, 30) == [20, 30]
